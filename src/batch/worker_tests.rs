//! A shell plays the worker: every way to end badly must come out as one error.

use std::time::Duration;

use super::*;
use crate::error::ErrorKind;
use crate::output::{Format, View};
use crate::pipeline::Options;
use crate::report::Outcome;

fn read(script: &str, limits: Limits) -> (Summary, String) {
    let program = Program { path: "/bin/sh".into(), arguments: vec!["-c".into(), script.into()] };
    let job = Job {
        source: Source::File("x.pdf".into()),
        options: Options { path: "x.pdf".to_owned(), ..Options::default() },
        duplicates: Vec::new(),
        view: View::Facts,
        format: Format::Json,
    };
    let mut sink = io::Cursor::new(Vec::new());
    let mut slot = Slot::new(program, limits);
    let summary = slot.read(&job, &mut io::empty(), &mut sink).expect("memory takes everything");
    let mut output = String::new();
    io::Seek::rewind(&mut sink).expect("rewinds");
    sink.read_to_string(&mut output).expect("text");
    (summary, output)
}

fn kind(summary: &Summary) -> ErrorKind {
    assert_eq!(summary.outcome, Outcome::Failed);
    summary.error.as_ref().expect("a failed document has an error").kind()
}

#[test]
fn an_endless_loop_ends_at_the_limit() {
    let limits = Limits { time: Duration::from_millis(300), ..Limits::default() };
    let (summary, _) =
        read("read a; echo '{\"stage\":{\"name\":\"layout\",\"page\":7}}'; exec sleep 60", limits);
    assert_eq!(kind(&summary), ErrorKind::Timeout);
    let error = summary.error.expect("checked");
    assert_eq!(error.page(), Some(7));
    assert!(error.message().contains("in stage layout"), "{error}");
}

#[test]
fn an_abort_is_a_crash_and_says_so() {
    let (summary, _) = read("read a; read b; kill -ABRT $$", Limits::default());
    assert_eq!(kind(&summary), ErrorKind::Crash);
}

#[test]
fn a_refused_allocation_is_a_matter_of_memory() {
    let script = "read a; echo 'memory allocation of 99 bytes failed' >&2; kill -ABRT $$";
    assert_eq!(kind(&read(script, Limits::default()).0), ErrorKind::Memory);
}

#[test]
fn a_worker_that_grows_is_ended() {
    // The shell itself holds more than nothing.
    let limits = Limits { megabytes: 0, ..Limits::default() };
    assert_eq!(kind(&read("exec sleep 60", limits).0), ErrorKind::Memory);
}

#[test]
fn babble_is_a_crash() {
    assert_eq!(kind(&read("echo hej; exec sleep 60", Limits::default()).0), ErrorKind::Crash);
    assert_eq!(kind(&read("exit 0", Limits::default()).0), ErrorKind::Crash);
}

#[test]
fn half_an_output_is_forgotten_and_the_failure_reported() {
    let script = "read a; read b; echo '{\"opened\":{\"size\":3,\"blake3\":\"ab\"}}'; \
                  echo '{\"output\":5}'; printf 'HALF!'; kill -9 $$";
    let (summary, output) = read(script, Limits::default());
    assert_eq!(kind(&summary), ErrorKind::Crash);
    assert_eq!(summary.blake3.as_deref(), Some("ab"));
    assert!(!output.contains("HALF"), "{output}");
    assert!(output.contains("\"outcome\": \"failed\""), "{output}");
}

#[test]
fn a_program_that_is_not_there_is_an_error() {
    let program = Program { path: "/nonexistent/taltolk".into(), arguments: Vec::new() };
    let job = Job {
        source: Source::Blocks,
        options: Options::default(),
        duplicates: Vec::new(),
        view: View::Facts,
        format: Format::Csv,
    };
    let mut sink = io::Cursor::new(Vec::new());
    let summary = Slot::new(program, Limits::default()).read(&job, &mut io::empty(), &mut sink);
    assert_eq!(kind(&summary.expect("no output error")), ErrorKind::Crash);
}
