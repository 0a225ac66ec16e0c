//! What a gate asks besides: that nothing was left out on the tree's own word.

use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;

use super::file::{FileOutcome, is_generated};
use super::{Engine, Notice, NoticeLevel};
use crate::config::FILE_NAMES;
use crate::facts::repository::Submodule;
use crate::facts::{FileKind, Zone};
use crate::parse::{self, kind};
use crate::revision::RevisionTree;
use crate::source::{FileId, Source};
use crate::tree::Tree as _;
use crate::walk::{self, Skip, Walked};

/// Places that are told one by one.
const MAX_TOLD: usize = 20;

/// What lets something pass, said once.
const HELP: &str = "--trust REV lets pass what was so at a revision, --allow-unchecked PATTERN \
                    what you name";

impl Engine<'_> {
    /// What a gate has to say of files that were not checked. Nothing without one.
    pub(super) fn gate(
        &self,
        walked: &Walked,
        outcomes: &[FileOutcome],
        submodules: &[Submodule],
    ) -> Vec<Notice> {
        if !self.options.operator.gate {
            return Vec::new();
        }
        let judge = Judge {
            engine: self,
            root: walk::canonical(&self.options.root),
            trusted: self.options.operator.trusted_tree(&self.options.root),
            generated: std::cell::OnceCell::new(),
        };
        let mut notices = tell(&judge.left_out(walked, outcomes, submodules));
        let mut read = walked.files.iter().zip(outcomes);
        if !read.any(|(entry, outcome)| outcome.read && !entry.context) {
            notices.push(unchecked(None, "no file was checked".to_owned()));
        }
        notices.extend(judge.configurations(walked));
        notices
    }
}

/// Places where something was left out, each with its reason and how many files.
type LeftOut = BTreeMap<(String, Skip), usize>;

struct Judge<'a> {
    engine: &'a Engine<'a>,
    root: PathBuf,
    trusted: Option<RevisionTree>,
    /// Folders that a documentation generator had written at the trusted revision.
    generated: std::cell::OnceCell<std::collections::BTreeSet<String>>,
}

impl Judge<'_> {
    fn left_out(
        &self,
        walked: &Walked,
        outcomes: &[FileOutcome],
        submodules: &[Submodule],
    ) -> LeftOut {
        let by_file: HashMap<&str, Option<Skip>> = walked
            .files
            .iter()
            .zip(outcomes)
            .map(|(entry, outcome)| (&*entry.relative, outcome.skipped.or(outcome.doubt)))
            .collect();
        let folders: HashMap<&str, Skip> = walked
            .skipped
            .iter()
            .map(|(path, skip)| (&**path, *skip))
            .collect();
        let mut left = LeftOut::new();
        let mut add = |place: &str, skip| {
            *left.entry((place.to_owned(), skip)).or_default() += 1;
        };
        let Some(tracked) = &walked.tracked else {
            let files = by_file
                .iter()
                .filter_map(|(path, skip)| Some((*path, (*skip)?)));
            for (path, skip) in files.chain(folders.iter().map(|(path, skip)| (*path, *skip))) {
                if counts(path, skip) && !self.is_excused(path, skip, None) {
                    add(path, skip);
                }
            }
            return left;
        };
        for (path, object) in tracked {
            let found = match by_file.get(&**path) {
                Some(None) => is_others(path).then_some((&**path, Skip::Vendored)),
                Some(Some(skip)) => Some((&**path, *skip)),
                None => covering(path, walked, &folders),
            };
            if let Some((place, skip)) = found
                && !self.is_excused(path, skip, Some(object))
            {
                add(place, skip);
            }
        }
        // Of the files of a submodule nothing is known.
        for (path, skip) in &walked.skipped {
            if walk::module_of(submodules, path).is_some()
                && counts(path, *skip)
                && !self.is_excused(path, *skip, None)
            {
                add(path, *skip);
            }
        }
        left
    }

    /// Whether somebody vouches for leaving a file out.
    fn is_excused(&self, path: &str, skip: Skip, object: Option<&Vec<u8>>) -> bool {
        let operator = &self.engine.options.operator;
        // What counted of configurations and ignore files was vouched for before.
        let told = matches!(skip, Skip::Excluded | Skip::Ignored)
            || skip == Skip::Unread && !kind::is_bundle(&path.to_ascii_lowercase());
        if told
            || operator
                .allowed
                .matched_path_or_any_parents(self.root.join(path), false)
                .is_ignore()
        {
            return true;
        }
        let Some(trusted) = &self.trusted else {
            return false;
        };
        match skip {
            Skip::Vendored => walk::ancestors(path).skip(1).any(|folder| {
                let name = folder.rsplit('/').next().unwrap_or(folder);
                let has = |inner: &str| {
                    let inner = format!("{folder}/{inner}");
                    trusted.kind(inner.as_ref()).is_ok()
                };
                (walk::is_vendored(name, has) || is_folder_of_others(folder))
                    && trusted.has_folder(folder)
            }),
            Skip::Generated => {
                let generated = self
                    .generated
                    .get_or_init(|| walk::generated_folders(trusted.paths()));
                walk::ancestors(path).any(|folder| generated.contains(folder))
                    || self.was_generated(trusted, path)
            }
            _ => object.is_some_and(|object| trusted.object(path).as_ref() == Some(object)),
        }
    }

    /// Whether a page named a documentation generator at the trusted revision.
    fn was_generated(&self, trusted: &RevisionTree, path: &str) -> bool {
        let Some(text) = trusted.text(path, self.engine.options.max_file_size) else {
            return false;
        };
        let source = Source::from_text(FileId(0), path, &text);
        is_generated(&parse::parse(&source, FileKind::Html, kind::zone(path)))
    }

    /// Says which configurations of the tree do not count.
    fn configurations(&self, walked: &Walked) -> Vec<Notice> {
        let counted: Vec<_> = self.engine.config.all().map(|layer| layer.file()).collect();
        let is_config = |path: &str| {
            let name = path.rsplit('/').next().unwrap_or(path);
            FILE_NAMES.contains(&name)
        };
        let files = walked.files.iter();
        let found = files.filter(|entry| is_config(&entry.relative));
        found
            .filter_map(|entry| {
                let path: &str = &entry.relative;
                let same = match &self.trusted {
                    Some(trusted) => self.engine.files.is_same(entry, trusted),
                    // The one that the operator names.
                    None => counted.contains(&entry.absolute.as_path()),
                };
                let because = self.engine.options.operator.because();
                (!same).then(|| note(Some(path), format!("does not count, {because}")))
            })
            .collect()
    }
}

