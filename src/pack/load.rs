//! Reading packs from the binary or from a folder.

use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::path::Path;

use include_dir::{Dir, File, include_dir};

use super::Pack;
use super::compile::{MANIFEST, compile};
use super::error::{PackError, PackFile};
use super::pattern::trusting;
use super::shared::Shared;
use super::vocabulary;
use crate::selection::nearest;
use crate::tree::{Content, ItemKind, Tree};

/// What ships: packs, and `common/` with what they share.
pub(super) static SHIPPED: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/rules");

/// Folder of the pack to start from; `$id` in it is the pack's id.
const STARTER: &str = "common/starter";

/// Largest file of a pack that is read, in bytes.
const MAX_FILE: u64 = 4 * 1024 * 1024;

/// Most files of a pack.
const MAX_FILES: usize = 1000;

/// Deepest folder below `rules/`.
const MAX_DEPTH: usize = 4;

/// A file of `rules/`, by its path there.
pub(crate) fn shipped_text(path: &str) -> Option<&'static str> {
    SHIPPED.get_file(path)?.contents_utf8()
}

/// The files of a pack that ships, by their paths in it; none of one that does not.
pub(crate) fn shipped_files(id: &str) -> Vec<(String, String)> {
    let is_pack = |folder: &&Dir<'_>| {
        folder.path().as_os_str() == id && folder.get_file(folder.path().join(MANIFEST)).is_some()
    };
    let Some(folder) = SHIPPED.dirs().find(is_pack) else {
        return Vec::new();
    };
    let mut files = Vec::new();
    collect(folder, folder.path(), &mut files);
    files
        .into_iter()
        .map(|file| (file.path, file.text))
        .collect()
}

/// The files of a pack to start from, by their paths in it.
pub(crate) fn starter(id: &str) -> Vec<(String, String)> {
    let mut files = Vec::new();
    if let Some(folder) = SHIPPED.get_dir(STARTER) {
        each(folder, folder.path(), &mut |path, file| {
            let text = file.contents_utf8().unwrap_or_default();
            files.push((slashed(path), text.replace("$id", id)));
        });
    }
    files.sort();
    files
}

/// The packs that ship with the binary, in id order.
pub fn load_embedded() -> Result<Vec<Pack>, PackError> {
    let shared = Shared::default();
    let mut packs = Vec::new();
    for folder in SHIPPED.dirs() {
        if folder.get_file(folder.path().join(MANIFEST)).is_none() {
            continue;
        }
        let mut files = Vec::new();
        collect(folder, folder.path(), &mut files);
        let name = folder.path().to_string_lossy();
        packs.push(trusting(|| compile(&name, &files, &shared))?);
    }
    packs.sort_by(|a: &Pack, b| a.id.cmp(&b.id));
    Ok(packs)
}

/// Every file that ships below a folder, by its path from `base`.
fn each(folder: &Dir<'_>, base: &Path, visit: &mut dyn FnMut(&Path, &File<'_>)) {
    for file in folder.files() {
        visit(file.path().strip_prefix(base).unwrap_or(file.path()), file);
    }
    for inner in folder.dirs() {
        each(inner, base, visit);
    }
}

fn collect(folder: &Dir<'_>, base: &Path, out: &mut Vec<PackFile>) {
    each(folder, base, &mut |path, file| {
        if let Some(text) = file.contents_utf8()
            && is_yaml(path)
        {
            out.push(PackFile {
                path: slashed(path),
                shown: format!("rules/{}", slashed(file.path())),
                text: text.to_owned(),
                trusted: true,
            });
        }
    });
}

/// Refuses a rule id that stands in two packs of a run: whoever names it could mean
/// either. One that stands for every vendor means all of them.
pub fn distinct(packs: &[Pack]) -> Result<(), PackError> {
    let mut seen: BTreeMap<&str, (&str, bool)> = BTreeMap::new();
    for pack in packs {
        for compiled in &pack.rules {
            let rule = &compiled.rule;
            for id in std::iter::once(&rule.id).chain(&rule.before) {
                let means_all = rule.shared && *id == rule.id;
                let Some((other, others)) = seen.insert(id, (&pack.id, means_all)) else {
                    continue;
                };
                if means_all && others {
                    continue;
                }
                let message = format!("two packs have a rule `{id}`: {other} and {}", pack.id);
                return Err(PackError::plain(message).helped(
                    "ids are unique over all packs of a run; begin those of your own pack with its \
                     own short name, as in `acme/rate`, or give it the id of the pack it replaces",
                ));
            }
        }
    }
    Ok(())
}

