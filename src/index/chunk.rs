//! Parts of an index that are read one by one: fingerprints in order, blocks of the filter,
//! groups of pages. A list at the end tells where each is and what its bytes sum up to.

use super::bits::{Reader, Writer, width};
use super::header::{SUM, number};

/// Fingerprints of a chunk.
pub(super) const FINGERPRINTS: usize = 256;
/// Bytes of the filter in a chunk.
pub(super) const FILTER: usize = 64 * 1024;

/// Bits of a fingerprint for its page, and for the part of the page.
pub(super) const PAGE_BITS: u32 = 20;
pub(super) const PART_BITS: u32 = 8;

/// One chunk, as the list tells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Chunk {
    /// Of fingerprints the first hash; else 0.
    pub first: u64,
    pub offset: u64,
    pub length: u32,
    pub sum: [u8; SUM],
}

/// Bytes of a chunk in the list.
pub(super) const ENTRY: usize = 8 + 8 + 4 + SUM;

impl Chunk {
    pub fn put(&self, out: &mut Vec<u8>) {
        out.extend(self.first.to_le_bytes());
        out.extend(self.offset.to_le_bytes());
        out.extend(self.length.to_le_bytes());
        out.extend(self.sum);
    }

    pub fn read(entry: &[u8]) -> Self {
        let mut sum = [0; SUM];
        sum.copy_from_slice(&entry[20..]);
        Self {
            first: number(&entry[..8]),
            offset: number(&entry[8..16]),
            length: number(&entry[16..20]) as u32,
            sum,
        }
    }
}

/// A fingerprint: where a run of words stands. Ordered by its hash, then by the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Fingerprint(pub u64);

impl Fingerprint {
    pub fn new(hash: u64, page: u32, part: u32) -> Self {
        Self(hash << (PAGE_BITS + PART_BITS) | u64::from(page) << PART_BITS | u64::from(part))
    }

    pub fn hash(self) -> u64 {
        self.0 >> (PAGE_BITS + PART_BITS)
    }

    pub fn page(self) -> u32 {
        (self.0 >> PART_BITS) as u32 & ((1 << PAGE_BITS) - 1)
    }

    pub fn part(self) -> u32 {
        self.0 as u32 & ((1 << PART_BITS) - 1)
    }
}

/// Packs fingerprints that are in order: of each the distance of its hash from the one
/// before, its page and its part, in as many bits as the largest of the chunk takes.
pub(super) fn pack(fingerprints: &[Fingerprint]) -> Vec<u8> {
    let mut last = fingerprints.first().map_or(0, |one| one.hash());
    let mut widest = [0_u32; 3];
    for one in fingerprints {
        let numbers = [
            one.hash() - last,
            u64::from(one.page()),
            u64::from(one.part()),
        ];
        for (widest, number) in widest.iter_mut().zip(numbers) {
            *widest = width(number).max(*widest);
        }
        last = one.hash();
    }
    let mut out = (fingerprints.len() as u16).to_le_bytes().to_vec();
    out.extend(widest.map(|width| width as u8));
    let mut writer = Writer::default();
    let mut last = fingerprints.first().map_or(0, |one| one.hash());
    for one in fingerprints {
        writer.put(one.hash() - last, widest[0]);
        writer.put(u64::from(one.page()), widest[1]);
        writer.put(u64::from(one.part()), widest[2]);
        last = one.hash();
    }
    out.extend(writer.finish());
    out
}

/// Finds the fingerprints of one hash in a packed chunk; whether there may be more in the
/// next. Nothing where the bytes are no chunk.
pub(super) fn find(
    packed: &[u8],
    first: u64,
    wanted: u64,
    out: &mut Vec<Fingerprint>,
) -> Option<bool> {
    let (head, body) = packed.split_at_checked(5)?;
    let count = number(&head[..2]) as usize;
    let widths = [head[2], head[3], head[4]].map(u32::from);
    if count > FINGERPRINTS || widths[0] > 64 || widths[1] > PAGE_BITS || widths[2] > PART_BITS {
        return None;
    }
    let mut reader = Reader::new(body);
    let mut hash = first;
    for _ in 0..count {
        hash = hash.checked_add(reader.take(widths[0])?)?;
        let page = reader.take(widths[1])? as u32;
        let part = reader.take(widths[2])? as u32;
        if hash == wanted {
            out.push(Fingerprint::new(hash, page, part));
        } else if hash > wanted {
            return Some(false);
        }
    }
    Some(true)
}
