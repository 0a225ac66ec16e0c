//! Text in common with licensed documentation: which words of a file stand on which of its
//! pages. An index holds fingerprints of the pages, not their words.
//!
//! The words of a page are hashed in runs of five; of each stretch of runs the least hash
//! is kept (Schleimer, Wilkerson and Aiken, "Winnowing", 2003), so that a run of words that
//! two texts share is found wherever it stands in either. Runs that stand on many pages,
//! and those of licences, are nobody's text and are left out.

mod bits;
mod build;
mod chunk;
mod compare;
mod filter;
mod header;
mod legal;
mod open;
mod page;
mod prose;
mod runs;
mod sift;
#[cfg(test)]
mod tests;
mod winnow;
mod words;

pub mod collect;

use std::io;
use std::path::Path;
use std::sync::{Arc, OnceLock};

pub use build::{Builder, Made, Prints};
pub use compare::{Passage, Shared};
pub use header::IndexError;
pub use open::Index;
pub use page::Page;
pub use prose::of_facts;
pub use words::Words;

/// A run of words that is hashed: this many half words. A word of an alphabet weighs two
/// halves, a character of a script without spaces one, for two of those are about a word.
/// Five words: of four, unrelated texts share too many; of six, one word in ten that is
/// changed leaves half of them (tables of docs/accuracy.md).
const RUN: u32 = 10;

/// Of this many half words of starts of runs the least hash is kept: two in seven. So what
/// is as long as eleven words in common is always found.
const WINDOW: u32 = 12;

/// Bits of a hash that are kept. In an index of 100,000 pages a run of words that is not
/// there is found by chance once in 5,000.
const HASH_BITS: u32 = 36;

/// A run of words on more pages than this is boilerplate: a note that is included
/// everywhere, a row that each table of an API has. The same page in its versions and
/// editions is on fewer.
const MAX_PAGES: usize = 20;
/// Of few pages one in so many, but never fewer than [`LEAST_PAGES`].
const SHARE_OF_PAGES: usize = 50;
const LEAST_PAGES: usize = 3;

/// The indexes of a scan.
#[derive(Debug, Default)]
pub struct Indexes {
    indexes: Vec<Index>,
    failed: OnceLock<String>,
}

impl Indexes {
    /// Those indexes.
    pub fn new(indexes: Vec<Index>) -> Self {
        Self {
            indexes,
            failed: OnceLock::new(),
        }
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.indexes.is_empty()
    }

    /// Whether a file that nothing else asks to be parsed is worth it: its bytes share
    /// enough with a page.
    pub fn sifts(&self, kind: crate::facts::FileKind, bytes: &[u8]) -> bool {
        let Some(words) = sift::words(kind, bytes) else {
            return false;
        };
        self.indexes
            .iter()
            .any(|index| match compare::shares(index, &words) {
                Ok(shares) => shares,
                Err(error) => self.fail(&error),
            })
    }

    /// The passages that a file has in common with pages.
    pub fn compare(&self, words: &Words) -> Vec<Shared> {
        let mut found = Vec::new();
        for index in &self.indexes {
            match compare::compare(index, words) {
                Ok(shared) => found.extend(shared),
                Err(error) => {
                    self.fail(&error);
                }
            }
        }
        compare::choose(found, words)
    }

    /// What went wrong with an index while it was read, if anything did.
    pub fn failed(&self) -> Option<&str> {
        self.failed.get().map(String::as_str)
    }

    fn fail(&self, error: &IndexError) -> bool {
        let _ = self.failed.set(error.to_string());
        false
    }
}

/// Opens the index in a file that the operator names.
pub fn open(path: &Path) -> Result<Index, IndexError> {
    let shown = path.display().to_string();
    let file = std::fs::File::open(path).map_err(|error| IndexError::io(&shown, &error))?;
    let metadata = file
        .metadata()
        .map_err(|error| IndexError::io(&shown, &error))?;
    if !metadata.is_file() {
        let error = io::Error::new(io::ErrorKind::InvalidInput, "not a regular file");
        return Err(IndexError::io(&shown, &error));
    }
    Index::of_file(file, metadata.len(), Arc::from(shown))
}
