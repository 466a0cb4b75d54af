//! What one worker may use, and how that is enforced.
//!
//! Two fences: the worker asks the kernel to refuse it more (no document can
//! undo that), and its parent watches what it really holds. The first catches
//! one huge allocation, the second works where a kernel ignores the first.

use std::time::Duration;

/// Stack of the reading thread, part of the memory limit. Deeply nested
/// documents recurse; ten thousand levels need some megabytes.
pub(super) const STACK: u64 = 64 << 20;

/// What one document may cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Wall-clock time.
    pub time: Duration,
    /// Memory of the worker, in MB of 2^20 bytes, its stack included.
    pub megabytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        // 2,000 pages need a third of this; bombs must stay under half a gigabyte.
        Limits { time: Duration::from_secs(120), megabytes: 480 }
    }
}

impl Limits {
    pub(super) fn bytes(&self) -> u64 {
        self.megabytes.saturating_mul(1 << 20)
    }
}

/// In the worker, once: no core dumps, no files, no more memory than this.
#[cfg(unix)]
pub(super) fn confine(megabytes: u64) {
    use rustix::process::Resource;
    let bytes = megabytes.saturating_mul(1 << 20);
    limit(Resource::Core, 0);
    limit(Resource::Fsize, 0);
    limit(Resource::Data, bytes);
    // Address space that is never touched (thread arenas, the program itself)
    // costs nothing; this fence is for kernels that do not count data.
    limit(Resource::As, bytes.saturating_add(1 << 30));
}

/// In the worker, before each document: CPU time from now on. The parent ends
/// a slow worker by the clock; this ends one whose parent is gone.
#[cfg(unix)]
pub(super) fn allow_cpu(seconds: u64) {
    use rustix::process::Resource;
    use rustix::time::{ClockId, clock_gettime};
    let used = u64::try_from(clock_gettime(ClockId::ProcessCPUTime).tv_sec).unwrap_or(0);
    // Two threads may read at once when two readers are compared.
    limit(Resource::Cpu, used.saturating_add(seconds.saturating_mul(2)).saturating_add(5));
}

/// In the parent: what a program that it started may use. Best effort: the clock of the parent stays.
#[cfg(target_os = "linux")]
pub(super) fn confine_other(pid: u32, megabytes: u64, time: Duration) {
    use rustix::process::{Pid, Resource, Rlimit, prlimit};
    let Some(pid) = i32::try_from(pid).ok().and_then(Pid::from_raw) else { return };
    let bytes = megabytes.saturating_mul(1 << 20);
    for (resource, most) in [(Resource::As, bytes), (Resource::Cpu, time.as_secs() * 2), (Resource::Core, 0)]
    {
        let _ = prlimit(Some(pid), resource, Rlimit { current: Some(most), maximum: Some(most) });
    }
}

#[cfg(not(target_os = "linux"))]
pub(super) fn confine_other(_pid: u32, _megabytes: u64, _time: Duration) {}

/// Sets the soft limit; the hard one stays, so that the next document can get its own.
#[cfg(unix)]
fn limit(resource: rustix::process::Resource, most: u64) {
    use rustix::process::{getrlimit, setrlimit};
    let mut both = getrlimit(resource);
    both.current = Some(both.maximum.map_or(most, |hard| hard.min(most)));
    // A kernel that refuses leaves the parent's watch.
    let _ = setrlimit(resource, both);
}

#[cfg(not(unix))]
pub(super) fn confine(_megabytes: u64) {}

#[cfg(not(unix))]
pub(super) fn allow_cpu(_seconds: u64) {}

/// Bytes that a process holds in memory now; `None` where the system does not say.
pub(super) fn resident(pid: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    let line = status.lines().find_map(|l| l.strip_prefix("VmRSS:"))?;
    let kilobytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kilobytes << 10)
}
