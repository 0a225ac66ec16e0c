//! Writing through the door: a file is replaced as a whole or not at all, and only where
//! it is what it was when it was read.

use std::io::{self, Read as _, Write as _};
use std::path::Path;

use cap_std::fs::{Dir, Metadata};
use cap_tempfile::TempFile;

use super::Folder;

/// Why a file was not written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// It is not what it was when it was read.
    #[error("changed since it was read, and is left as it is")]
    Changed,
    /// A link: what it leads to may be anything.
    #[error("is a link, and is left as it is")]
    Link,
    /// Nobody may write to it.
    #[error("is read-only, and is left as it is")]
    ReadOnly,
    /// The system said no.
    #[error("could not be written: {0}")]
    Io(#[from] io::Error),
}

impl Folder {
    /// Puts `bytes` in the place of a file that holds `before`, or where no file is. A
    /// run that is killed leaves the one or the other; mode and owner stay. Links are
    /// not followed.
    pub fn replace(
        &self,
        path: &Path,
        before: Option<&[u8]>,
        bytes: &[u8],
    ) -> Result<(), WriteError> {
        let name = path
            .file_name()
            .ok_or_else(|| io::Error::from(io::ErrorKind::InvalidInput))?;
        let parent = path.parent().filter(|parent| *parent != Path::new(""));
        if let (Some(parent), None) = (parent, before) {
            self.dir.create_dir_all(parent)?;
        }
        let folder = match parent {
            Some(parent) => self.dir.open_dir(parent)?,
            None => self.dir.try_clone()?,
        };
        let name = Path::new(name);
        let metadata = unchanged(&folder, name, before)?;
        let mut file = TempFile::new(&folder)?;
        file.write_all(bytes)?;
        if let Some(metadata) = metadata {
            like(&file, &metadata)?;
        }
        file.as_file().sync_all()?;
        // Again, as late as can be.
        unchanged(&folder, name, before)?;
        file.replace(name)?;
        Ok(())
    }
}

/// Gives a new file the mode of the old one, and its owner where that is another's.
fn like(file: &TempFile<'_>, metadata: &Metadata) -> io::Result<()> {
    #[cfg(unix)]
    {
        use cap_std::fs::MetadataExt as _;
        let own = file.as_file().metadata()?;
        if (own.uid(), own.gid()) != (metadata.uid(), metadata.gid()) {
            let (uid, gid) = (Some(metadata.uid()), Some(metadata.gid()));
            std::os::unix::fs::fchown(file.as_file(), uid, gid)?;
        }
    }
    // After the owner: a change of owner takes mode bits away.
    file.as_file().set_permissions(metadata.permissions())
}

/// What is known of the file, where it is as expected; nothing of one that is not there.
fn unchanged(
    folder: &Dir,
    name: &Path,
    before: Option<&[u8]>,
) -> Result<Option<Metadata>, WriteError> {
    let metadata = match (folder.symlink_metadata(name), before) {
        (Ok(metadata), Some(_)) => metadata,
        (Err(error), None) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        (Ok(_), None) => return Err(WriteError::Changed),
        (Err(error), Some(_)) if error.kind() == io::ErrorKind::NotFound => {
            return Err(WriteError::Changed);
        }
        (Err(error), _) => return Err(error.into()),
    };
    if metadata.is_symlink() {
        return Err(WriteError::Link);
    }
    let before = before.unwrap_or_default();
    if !metadata.is_file() || metadata.len() != before.len() as u64 {
        return Err(WriteError::Changed);
    }
    if metadata.permissions().readonly() {
        return Err(WriteError::ReadOnly);
    }
    let mut now = Vec::with_capacity(before.len() + 1);
    let file = folder.open(name)?;
    file.take(before.len() as u64 + 1).read_to_end(&mut now)?;
    if now == before {
        Ok(Some(metadata))
    } else {
        Err(WriteError::Changed)
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn folder() -> (tempfile::TempDir, Folder) {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("a.md"), "one").expect("written");
        let tree = Folder::open(folder.path()).expect("opened");
        (folder, tree)
    }

    #[test]
    fn a_file_is_replaced_where_it_is_what_it_was() {
        let (folder, tree) = folder();
        let path = Path::new("a.md");
        tree.replace(path, Some(b"one"), b"two").expect("written");
        assert_eq!(fs::read(folder.path().join(path)).expect("read"), b"two");
        for before in [Some(&b"one"[..]), None] {
            let refused = tree.replace(path, before, b"three");
            assert!(matches!(refused, Err(WriteError::Changed)), "{refused:?}");
        }
        let new = Path::new("docs/new.md");
        let gone = tree.replace(new, Some(b"x"), b"y");
        assert!(gone.is_err(), "{gone:?}");
        tree.replace(new, None, b"y").expect("written");
        assert_eq!(fs::read(folder.path().join(new)).expect("read"), b"y");
        // Nothing else is left behind.
        let names = fs::read_dir(folder.path()).expect("listed").count();
        assert_eq!(names, 2);
    }

    #[cfg(unix)]
    #[test]
    fn mode_stays_and_links_are_left() {
        use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, symlink};

        let (folder, tree) = folder();
        let at = |name: &str| folder.path().join(name);
        let mode = |mode| fs::set_permissions(at("a.md"), fs::Permissions::from_mode(mode));
        mode(0o750).expect("a mode");
        tree.replace(Path::new("a.md"), Some(b"one"), b"two")
            .expect("written");
        let found = fs::metadata(at("a.md")).expect("there");
        assert_eq!(found.mode() & 0o7777, 0o750);
        mode(0o440).expect("a mode");
        let refused = tree.replace(Path::new("a.md"), Some(b"two"), b"x");
        assert!(matches!(refused, Err(WriteError::ReadOnly)), "{refused:?}");

        let outer = tempfile::tempdir().expect("a folder");
        fs::write(outer.path().join("b.md"), "one").expect("written");
        symlink(outer.path().join("b.md"), at("b.md")).expect("linked");
        symlink(outer.path(), at("out")).expect("linked");
        symlink("a.md", at("c.md")).expect("linked");
        for path in ["b.md", "out/b.md", "c.md", "../b.md", "out/new.md"] {
            for before in [Some(&b"one"[..]), None] {
                let refused = tree.replace(Path::new(path), before, b"bad");
                assert!(refused.is_err(), "{path}");
            }
        }
        assert_eq!(fs::read(outer.path().join("b.md")).expect("read"), b"one");
        assert_eq!(fs::read_dir(outer.path()).expect("listed").count(), 1);
    }
}
