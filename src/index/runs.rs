//! Sorts more fingerprints than are to be held in memory: sorted parts go to temporary
//! files and are merged.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Seek, SeekFrom, Write};

use super::chunk::Fingerprint;

/// Fingerprints that are held in memory: 64 MiB. A hundred thousand pages have some
/// twenty million.
const HELD: usize = 8 << 20;

/// Fingerprints in the order in which they come, until they are wanted sorted.
#[derive(Debug, Default)]
pub(super) struct Sorter {
    held: Vec<Fingerprint>,
    parts: Vec<File>,
}

impl Sorter {
    pub fn add(&mut self, fingerprints: &[Fingerprint]) -> io::Result<()> {
        if self.held.len() + fingerprints.len() > HELD && !self.held.is_empty() {
            self.spill()?;
        }
        self.held.extend(fingerprints);
        Ok(())
    }

    fn spill(&mut self) -> io::Result<()> {
        self.held.sort_unstable();
        let mut out = BufWriter::with_capacity(1 << 16, tempfile::tempfile()?);
        for one in &self.held {
            out.write_all(&one.0.to_le_bytes())?;
        }
        let file = out.into_inner().map_err(io::IntoInnerError::into_error)?;
        self.parts.push(file);
        self.held.clear();
        Ok(())
    }

    /// Hands over each fingerprint in order; may be asked more than once.
    pub fn sorted(
        &mut self,
        mut each: impl FnMut(Fingerprint) -> io::Result<()>,
    ) -> io::Result<()> {
        if self.parts.is_empty() {
            self.held.sort_unstable();
            return self.held.iter().try_for_each(|one| each(*one));
        }
        if !self.held.is_empty() {
            self.spill()?;
            self.held = Vec::new();
        }
        let mut parts = Vec::new();
        for file in &self.parts {
            let mut file = file;
            file.seek(SeekFrom::Start(0))?;
            parts.push(BufReader::with_capacity(1 << 16, file));
        }
        let mut heads = BinaryHeap::new();
        for (index, part) in parts.iter_mut().enumerate() {
            heads.extend(next(part)?.map(|one| Reverse((one, index))));
        }
        while let Some(mut head) = heads.peek_mut() {
            let Reverse((one, index)) = *head;
            each(one)?;
            match next(&mut parts[index])? {
                Some(after) => *head = Reverse((after, index)),
                None => {
                    std::collections::binary_heap::PeekMut::pop(head);
                }
            }
        }
        Ok(())
    }
}

fn next(part: &mut impl Read) -> io::Result<Option<Fingerprint>> {
    let mut bytes = [0; 8];
    match part.read_exact(&mut bytes) {
        Ok(()) => Ok(Some(Fingerprint(u64::from_le_bytes(bytes)))),
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(None),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_on_disk_are_merged_in_order_as_often_as_asked() {
        let mut sorter = Sorter::default();
        let all: Vec<Fingerprint> = (0..1000_u64)
            .map(|at| Fingerprint(at.wrapping_mul(0x9e37_79b9_7f4a_7c15)))
            .collect();
        for part in all.chunks(300) {
            sorter.add(part).expect("room");
            sorter.spill().expect("room");
        }
        sorter.add(&[Fingerprint(7)]).expect("room");
        let mut wanted = all;
        wanted.push(Fingerprint(7));
        wanted.sort_unstable();
        for _ in 0..2 {
            let mut got = Vec::new();
            let read = sorter.sorted(|one| {
                got.push(one);
                Ok(())
            });
            read.expect("read");
            assert_eq!(got, wanted);
        }
    }
}
