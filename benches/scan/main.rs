//! Times the whole process on a made-up tree against `rg -c` with the packs'
//! literals, in turn, in one run: `cargo bench --bench scan`. Prints medians, the
//! ratio pair by pair, and peak memory. Needs `rg` on the PATH.

mod tree;

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use termscheck::pack::load_embedded;
use termscheck::scan::triggers;
use wait4::Wait4 as _;

/// Counted runs of each command, after one that is not counted.
const RUNS: usize = 7;

struct Run {
    wall: Duration,
    peak: u64,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("bench-tree");
    if root.exists() {
        std::fs::remove_dir_all(&root)?;
    }
    std::fs::create_dir_all(&root)?;
    let bytes = tree::write(&root)?;
    println!("tree: {} files, {:.0} MB", tree::FILES, bytes as f64 / 1e6);

    let literals = Path::new(env!("CARGO_TARGET_TMPDIR")).join("bench-literals");
    let packs = load_embedded()?;
    let triggers = triggers(&packs);
    let patterns: Vec<String> = triggers
        .iter()
        .map(|trigger| {
            let literal = regex::escape(&trigger.literal);
            if trigger.exact_case {
                literal
            } else {
                format!("(?i:{literal})")
            }
        })
        .collect();
    std::fs::write(&literals, patterns.join("\n"))?;
    println!("literals: {}", patterns.len());

    let ours = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_termscheck"));
        command
            .args(["--fail-on", "never", "--no-config", "--format", "json"])
            .arg(&root);
        command
    };
    let theirs = || {
        let mut command = Command::new("rg");
        command
            .args(["--no-config", "--no-require-git", "-c", "-f"])
            .arg(&literals)
            .arg(&root);
        command
    };
    let mut pairs = Vec::new();
    for run in 0..=RUNS {
        let pair = (time(ours())?, time(theirs())?);
        if run > 0 {
            pairs.push(pair);
        }
    }
    let median = |mut values: Vec<f64>| {
        values.sort_by(f64::total_cmp);
        values[values.len() / 2]
    };
    let wall = |run: &Run| run.wall.as_secs_f64();
    println!(
        "termscheck: {:.3} s",
        median(pairs.iter().map(|pair| wall(&pair.0)).collect())
    );
    println!(
        "rg -c:      {:.3} s",
        median(pairs.iter().map(|pair| wall(&pair.1)).collect())
    );
    println!(
        "ratio:      {:.2} (median of {RUNS} pairs)",
        median(
            pairs
                .iter()
                .map(|pair| wall(&pair.0) / wall(&pair.1))
                .collect()
        )
    );
    println!(
        "peak:       {:.0} MB",
        pairs.iter().map(|pair| pair.0.peak).max().unwrap_or(0) as f64 / 1e6
    );
    Ok(())
}

fn time(mut command: Command) -> Result<Run, Box<dyn std::error::Error>> {
    let start = Instant::now();
    let mut child = command
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()?;
    let used = child.wait4()?;
    Ok(Run {
        wall: start.elapsed(),
        peak: used.rusage.maxrss,
    })
}
