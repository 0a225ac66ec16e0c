//! The one door for files of the scanned tree. Whatever is read below the root comes
//! through a [`Tree`]; a folder is the first kind of it, a revision of git another.

mod overlay;
mod write;

pub use overlay::{Overlay, Texts};

use std::ffi::OsString;
use std::fmt;
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};

use cap_std::ambient_authority;
use cap_std::fs::{Dir, File, OpenOptions};

pub use write::WriteError;

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
    /// It is no text, by [`is_binary`]; only its start was read.
    Binary,
    /// It is a folder, a pipe, a socket or a device.
    Special,
}

/// What stands under a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ItemKind {
    /// A regular file.
    File,
    /// A folder.
    Folder,
    /// A symbolic link, wherever it leads.
    Link,
    /// A pipe, a socket, a device.
    Special,
}

/// One name in a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// The name.
    pub name: OsString,
    /// What stands there.
    pub kind: ItemKind,
}

/// Where the text of a scan comes from. Paths are relative to the root of the tree; the
/// empty path is the root. Links are followed only inside the tree: one that leaves it is
/// [`io::ErrorKind::PermissionDenied`].
pub trait Tree: fmt::Debug + Send + Sync {
    /// Reads a file of at most `limit` bytes.
    fn read(&self, path: &Path, limit: u64) -> io::Result<Content>;

    /// Reads a file of at most `limit` bytes, text or not: never [`Content::Binary`].
    fn read_any(&self, path: &Path, limit: u64) -> io::Result<Content>;

    /// What stands in a folder, in any order.
    fn list(&self, folder: &Path) -> io::Result<Vec<Item>>;

    /// What stands at a path; a link at its end is told as one.
    fn kind(&self, path: &Path) -> io::Result<ItemKind>;

    /// Whether a path is a regular file, or a link to one inside the tree.
    fn is_file(&self, path: &Path) -> bool;

    /// Whether a path, or a part on the way to it, is a link.
    fn passes_link(&self, path: &Path) -> bool {
        path.ancestors()
            .filter(|part| !part.as_os_str().is_empty())
            .any(|part| matches!(self.kind(part), Ok(ItemKind::Link)))
    }
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

