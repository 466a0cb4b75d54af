//! `explain`: a code → what it means and what to do.

use taltolk::error::Error;

use crate::cli::exit::Status;
use crate::cli::stdout;

struct Entry {
    code: &'static str,
    kind: &'static str,
    short: &'static str,
    long: &'static str,
}

const ENTRIES: &[Entry] = &[
    Entry {
        code: "sum-mismatch",
        kind: "finding",
        short: "a total is not the sum of its rows",
        long: "The book prints a total that differs from the sum of the rows it covers by more than \
rounding allows (half a unit for each printed term). `printed` is the figure of the book, `consistent` \
the one that would satisfy every equation.\n\nWhat to do: look at the page. A misprint of the book stays \
`sure`; only a figure that we may have misread is `doubtful`.",
    },
    Entry {
        code: "stale-year-head",
        kind: "finding",
        short: "a column head names the wrong year",
        long: "The figures under this head agree with those of another year elsewhere in the book, \
position by position. Tables copied from last year's budget keep its heads.\n\nWhat to do: trust \
`year_consistent` if the message convinces you; `year` is what is printed.",
    },
];

pub(crate) fn run(code: Option<&str>) -> Result<Status, Error> {
    let Some(code) = code else {
        let width = ENTRIES.iter().map(|e| e.code.len()).max().unwrap_or(0);
        stdout::write(|out| {
            for e in ENTRIES {
                writeln!(out, "{:width$}  {:8}  {}", e.code, e.kind, e.short)?;
            }
            Ok(())
        })?;
        return Ok(Status::Fine);
    };
    let Some(entry) = ENTRIES.iter().find(|e| e.code == code) else {
        return Ok(Status::Found);
    };
    stdout::write(|out| writeln!(out, "{} ({}): {}\n\n{}", entry.code, entry.kind, entry.short, entry.long))?;
    Ok(Status::Fine)
}
