//! Accepted findings: a file of what was found on a day, so that a gate fails on what is
//! new. A finding is known again by its fingerprint, and in a file that was renamed by
//! what is left of the fingerprint without the path.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::finding::{Finding, Suppression, SuppressionKind};
use crate::pack::{Aggregate, Rule};
use crate::report::{View, fingerprints, member_fingerprint};
use crate::scan::{Notice, NoticeLevel, Report};
use crate::tree::{self, Content, Tree};

/// Name under which a baseline is written where none is given.
pub const FILE_NAME: &str = "termscheck-baseline.json";

/// Largest baseline that is read: 100,000 entries are some 40 MB.
pub const MAX_SIZE: u64 = 64 * 1024 * 1024;

/// Version of the file.
const VERSION: u32 = 1;

/// Stale entries that are told one by one.
const MAX_TOLD: usize = 10;

/// Accepted findings, as the file has them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Baseline {
    version: u32,
    /// Sorted by path, rule and fingerprint, so that a change is a small difference.
    findings: Vec<Accepted>,
}

/// One accepted finding.
#[expect(clippy::struct_field_names, reason = "the names are those of the file")]
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Accepted {
    path: String,
    rule: String,
    /// Of a rule that stands for every vendor, whose it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pack: Option<String>,
    /// The sentence, for people.
    message: String,
    fingerprint: String,
    /// The fingerprint without the path.
    moved: String,
    /// Fingerprints of what the finding stands for: the pages of a folder, the names of a
    /// project, the endpoints that a loop calls.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    members: Vec<String>,
    /// When it was accepted, year-month-day.
    accepted: String,
}

/// The pack of a rule whose id others have, too.
fn pack_of(rule: &Rule) -> Option<String> {
    (rule.reported() == rule.id && rule.shared).then(|| rule.pack.to_string())
}

impl Accepted {
    /// Whether its rule is among those that ran.
    fn ran(&self, ran: &BTreeSet<String>) -> bool {
        match &self.pack {
            Some(pack) => ran.contains(&format!("{pack}:{}", self.rule)),
            None => ran.contains(&self.rule),
        }
    }

    /// Whether a finding stands for accepted pages, names or endpoints only. One that was
    /// not among them makes it new, unless a page of them is gone: then it is taken for that
    /// page under another name.
    fn has_members(&self, report: &Report, finding: &Finding, prints: &Prints) -> bool {
        let is_accepted = |member: &&String| self.members.contains(member);
        let new = prints
            .members
            .iter()
            .filter(|one| !is_accepted(one))
            .count();
        if new == 0 {
            return true;
        }
        if finding.rule.aggregate != Aggregate::Folder {
            return false;
        }
        // Of a part nobody knows which pages are gone.
        if !report.whole {
            return false;
        }
        let paths = report.paths.iter();
        let there: BTreeSet<String> = paths
            .map(|path| member_fingerprint(finding, path))
            .collect();
        let gone = self.members.iter().filter(|one| !there.contains(*one));
        new <= gone.count()
    }
}

/// What a baseline did to a report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Applied {
    /// Findings that it accepts.
    pub accepted: usize,
    /// Entries that nothing was found for.
    pub stale: usize,
}

