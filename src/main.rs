//! The program `taltolk`: arguments → exit code.
//!
//! Everything it does, a user of the library can do; `cli/` sees only the
//! public interface.

mod cli;

fn main() -> std::process::ExitCode {
    cli::main()
}
