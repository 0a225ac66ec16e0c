//! The first bytes of an index: that it is one, of which version, and where its parts are.

use std::io;

use miette::Diagnostic;
use sha2::{Digest, Sha256};

use super::{HASH_BITS, RUN, WINDOW};

/// Every index begins with these bytes.
const MAGIC: [u8; 8] = *b"TCINDEX\n";
/// Raised when the bytes or the fingerprints of an index change their meaning.
const VERSION: u32 = 1;
/// Bytes of the header, its checksum included.
pub(super) const LENGTH: usize = 112;
/// Bytes of the checksum of the header, and of each chunk.
pub(super) const SUM: usize = 16;

/// Why an index cannot be used.
#[derive(Debug, thiserror::Error, Diagnostic)]
pub enum IndexError {
    /// It could not be read or written.
    #[error("{path}: {reason}")]
    Io {
        /// The file.
        path: String,
        /// Why.
        reason: String,
    },
    /// It is something else.
    #[error("{path}: not an index of termscheck")]
    #[diagnostic(help("`termscheck index DIR -o FILE` makes one from a folder of documentation"))]
    Foreign {
        /// The file.
        path: String,
    },
    /// It was made by a version that does things differently.
    #[error("{path}: an index of version {found}; this program reads version {VERSION}")]
    #[diagnostic(help("make it again: `termscheck index DIR -o FILE`"))]
    Version {
        /// The file.
        path: String,
        /// The version that it says.
        found: u32,
    },
    /// It ends too early, or its bytes are not those that were written.
    #[error("{path}: the index is damaged: {what}")]
    #[diagnostic(help("make it again: `termscheck index DIR -o FILE`"))]
    Damaged {
        /// The file.
        path: String,
        /// What is wrong.
        what: &'static str,
    },
    /// There is more than an index can hold.
    #[error("{path}: {what}")]
    #[diagnostic(help("make an index for each part; `--index` may be repeated"))]
    Full {
        /// The file.
        path: String,
        /// What there is too much of.
        what: &'static str,
    },
}

impl IndexError {
    /// A failure to read or write.
    pub fn io(path: &str, error: &io::Error) -> Self {
        let reason = match error.kind() {
            io::ErrorKind::NotFound => "no such file".to_owned(),
            _ => crate::walk::reason(error),
        };
        Self::Io {
            path: path.to_owned(),
            reason,
        }
    }

    pub(super) fn damaged(path: &str, what: &'static str) -> Self {
        Self::Damaged {
            path: path.to_owned(),
            what,
        }
    }
}

/// Where the parts of an index are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(super) struct Header {
    /// Length of the file.
    pub length: u64,
    /// Where the list of chunks begins; it goes to the end.
    pub list: u64,
    /// Checksum of that list.
    pub sum: [u8; SUM],
    pub pages: u32,
    pub fingerprints: u64,
    /// Chunks of fingerprints, of the filter and of pages.
    pub chunks: [u32; 3],
    /// Blocks of the filter.
    pub blocks: u64,
}

impl Header {
    pub fn bytes(&self) -> [u8; LENGTH] {
        let mut out = Vec::with_capacity(LENGTH);
        out.extend(MAGIC);
        out.extend(VERSION.to_le_bytes());
        // How fingerprints are made: an index that was made otherwise fits no text.
        out.extend([RUN as u8, WINDOW as u8, HASH_BITS as u8, 0]);
        out.extend(self.length.to_le_bytes());
        out.extend(self.list.to_le_bytes());
        out.extend(self.sum);
        out.extend(self.pages.to_le_bytes());
        out.extend(self.fingerprints.to_le_bytes());
        for count in self.chunks {
            out.extend(count.to_le_bytes());
        }
        out.extend(self.blocks.to_le_bytes());
        out.resize(LENGTH - SUM, 0);
        out.extend(sum(&out));
        let mut bytes = [0; LENGTH];
        bytes.copy_from_slice(&out);
        bytes
    }

    /// Reads a header from the start of a file.
    pub fn read(bytes: &[u8], path: &str) -> Result<Self, IndexError> {
        if !bytes.starts_with(&MAGIC) {
            return Err(IndexError::Foreign {
                path: path.to_owned(),
            });
        }
        let cut = || IndexError::damaged(path, "it is cut short");
        let version = bytes.get(8..12).ok_or_else(cut)?;
        let found = number(version) as u32;
        if found != VERSION {
            return Err(IndexError::Version {
                path: path.to_owned(),
                found,
            });
        }
        let bytes = bytes.get(..LENGTH).ok_or_else(cut)?;
        let (body, own) = bytes.split_at(LENGTH - SUM);
        if own != sum(body) || body[12..16] != [RUN as u8, WINDOW as u8, HASH_BITS as u8, 0] {
            return Err(IndexError::damaged(
                path,
                "its header is not as it was written",
            ));
        }
        let mut rest = &body[16..];
        let mut next = |length: usize| {
            let (head, tail) = rest.split_at(length);
            rest = tail;
            head
        };
        let mut header = Self {
            length: number(next(8)),
            list: number(next(8)),
            ..Self::default()
        };
        header.sum.copy_from_slice(next(SUM));
        header.pages = number(next(4)) as u32;
        header.fingerprints = number(next(8));
        for count in &mut header.chunks {
            *count = number(next(4)) as u32;
        }
        header.blocks = number(next(8));
        Ok(header)
    }
}

/// A number of up to eight bytes, the lowest first.
pub(super) fn number(bytes: &[u8]) -> u64 {
    bytes
        .iter()
        .rev()
        .fold(0, |number, byte| number << 8 | u64::from(*byte))
}

/// The first bytes of the SHA-256 of some bytes.
pub(super) fn sum(bytes: &[u8]) -> [u8; SUM] {
    let digest = Sha256::digest(bytes);
    let mut sum = [0; SUM];
    sum.copy_from_slice(&digest[..SUM]);
    sum
}
