//! Makes an index.

use std::fs::File;
use std::io::{self, BufWriter, Seek, SeekFrom, Write};
use std::path::Path;

use super::chunk::{self, Chunk, Fingerprint, PAGE_BITS};
use super::header::{Header, IndexError, LENGTH, sum};
use super::page::{GROUP, MAX_PARTS, Page};
use super::runs::Sorter;
use super::words::Words;
use super::{LEAST_PAGES, MAX_PAGES, SHARE_OF_PAGES, filter, legal, page, winnow};

/// Collects pages, then writes.
#[derive(Debug, Default)]
pub struct Builder {
    pages: Vec<Page>,
    sorter: Sorter,
}

/// The fingerprints of one page, taken apart from the others so that many can be made at
/// once.
#[derive(Debug, Default)]
pub struct Prints {
    prints: Vec<(u64, u32)>,
}

impl Prints {
    /// Those of the words of a page.
    pub fn of(words: &Words) -> Self {
        let step = step(words.pieces.len());
        let mut prints: Vec<(u64, u32)> = winnow::kept(words)
            .into_iter()
            .map(|run| {
                let piece = words.words[run.first as usize].piece as usize;
                (run.hash, (piece / step) as u32)
            })
            .collect();
        prints.sort_unstable();
        prints.dedup_by_key(|(hash, _)| *hash);
        Self { prints }
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.prints.is_empty()
    }
}

/// Pieces of a page that are told as one part.
pub(super) fn step(pieces: usize) -> usize {
    pieces.div_ceil(MAX_PARTS).max(1)
}

/// What was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Made {
    /// Pages.
    pub pages: u64,
    /// Pages without an address.
    pub without_address: u64,
    /// Fingerprints that are kept.
    pub fingerprints: u64,
    /// Fingerprints that are on too many pages, or of a licence.
    pub left_out: u64,
    /// Bytes of the file.
    pub bytes: u64,
}

impl Builder {
    /// Adds a page.
    pub fn add(&mut self, page: Page, prints: &Prints) -> io::Result<()> {
        let number = self.pages.len() as u32;
        let prints: Vec<Fingerprint> = (prints.prints.iter())
            .map(|(hash, part)| Fingerprint::new(*hash, number, *part))
            .collect();
        self.pages.push(page);
        self.sorter.add(&prints)
    }

    /// Whether no other page has room.
    pub fn is_full(&self) -> bool {
        self.pages.len() >= 1 << PAGE_BITS
    }

    /// Pages so far.
    pub fn pages_mut(&mut self) -> &mut [Page] {
        &mut self.pages
    }

    /// Writes the index over an open file.
    pub fn write(mut self, file: File, path: &Path) -> Result<Made, IndexError> {
        let shown = path.display().to_string();
        self.write_to(file)
            .map_err(|error| IndexError::io(&shown, &error))
    }

    fn write_to(&mut self, file: File) -> io::Result<Made> {
        let legal = legal::hashes();
        let most = (self.pages.len() / SHARE_OF_PAGES).clamp(LEAST_PAGES, MAX_PAGES);
        let (mut kept, mut all) = (0_u64, 0_u64);
        each(&mut self.sorter, &legal, most, &mut all, |_| {
            kept += 1;
            Ok(())
        })?;
        let blocks = filter::blocks(kept);
        let mut bits = vec![0; blocks as usize * filter::BLOCK];
        let mut out = Out::new(file)?;
        let mut counts = [0; 3];
        let mut group: Vec<Fingerprint> = Vec::with_capacity(chunk::FINGERPRINTS);
        let flush = |group: &mut Vec<Fingerprint>, out: &mut Out| {
            if let Some(first) = group.first() {
                out.put(first.hash(), &chunk::pack(group))?;
            }
            group.clear();
            io::Result::Ok(())
        };
        each(&mut self.sorter, &legal, most, &mut 0, |one| {
            filter::set(&mut bits, one.hash(), blocks);
            group.push(one);
            if group.len() == chunk::FINGERPRINTS {
                flush(&mut group, &mut out)?;
            }
            Ok(())
        })?;
        flush(&mut group, &mut out)?;
        counts[0] = out.list.len();
        for part in bits.chunks(chunk::FILTER) {
            out.put(0, part)?;
        }
        counts[1] = out.list.len() - counts[0];
        for group in self.pages.chunks(GROUP) {
            out.put(0, &page::pack(group)?)?;
        }
        counts[2] = out.list.len() - counts[0] - counts[1];
        let header = Header {
            pages: self.pages.len() as u32,
            fingerprints: kept,
            chunks: counts.map(|count| count as u32),
            blocks,
            ..Header::default()
        };
        let bytes = out.finish(header)?;
        Ok(Made {
            pages: self.pages.len() as u64,
            without_address: self.pages.iter().filter(|page| page.url.is_empty()).count() as u64,
            fingerprints: kept,
            left_out: all - kept,
            bytes,
        })
    }
}

/// Hands over the fingerprints that are kept, in order, and counts all: those of runs on at
/// most so many pages.
fn each(
    sorter: &mut Sorter,
    legal: &[u64],
    most: usize,
    all: &mut u64,
    mut keep: impl FnMut(Fingerprint) -> io::Result<()>,
) -> io::Result<()> {
    let mut of_hash: Vec<Fingerprint> = Vec::new();
    // Of a hash on too many pages one more than the most is held, and no more.
    let mut legal = legal.iter().peekable();
    let mut settle = |of_hash: &mut Vec<Fingerprint>| {
        let Some(first) = of_hash.first() else {
            return io::Result::Ok(());
        };
        while legal.next_if(|known| **known < first.hash()).is_some() {}
        let licence = legal.peek().is_some_and(|known| **known == first.hash());
        if !licence && of_hash.len() <= most {
            of_hash.iter().try_for_each(|one| keep(*one))?;
        }
        of_hash.clear();
        Ok(())
    };
    sorter.sorted(|one| {
        *all += 1;
        if of_hash
            .first()
            .is_some_and(|first| first.hash() != one.hash())
        {
            settle(&mut of_hash)?;
        }
        if of_hash.len() <= most {
            of_hash.push(one);
        }
        Ok(())
    })?;
    settle(&mut of_hash)
}

/// The file that is written, chunk after chunk.
struct Out {
    file: BufWriter<File>,
    at: u64,
    list: Vec<Chunk>,
}

impl Out {
    fn new(file: File) -> io::Result<Self> {
        let mut file = BufWriter::new(file);
        file.write_all(&[0; LENGTH])?;
        Ok(Self {
            file,
            at: LENGTH as u64,
            list: Vec::new(),
        })
    }

    fn put(&mut self, first: u64, bytes: &[u8]) -> io::Result<()> {
        self.file.write_all(bytes)?;
        self.list.push(Chunk {
            first,
            offset: self.at,
            length: bytes.len() as u32,
            sum: sum(bytes),
        });
        self.at += bytes.len() as u64;
        Ok(())
    }

    /// Writes the list and the header; returns the length.
    fn finish(mut self, header: Header) -> io::Result<u64> {
        let mut list = Vec::new();
        for chunk in &self.list {
            chunk.put(&mut list);
        }
        self.file.write_all(&list)?;
        let header = Header {
            length: self.at + list.len() as u64,
            list: self.at,
            sum: sum(&list),
            ..header
        };
        self.file.seek(SeekFrom::Start(0))?;
        self.file.write_all(&header.bytes())?;
        self.file.flush()?;
        Ok(header.length)
    }
}
