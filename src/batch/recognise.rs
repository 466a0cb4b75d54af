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
/// Languages of municipal budgets: ours, and what tesseract calls their data.
const LANGUAGES: [(&str, &str); 2] = [("sv", "swe"), ("fi", "fin")];
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
        for (_, wanted) in LANGUAGES {
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

    pub(super) fn read(&self, picture: Raster, language: &str) -> Recognised {
        // English stands between Swedish lines; Swedish data knows its letters.
        let data = LANGUAGES.iter().find(|(ours, _)| *ours == language).unwrap_or(&LANGUAGES[0]).1;
        if picture.width.saturating_mul(picture.height) != picture.grey.len() {
            return Recognised::Failed("the picture is not whole".to_owned());
        }
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
        match command.spawn() {
            Ok(child) => run(child, picture),
            Err(e) => Recognised::Failed(format!("tesseract cannot be started: {e}")),
        }
    }
}

/// A worker's word for the size of a picture is not trusted with all the memory.
pub(super) fn is_sane(width: usize, height: usize) -> bool {
    width.checked_mul(height).is_some_and(|n| (1..=MOST_PIXELS).contains(&n))
}

fn run(mut child: Child, picture: Raster) -> Recognised {
    limits::confine_other(child.id(), MEMORY, TIME);
    let (mut stdin, mut stdout) = (child.stdin.take(), child.stdout.take());
    let feeder = thread::spawn(move || {
        // One that stops reading has its reasons, which show below.
        if let Some(stdin) = &mut stdin {
            let _ = write!(stdin, "P5\n{} {}\n255\n", picture.width, picture.height)
                .and_then(|()| stdin.write_all(&picture.grey));
        }
    });
    let (done, text) = mpsc::channel();
    thread::spawn(move || {
        let mut all = Vec::new();
        if let Some(stdout) = &mut stdout {
            let _ = stdout.take(MOST).read_to_end(&mut all);
        }
        let _ = done.send(all);
    });
    let text = text.recv_timeout(TIME);
    let late = text.is_err();
    // One that has closed its output is done or hangs; neither is waited for.
    if late {
        let _ = child.kill();
    }
    let status = child.wait();
    let _ = feeder.join();
    match (text, status) {
        (Ok(text), Ok(status)) if status.success() && !text.is_empty() => {
            Recognised::Text(String::from_utf8_lossy(&text).into_owned())
        }
        _ if late => Recognised::Failed(format!("tesseract took more than {} s", TIME.as_secs())),
        (_, Ok(status)) => Recognised::Failed(format!("tesseract failed ({status})")),
        (_, Err(e)) => Recognised::Failed(format!("tesseract failed: {e}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_recogniser_that_dies_is_a_failure_and_no_more() {
        for program in ["/bin/false", "/no/such/program", "/bin/cat"] {
            let recogniser = Recogniser { program: program.into(), name: String::new() };
            let picture = Raster { width: 10, height: 10, scale: 1.0, grey: vec![0; 100] };
            assert!(matches!(recogniser.read(picture, "sv"), Recognised::Failed(_)), "{program}");
        }
    }

    #[test]
    fn half_a_picture_is_refused() {
        let recogniser = Recogniser { program: "cat".into(), name: String::new() };
        let picture = Raster { width: 10, height: 10, scale: 1.0, grey: vec![0; 99] };
        assert!(matches!(recogniser.read(picture, "sv"), Recognised::Failed(_)));
        assert!(!is_sane(usize::MAX, 2) && !is_sane(0, 5) && is_sane(2480, 3508));
    }
}
