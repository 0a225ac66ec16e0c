//! Whose repository a scan is of, and what is believed of it.

use std::collections::{BTreeSet, HashMap};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use rayon::prelude::*;

use super::file::budget;
use super::finish::path_of;
use super::modules::Part;
use super::{Engine, Notice, NoticeLevel};
use crate::budget::Budget;
use crate::checks::{Programs, RepositoryContext, addressed};
use crate::facts::ownership::{self, Ownership};
use crate::facts::{FileRecord, RepositoryFacts};
use crate::finding::{Confidence, Finding};
use crate::pack::schema::OwnersText;
use crate::pack::{Pack, Rule};
use crate::parse::{self, kind};
use crate::source::{FileId, Source};
use crate::tree::{Content, Tree as _};
use crate::walk::{self, Entry};

/// Most files of a revision that are asked whose it is: those nearest to the root speak. A
/// sign of the owner that is not read makes a gate stricter.
const MAX_FILES: usize = 1000;

impl Engine<'_> {
    /// Decides for one repository and pack. For a gate the tree's own word is not enough.
    pub(super) fn ownership(
        &self,
        part: &Part,
        trusted: Option<&RepositoryFacts>,
        pack: &Pack,
        index: usize,
    ) -> Ownership {
        if !self.options.operator.gate {
            return ownership::decide(&part.facts, pack, index);
        }
        // What the revision says, it says of the repository itself.
        let trusted = trusted.filter(|_| part.folder.is_none());
        ownership::proven(&part.facts, trusted, pack, index)
    }

    /// What the files that speak for the repository said at the trusted revision.
    pub(super) fn trusted_facts(&self, now: &RepositoryFacts) -> Option<RepositoryFacts> {
        let tree = self.options.operator.trusted_tree(&self.options.root)?;
        let mut paths: Vec<&str> = tree
            .paths()
            .filter(|path| kind::always_parse(path, kind::kind(path)))
            .collect();
        paths.sort_by_key(|path| path.matches('/').count());
        paths.truncate(MAX_FILES);
        paths.sort_unstable();
        let files = paths.par_iter().enumerate().filter_map(|(index, path)| {
            let read = tree.read(path.as_ref(), self.options.max_file_size);
            let Ok(Content::Bytes(bytes)) = read else {
                return None;
            };
            let id = FileId(index as u32);
            catch_unwind(AssertUnwindSafe(|| self.record(id, path, bytes))).ok()
        });
        Some(RepositoryFacts {
            files: files.collect(),
            remote: now.remote.clone(),
            configured_owner: now.configured_owner.clone(),
            named_owner: now.named_owner.clone(),
            ..RepositoryFacts::default()
        })
    }

    fn record(&self, id: FileId, path: &str, bytes: Vec<u8>) -> FileRecord {
        let path: Arc<str> = Arc::from(path);
        let budget = budget(bytes.len());
        let source = Source::decode(id, Arc::clone(&path), bytes).with_budget(budget);
        let mut facts = parse::parse(&source, kind::kind(&path), kind::zone(&path));
        facts.signals = self.signals(&source, &facts);
        FileRecord::new(id, path, facts)
    }

    /// Whether a rule speaks to whoever holds the repository; where it does not, what it
    /// found file by file is dropped.
    pub(super) fn binds(
        &self,
        pack: &Pack,
        ownership: &Ownership,
        rule: &Rule,
        findings: &mut Vec<Finding>,
        paths: &[Arc<str>],
        left: &mut u64,
    ) -> bool {
        let exempt = is_exempt(ownership, rule);
        if exempt {
            *left += self.drop(findings, |finding| {
                finding.rule.is(rule) && self.belongs(pack, finding, paths) != Some(false)
            });
        }
        !exempt
    }

    /// How many findings of the repository as a whole would be shown if it were not the
    /// owner's, or a copy of the owner's text: nobody else is told of them.
    pub(super) fn left_to_owner(
        &self,
        part: &Part,
        index: usize,
        ownership: &Ownership,
        budget: &Budget,
        paths: &[Arc<str>],
    ) -> u64 {
        let (pack, rules) = (&self.packs[index], &self.rules[index]);
        let nobody = Ownership::default();
        let addressed = addressed::decide(&part.facts, pack, index, &nobody, &BTreeSet::new());
        let readings = rules.iter().filter_map(|rule| rule.check.reading());
        let programs = Programs::new(&part.facts, &pack.limits, readings.cloned(), budget);
        // Nothing of a submodule of the owner is told.
        let whole = part.folder.is_some() && ownership.own;
        let mut found = Vec::new();
        for compiled in rules {
            if whole || is_exempt(ownership, &compiled.rule) {
                let context = RepositoryContext {
                    facts: &part.facts,
                    pack_index: index,
                    pack,
                    ownership: &nobody,
                    addressed: &addressed,
                    programs: &programs,
                    indexed: !self.options.indexes.is_empty(),
                    rule: &compiled.rule,
                };
                compiled.check.check_repository(&context, &mut found);
            }
        }
        let shown = found.iter().filter(|finding| {
            self.is_shown(finding)
                && !self
                    .config
                    .is_off(path_of(finding, paths), &finding.rule.names)
        });
        shown.count() as u64
    }

    /// Takes findings away, and tells how many of them would have been shown.
    pub(super) fn drop(&self, findings: &mut Vec<Finding>, goes: impl Fn(&Finding) -> bool) -> u64 {
        let mut shown = 0;
        findings.retain(|finding| {
            let goes = goes(finding);
            shown += u64::from(goes && self.is_shown(finding));
            !goes
        });
        shown
    }

    fn is_shown(&self, finding: &Finding) -> bool {
        finding.suppressed.is_none() && self.options.selection.shows(finding)
    }

    /// What rules say of text that is the owner's own, in a repository or on a page, is for
    /// those who ask, where the rule says so. For a gate a page is the owner's by its own
    /// word only as it was at the trusted revision. Tells how many would have been shown.
    pub(super) fn quieten(
        &self,
        pack: &Pack,
        index: usize,
        ownership: &Ownership,
        part: &mut Part,
    ) -> u64 {
        let facts = &part.facts;
        let operator = &self.options.operator;
        let trusted = operator.trusted_tree(&self.options.root);
        let in_submodule = part.folder.is_some();
        let mut believed: HashMap<FileId, bool> = HashMap::new();
        let mut is_believed = |id: FileId| {
            if !operator.gate {
                return true;
            }
            let (Some(trusted), Some(record)) = (&trusted, facts.record(id)) else {
                return false;
            };
            *believed.entry(id).or_insert_with(|| {
                let entry = Entry {
                    relative: Arc::clone(&record.path),
                    absolute: walk::canonical(&self.options.root).join(&*record.path),
                    context: false,
                };
                !in_submodule && self.files.is_same(&entry, trusted)
            })
        };
        let is_owners = |id| {
            let signals = facts
                .record(id)
                .and_then(|record| record.signals.get(index));
            signals.is_some_and(|signals| {
                let weight = signals.provenance_weight();
                weight > 0 && weight >= pack.provenance.threshold
            })
        };
        let mut quiet = 0;
        for finding in &mut part.findings {
            if finding.rule.pack == pack.id
                && finding.rule.owners_text != OwnersText::Binds
                && (ownership.text.is_some()
                    || finding
                        .primary
                        .is_some_and(|span| is_owners(span.file) && is_believed(span.file)))
            {
                let before = self.is_shown(finding);
                finding.confidence = Confidence::Low;
                quiet += u64::from(before && !self.is_shown(finding));
            }
        }
        quiet
    }

    /// Whether a finding's file is the pack owner's own, where the configuration says
    /// whose it is.
    pub(super) fn belongs(
        &self,
        pack: &Pack,
        finding: &Finding,
        paths: &[Arc<str>],
    ) -> Option<bool> {
        let owner = self.config.owner_of(path_of(finding, paths))?;
        Some(ownership::is_owner(&pack.owner, owner))
    }
}

/// Whether a rule says nothing to the owner, or of a copy of the owner's text.
fn is_exempt(ownership: &Ownership, rule: &Rule) -> bool {
    let copied = ownership.text.is_some() && rule.owners_text == OwnersText::Off;
    copied || (ownership.own && rule.owner_exempt)
}

/// A decision and its reason; said to everybody where it left findings out.
pub(super) fn decision(pack: &Pack, reason: &str, folder: Option<&str>, left: u64) -> Notice {
    let (level, what) = match left {
        0 => (NoticeLevel::Info, String::new()),
        1 => (
            NoticeLevel::Note,
            "; 1 finding is left to the owner".to_owned(),
        ),
        left => (
            NoticeLevel::Note,
            format!("; {left} findings are left to the owner"),
        ),
    };
    Notice {
        path: folder.map(str::to_owned),
        span: None,
        level,
        message: format!("{}: {reason}{what}", pack.id),
    }
}
