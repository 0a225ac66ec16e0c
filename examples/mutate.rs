//! Changes samples at random and reads them, with overflow checks: nothing may panic.
//! The samples are testdata and what the generators of tests/cost make. Most executions
//! are files of a tree that is scanned as a whole; the others go to a target of fuzz/.
//!
//! `cargo run --example mutate -- FROM TO [SECONDS]`: the executions FROM to TO, each made
//! from its number alone, so that a run can be taken up where another one ended. With
//! CARGO_PROFILE_DEV_OPT_LEVEL=3 it runs several times as fast, with the same checks. How far
//! it has come is told as it goes.

#[path = "../tests/cost/families.rs"]
mod families;
#[path = "../fuzz/src/lib.rs"]
mod targets;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Words that parsers and rules look for, to be put in.
const WORDS: &[&str] = &[
    "Microsoft Defender",
    "100 calls per minute",
    "termscheck: ignore ",
    "https://api.",
    "SPDX-License-Identifier: ",
    "```",
    "<!--",
    "-->",
    "\"\"\"",
    "{{",
    "}}",
    "---\n",
    "\u{0}",
    "\u{feff}",
    "\u{202e}",
    "é",
    "😀",
    "99999999999999999999",
    "-1",
    "1e400",
    "[[",
    "]]",
    "&#x110000;",
    "<![CDATA[",
    "$(",
    "\\",
    "\t",
    "\r",
    "429",
    "Retry-After",
];

struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        (self.next() % end.max(1) as u64) as usize
    }
}

/// Files that are scanned at a time: a scan compiles its word lists once.
const AT_A_TIME: u64 = 256;
/// After so many executions it is told how far it has come.
const TOLD: u64 = AT_A_TIME * 100;
/// Of so many executions one goes to a target alone.
const ALONE: u64 = 4;
/// Longest sample, in bytes.
const LONGEST: usize = 20_000;
/// Size of what the generators make, in bytes.
const GENERATED: usize = 1500;

/// A file to change.
struct Sample {
    name: String,
    /// Where it comes from.
    from: String,
    bytes: Vec<u8>,
}

fn main() {
    let mut arguments = std::env::args().skip(1);
    let mut number = || arguments.next().and_then(|number| number.parse().ok());
    let (from, to): (u64, u64) = (number().unwrap_or(0), number().unwrap_or(1000));
    let patience = number().map_or(Duration::MAX, Duration::from_secs);
    let samples = samples();
    let started = Instant::now();
    let (mut at, mut unchecked) = (from, 0);
    let mut failed = Vec::new();
    while at < to && started.elapsed() < patience {
        let end = (at + AT_A_TIME).min(to);
        let run = catch_unwind(AssertUnwindSafe(|| round(&samples, at..end)));
        match run {
            Ok((names, left)) => {
                unchecked += left;
                failed.extend(names);
            }
            Err(_) => failed.push(format!("a panic in the executions {at} to {end}")),
        }
        at = end;
        if (at - from) % TOLD == 0 {
            let failures = failed.len();
            let seconds = started.elapsed().as_secs();
            eprintln!(
                "{from} to {at}: {seconds} s, {unchecked} not checked as a whole, {failures} failed"
            );
        }
    }
    println!(
        "{} executions ({from} to {at}) over {} samples in {} s, {unchecked} not checked as a \
         whole, {} failed",
        at - from,
        samples.len(),
        started.elapsed().as_secs(),
        failed.len()
    );
    if !failed.is_empty() {
        failed.truncate(20);
        println!("{failed:#?}");
        std::process::exit(1);
    }
}

/// Runs some executions; which failed, and how many were not checked as a whole.
fn round(samples: &[Sample], executions: std::ops::Range<u64>) -> (Vec<String>, usize) {
    let mut files = Vec::new();
    for execution in executions {
        let mut chance = Chance(execution);
        let sample = &samples[chance.below(samples.len())];
        let bytes = changed(sample.bytes.clone(), &mut chance);
        if execution % ALONE == 0 {
            let (name, target) = targets::TARGETS[chance.below(targets::TARGETS.len())];
            let bytes = [&[chance.next() as u8][..], &bytes].concat();
            let run = catch_unwind(|| target(&bytes));
            if run.is_err() {
                return (vec![format!("execution {execution}: {name}")], 0);
            }
        } else {
            let path = format!("{execution}-{}/{}", sample.from, sample.name);
            files.push((PathBuf::from(path), bytes));
        }
    }
    targets::scanned(&files)
}

/// What is changed: files of testdata, and of each family one.
fn samples() -> Vec<Sample> {
    let mut files = Vec::new();
    collect(Path::new("testdata"), &mut files);
    files.sort();
    let read = files.iter().filter_map(|file| {
        let mut bytes = std::fs::read(file).ok()?;
        bytes.truncate(LONGEST);
        let name = file.file_name()?.to_string_lossy().into_owned();
        let from = file.parent()?.file_name()?.to_string_lossy().into_owned();
        Some(Sample { name, from, bytes })
    });
    let made = families::all().map(|(format, shape)| Sample {
        name: format.path.to_owned(),
        from: shape.name.to_owned(),
        bytes: format.text(shape, GENERATED).into_bytes(),
    });
    read.chain(made).collect()
}

/// Changes a few places.
fn changed(mut bytes: Vec<u8>, chance: &mut Chance) -> Vec<u8> {
    for _ in 0..=chance.below(6) {
        let at = chance.below(bytes.len() + 1);
        let end = (at + chance.below(40)).min(bytes.len());
        match chance.below(6) {
            0 => drop(bytes.drain(at..end)),
            1 => drop(bytes.splice(at..at, WORDS[chance.below(WORDS.len())].bytes())),
            2 => {
                let piece = bytes[at..end].repeat(1 + chance.below(30));
                drop(bytes.splice(at..at, piece));
            }
            3 => bytes.truncate(at.max(1)),
            4 => {
                if let Some(byte) = bytes.get_mut(at) {
                    *byte = chance.next() as u8;
                }
            }
            _ => {
                let other = chance.below(bytes.len() + 1);
                let piece = bytes[other..(other + 60).min(bytes.len())].to_vec();
                drop(bytes.splice(at..end, piece));
            }
        }
    }
    bytes
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, files);
        } else {
            files.push(path);
        }
    }
}
