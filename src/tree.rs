//! The one door for files of the scanned tree. Whatever is read below the root comes
//! through a [`Tree`]; a folder is the first kind of it, others (a revision, an archive,
//! texts in memory) answer the same questions.

use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};

use cap_std::ambient_authority;
use cap_std::fs::{Dir, File, OpenOptions};

/// Largest configuration or ignore file that is read, in bytes: far above any real one
/// (the largest known `.gitignore` files have some 100 KB).
pub const MAX_SETTINGS: u64 = 1024 * 1024;

/// A NUL byte among this many at the start makes a file binary.
const BINARY_PROBE: usize = 8192;

/// How reading a file went.
#[derive(Debug, PartialEq, Eq)]
pub enum Content {
    /// All of it.
    Bytes(Vec<u8>),
    /// It is longer than the limit.
    OverSize,
    /// It holds a NUL byte early on and is no UTF-16; only its start was read.
    Binary,
    /// It is a folder, a pipe, a socket or a device.
    Special,
}

/// Where the text of a scan comes from. Paths are relative to the root of the tree.
pub trait Tree: Sync {
    /// Reads a file of at most `limit` bytes. Links are followed only inside the tree;
    /// one that leaves it is [`io::ErrorKind::PermissionDenied`].
    fn read(&self, path: &Path, limit: u64) -> io::Result<Content>;
}

/// A folder on disk.
#[derive(Debug)]
pub struct Folder {
    /// The root, without links.
    root: PathBuf,
    dir: Dir,
}

impl Folder {
    /// Opens the folder at `root`; links in the way to it are the caller's own.
    pub fn open(root: &Path) -> io::Result<Self> {
        let root = root.canonicalize()?;
        let dir = Dir::open_ambient_dir(&root, ambient_authority())?;
        Ok(Self { root, dir })
    }

    /// `path` relative to the root, where it lies below it.
    pub fn relative<'a>(&self, path: &'a Path) -> Option<&'a Path> {
        path.strip_prefix(&self.root).ok()
    }

    /// Reads a file of at most `limit` bytes whether it is text or not.
    pub fn read_binary(&self, path: &Path, limit: u64) -> io::Result<Content> {
        let file = self.open_file(path)?;
        let metadata = file.metadata()?;
        if !metadata.is_file() {
            return Ok(Content::Special);
        }
        if metadata.len() > limit {
            return Ok(Content::OverSize);
        }
        let mut bytes = Vec::with_capacity(metadata.len() as usize + 1);
        file.take(limit.saturating_add(1)).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > limit {
            return Ok(Content::OverSize);
        }
        Ok(Content::Bytes(bytes))
    }

    /// Opens a file for reading without waiting for anybody: a pipe that nobody writes
    /// to, put there between the walk and now, must not stop the scan.
    fn open_file(&self, path: &Path) -> io::Result<File> {
        // Parts such as `..` are resolved by the folder itself and never lead out.
        if path
            .components()
            .any(|part| matches!(part, Component::RootDir | Component::Prefix(_)))
        {
            return Err(leaves());
        }
        let mut options = OpenOptions::new();
        options.read(true);
        #[cfg(unix)]
        {
            use cap_std::fs::OpenOptionsExt as _;
            use rustix::fs::OFlags;
            options.custom_flags((OFlags::NONBLOCK | OFlags::NOCTTY).bits().cast_signed());
        }
        self.dir.open_with(path, &options)
    }
}

impl Tree for Folder {
    fn read(&self, path: &Path, limit: u64) -> io::Result<Content> {
        let file = self.open_file(path)?;
        let metadata = file.metadata()?;
        if !metadata.is_file() {
            return Ok(Content::Special);
        }
        if metadata.len() > limit {
            return Ok(Content::OverSize);
        }
        read_bounded(file, metadata.len(), limit)
    }
}

