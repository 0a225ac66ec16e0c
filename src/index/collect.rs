//! Reads folders of documentation into an index.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;
use url::Url;

use super::build::{Builder, Prints, step};
use super::page::Page;
use super::{prose, words::Words};
use crate::facts::{FileFacts, Zone};
use crate::licensing::Pages;
use crate::parse::{self, kind};
use crate::source::{FileId, Source};
use crate::tree::{self, Content, Tree};
use crate::walk::{self, Entry, WalkOptions};

/// Pages that are read at a time; no more of them are held.
const AT_ONCE: usize = 512;

/// What to read, and how pages tell of themselves.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Folders.
    pub folders: Vec<PathBuf>,
    /// Where the pages of a folder are published.
    pub base: Option<Url>,
    /// Keys of front matter that hold the address of a page, best first, in lower case.
    pub address_keys: Vec<String>,
    /// Keys that hold its title.
    pub title_keys: Vec<String>,
    /// Largest file that is read.
    pub max_file_size: u64,
}

/// What could not be read: path and reason.
pub type Unread = Vec<(String, String)>;

/// Reads the folders.
pub fn collect(options: &Options) -> std::io::Result<(Builder, Unread)> {
    let mut builder = Builder::default();
    let mut unread = Unread::new();
    for folder in &options.folders {
        one(folder, options, &mut builder, &mut unread)?;
    }
    Ok((builder, unread))
}

fn one(
    folder: &Path,
    options: &Options,
    builder: &mut Builder,
    unread: &mut Unread,
) -> std::io::Result<()> {
    let tree = tree::of_folder(folder);
    let walked = walk::walk(&WalkOptions::new(&*tree, folder));
    unread.extend(walked.errors);
    let root = walk::canonical(folder);
    let mut licensing = Pages::of(&*tree, &root, &walked.files, options.max_file_size);
    let pages: Vec<&Entry> = walked
        .files
        .iter()
        .filter(|entry| is_page(&entry.relative))
        .collect();
    let first = builder.pages_mut().len();
    for part in pages.chunks(AT_ONCE) {
        let read: Vec<Result<Option<Read>, (String, String)>> = part
            .par_iter()
            .map(|entry| read(&*tree, &root, entry, options))
            .collect();
        for one in read {
            match one {
                Ok(Some(one)) if builder.is_full() => {
                    unread.push((one.page.path.to_string(), "the index is full".to_owned()));
                }
                Ok(Some(one)) => {
                    licensing.add(one.licences);
                    builder.add(one.page, &one.prints)?;
                }
                Ok(None) => {}
                Err(error) => unread.push(error),
            }
        }
    }
    let added = &mut builder.pages_mut()[first..];
    let paths: Vec<Arc<str>> = added.iter().map(|page| Arc::clone(&page.path)).collect();
    for (page, licence) in added.iter_mut().zip(licensing.licences(&paths)) {
        page.licence = licence;
    }
    Ok(())
}

/// Whether a file is a page of documentation: what tells of the repository itself (its
/// licence, how to take part, what changed) is on everybody's pages.
fn is_page(path: &str) -> bool {
    const ABOUT: [&str; 9] = [
        "code_of_conduct",
        "code-of-conduct",
        "contributing",
        "contributors",
        "security",
        "support",
        "authors",
        "thirdpartynotices",
        "notice",
    ];
    if !kind::is_document(kind::kind(path)) {
        return false;
    }
    let name = path.rsplit('/').next().unwrap_or(path).to_ascii_lowercase();
    let stem = name.split('.').next().unwrap_or(&name);
    // A page on security in a folder of pages is one; at the top it is the repository's.
    let about = ABOUT.contains(&stem) && !path.contains('/');
    !about && matches!(kind::zone(path), Zone::Project | Zone::Docs | Zone::Example)
}

/// A page that was read.
struct Read {
    page: Page,
    prints: Prints,
    licences: crate::licensing::OfPage,
}

