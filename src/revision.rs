//! A revision of the checkout as a tree: what was there before a change, read from git's
//! objects without running git and without anybody's configuration.

use std::collections::BTreeMap;
use std::fmt;
use std::io::{self, ErrorKind};
use std::path::{Component, Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use gix::ObjectId;
use gix::bstr::ByteSlice as _;

use crate::git;
use crate::tree::{Content, Item, ItemKind, Tree, is_binary};

/// One file of a revision.
#[derive(Clone, Copy, Debug)]
pub struct Blob {
    /// The object that holds its bytes.
    pub id: ObjectId,
    /// It is a symbolic link.
    pub link: bool,
}

/// Opens the checkout that holds a folder, with no configuration but its own.
pub fn open(folder: &Path) -> Result<(gix::Repository, PathBuf), String> {
    let folder = folder.canonicalize().map_err(|error| error.to_string())?;
    let checkout = git::checkout(&folder)
        .ok_or("no git checkout holds what is scanned")?
        .to_owned();
    let repository = gix::open_opts(&checkout, gix::open::Options::isolated())
        .map_err(|error| error.to_string())?;
    Ok((repository, checkout))
}

/// What a revision holds.
#[derive(Debug, Default)]
pub struct Listing {
    /// Every file, by its path.
    pub files: BTreeMap<String, Blob>,
    /// The commits that submodules point to, by their folders.
    pub submodules: BTreeMap<String, ObjectId>,
}

/// Lists a revision.
pub fn listing(repository: &gix::Repository, name: &str) -> Result<Listing, String> {
    let id = repository
        .rev_parse_single(name)
        .map_err(|_| format!("no revision `{name}` in this checkout (a shallow clone has few)"))?;
    let tree = id
        .object()
        .map_err(|error| error.to_string())?
        .peel_to_tree()
        .map_err(|error| format!("{name}: {error}"))?;
    let entries = tree
        .traverse()
        .breadthfirst
        .files()
        .map_err(|error| format!("{name}: {error}"))?;
    let mut listing = Listing::default();
    for entry in entries {
        let path = entry.filepath.to_str_lossy().into_owned();
        if entry.mode.is_blob_or_symlink() {
            let blob = Blob {
                id: entry.oid,
                link: entry.mode.is_link(),
            };
            listing.files.insert(path, blob);
        } else if entry.mode.is_commit() {
            listing.submodules.insert(path, entry.oid);
        }
    }
    Ok(listing)
}

/// A revision that is trusted.
pub struct Revision {
    /// As it was typed.
    pub name: String,
    /// The checkout's folder, without links.
    pub checkout: PathBuf,
    objects: Mutex<Objects>,
    files: BTreeMap<String, Blob>,
}

/// The objects of a repository, on a thread of its own: gix shares nothing between threads.
struct Objects {
    ask: Sender<(ObjectId, u64)>,
    answer: Receiver<io::Result<Vec<u8>>>,
}

impl Objects {
    fn open(checkout: &Path) -> Self {
        let (ask, asked) = channel::<(ObjectId, u64)>();
        let (answers, answer) = channel();
        let checkout = checkout.to_owned();
        // It ends when nobody can ask any more.
        thread::spawn(move || {
            let opened = gix::open_opts(&checkout, gix::open::Options::isolated());
            while let Ok((id, limit)) = asked.recv() {
                let read = match &opened {
                    Ok(repository) => object(repository, id, limit),
                    Err(error) => Err(io::Error::other(error.to_string())),
                };
                if answers.send(read).is_err() {
                    break;
                }
            }
        });
        Self { ask, answer }
    }

    fn read(&self, id: ObjectId, limit: u64) -> io::Result<Vec<u8>> {
        let gone = || io::Error::other("the repository can't be read");
        self.ask.send((id, limit)).map_err(|_| gone())?;
        self.answer.recv().map_err(|_| gone())?
    }
}

fn object(repository: &gix::Repository, id: ObjectId, limit: u64) -> io::Result<Vec<u8>> {
    let header = repository.find_header(id).map_err(io::Error::other)?;
    if header.size() > limit {
        return Err(io::Error::from(ErrorKind::FileTooLarge));
    }
    let object = repository.find_object(id).map_err(io::Error::other)?;
    Ok(object.detach().data)
}

impl fmt::Debug for Revision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Revision({})", self.name)
    }
}

impl Revision {
    /// Reads the list of files of a revision of the checkout that holds `root`.
    pub fn read(root: &Path, name: &str) -> Result<Arc<Self>, String> {
        let (repository, checkout) = open(root)?;
        let Listing { files, .. } = listing(&repository, name)?;
        Ok(Arc::new(Self {
            name: name.to_owned(),
            objects: Mutex::new(Objects::open(&checkout)),
            checkout,
            files,
        }))
    }

    /// The tree of a folder of the checkout, as it was.
    pub fn tree(self: &Arc<Self>, folder: &Path) -> RevisionTree {
        let folder = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
        let below = folder.strip_prefix(&self.checkout);
        RevisionTree {
            revision: Arc::clone(self),
            prefix: below.unwrap_or(Path::new("")).to_owned(),
        }
    }

