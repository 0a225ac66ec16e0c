//! Changes to files: the edits of findings, and the texts that they ask for. All of it is
//! worked out on copies that are scanned again until nothing is left to change. Only then
//! files are written, each as a whole, so that a run that is killed loses nothing and a
//! second run has nothing to do.

mod edits;
mod texts;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use crate::config::ConfigError;
use crate::finding::{Finding, SuppressionKind};
use crate::pack::Pack;
use crate::scan::{self, Report, ScanOptions};
use crate::source::{FileId, Source};
use crate::tree::{self, Content, Folder, Overlay, Texts, Tree, WriteError};

/// Looks after which edits that still lead to others are given up.
const MAX_LOOKS: usize = 12;

/// What is to be changed.
pub struct Wanted<'a> {
    /// Edits that a person has to look at, too.
    pub unsafe_edits: bool,
    /// Marks the findings that are accepted elsewhere, such as in a baseline.
    pub accept: &'a dyn Fn(&mut Report),
}

/// A file and what becomes of it.
#[derive(Debug)]
pub struct Change {
    /// Its bytes; `None` of one that is not there.
    pub before: Option<Vec<u8>>,
    /// Its new bytes.
    pub after: Arc<[u8]>,
    /// How many edits were made.
    pub edits: usize,
    /// The rules whose findings they mend.
    pub rules: BTreeSet<String>,
}

/// Something that is not done, and why.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Left {
    /// The file.
    pub path: String,
    /// The reason, a sentence without its subject.
    pub reason: String,
}

/// Everything that is to be changed.
#[derive(Debug, Default)]
pub struct Plan {
    /// By path relative to the root.
    pub changes: BTreeMap<String, Change>,
    /// What could not be done.
    pub left: BTreeSet<Left>,
    /// Files whose changes were refused: they are not what the scan saw.
    pub refused: BTreeSet<Left>,
    /// Edits that are left for a person to look at.
    pub unsafe_edits: usize,
    /// Texts that are asked for where the configuration does not say how to write them.
    pub unstyled: usize,
    /// Findings that a baseline accepts, which are not mended.
    pub accepted: usize,
}

impl Plan {
    /// Works out what is to be changed, without changing anything.
    pub fn of(
        options: &ScanOptions,
        packs: &[Pack],
        wanted: &Wanted<'_>,
    ) -> Result<Self, Box<ConfigError>> {
        let mut work = Work {
            options,
            packs,
            wanted,
            folder: tree::of_folder(&options.root),
            texts: Texts::new(),
            plan: Self::default(),
        };
        let report = work.edit()?;
        texts::add(&mut work, &report)?;
        Ok(work.plan)
    }

    /// Writes the files; what could not be written is told by path.
    pub fn write(&self, root: &Path) -> Vec<(String, WriteError)> {
        let folder = match Folder::open(root) {
            Ok(folder) => folder,
            Err(error) => return vec![(root.display().to_string(), error.into())],
        };
        let changes = self.changes.iter();
        changes
            .filter_map(|(path, change)| {
                let done = folder.replace(Path::new(path), change.before.as_deref(), &change.after);
                done.err().map(|error| (path.clone(), error))
            })
            .collect()
    }
}

/// A plan in the making.
struct Work<'a> {
    options: &'a ScanOptions,
    packs: &'a [Pack],
    wanted: &'a Wanted<'a>,
    folder: Box<dyn Tree>,
    /// What files are to become so far.
    texts: Texts,
    plan: Plan,
}

/// Findings that a baseline accepts.
fn accepted(report: &Report) -> usize {
    let by = |finding: &&Finding| {
        let by = finding.suppressed.as_ref().map(|by| by.kind);
        by == Some(SuppressionKind::Baseline)
    };
    report.findings.iter().filter(by).count()
}

