//! Times the code stage against tree-sitter's own parse of the same files, in turn, in
//! one run: `cargo bench --bench code [-- FOLDER…]`. Without a folder it takes the cases
//! under testdata. Prints MB/s of both and the ratio pair by pair, for each language and
//! in all.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use termscheck::facts::{FileFacts, FileKind, Language, RelativePath, Zone};
use termscheck::parse::code::grammar::grammar;
use termscheck::parse::{code, kind};
use termscheck::source::{FileId, Source};
use tree_sitter::Parser;

/// Counted rounds, after one that is not counted.
const ROUNDS: usize = 9;
/// Least bytes that one measurement reads; fewer are read again.
const LEAST: usize = 400_000;
/// Largest file that is taken.
const LARGEST: usize = 1_000_000;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut folders: Vec<PathBuf> = std::env::args()
        .skip(1)
        .filter(|argument| !argument.starts_with("--"))
        .map(PathBuf::from)
        .collect();
    if folders.is_empty() {
        folders.push(Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata"));
    }
    let mut sources: BTreeMap<String, (Language, Vec<Source>)> = BTreeMap::new();
    for folder in &folders {
        collect(folder, &mut sources)?;
    }
    println!("| language | files | MB | tree-sitter MB/s | code stage MB/s | ratio |");
    println!("|---|---|---|---|---|---|");
    let mut all = [vec![0.0; ROUNDS], vec![0.0; ROUNDS]];
    let mut total = (0, 0);
    for (name, (language, files)) in &sources {
        let bytes: usize = files.iter().map(|file| file.text.len()).sum();
        let times = LEAST.div_ceil(bytes.max(1));
        let mut own = [Vec::new(), Vec::new()];
        for round in 0..=ROUNDS {
            let measured = [
                seconds(times, || bare(*language, files)),
                seconds(times, || stage(*language, files)),
            ];
            if round > 0 {
                for (side, value) in measured.into_iter().enumerate() {
                    own[side].push(value);
                    all[side][round - 1] += value / times as f64;
                }
            }
        }
        total = (total.0 + files.len(), total.1 + bytes);
        report(name, files.len(), bytes, times, &own);
    }
    report("all", total.0, total.1, 1, &all);
    Ok(())
}

fn collect(
    folder: &Path,
    out: &mut BTreeMap<String, (Language, Vec<Source>)>,
) -> Result<(), Box<dyn std::error::Error>> {
    for entry in walkdir::WalkDir::new(folder).sort_by_file_name() {
        let entry = entry?;
        let Some(path) = entry
            .path()
            .to_str()
            .filter(|_| entry.file_type().is_file())
        else {
            continue;
        };
        let path: RelativePath = Arc::from(path);
        let FileKind::Code(language) = kind::kind(&path) else {
            continue;
        };
        let bytes = std::fs::read(entry.path())?;
        if bytes.len() <= LARGEST {
            out.entry(format!("{language:?}"))
                .or_insert_with(|| (language, Vec::new()))
                .1
                .push(Source::decode(FileId(0), path, bytes));
        }
    }
    Ok(())
}

/// Seconds for one way of reading, so many times over.
fn seconds(times: usize, read: impl Fn()) -> f64 {
    let start = Instant::now();
    for _ in 0..times {
        read();
    }
    start.elapsed().as_secs_f64()
}

fn bare(language: Language, files: &[Source]) {
    let mut parser = Parser::new();
    if parser.set_language(&grammar(language)).is_err() {
        return;
    }
    for file in files {
        std::hint::black_box(parser.parse(file.text.as_bytes(), None));
    }
}

fn stage(language: Language, files: &[Source]) {
    for file in files {
        let mut facts = FileFacts::new(FileKind::Code(language), Zone::Project);
        code::parse(file, language, true, &mut facts);
        std::hint::black_box(facts);
    }
}

fn report(name: &str, files: usize, bytes: usize, times: usize, measured: &[Vec<f64>; 2]) {
    let megabytes = bytes as f64 / 1e6;
    let speed = |side: usize| megabytes * times as f64 / median(measured[side].clone());
    let ratio = median(
        measured[0]
            .iter()
            .zip(&measured[1])
            .map(|(bare, stage)| stage / bare)
            .collect(),
    );
    println!(
        "| {name} | {files} | {megabytes:.2} | {:.1} | {:.1} | {ratio:.2} |",
        speed(0),
        speed(1)
    );
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}
