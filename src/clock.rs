//! Time that was worked, so that what a busy machine does beside it changes nothing.

use std::time::Duration;

/// Time that this thread was at work.
#[cfg(unix)]
pub(crate) fn worked() -> Duration {
    read(rustix::time::ClockId::ThreadCPUTime)
}

/// Time that all threads of the program were at work.
#[cfg(unix)]
pub(crate) fn worked_by_all() -> Duration {
    read(rustix::time::ClockId::ProcessCPUTime)
}

#[cfg(unix)]
fn read(clock: rustix::time::ClockId) -> Duration {
    let time = rustix::time::clock_gettime(clock);
    let seconds = u64::try_from(time.tv_sec).unwrap_or_default();
    Duration::from_secs(seconds) + Duration::from_nanos(time.tv_nsec.unsigned_abs())
}

/// Time that passed, where no such clock is at hand.
#[cfg(not(unix))]
pub(crate) fn worked() -> Duration {
    use std::sync::OnceLock;
    use std::time::Instant;
    static START: OnceLock<Instant> = OnceLock::new();
    START.get_or_init(Instant::now).elapsed()
}

/// The same.
#[cfg(not(unix))]
pub(crate) fn worked_by_all() -> Duration {
    worked()
}