impl Work<'_> {
    /// The files as they would be.
    fn tree(&self) -> Overlay<'_> {
        Overlay::new(&*self.folder, &self.texts)
    }

    /// Looks at the files as they would be.
    fn look(&self) -> Result<Report, Box<ConfigError>> {
        let mut report = scan::scan_tree(self.options, self.packs, &self.tree())?;
        (self.wanted.accept)(&mut report);
        Ok(report)
    }

    /// Makes edits until there are none; gives back the last look.
    fn edit(&mut self) -> Result<Report, Box<ConfigError>> {
        for _ in 0..MAX_LOOKS {
            let report = self.look()?;
            self.plan.accepted = accepted(&report);
            if !self.edit_once(&report) {
                self.plan.unsafe_edits = unsafe_edits(&report);
                return Ok(report);
            }
        }
        // Edits that undo each other are worse than none.
        for path in std::mem::take(&mut self.plan.changes).into_keys() {
            self.refuse(
                &path,
                "its edits lead to others without end; please report it",
            );
        }
        self.texts.clear();
        self.look()
    }

    /// Makes the edits of one look; whether there were any.
    fn edit_once(&mut self, report: &Report) -> bool {
        let fixes = shown(report)
            .flat_map(Finding::fixes)
            .filter(|fix| fix.safe || self.wanted.unsafe_edits);
        let mut changed = false;
        for (file, chosen) in edits::chosen(fixes) {
            let Some(source) = self.editable(report, file) else {
                continue;
            };
            let path = source.path.to_string();
            let done = self.bytes(&source).and_then(|bytes| {
                let after = edits::apply(&source, &bytes, &chosen)?;
                Ok((bytes, after))
            });
            match done {
                // An edit that changes nothing would be made for ever.
                Ok((bytes, after)) if bytes == after => {}
                Ok((bytes, after)) => {
                    let rules = shown(report).filter(|finding| {
                        let mut edits = finding.fixes().flat_map(|fix| &fix.edits);
                        edits.any(|edit| chosen.contains(&edit))
                    });
                    let rules: Vec<String> = rules.map(|finding| finding.rule.id.clone()).collect();
                    self.put(&path, Some(bytes), after, chosen.len(), rules);
                    changed = true;
                }
                Err(reason) => self.refuse(&path, reason),
            }
        }
        changed
    }

    /// The text of a file that may be changed.
    fn editable(&mut self, report: &Report, file: FileId) -> Option<Arc<Source>> {
        let source = report.sources.get(&file)?;
        let path = &source.path;
        let refused = |left: &Left| *left.path == **path;
        if self.plan.refused.iter().any(refused) || is_of_submodule(report, path) {
            return None;
        }
        if report.raw_paths.contains_key(&file) {
            self.refuse(path, "its name is no UTF-8");
            return None;
        }
        Some(Arc::clone(source))
    }

    /// The bytes of a file as it would be, which are those that the text was read from.
    fn bytes(&self, source: &Source) -> Result<Vec<u8>, &'static str> {
        let path: &str = &source.path;
        let bytes = self.content(path).ok_or("changed while it was looked at")?;
        let now = Source::decode(source.id, Arc::clone(&source.path), bytes.clone());
        if now.text == source.text && now.encoding == source.encoding {
            Ok(bytes)
        } else {
            Err("changed while it was looked at")
        }
    }

    fn content(&self, path: &str) -> Option<Vec<u8>> {
        let limit = self.options.max_file_size;
        match self.tree().read(Path::new(path), limit) {
            Ok(Content::Bytes(bytes)) => Some(bytes),
            _ => None,
        }
    }

    /// Whether something of that name is there, as it would be.
    fn exists(&self, path: &str) -> bool {
        self.tree().kind(Path::new(path)).is_ok()
    }

    /// Keeps what a file is to become. `before` is what it is now, here and on disk, or
    /// what an earlier look made of it.
    fn put(
        &mut self,
        path: &str,
        before: Option<Vec<u8>>,
        after: Vec<u8>,
        edits: usize,
        rules: impl IntoIterator<Item = String>,
    ) {
        let after: Arc<[u8]> = after.into();
        self.texts.insert(path.into(), Arc::clone(&after));
        let change = self.plan.changes.entry(path.to_owned());
        let change = change.or_insert_with(|| Change {
            before,
            after: Arc::clone(&after),
            edits: 0,
            rules: BTreeSet::new(),
        });
        change.after = after;
        change.edits += edits;
        change.rules.extend(rules);
    }

    fn refuse(&mut self, path: &str, reason: &str) {
        self.plan.refused.insert(Left {
            path: path.to_owned(),
            reason: reason.to_owned(),
        });
        // What an earlier look made of it is not written either.
        self.plan.changes.remove(path);
        self.texts.remove(Path::new(path));
    }

    fn leave(&mut self, path: &str, reason: String) {
        let path = path.to_owned();
        self.plan.left.insert(Left { path, reason });
    }
}

/// The findings that nothing suppressed.
fn shown(report: &Report) -> impl Iterator<Item = &Finding> {
    let findings = report.findings.iter();
    findings.filter(|finding| finding.suppressed.is_none())
}

/// A submodule is another repository, and mended there.
fn is_of_submodule(report: &Report, path: &str) -> bool {
    report.submodules.iter().any(|folder| {
        path.strip_prefix(folder.as_str())
            .is_some_and(|rest| rest.starts_with('/'))
    })
}

fn unsafe_edits(report: &Report) -> usize {
    let fixes = shown(report).flat_map(Finding::fixes);
    fixes
        .filter(|fix| !fix.safe)
        .map(|fix| fix.edits.len())
        .sum()
}