    fn content(&self, blob: Blob, limit: u64) -> io::Result<Vec<u8>> {
        self.objects
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .read(blob.id, limit)
    }
}

/// A folder of a revision. Links are not followed: what they lead to was not looked at.
#[derive(Clone, Debug)]
pub struct RevisionTree {
    revision: Arc<Revision>,
    prefix: PathBuf,
}

impl RevisionTree {
    /// The name of the object that held a file.
    pub fn object(&self, path: &str) -> Option<Vec<u8>> {
        let blob = self.revision.files.get(&self.whole(Path::new(path))?)?;
        Some(blob.id.as_slice().to_owned())
    }

    /// The paths of all files below it.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        let start = self.whole(Path::new("")).unwrap_or_default();
        let start = if start.is_empty() {
            start
        } else {
            format!("{start}/")
        };
        let files = self.revision.files.keys();
        files.filter_map(move |path| path.strip_prefix(start.as_str()))
    }

    /// Whether anything stands below a folder.
    pub fn has_folder(&self, path: &str) -> bool {
        self.whole(Path::new(path))
            .is_some_and(|path| self.below(&path).next().is_some())
    }

    /// The text of a file.
    pub fn text(&self, path: &str, limit: u64) -> Option<String> {
        match self.read(Path::new(path), limit) {
            Ok(Content::Bytes(bytes)) => Some(String::from_utf8_lossy(&bytes).into_owned()),
            _ => None,
        }
    }

    /// The path from the checkout's folder, its parts resolved; nothing where it leaves it.
    fn whole(&self, path: &Path) -> Option<String> {
        let mut parts: Vec<String> = Vec::new();
        for part in self.prefix.join(path).components() {
            match part {
                Component::Normal(name) => parts.push(name.to_string_lossy().into_owned()),
                Component::CurDir => {}
                Component::ParentDir => {
                    parts.pop()?;
                }
                Component::RootDir | Component::Prefix(_) => return None,
            }
        }
        Some(parts.join("/"))
    }

    /// What stands below a folder: the rest of each path.
    fn below<'a>(&'a self, folder: &str) -> impl Iterator<Item = (&'a str, Blob)> {
        let start = if folder.is_empty() {
            String::new()
        } else {
            format!("{folder}/")
        };
        let files = self.revision.files.range(start.clone()..);
        files.map_while(move |(path, blob)| Some((path.strip_prefix(start.as_str())?, *blob)))
    }

    fn find(&self, path: &Path) -> io::Result<(String, Option<Blob>)> {
        let whole = self
            .whole(path)
            .ok_or_else(|| io::Error::from(ErrorKind::PermissionDenied))?;
        let blob = self.revision.files.get(&whole).copied();
        Ok((whole, blob))
    }
}

impl Tree for RevisionTree {
    fn read(&self, path: &Path, limit: u64) -> io::Result<Content> {
        let content = self.read_any(path, limit)?;
        Ok(match content {
            Content::Bytes(bytes) if is_binary(&bytes) => Content::Binary,
            content => content,
        })
    }

    fn read_any(&self, path: &Path, limit: u64) -> io::Result<Content> {
        let (_, blob) = self.find(path)?;
        let blob = blob.ok_or_else(|| io::Error::from(ErrorKind::NotFound))?;
        if blob.link {
            return Ok(Content::Special);
        }
        match self.revision.content(blob, limit) {
            Ok(bytes) => Ok(Content::Bytes(bytes)),
            Err(error) if error.kind() == ErrorKind::FileTooLarge => Ok(Content::OverSize),
            Err(error) => Err(error),
        }
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<Item>> {
        let (whole, _) = self.find(folder)?;
        let mut items: Vec<Item> = Vec::new();
        for (rest, blob) in self.below(&whole) {
            let (name, kind) = match rest.split_once('/') {
                Some((name, _)) => (name, ItemKind::Folder),
                None if blob.link => (rest, ItemKind::Link),
                None => (rest, ItemKind::File),
            };
            if items.last().is_none_or(|last| last.name != name) {
                let name = name.into();
                items.push(Item { name, kind });
            }
        }
        if items.is_empty() && !whole.is_empty() {
            return Err(io::Error::from(ErrorKind::NotFound));
        }
        Ok(items)
    }

    fn kind(&self, path: &Path) -> io::Result<ItemKind> {
        match self.find(path)? {
            (_, Some(Blob { link: true, .. })) => Ok(ItemKind::Link),
            (_, Some(_)) => Ok(ItemKind::File),
            (whole, None) if self.below(&whole).next().is_some() => Ok(ItemKind::Folder),
            _ => Err(io::Error::from(ErrorKind::NotFound)),
        }
    }

    fn is_file(&self, path: &Path) -> bool {
        self.kind(path).is_ok_and(|kind| kind == ItemKind::File)
    }
}