/// Reads at most `limit` bytes, whatever was said of the length, and of a binary file
/// no more than its start.
fn read_bounded(reader: impl Read, length: u64, limit: u64) -> io::Result<Content> {
    let mut bytes = Vec::with_capacity(length as usize + 1);
    let mut reader = reader.take(limit.saturating_add(1));
    reader
        .by_ref()
        .take(BINARY_PROBE as u64)
        .read_to_end(&mut bytes)?;
    if is_binary(&bytes) {
        return Ok(Content::Binary);
    }
    reader.read_to_end(&mut bytes)?;
    if bytes.len() as u64 > limit {
        return Ok(Content::OverSize);
    }
    Ok(Content::Bytes(bytes))
}

/// Whether bytes are no text: a NUL byte early on, and no mark of UTF-16.
pub fn is_binary(bytes: &[u8]) -> bool {
    !is_utf16(bytes) && memchr::memchr(0, &bytes[..bytes.len().min(BINARY_PROBE)]).is_some()
}

/// Whether bytes begin with a byte-order mark of UTF-16.
pub fn is_utf16(bytes: &[u8]) -> bool {
    matches!(bytes, [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..])
}

fn leaves() -> io::Error {
    io::Error::new(io::ErrorKind::PermissionDenied, "the path leaves the tree")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_more_is_read_than_the_limit() {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(folder.path().join("a.md"), "x".repeat(10)).expect("written");
        let tree = Folder::open(folder.path()).expect("opened");
        let read = |limit| tree.read(Path::new("a.md"), limit).expect("read");
        assert_eq!(read(10), Content::Bytes(b"xxxxxxxxxx".to_vec()));
        assert_eq!(read(9), Content::OverSize);
        std::fs::write(folder.path().join("b"), b"a\0b").expect("written");
        let binary = |limit| tree.read_binary(Path::new("b"), limit).expect("read");
        assert_eq!(binary(3), Content::Bytes(b"a\0b".to_vec()));
        assert_eq!(binary(2), Content::OverSize);
        // A reader that goes on after what was said of its length is cut off.
        let endless = io::repeat(b'x');
        assert_eq!(
            read_bounded(endless, 1, 100).expect("read"),
            Content::OverSize
        );
    }

    #[cfg(unix)]
    #[test]
    fn links_lead_nowhere_else_and_pipes_do_not_wait() {
        use std::os::unix::fs::symlink;

        let outer = tempfile::tempdir().expect("a folder");
        std::fs::write(outer.path().join("secret"), "s").expect("written");
        let root = outer.path().join("root");
        std::fs::create_dir(&root).expect("made");
        std::fs::write(root.join("LICENSE"), "MIT").expect("written");
        symlink("LICENSE", root.join("COPYING")).expect("linked");
        symlink("../secret", root.join("a.md")).expect("linked");
        symlink("..", root.join("up")).expect("linked");
        symlink("/dev/zero", root.join("zero")).expect("linked");
        rustix::fs::mknodat(
            rustix::fs::CWD,
            root.join("pipe"),
            rustix::fs::FileType::Fifo,
            rustix::fs::Mode::RWXU,
            0,
        )
        .expect("a pipe");
        let tree = Folder::open(&root).expect("opened");
        let read = |path: &str| tree.read(Path::new(path), 100);
        assert_eq!(
            read("COPYING").expect("read"),
            Content::Bytes(b"MIT".to_vec())
        );
        assert_eq!(read("pipe").expect("read"), Content::Special);
        assert_eq!(read(".").expect("read"), Content::Special);
        for path in ["a.md", "up/secret", "../secret", "zero", "/dev/zero"] {
            let error = read(path).expect_err(path);
            assert_eq!(error.kind(), io::ErrorKind::PermissionDenied, "{path}");
        }
    }

    #[test]
    fn binary_files_are_known_by_their_start() {
        assert!(is_binary(b"a\0b"));
        assert!(!is_binary(&[0xFF, 0xFE, b'a', 0]));
        assert!(!is_binary(b"text"));
    }
}