impl Baseline {
    /// The shown findings of a report, accepted on a day. What an `earlier` baseline
    /// accepted keeps its day, and what this scan did not look at stays accepted: other
    /// files, rules that did not run, and, of a part, what is told of a repository.
    pub fn of(view: &View<'_>, today: &str, earlier: &Self) -> Self {
        let days: BTreeMap<&str, &str> = earlier
            .findings
            .iter()
            .map(|entry| (entry.fingerprint.as_str(), entry.accepted.as_str()))
            .collect();
        let mut findings: Vec<Accepted> = fingerprints(view)
            .into_iter()
            .zip(&view.report.findings)
            .filter(|(_, finding)| {
                let by = finding.suppressed.as_ref().map(|by| by.kind);
                by.is_none_or(|kind| kind == SuppressionKind::Baseline)
            })
            .map(|(prints, finding)| Accepted {
                path: finding
                    .primary
                    .map_or_else(String::new, |span| view.path(span).to_owned()),
                rule: finding.rule.reported().to_owned(),
                pack: pack_of(&finding.rule),
                message: finding.message.clone(),
                accepted: days.get(&*prints.whole).map_or(today, |day| day).to_owned(),
                fingerprint: prints.whole,
                moved: prints.moved,
                members: prints.members,
            })
            .collect();
        let there: BTreeSet<&str> = view.report.paths.iter().map(|path| &**path).collect();
        let again: BTreeSet<String> = (findings.iter())
            .map(|entry| entry.fingerprint.clone())
            .collect();
        let of_files: BTreeSet<&str> = (view.packs.iter().flat_map(|pack| &pack.rules))
            .filter(|rule| rule.rule.aggregate == Aggregate::None)
            .map(|rule| rule.rule.reported())
            .collect();
        let unseen = |entry: &&Accepted| {
            let rule = entry.rule.as_str();
            let seen =
                view.report.whole || there.contains(entry.path.as_str()) && of_files.contains(rule);
            !(seen && entry.ran(&view.report.ran))
        };
        let kept = earlier.findings.iter().filter(unseen);
        let kept = kept.filter(|entry| !again.contains(&entry.fingerprint));
        findings.extend(kept.cloned());
        findings.sort();
        findings.dedup();
        Self {
            version: VERSION,
            findings,
        }
    }

    /// Reads a file.
    pub fn read(path: &Path) -> Result<Self, String> {
        let content = tree::read_outside(path, MAX_SIZE);
        Self::of_content(content.map_err(|error| crate::walk::reason(&error))?)
    }

    /// Reads what a file holds.
    pub fn of_content(content: Content) -> Result<Self, String> {
        let Content::Bytes(bytes) = content else {
            return Err("no regular file of at most 64 MiB".to_owned());
        };
        let read: Self =
            serde_json::from_slice(&bytes).map_err(|error| format!("no baseline: {error}"))?;
        if read.version != VERSION {
            return Err(format!(
                "version {}; this termscheck reads version {VERSION}",
                read.version
            ));
        }
        Ok(read)
    }

    /// As the file has it.
    pub fn text(&self) -> String {
        let mut text = serde_json::to_string_pretty(self).unwrap_or_default();
        text.push('\n');
        text
    }

    /// How many findings it accepts.
    pub fn len(&self) -> usize {
        self.findings.len()
    }

    /// Whether it accepts nothing.
    pub fn is_empty(&self) -> bool {
        self.findings.is_empty()
    }

    /// Marks what is accepted in a report, and says which entries are stale.
    /// `prints` are those of the report, `tree` is what it was scanned in: what a scan of
    /// a part did not come to may well be there.
    pub fn apply(&self, report: &mut Report, prints: &[Prints], tree: &dyn Tree) -> Applied {
        let mut used = vec![false; self.findings.len()];
        let by_whole: BTreeMap<&str, usize> = self
            .findings
            .iter()
            .enumerate()
            .map(|(index, entry)| (entry.fingerprint.as_str(), index))
            .collect();
        let mut known: Vec<Option<usize>> = Vec::new();
        for (finding, prints) in report.findings.iter().zip(prints) {
            let same = by_whole.get(prints.whole.as_str()).copied();
            let index =
                same.filter(|&index| self.findings[index].has_members(report, finding, prints));
            if let Some(index) = same {
                used[index] = true;
            }
            // What a comment or the configuration suppresses stays theirs.
            known.push(index.filter(|_| finding.suppressed.is_none()));
        }
        // An entry that stands twice, as after a merge, is used twice.
        for (index, entry) in self.findings.iter().enumerate() {
            let other = by_whole.get(entry.fingerprint.as_str());
            used[index] |= other.is_some_and(|&other| used[other]);
        }
        self.follow_renames(report, prints, tree, &mut used, &mut known);
        let mut applied = Applied::default();
        for (finding, index) in report.findings.iter_mut().zip(known) {
            if let Some(index) = index {
                applied.accepted += 1;
                finding.suppressed = Some(Suppression {
                    kind: SuppressionKind::Baseline,
                    reason: format!("accepted on {}", self.findings[index].accepted),
                });
            }
        }
        applied.stale = self.tell_stale(report, &used);
        applied
    }

