//! Changes files at random and scans them, with overflow checks: nothing may panic.
//!
//! `cargo run --example mutate -- FOLDER FROM TO`: the executions FROM to TO, each made
//! from its number alone, so that a run can be taken up where another one ended.

use std::path::{Path, PathBuf};

use termscheck::scan::{NoticeLevel, ScanOptions, scan};

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

fn main() {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().unwrap_or_else(|| "testdata".to_owned());
    let mut number = || arguments.next().and_then(|number| number.parse().ok());
    let (from, to): (u64, u64) = (number().unwrap_or(0), number().unwrap_or(1000));
    let mut files = Vec::new();
    collect(Path::new(&folder), &mut files);
    files.sort();
    let packs = termscheck::pack::load_embedded().expect("the packs");
    let mut options = ScanOptions::new(&std::env::temp_dir().join("termscheck-mutate"));
    std::fs::create_dir_all(&options.root).expect("a folder");
    options.threads = 1;
    options.selection.pedantic = true;
    let mut unchecked = 0;
    for execution in from..to {
        let mut chance = Chance(execution);
        let file = &files[chance.below(files.len())];
        let Ok(bytes) = std::fs::read(file) else {
            continue;
        };
        let name = file
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        options.stdin = Some((name, changed(bytes, &mut chance)));
        match scan(&options, &packs) {
            Ok(report) => {
                let failed = report
                    .notices
                    .iter()
                    .any(|notice| notice.message.contains("the program failed"));
                assert!(!failed, "execution {execution}: {}", file.display());
                let cut = report
                    .notices
                    .iter()
                    .any(|notice| notice.level == NoticeLevel::Unchecked);
                unchecked += u64::from(cut);
            }
            Err(error) => panic!("execution {execution}: {error}"),
        }
    }
    println!(
        "{} executions, {unchecked} not checked as a whole",
        to - from
    );
}

/// Changes a few places.
fn changed(mut bytes: Vec<u8>, chance: &mut Chance) -> Vec<u8> {
    bytes.truncate(20_000);
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
