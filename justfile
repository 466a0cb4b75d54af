# Shortcuts: `just` lists them.

_list:
    @just --list

# All checks, as continuous integration runs them.
test:
    scripts/test

# How right the program is, on documents with truth.
accuracy *ARGS:
    cargo build --release
    scripts/accuracy {{ARGS}}

# Pages a second and memory beside pdftotext.
speed *ARGS:
    cargo build --release
    scripts/speed {{ARGS}}

# Looks at changed snapshots.
review:
    cargo insta review

# Runs one fuzz target for a minute: number, pipeline or glossary.
fuzz TARGET:
    cd fuzz && cargo fuzz run {{TARGET}} -- -max_total_time=60