    /// An entry whose file is gone accepts what is alike in all but the path.
    fn follow_renames(
        &self,
        report: &Report,
        prints: &[Prints],
        tree: &dyn Tree,
        used: &mut [bool],
        known: &mut [Option<usize>],
    ) {
        let there: BTreeSet<&str> = report.paths.iter().map(|path| &**path).collect();
        let mut gone: BTreeMap<(&str, &str), Vec<usize>> = BTreeMap::new();
        for (index, entry) in self.findings.iter().enumerate().rev() {
            let is_there =
                || there.contains(entry.path.as_str()) || tree.kind(Path::new(&entry.path)).is_ok();
            if !used[index] && !entry.path.is_empty() && !is_there() {
                let key = (entry.rule.as_str(), entry.moved.as_str());
                gone.entry(key).or_default().push(index);
            }
        }
        for (at, finding) in report.findings.iter().enumerate() {
            if known[at].is_some() || finding.suppressed.is_some() {
                continue;
            }
            let key = (finding.rule.reported(), prints[at].moved.as_str());
            let Some(entries) = gone.get_mut(&key) else {
                continue;
            };
            let fits =
                |index: &usize| self.findings[*index].has_members(report, finding, &prints[at]);
            // The first of them stands last.
            if let Some(place) = entries.iter().rposition(fits) {
                let index = entries.remove(place);
                used[index] = true;
                known[at] = Some(index);
            }
        }
    }

    /// Only a look at the whole repository by all rules tells that something is gone.
    fn tell_stale(&self, report: &mut Report, used: &[bool]) -> usize {
        if !report.whole {
            return 0;
        }
        // What is told at the same place by the same rule has changed rather than gone.
        let told: BTreeSet<(&str, &str)> = (report.findings.iter())
            .filter(|finding| finding.suppressed.is_none())
            .filter_map(|finding| {
                let source = report.sources.get(&finding.primary?.file)?;
                Some((finding.rule.reported(), &*source.path))
            })
            .collect();
        let stale: Vec<&Accepted> = self
            .findings
            .iter()
            .zip(used)
            .filter(|(entry, used)| !**used && entry.ran(&report.ran))
            .map(|(entry, _)| entry)
            .filter(|entry| !told.contains(&(entry.rule.as_str(), entry.path.as_str())))
            .collect();
        for entry in stale.iter().take(MAX_TOLD) {
            report.notices.push(Notice {
                path: Some(entry.path.clone()).filter(|path| !path.is_empty()),
                span: None,
                level: NoticeLevel::Warning,
                message: format!(
                    "the baseline accepts a finding of {} that is gone; `termscheck baseline` \
                     writes it anew",
                    entry.rule
                ),
            });
        }
        if stale.len() > MAX_TOLD {
            report.notices.push(Notice {
                path: None,
                span: None,
                level: NoticeLevel::Warning,
                message: format!(
                    "and {} more entries of the baseline",
                    stale.len() - MAX_TOLD
                ),
            });
        }
        report.notices.sort();
        stale.len()
    }
}

/// By what a finding is known again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prints {
    /// Its fingerprint.
    pub whole: String,
    /// The same without the path.
    pub moved: String,
    /// Of what the finding stands for.
    pub members: Vec<String>,
}