    /// The root, without links.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Opens a file for reading without waiting for anybody: a pipe that nobody writes
    /// to, put there between the walk and now, must not stop the scan.
    fn open_file(&self, path: &Path) -> io::Result<File> {
        let path = below(path)?;
        let mut options = OpenOptions::new();
        options.read(true);
        #[cfg(unix)]
        {
            use cap_std::fs::OpenOptionsExt as _;
            options.custom_flags(waits_for_nobody());
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

    fn read_any(&self, path: &Path, limit: u64) -> io::Result<Content> {
        let file = self.open_file(path)?;
        let metadata = file.metadata()?;
        if !metadata.is_file() {
            return Ok(Content::Special);
        }
        whole(file, metadata.len(), limit)
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<Item>> {
        let entries = self.dir.read_dir(below(folder)?)?;
        entries
            .map(|entry| {
                let entry = entry?;
                Ok(Item {
                    name: entry.file_name(),
                    kind: kind_of(entry.file_type()?),
                })
            })
            .collect()
    }

    fn kind(&self, path: &Path) -> io::Result<ItemKind> {
        let metadata = self.dir.symlink_metadata(below(path)?)?;
        Ok(kind_of(metadata.file_type()))
    }

    fn is_file(&self, path: &Path) -> bool {
        below(path).is_ok_and(|path| self.dir.is_file(path))
    }
}

/// A path that the folder itself resolves: parts such as `..` never lead out of it.
fn below(path: &Path) -> io::Result<&Path> {
    let absolute = |part| matches!(part, Component::RootDir | Component::Prefix(_));
    if path.components().any(absolute) {
        return Err(leaves());
    }
    Ok(if path.as_os_str().is_empty() {
        Path::new(".")
    } else {
        path
    })
}

fn kind_of(found: cap_std::fs::FileType) -> ItemKind {
    if found.is_file() {
        ItemKind::File
    } else if found.is_dir() {
        ItemKind::Folder
    } else if found.is_symlink() {
        ItemKind::Link
    } else {
        ItemKind::Special
    }
}

/// A tree whose root could not be opened.
#[derive(Debug)]
pub struct Unopened(pub io::Error);

impl Unopened {
    fn again(&self) -> io::Error {
        io::Error::new(self.0.kind(), self.0.to_string())
    }
}

impl Tree for Unopened {
    fn read(&self, _: &Path, _: u64) -> io::Result<Content> {
        Err(self.again())
    }

    fn read_any(&self, _: &Path, _: u64) -> io::Result<Content> {
        Err(self.again())
    }

    fn list(&self, _: &Path) -> io::Result<Vec<Item>> {
        Err(self.again())
    }

    fn kind(&self, _: &Path) -> io::Result<ItemKind> {
        Err(self.again())
    }

    fn is_file(&self, _: &Path) -> bool {
        false
    }
}

/// The tree of a folder; where it can't be opened, everything in it fails with the reason.
pub fn of_folder(root: &Path) -> Box<dyn Tree> {
    match Folder::open(root) {
        Ok(folder) => Box::new(folder),
        Err(error) => Box::new(Unopened(error)),
    }
}

/// Reads a file that is no part of the tree: git's own data. It need not be text; nobody
/// is waited for.
pub fn read_outside(path: &Path, limit: u64) -> io::Result<Content> {
    let mut options = std::fs::OpenOptions::new();
    options.read(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.custom_flags(waits_for_nobody());
    }
    let file = options.open(path)?;
    let metadata = file.metadata()?;
    if !metadata.is_file() {
        return Ok(Content::Special);
    }
    whole(file, metadata.len(), limit)
}

/// Flags of an opening that waits for no writer and takes no terminal.
#[cfg(unix)]
fn waits_for_nobody() -> i32 {
    use rustix::fs::OFlags;
    (OFlags::NONBLOCK | OFlags::NOCTTY).bits().cast_signed()
}

/// Reads at most `limit` bytes, text or not.
fn whole(reader: impl Read, length: u64, limit: u64) -> io::Result<Content> {
    if length > limit {
        return Ok(Content::OverSize);
    }
    let mut bytes = Vec::with_capacity(length as usize + 1);
    reader
        .take(limit.saturating_add(1))
        .read_to_end(&mut bytes)?;
    if bytes.len() as u64 > limit {
        return Ok(Content::OverSize);
    }
    Ok(Content::Bytes(bytes))
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

/// Whether bytes are no text: a NUL byte early on, in UTF-16 a whole unit of them.
pub fn is_binary(bytes: &[u8]) -> bool {
    let probe = &bytes[..bytes.len().min(BINARY_PROBE)];
    if is_utf16(bytes) {
        // U+0000 is in no text; the mark of UTF-32 begins with that of UTF-16.
        return probe.chunks_exact(2).any(|unit| unit == [0, 0]);
    }
    memchr::memchr(0, probe).is_some()
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
        let path = folder.path().join("b");
        std::fs::write(&path, b"a\0b").expect("written");
        let binary = |limit| read_outside(&path, limit).expect("read");
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
        use ItemKind::{File, Link, Special};
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
            assert!(!tree.is_file(Path::new(path)), "{path}");
        }
        for path in ["up", "..", "/"] {
            let error = tree.list(Path::new(path)).expect_err(path);
            assert_eq!(error.kind(), io::ErrorKind::PermissionDenied, "{path}");
        }
        assert!(tree.passes_link(Path::new("up/secret")) && tree.passes_link(Path::new("COPYING")));
        assert!(!tree.passes_link(Path::new("LICENSE")) && tree.is_file(Path::new("COPYING")));
        assert_eq!(
            read_outside(&root.join("pipe"), 9).expect("read"),
            Content::Special
        );
        let mut names: Vec<_> = tree.list(Path::new("")).expect("listed");
        names.sort_by(|a, b| a.name.cmp(&b.name));
        let kinds: Vec<_> = names.iter().map(|item| item.kind).collect();
        assert_eq!(kinds, [Link, File, Link, Special, Link, Link]);
    }

    #[test]
    fn binary_files_are_known_by_their_start() {
        assert!(is_binary(b"a\0b"));
        assert!(!is_binary(&[0xFF, 0xFE, b'a', 0]));
        assert!(!is_binary(b"text"));
    }
}
