//! Pictures → hOCR, by the `tesseract` program.
//!
//! A worker starts no programs; it hands its pictures to its parent, which runs the recogniser on
//! them under limits of its own. The picture goes in by standard input and the text comes out by
//! standard output, so that nothing is ever written to a disk.
//! Refuses: a tesseract without Swedish and Finnish; one that takes more than [`TIME`] or [`MEMORY`].
//! Source: tesseract(1), 5.x.

use std::ffi::OsString;
use std::io::{self, Read, Write};
use std::process::{Child, Command, Stdio};
use std::sync::{OnceLock, mpsc};
use std::thread;
use std::time::Duration;

use super::limits;
use crate::pdf::Raster;
use crate::pipeline::Recognised;

/// Found on the path.
const PROGRAM: &str = "tesseract";
/// Time for one page; a dense one takes some seconds.
const TIME: Duration = Duration::from_secs(90);
/// Memory for one page, MB; an A3 page takes 250.
const MEMORY: u64 = 1024;
/// What tesseract calls the data of the languages of municipal budgets.
const SWEDISH: &str = "swe";
const FINNISH: &str = "fin";
/// More text than any page has.
const MOST: u64 = 32 << 20;
/// Most pixels that a worker may send.
const MOST_PIXELS: usize = 64 << 20;

/// A program that recognises letters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Recogniser {
    program: OsString,
    name: String,
}

/// The recogniser of this machine, looked for once; the error says what is missing.
pub(super) fn found() -> &'static Result<Recogniser, String> {
    static FOUND: OnceLock<Result<Recogniser, String>> = OnceLock::new();
    FOUND.get_or_init(Recogniser::find)
}

impl Recogniser {
    /// Looks for tesseract with the languages that are needed; the error says what is missing.
    fn find() -> Result<Self, String> {
        let program = OsString::from(PROGRAM);
        let ask = |question: &str| {
            let mut command = Command::new(&program);
            command.arg(question).stdin(Stdio::null());
            command.output().map_err(|e| match e.kind() {
                io::ErrorKind::NotFound => "there is no tesseract on this machine".to_owned(),
                _ => format!("tesseract cannot be started: {e}"),
            })
        };
        let languages = ask("--list-langs")?.stdout;
        let languages = String::from_utf8_lossy(&languages);
        for wanted in [SWEDISH, FINNISH] {
            if !languages.lines().any(|l| l.trim() == wanted) {
                return Err(format!("tesseract has no data for {wanted}"));
            }
        }
        let version = ask("--version")?.stdout;
        let version = String::from_utf8_lossy(&version);
        let name = version.lines().next().unwrap_or("tesseract").trim().to_owned();
        Ok(Recogniser { program, name })
    }

    /// Its name and version, as it writes them into what it recognised.
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// Reads a picture in both languages at once, which is also twice: where two sets of data
    /// disagree on a figure, one of them is wrong.
    pub(super) fn read(&self, picture: &Raster) -> Recognised {
        if picture.width.saturating_mul(picture.height) != picture.grey.len() {
            return Recognised::Failed("the picture is not whole".to_owned());
        }
        let (swedish, finnish) = thread::scope(|scope| {
            let finnish = scope.spawn(|| self.read_as(FINNISH, picture));
            let failed = || Err("its thread died".to_owned());
            (self.read_as(SWEDISH, picture), finnish.join().unwrap_or_else(|_| failed()))
        });
        match (swedish, finnish) {
            (Ok(swedish), Ok(finnish)) => Recognised::Text { swedish, finnish },
            (Err(why), _) | (_, Err(why)) => Recognised::Failed(why),
        }
    }

    fn read_as(&self, data: &str, picture: &Raster) -> Result<String, String> {
        let dpi = (picture.scale * 72.0).round().clamp(70.0, 2400.0);
        let mut command = Command::new(&self.program);
        command
            .args(["stdin", "stdout", "-l", data, "--dpi", &dpi.to_string()])
            // One block of lines: a table is no column of a newspaper.
            .args(["--psm", "6", "-c", "hocr_char_boxes=1", "hocr"])
            // As many documents are read at once as there are processors.
            .env("OMP_THREAD_LIMIT", "1")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        run(command.spawn().map_err(|e| format!("tesseract cannot be started: {e}"))?, picture)
    }
}

/// A worker's word for the size of a picture is not trusted with all the memory.
pub(super) fn is_sane(width: usize, height: usize) -> bool {
    width.checked_mul(height).is_some_and(|n| (1..=MOST_PIXELS).contains(&n))
}

fn run(mut child: Child, picture: &Raster) -> Result<String, String> {
    limits::confine_other(child.id(), MEMORY, TIME);
    let (mut stdin, mut stdout) = (child.stdin.take(), child.stdout.take());
    let (done, text) = mpsc::channel();
    thread::spawn(move || {
        let mut all = Vec::new();
        if let Some(stdout) = &mut stdout {
            let _ = stdout.take(MOST).read_to_end(&mut all);
        }
        let _ = done.send(all);
    });
    thread::scope(|scope| {
        scope.spawn(move || {
            // One that stops reading has its reasons, which show below.
            if let Some(stdin) = &mut stdin {
                let _ = write!(stdin, "P5\n{} {}\n255\n", picture.width, picture.height)
                    .and_then(|()| stdin.write_all(&picture.grey));
            }
        });
        let text = text.recv_timeout(TIME);
        let late = text.is_err();
        if late {
            // Its end also ends the feeding.
            let _ = child.kill();
        }
        match (text, child.wait()) {
            (Ok(text), Ok(status)) if status.success() && !text.is_empty() => {
                Ok(String::from_utf8_lossy(&text).into_owned())
            }
            _ if late => Err(format!("tesseract took more than {} s", TIME.as_secs())),
            (_, Ok(status)) => Err(format!("tesseract failed ({status})")),
            (_, Err(e)) => Err(format!("tesseract failed: {e}")),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_recogniser_that_dies_is_a_failure_and_no_more() {
        for program in ["/bin/false", "/no/such/program", "/bin/cat"] {
            let recogniser = Recogniser { program: program.into(), name: String::new() };
            let picture = Raster { width: 10, height: 10, scale: 1.0, grey: vec![0; 100] };
            assert!(matches!(recogniser.read(&picture), Recognised::Failed(_)), "{program}");
        }
    }

    #[test]
    fn half_a_picture_is_refused() {
        let recogniser = Recogniser { program: "cat".into(), name: String::new() };
        let picture = Raster { width: 10, height: 10, scale: 1.0, grey: vec![0; 99] };
        assert!(matches!(recogniser.read(&picture), Recognised::Failed(_)));
        assert!(!is_sane(usize::MAX, 2) && !is_sane(0, 5) && is_sane(2480, 3508));
    }
}
