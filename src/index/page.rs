//! What an index tells of each page, packed.

use std::io::{Read, Write};
use std::sync::Arc;

use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;

use super::bits::{put_number, take_number};

/// A page of the documentation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// Its path in the folder that was indexed.
    pub path: Arc<str>,
    /// Its title.
    pub title: Arc<str>,
    /// Its address; empty where nothing tells it.
    pub url: Arc<str>,
    /// SPDX expression of its licence; empty where nothing tells it.
    pub licence: Arc<str>,
    /// First and last line of each of its parts.
    pub lines: Vec<(u32, u32)>,
}

/// Most parts of a page that are told apart.
pub(super) const MAX_PARTS: usize = 256;

/// Pages that are packed together.
pub(super) const GROUP: usize = 64;

/// Most bytes that a group unpacks to: a page tells some hundred.
const MAX_UNPACKED: u64 = 4 << 20;

/// Packs a group of pages.
pub(super) fn pack(pages: &[Page]) -> std::io::Result<Vec<u8>> {
    let mut plain = Vec::new();
    for page in pages {
        for text in [&page.path, &page.title, &page.url, &page.licence] {
            put_number(&mut plain, text.len() as u64);
            plain.extend(text.as_bytes());
        }
        put_number(&mut plain, page.lines.len() as u64);
        let mut last = 0;
        for (first, end) in &page.lines {
            // The parts of a page rise, but for comments that stand out of line.
            put_number(&mut plain, u64::from(first.saturating_sub(last)));
            put_number(&mut plain, u64::from(end.saturating_sub(*first)));
            last = (*first).max(last);
        }
    }
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(&plain)?;
    encoder.finish()
}

/// Unpacks one page of a group; nothing where the bytes hold none.
pub(super) fn unpack(packed: &[u8], index: usize) -> Option<Page> {
    let mut plain = Vec::new();
    let decoder = DeflateDecoder::new(packed);
    decoder.take(MAX_UNPACKED).read_to_end(&mut plain).ok()?;
    let mut rest = plain.as_slice();
    for _ in 0..index {
        one(&mut rest)?;
    }
    one(&mut rest)
}

fn one(rest: &mut &[u8]) -> Option<Page> {
    let mut text = || {
        let length = usize::try_from(take_number(rest)?).ok()?;
        let (text, after) = rest.split_at_checked(length)?;
        *rest = after;
        std::str::from_utf8(text).ok().map(Arc::from)
    };
    let (path, title, url, licence) = (text()?, text()?, text()?, text()?);
    let count = usize::try_from(take_number(rest)?).ok()?;
    if count > MAX_PARTS {
        return None;
    }
    let mut lines = Vec::with_capacity(count);
    let mut last = 0_u32;
    for _ in 0..count {
        let first = last.checked_add(u32::try_from(take_number(rest)?).ok()?)?;
        let end = first.checked_add(u32::try_from(take_number(rest)?).ok()?)?;
        lines.push((first, end));
        last = first;
    }
    Some(Page {
        path,
        title,
        url,
        licence,
        lines,
    })
}