/// The packs of a folder: the folder itself when it holds a `pack.yaml`, else each
/// of its sub-folders that does.
pub fn load_directory(directory: &Path) -> Result<Vec<Pack>, PackError> {
    if directory.join(MANIFEST).exists() {
        return Ok(vec![load_folder(directory)?]);
    }
    let failed = |error: &dyn std::fmt::Display| {
        PackError::plain(format!("{}: {error}", directory.display()))
    };
    if directory.is_file() {
        return Err(failed(&"a file; a pack is a folder"));
    }
    let mut folders = Vec::new();
    for entry in fs::read_dir(directory).map_err(|error| failed(&error))? {
        let path = entry.map_err(|error| failed(&error))?.path();
        if path.join(MANIFEST).exists() {
            folders.push(path);
        }
    }
    folders.sort();
    if folders.is_empty() {
        return Err(failed(&format_args!(
            "no {MANIFEST} here nor in a folder below"
        )));
    }
    folders.iter().map(|path| load_folder(path)).collect()
}

/// The packs of a folder of a tree, which holds nothing but what it may: no file of one is
/// read that lies elsewhere.
pub fn load_from(tree: &dyn Tree, folder: &Path) -> Result<Vec<Pack>, PackError> {
    let failed =
        |error: &dyn std::fmt::Display| PackError::plain(format!("{}: {error}", folder.display()));
    let is_pack = |folder: &Path| tree.is_file(&folder.join(MANIFEST));
    let mut folders = vec![folder.to_owned()];
    if !is_pack(folder) {
        let items = tree.list(folder).map_err(|error| failed(&error))?;
        let below = items.iter().map(|item| folder.join(&item.name));
        folders = below.filter(|path| is_pack(path)).collect();
        folders.sort();
    }
    if folders.is_empty() {
        return Err(failed(&format_args!(
            "no {MANIFEST} here nor in a folder below"
        )));
    }
    folders
        .iter()
        .map(|folder| {
            let mut files = Vec::new();
            read_tree(tree, folder, Path::new(""), 0, &mut files)?;
            made(folder, &files)
        })
        .collect()
}

/// Reads the YAML files of a pack's folder, and those below its `rules/`.
fn read_tree(
    tree: &dyn Tree,
    pack: &Path,
    below: &Path,
    depth: usize,
    files: &mut Vec<PackFile>,
) -> Result<(), PackError> {
    let folder = pack.join(below);
    let failed =
        |error: &dyn std::fmt::Display| PackError::plain(format!("{}: {error}", folder.display()));
    let mut items = tree.list(&folder).map_err(|error| failed(&error))?;
    items.sort_by(|a, b| a.name.cmp(&b.name));
    for item in items {
        let path = below.join(&item.name);
        let on_disk = pack.join(&path);
        if item.name.to_string_lossy().starts_with('.') {
            continue;
        }
        if item.kind == ItemKind::Folder {
            if (depth > 0 || item.name == "rules") && depth < MAX_DEPTH {
                read_tree(tree, pack, &path, depth + 1, files)?;
            }
            continue;
        }
        if !is_yaml(&path) || !tree.is_file(&on_disk) {
            continue;
        }
        let path = slashed(&path);
        if depth == 0 {
            known(&path, &on_disk)?;
        }
        let bytes = match tree.read(&on_disk, MAX_FILE) {
            Ok(Content::Bytes(bytes)) => bytes,
            Ok(_) => {
                let message = format!("no text file of at most {MAX_FILE} bytes");
                return Err(PackError::plain(format!(
                    "{}: {message}",
                    on_disk.display()
                )));
            }
            Err(error) => {
                let message = format!("{}: {error}", on_disk.display());
                return Err(PackError::plain(message));
            }
        };
        files.push(file_of(path, on_disk.display().to_string(), bytes)?);
        if files.len() > MAX_FILES {
            return Err(failed(&format_args!("more than {MAX_FILES} files")));
        }
    }
    Ok(())
}

