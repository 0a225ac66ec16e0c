//! What the scan of one file costs.

// The test reads no clock, and the table asks for exponents.
#![allow(dead_code)]

use std::alloc::System;

use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};
use termscheck::pack::Pack;
use termscheck::scan::{ScanOptions, scan};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// A cost.
pub struct Cost {
    /// Processor time of the whole process; noise on a busy machine.
    pub seconds: f64,
    /// Bytes that were allocated in all, whether given back or not. The same each time, to
    /// the seeds of hash tables.
    pub bytes: f64,
    /// Steps of work that were counted.
    pub steps: f64,
}

/// Scans a folder that holds this file, on one thread.
pub fn cost(packs: &[Pack], path: &str, text: &str) -> Cost {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join(path);
    std::fs::create_dir_all(file.parent().expect("a parent")).expect("a folder");
    std::fs::write(&file, text).expect("a file");
    let mut options = ScanOptions::new(folder.path());
    options.threads = 1;
    options.selection.pedantic = true;
    let region = Region::new(ALLOCATOR);
    let before = worked();
    let report = scan(&options, packs);
    let seconds = worked() - before;
    let change = region.change();
    Cost {
        seconds,
        bytes: change.bytes_allocated as f64,
        steps: report.map_or(0.0, |report| report.counts.work as f64),
    }
}

/// How a cost grows when the size doubles; what is small grows by chance.
pub fn exponent(at: f64, at_twice: f64) -> f64 {
    (at_twice.max(1e-3) / at.max(1e-3)).log2()
}

fn worked() -> f64 {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    time.tv_sec as f64 + time.tv_nsec as f64 / 1e9
}
