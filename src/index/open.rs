//! An index that is read, a chunk at a time.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use super::chunk::{self, Chunk, ENTRY, FILTER, Fingerprint};
use super::header::{Header, IndexError, LENGTH, sum};
use super::page::{self, GROUP, Page};
use super::{HASH_BITS, filter};

/// Chunks are held in memory up to so many bytes, and read again after that.
const HELD: u64 = 256 << 20;
/// Longest chunk: that of the filter is the longest that is written, and a group of pages
/// with long titles.
const MAX_CHUNK: u32 = 1 << 20;
/// Longest list of chunks: of some hundred million fingerprints.
const MAX_LIST: u64 = 64 << 20;

/// An index of licensed documentation.
#[derive(Debug)]
pub struct Index {
    name: Arc<str>,
    store: Store,
    header: Header,
    list: Vec<Chunk>,
    held: Vec<OnceLock<Arc<[u8]>>>,
    bytes: AtomicU64,
}

#[derive(Debug)]
enum Store {
    File(Mutex<File>),
    Bytes(Vec<u8>),
}

impl Store {
    fn read(&self, at: u64, length: usize) -> io::Result<Vec<u8>> {
        match self {
            Self::File(file) => {
                let mut file = file.lock().unwrap_or_else(PoisonError::into_inner);
                let mut bytes = vec![0; length];
                file.seek(SeekFrom::Start(at))?;
                file.read_exact(&mut bytes)?;
                Ok(bytes)
            }
            Self::Bytes(bytes) => {
                let start = usize::try_from(at).unwrap_or(usize::MAX);
                let found = bytes.get(start..start.saturating_add(length));
                found
                    .map(<[u8]>::to_vec)
                    .ok_or_else(|| io::ErrorKind::UnexpectedEof.into())
            }
        }
    }
}

impl Index {
    /// The index in an open file of that length; `name` is for messages.
    pub fn of_file(file: File, length: u64, name: Arc<str>) -> Result<Self, IndexError> {
        Self::new(Store::File(Mutex::new(file)), length, name)
    }

    /// The index that some bytes are.
    pub fn of_bytes(bytes: Vec<u8>, name: Arc<str>) -> Result<Self, IndexError> {
        let length = bytes.len() as u64;
        Self::new(Store::Bytes(bytes), length, name)
    }

    fn new(store: Store, length: u64, name: Arc<str>) -> Result<Self, IndexError> {
        let failed = |error: io::Error| IndexError::io(&name, &error);
        let begin = usize::try_from(length).unwrap_or(LENGTH).min(LENGTH);
        let header = Header::read(&store.read(0, begin).map_err(failed)?, &name)?;
        let damaged = |what| IndexError::damaged(&name, what);
        if header.length != length {
            return Err(damaged(if header.length > length {
                "it is cut short"
            } else {
                "something was added at its end"
            }));
        }
        let chunks = header.chunks.iter().map(|count| u64::from(*count));
        let entries: u64 = chunks.sum();
        let rest = length.checked_sub(header.list);
        if rest != Some(entries * ENTRY as u64) || entries * ENTRY as u64 > MAX_LIST {
            return Err(damaged("its list of chunks has another length"));
        }
        let list = store
            .read(header.list, (entries * ENTRY as u64) as usize)
            .map_err(failed)?;
        if sum(&list) != header.sum {
            return Err(damaged("its list of chunks is not as it was written"));
        }
        let list: Vec<Chunk> = list.chunks_exact(ENTRY).map(Chunk::read).collect();
        let inside = |chunk: &Chunk| {
            let end = chunk.offset.checked_add(u64::from(chunk.length));
            chunk.length <= MAX_CHUNK && end.is_some_and(|end| end <= header.list)
        };
        let groups = u64::from(header.pages).div_ceil(GROUP as u64);
        if !list.iter().all(inside)
            || groups != u64::from(header.chunks[2])
            || header.blocks == 0
            || (header.blocks * filter::BLOCK as u64).div_ceil(FILTER as u64)
                != u64::from(header.chunks[1])
        {
            return Err(damaged("its list of chunks fits no index"));
        }
        let held = list.iter().map(|_| OnceLock::new()).collect();
        Ok(Self {
            name,
            store,
            header,
            list,
            held,
            bytes: AtomicU64::new(0),
        })
    }