/// Whether a folder is one of other people's work by a name that the walk goes into:
/// `Vendor`, `Third_Party`, `vendored`.
fn is_folder_of_others(folder: &str) -> bool {
    kind::zone(&format!("{folder}/a.py")) == Zone::ThirdParty
}

/// Whether code or a page is not judged since it lies in such a folder.
fn is_others(path: &str) -> bool {
    let kind = kind::kind(path);
    let judged = matches!(kind, FileKind::Code(_)) || kind::is_document(kind);
    judged
        && !matches!(kind, FileKind::Text)
        && walk::ancestors(path).skip(1).any(is_folder_of_others)
}

/// Where a tracked file was left out, and why. One that is not on disk is nowhere.
fn covering<'b>(
    path: &'b str,
    walked: &Walked,
    folders: &HashMap<&str, Skip>,
) -> Option<(&'b str, Skip)> {
    if let Some(skip) = walked.left.get(path) {
        return Some((path, *skip));
    }
    walk::ancestors(path).find_map(|above| Some((above, *folders.get(above)?)))
}

/// Whether something that git does not list may hold text.
fn counts(path: &str, skip: Skip) -> bool {
    let is_text = kind::is_text(kind::kind(path));
    match skip {
        Skip::Vendored | Skip::Generated | Skip::Checkout => true,
        Skip::OverSize | Skip::Binary => is_text,
        // What a link leads to is scanned where it lies.
        Skip::Link
        | Skip::Special
        | Skip::Unread
        | Skip::Excluded
        | Skip::Ignored
        | Skip::Hidden => false,
    }
}

fn tell(left: &LeftOut) -> Vec<Notice> {
    let mut notices: Vec<Notice> = left
        .iter()
        .take(MAX_TOLD)
        .map(|((place, skip), count)| {
            let files = match count {
                1 => "not checked".to_owned(),
                count => format!("{count} text files are not checked"),
            };
            unchecked(Some(place), format!("{files}: {}", words(*skip)))
        })
        .collect();
    if left.len() > MAX_TOLD {
        let more = left.len() - MAX_TOLD;
        notices.push(unchecked(
            None,
            format!("{more} more places are not checked"),
        ));
    }
    if !left.is_empty() {
        notices.push(note(None, HELP.to_owned()));
    }
    notices
}

fn words(skip: Skip) -> &'static str {
    match skip {
        Skip::Binary => "it holds bytes that are no text, such as NUL",
        Skip::Unread => "a bundle, by its name",
        Skip::Vendored => "a folder of other people's work, by its name or a file in it",
        Skip::Generated => "documentation that a generator wrote, by its own word",
        Skip::Link => "a link stands there",
        Skip::Special => "no regular file stands there",
        other => other.describe(),
    }
}

fn unchecked(path: Option<&str>, message: String) -> Notice {
    Notice {
        path: path.map(str::to_owned),
        span: None,
        level: NoticeLevel::Unchecked,
        message,
    }
}

fn note(path: Option<&str>, message: String) -> Notice {
    Notice {
        path: path.map(str::to_owned),
        span: None,
        level: NoticeLevel::Note,
        message,
    }
}
