//! How well text in common is found, and what that costs: the tables of docs/accuracy.md.
//!
//! ```sh
//! cargo run --release --example index -- edits
//! cargo run --release --example index -- readmes FOLDER-OF-PROJECTS...
//! cargo run --release --example index -- cost PROGRAM PAGES
//! cargo run --release --example index -- scan PROGRAM INDEX FOLDER
//! ```

mod cost;
mod edits;
mod readmes;
mod text;

use std::path::Path;
use std::sync::Arc;

use termscheck::facts::Zone;
use termscheck::index::collect::{Options, collect};
use termscheck::index::{self, Index, Indexes, Made, Shared};
use termscheck::parse;
use termscheck::source::{FileId, Source};

type Failure = Box<dyn std::error::Error>;

fn main() -> Result<(), Failure> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words[..] {
        ["edits"] => edits::measure(),
        ["readmes", ref folders @ ..] => readmes::measure(folders),
        ["cost", program, pages] => cost::measure(Path::new(program), pages.parse()?),
        ["scan", program, index, folder] => {
            cost::scan(Path::new(program), Path::new(index), Path::new(folder))
        }
        ["parse", folder] => cost::parse(Path::new(folder)),
        _ => Err("edits, readmes FOLDER... or cost PROGRAM PAGES".into()),
    }
}

/// An index of a folder.
fn indexed(folder: &Path) -> Result<(Indexes, Made), Failure> {
    let options = Options {
        folders: vec![folder.to_owned()],
        base: Some("https://docs.example/".parse()?),
        title_keys: vec!["title".to_owned()],
        max_file_size: 4 << 20,
        ..Options::default()
    };
    let (builder, unread) = collect(&options)?;
    if let Some((path, reason)) = unread.first() {
        return Err(format!("{path}: {reason}").into());
    }
    let file = tempfile::NamedTempFile::new()?;
    let made = builder.write(file.reopen()?, file.path())?;
    let bytes = std::fs::read(file.path())?;
    let index = Index::of_bytes(bytes, Arc::from("the index"))?;
    Ok((Indexes::new(vec![index]), made))
}

/// What a text has in common with pages, as a scan finds it.
fn shared(indexes: &Indexes, path: &str, text: &str) -> Vec<Shared> {
    let kind = parse::kind::kind(path);
    if !parse::kind::always_parse(path, kind) && !indexes.sifts(kind, text.as_bytes()) {
        return Vec::new();
    }
    let source = Source::from_text(FileId(0), path, text);
    let facts = parse::parse(&source, kind, Zone::Docs);
    indexes.compare(&index::of_facts(&facts, true))
}
