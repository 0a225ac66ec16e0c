//! What the scan of a tree costs.

// The test reads no clock, and the table asks for exponents.
#![allow(dead_code)]

use std::alloc::System;

use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};
use termscheck::config::Config;
use termscheck::pack::Pack;
use termscheck::scan::{ScanOptions, scan};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// A cost.
#[derive(Clone, Copy)]
pub struct Cost {
    /// Processor time of the whole process; noise on a busy machine.
    pub seconds: f64,
    /// Bytes that were allocated in all, whether given back or not. The same each time, to
    /// the seeds of hash tables.
    pub bytes: f64,
    /// Steps of work that were counted.
    pub steps: f64,
    /// The most memory that the process held, in bytes, parsers in C included.
    pub peak: f64,
}

/// Scans a folder that holds these files, on one thread.
pub fn cost(packs: &[Pack], files: &[(String, String)]) -> Cost {
    let folder = tempfile::tempdir().expect("a folder");
    // The folder of a checkout: nothing above it counts.
    std::fs::create_dir(folder.path().join(".git")).expect("a folder");
    for (path, text) in files {
        let file = folder.path().join(path);
        std::fs::create_dir_all(file.parent().expect("a parent")).expect("a folder");
        std::fs::write(&file, text).expect("a file");
    }
    let mut options = ScanOptions::new(folder.path());
    options.threads = 1;
    options.selection.pedantic = true;
    forget_peak();
    let region = Region::new(ALLOCATOR);
    let before = worked();
    let config = Config::discover(&options.root, &options.targets, None);
    let report = config.ok().and_then(|config| {
        options.config = config;
        scan(&options, packs).ok()
    });
    let seconds = worked() - before;
    let change = region.change();
    Cost {
        seconds,
        bytes: change.bytes_allocated as f64,
        steps: report.map_or(0.0, |report| report.counts.work as f64),
        peak: peak(),
    }
}

/// Where Linux keeps the most that a process held, it can be told to begin anew.
fn forget_peak() {
    let _ = std::fs::write("/proc/self/clear_refs", "5");
}

fn peak() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<f64>().ok());
    kilobytes.unwrap_or(0.0) * 1024.0
}

fn worked() -> f64 {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    time.tv_sec as f64 + time.tv_nsec as f64 / 1e9
}