fn read(
    tree: &dyn Tree,
    root: &Path,
    entry: &Entry,
    options: &Options,
) -> Result<Option<Read>, (String, String)> {
    let failed = |why: &str| (entry.relative.to_string(), why.to_owned());
    let path = entry.absolute.strip_prefix(root);
    let path = path.unwrap_or(&entry.absolute);
    let bytes = match tree.read(path, options.max_file_size) {
        Ok(Content::Bytes(bytes)) => bytes,
        Ok(Content::OverSize) => return Err(failed("over the size limit")),
        Ok(Content::Binary | Content::Special) => return Ok(None),
        Err(error) => return Err(failed(&walk::reason(&error))),
    };
    let budget = crate::scan::budget(bytes.len());
    let source = Source::decode(FileId(0), Arc::clone(&entry.relative), bytes).with_budget(budget);
    // One page that a parser trips over must not take the others with it.
    let made = catch_unwind(AssertUnwindSafe(|| of_source(&source, options)));
    match made {
        Ok(_) if source.budget.is_spent() => Err(failed("it takes more work than is done for one")),
        Ok(made) => Ok(made),
        Err(_) => Err(failed("the program failed on this file; please report it")),
    }
}

fn of_source(source: &Source, options: &Options) -> Option<Read> {
    let kind = kind::kind(&source.path);
    let facts = parse::parse(source, kind, Zone::Docs);
    let words = prose::of_facts(&facts, false);
    let prints = Prints::of(&words);
    if prints.is_empty() {
        return None;
    }
    let page = Page {
        path: Arc::clone(&source.path),
        title: title(source, &facts, options),
        url: address(source, &facts, options),
        licence: Arc::from(""),
        lines: lines(source, &facts, &words),
    };
    Some(Read {
        page,
        prints,
        licences: crate::licensing::OfPage::of(source, facts),
    })
}

/// The lines of each part of a page.
fn lines(source: &Source, facts: &FileFacts, words: &Words) -> Vec<(u32, u32)> {
    let pieces = words.pieces.chunks(step(words.pieces.len()));
    pieces
        .map(|part| {
            let spans = part
                .iter()
                .map(|piece| facts.prose[*piece as usize].whole(source.id));
            spans.fold((u32::MAX, 1), |all, span| {
                let last = source.line_of(span.end.saturating_sub(1));
                (all.0.min(source.line_of(span.start)), all.1.max(last))
            })
        })
        .collect()
}

fn value<'f>(facts: &'f FileFacts, keys: &[String]) -> Option<&'f str> {
    keys.iter().find_map(|key| {
        let mut entries = facts.front_matter.iter();
        let entry = entries.find(|entry| entry.key.eq_ignore_ascii_case(key));
        entry
            .map(|entry| entry.value.trim())
            .filter(|value| !value.is_empty())
    })
}

/// The title of a page: of its front matter, its first heading, else its name.
fn title(source: &Source, facts: &FileFacts, options: &Options) -> Arc<str> {
    let heading = || {
        let mut headings = facts.headings.iter();
        let top = headings.find(|heading| heading.level == 1);
        top.or(facts.headings.first())
            .map(|heading| heading.text.trim())
            .filter(|text| !text.is_empty())
    };
    let name = source.file_name();
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let title = value(facts, &options.title_keys).or_else(heading);
    let words: Vec<&str> = title.unwrap_or(stem).split_whitespace().collect();
    Arc::from(words.join(" "))
}

/// The address of a page: what it says itself, else where its folder is published.
fn address(source: &Source, facts: &FileFacts, options: &Options) -> Arc<str> {
    let said = options.address_keys.iter().find_map(|key| {
        let said = value(facts, std::slice::from_ref(key))?;
        Url::parse(said)
            .ok()
            .filter(|url| matches!(url.scheme(), "http" | "https") && url.host().is_some())
            // That of the page's source on a code host is not where it is published.
            .filter(|url| {
                let base = options.base.as_ref();
                base.is_none_or(|base| base.host() == url.host())
            })
    });
    let address = said.or_else(|| {
        let mut url = options.base.clone()?;
        let stem = source
            .path
            .rsplit_once('.')
            .map_or(&*source.path, |(stem, _)| stem);
        // The page of a folder stands for it.
        let folder = stem.strip_suffix("index");
        let folder = folder.filter(|head| head.is_empty() || head.ends_with('/'));
        let parts = folder.unwrap_or(stem).split('/');
        url.path_segments_mut().ok()?.pop_if_empty().extend(parts);
        Some(url)
    });
    Arc::from(address.map_or(String::new(), String::from))
}