fn load_folder(directory: &Path) -> Result<Pack, PackError> {
    made(directory, &read_folder(directory)?)
}

fn made(directory: &Path, files: &[PackFile]) -> Result<Pack, PackError> {
    let pack = compile(&directory.to_string_lossy(), files, &Shared::default())?;
    if pack.rules.is_empty() {
        let message = format!("{}: the pack has no rules", directory.display());
        return Err(PackError::plain(message).helped("rules stand in rules/*.yaml"));
    }
    Ok(pack)
}

fn read_folder(directory: &Path) -> Result<Vec<PackFile>, PackError> {
    let mut files = Vec::new();
    let walks = [
        (directory.to_owned(), 1),
        (directory.join("rules"), MAX_DEPTH),
    ];
    for (folder, depth) in walks {
        if !folder.is_dir() {
            continue;
        }
        let walk = walkdir::WalkDir::new(&folder)
            .min_depth(1)
            .max_depth(depth)
            .sort_by_file_name()
            .into_iter()
            .filter_entry(|entry| !entry.file_name().to_string_lossy().starts_with('.'));
        for entry in walk {
            let entry = entry.map_err(|error| PackError::plain(error.to_string()))?;
            // A link to a file is followed, a link to a folder is not.
            if !is_yaml(entry.path()) || !entry.path().is_file() {
                continue;
            }
            let path = slashed(entry.path().strip_prefix(directory).unwrap_or(entry.path()));
            if depth == 1 {
                known(&path, entry.path())?;
            }
            files.push(read_file(path, entry.path())?);
            if files.len() > MAX_FILES {
                let message = format!("{}: more than {MAX_FILES} files", directory.display());
                return Err(PackError::plain(message));
            }
        }
    }
    Ok(files)
}

/// Refuses a file that nothing would read, `mark.yaml` for `marks.yaml`.
fn known(path: &str, shown: &Path) -> Result<(), PackError> {
    let names = || vocabulary::FILES.iter().copied().chain([MANIFEST]);
    if names().any(|name| name == path) {
        return Ok(());
    }
    let message = format!("{}: no file of a pack has this name", shown.display());
    let help = match nearest(path, names()) {
        Some(name) => format!("did you mean `{name}`?"),
        None => format!(
            "beside rules/ stand {}; nothing else would be read",
            names().collect::<Vec<_>>().join(", ")
        ),
    };
    Err(PackError::plain(message).helped(help))
}

fn read_file(path: String, on_disk: &Path) -> Result<PackFile, PackError> {
    let shown = on_disk.display().to_string();
    let failed = |error: &dyn std::fmt::Display| PackError::plain(format!("{shown}: {error}"));
    let mut bytes = Vec::new();
    fs::File::open(on_disk)
        .and_then(|file| file.take(MAX_FILE + 1).read_to_end(&mut bytes))
        .map_err(|error| failed(&error))?;
    if bytes.len() as u64 > MAX_FILE {
        return Err(failed(&format_args!(
            "larger than {MAX_FILE} bytes, the most for a file of a pack"
        )));
    }
    file_of(path, shown, bytes)
}

fn file_of(path: String, shown: String, mut bytes: Vec<u8>) -> Result<PackFile, PackError> {
    if bytes.starts_with(b"\xef\xbb\xbf") {
        bytes.drain(..3);
    }
    let (text, fault) = match String::from_utf8(bytes) {
        Ok(text) => (text, None),
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
            (text, Some(at..at + '\u{fffd}'.len_utf8()))
        }
    };
    let file = PackFile {
        path,
        shown,
        text,
        trusted: false,
    };
    match fault {
        Some(range) => Err(file.error("not UTF-8", Some(range))),
        None => Ok(file),
    }
}

fn slashed(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

fn is_yaml(path: &Path) -> bool {
    path.extension()
        .is_some_and(|extension| extension == "yaml" || extension == "yml")
}