    /// How it is called in messages.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Number of its pages.
    pub fn pages(&self) -> u32 {
        self.header.pages
    }

    /// Number of its fingerprints.
    pub fn fingerprints(&self) -> u64 {
        self.header.fingerprints
    }

    fn damaged(&self, what: &'static str) -> IndexError {
        IndexError::damaged(&self.name, what)
    }

    /// The bytes of a chunk, checked.
    fn chunk(&self, index: usize) -> Result<Arc<[u8]>, IndexError> {
        if let Some(bytes) = self.held[index].get() {
            return Ok(Arc::clone(bytes));
        }
        let chunk = &self.list[index];
        let bytes = self
            .store
            .read(chunk.offset, chunk.length as usize)
            .map_err(|error| IndexError::io(&self.name, &error))?;
        if sum(&bytes) != chunk.sum {
            return Err(self.damaged("a part of it is not as it was written"));
        }
        let bytes: Arc<[u8]> = Arc::from(bytes);
        let held = self.bytes.fetch_add(bytes.len() as u64, Ordering::Relaxed);
        if held < HELD {
            return Ok(Arc::clone(self.held[index].get_or_init(|| bytes)));
        }
        Ok(bytes)
    }

    /// Whether a hash may be there; one in forty that is not passes.
    pub(super) fn may_hold(&self, hash: u64) -> Result<bool, IndexError> {
        let (block, mut bits) = filter::place(hash, self.header.blocks);
        let at = block as usize * filter::BLOCK;
        let index = self.header.chunks[0] as usize + at / FILTER;
        let own;
        let bytes: &[u8] = if let Some(bytes) = self.held[index].get() {
            bytes
        } else {
            own = self.chunk(index)?;
            &own
        };
        let start = at % FILTER;
        let block = bytes
            .get(start..start + filter::BLOCK)
            .ok_or_else(|| self.damaged("its filter is too short"))?;
        Ok(bits.all(|bit| block[bit / 8] & (1 << (bit % 8)) != 0))
    }

    /// The fingerprints of a hash.
    pub(super) fn find(&self, hash: u64, out: &mut Vec<Fingerprint>) -> Result<(), IndexError> {
        debug_assert!(hash < 1 << HASH_BITS);
        let prints = &self.list[..self.header.chunks[0] as usize];
        // It may begin at the end of the chunk before the first that begins with it.
        let after = prints.partition_point(|chunk| chunk.first < hash);
        let likely = prints.iter().enumerate().skip(after.saturating_sub(1));
        // It is on so few pages that it fills no chunk: a list that says otherwise lies.
        let likely = likely.take_while(|(_, chunk)| chunk.first <= hash).take(2);
        for (index, chunk) in likely {
            let bytes = self.chunk(index)?;
            match chunk::find(&bytes, chunk.first, hash, out) {
                Some(true) => {}
                Some(false) => break,
                None => return Err(self.damaged("a part of it holds no fingerprints")),
            }
        }
        if out.iter().any(|one| one.page() >= self.header.pages) {
            return Err(self.damaged("it names a page that it does not hold"));
        }
        Ok(())
    }

    /// One of its pages.
    pub(super) fn page(&self, page: u32) -> Result<Page, IndexError> {
        let before = self.header.chunks[0] + self.header.chunks[1];
        let group = before as usize + page as usize / GROUP;
        let bytes = self.chunk(group)?;
        page::unpack(&bytes, page as usize % GROUP)
            .ok_or_else(|| self.damaged("a part of it holds no pages"))
    }
}
