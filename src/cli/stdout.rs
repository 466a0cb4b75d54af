//! Standard output: a reader that goes away is no error, and a terminal never
//! gets anything that it would obey.

use std::io::{self, IsTerminal, Write};

use taltolk::error::{Error, ErrorKind};
use taltolk::output::TerminalGuard;

/// Lets `f` write to standard output.
pub(crate) fn write(f: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), Error> {
    let stdout = io::stdout().lock();
    let result = if stdout.is_terminal() {
        // Line by line, so that what is seen is whole.
        let mut out = TerminalGuard::new(io::LineWriter::new(stdout));
        f(&mut out).and_then(|()| out.flush())
    } else {
        let mut out = io::BufWriter::with_capacity(64 << 10, stdout);
        f(&mut out).and_then(|()| out.flush())
    };
    match result {
        Err(e) if e.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        Err(e) => Err(Error::new(ErrorKind::Io, format!("cannot write to standard output: {e}"))),
        Ok(()) => Ok(()),
    }
}
