//! From what the files gave to a report: repository-level checks, ownership,
//! suppression, aggregation.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use super::file::FileOutcome;
use super::levels::Levels;
use super::modules::{self, Part};
use super::owner::decision;
use super::stand_in::stand_in;
use super::texts::Texts;
use super::{Engine, Notice, NoticeLevel, Report, taking_part};
use crate::aggregate;
use crate::budget::Budget;
use crate::checks::{Check, Programs, RepositoryContext, addressed};
use crate::config::Level;
use crate::facts::repository::Submodule;
use crate::facts::{Directive, RepositoryFacts};
use crate::finding::{Confidence, Finding};
use crate::grants;
use crate::pack::{Aggregate, Rule};
use crate::selection::RulePattern;
use crate::source::{FileId, Source, Span};
use crate::suppress::Suppressor;
use crate::verdict::Verdict;
use crate::walk::{self, Entry, Skip, Walked};

/// Steps of work for the checks of one pack that need the whole repository: chosen, not
/// measured. What calls lead to is counted (case hostile/08); other rules are not.
const REPOSITORY_WORK: u64 = 200_000_000;
/// The longest that they may take, however slow the machine.
const REPOSITORY_TIME: Duration = Duration::from_secs(60);

/// Said at the place that stands for the repository.
const WHOLE: &str = "stands for the repository as a whole";

/// When a rule about the whole repository runs.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Round {
    Names,
    Calls,
    Rest,
}

fn round_of(check: &dyn Check) -> Round {
    if check.is_about_names() {
        Round::Names
    } else if check.is_about_calls() {
        Round::Calls
    } else {
        Round::Rest
    }
}

/// What the files gave, brought together.
struct Gathered<'a> {
    facts: RepositoryFacts,
    findings: Vec<Finding>,
    directives: BTreeMap<FileId, Vec<Directive>>,
    texts: Texts<'a>,
}

impl Engine<'_> {
    /// Makes the report.
    pub fn finish(
        &self,
        walked: Walked,
        outcomes: Vec<FileOutcome>,
        submodules: &[Submodule],
    ) -> Report {
        let gate = self.gate(&walked, &outcomes, submodules);
        let budget = Budget::new(REPOSITORY_WORK).within_by_all(REPOSITORY_TIME);
        let mut report = Report {
            notices: gate,
            paths: walked
                .files
                .iter()
                .map(|entry| Arc::clone(&entry.relative))
                .collect(),
            raw_paths: raw_paths(&walked.files),
            skipped: walked.skipped,
            submodules: submodules.iter().map(|one| one.path.to_string()).collect(),
            config: self.config.clone(),
            ..Report::default()
        };
        let said = [
            (NoticeLevel::Unchecked, walked.errors),
            (NoticeLevel::Warning, walked.warnings),
            (NoticeLevel::Info, walked.decisions),
        ];
        for (level, notices) in said {
            report
                .notices
                .extend(notices.into_iter().map(|(path, message)| Notice {
                    path: Some(path),
                    span: None,
                    level,
                    message,
                }));
        }
        report.notices.extend(self.failed_index());
        let mut gathered = self.gather(walked.files, walked.whole, outcomes, &mut report);
        let vouched = self.vouch(&mut gathered.directives, &gathered.texts);
        report.notices.extend(vouched);
        self.suppress_early(&mut gathered, &report.paths, &budget);
        let active = self.check_repository(&mut gathered, submodules, &mut report);
        let placeless = gathered
            .findings
            .iter()
            .any(|finding| finding.primary.is_none());
        let stand_in = placeless
            .then(|| stand_in(&gathered.facts, &mut gathered.texts))
            .flatten();
        let Gathered {
            mut findings,
            directives,
            mut texts,
            ..
        } = gathered;
        findings.retain(|finding| match finding.primary {
            Some(span) => !texts.is_context(span.file),
            // Of a part nothing can be said that speaks of the whole.
            None => walked.whole,
        });
        let levels = Levels::new(&self.config);
        findings.retain(|finding| {
            let off = levels.of(finding, &report.paths) == Some(Level::Off);
            report.counts.off += u64::from(off && self.options.selection.shows(finding));
            !off
        });
        for finding in &mut findings {
            if finding.primary.is_none()
                && let Some(span) = stand_in
            {
                finding.primary = Some(span);
                WHOLE.clone_into(&mut finding.label);
            }
            let level = levels.of(finding, &report.paths);
            if let Some(severity) = level.and_then(Level::severity) {
                finding.severity = severity;
            }
        }
        let known = self.known();
        let suppressor = Suppressor {
            known: &known,
            active: &active,
            whole: walked.whole,
            today: self.options.today,
            budget: &budget,
        };
        texts.need(findings.iter().filter_map(|finding| finding.primary));
        let notices = suppressor.inline(&mut findings, &directives, texts.sources());
        report.notices.extend(notices);
        let ids = self.register_config(&mut report, &mut texts);
        if self.options.operator.suppressions {
            let notices = suppressor.configured(&mut findings, &self.config, &ids, &report.paths);
            report.notices.extend(notices);
        }
        let today = self.options.today;
        let (config, paths) = (&self.config, &report.paths);
        let notices = grants::apply(&mut findings, config, &ids, paths, today, &budget);
        report.notices.extend(notices);
        report.counts.work += budget.spent();
        if budget.is_spent() {
            report.notices.push(Notice {
                path: None,
                span: None,
                level: NoticeLevel::Unchecked,
                message: format!(
                    "what suppresses findings is not checked beyond what {REPOSITORY_WORK} steps \
                     of work reach"
                ),
            });
        }

        findings.retain(|finding| self.options.selection.shows(finding));
        report.findings = aggregate::aggregate(findings, self.options.max_related);
        report.findings.sort_by(aggregate::order);
        let verdicts = report.verdicts.iter().flat_map(Verdict::spans);
        report.sources = texts.pointed_at(&report.findings, verdicts, &mut report.notices);
        report.whole = walked.whole;
        report.ran = active;
        report.notices.extend(self.renamed());
        self.count_off(&mut report);
        report.notices.sort();
        report.notices.dedup();
        report.skipped.sort();
        let unread = report.counts.skipped.remove(&Skip::Unread);
        report.counts.skipped = walk::count(&report.skipped);
        report
            .counts
            .skipped
            .extend(unread.map(|unread| (Skip::Unread, unread)));
        report
    }

    /// Counts the rules and packs that the configuration switches off as a whole.
    fn count_off(&self, report: &mut Report) {
        for pack in self.packs {
            if taking_part::is_left_out(&self.config, pack) {
                report.counts.packs_off += 1;
                continue;
            }
            let rules = pack.rules.iter().filter(|compiled| {
                self.options.selection.runs(&compiled.rule)
                    && self.config.is_off_everywhere(&compiled.rule.names)
            });
            report.counts.rules_off += rules.count() as u64;
        }
    }

    /// What is said of ids that rules had before, on the command line and in configurations.
    fn renamed(&self) -> Vec<Notice> {
        let selection = &self.options.selection;
        let typed = selection.select.iter().chain(&selection.ignore);
        let mut names: BTreeSet<&str> = typed.map(RulePattern::text).collect();
        for layer in self.config.all() {
            names.extend(layer.rules());
        }
        let known = self.known();
        let told = names
            .into_iter()
            .filter_map(|name| crate::pack::renamed(name, known.iter().copied()));
        told.map(|message| Notice {
            path: None,
            span: None,
            level: NoticeLevel::Info,
            message,
        })
        .collect()
    }

    /// Every rule there is.
    fn known(&self) -> Vec<&Rule> {
        let rules = self.packs.iter().flat_map(|pack| &pack.rules);
        rules.map(|compiled| &*compiled.rule).collect()
    }

    /// Marks the findings of files that are suppressed, before anything is concluded
    /// from them. What is to be said of the suppressions is said when all ran.
    fn suppress_early(&self, gathered: &mut Gathered, paths: &[Arc<str>], budget: &Budget) {
        let mut findings = std::mem::take(&mut gathered.findings);
        self.suppress(&mut findings, gathered, paths, budget);
        gathered.findings = findings;
    }

    /// Marks those of some findings that are suppressed, where the operator lets them be.
    fn suppress(
        &self,
        findings: &mut [Finding],
        gathered: &Gathered<'_>,
        paths: &[Arc<str>],
        budget: &Budget,
    ) {
        let (known, active) = (self.known(), BTreeSet::new());
        let suppressor = Suppressor {
            known: &known,
            active: &active,
            whole: false,
            today: self.options.today,
            budget,
        };
        suppressor.inline(findings, &gathered.directives, gathered.texts.sources());
        if self.options.operator.suppressions {
            suppressor.configured(findings, &self.config, &[], paths);
        }
    }

    fn gather(
        &self,
        entries: Vec<Entry>,
        whole: bool,
        outcomes: Vec<FileOutcome>,
        report: &mut Report,
    ) -> Gathered<'_> {
        let mut gathered = Gathered {
            facts: RepositoryFacts {
                paths: report.paths.clone(),
                remote: crate::git::remote(&self.options.root),
                named_owner: self.options.operator.owner.clone(),
                configured_owner: self.config.owner().map(Arc::from),
                whole,
                ..RepositoryFacts::default()
            },
            findings: Vec::new(),
            directives: BTreeMap::new(),
            texts: Texts::new(entries, &self.files),
        };
        let levels = Levels::new(&self.config);
        for (index, outcome) in outcomes.into_iter().enumerate() {
            let id = FileId(index as u32);
            match outcome.skipped {
                Some(Skip::Unread) => {
                    *report.counts.skipped.entry(Skip::Unread).or_default() += 1;
                }
                Some(skip) => report
                    .skipped
                    .push((Arc::clone(&report.paths[index]), skip)),
                None if outcome.read && !gathered.texts.is_context(id) => {
                    report.counts.read += 1;
                    report.counts.bytes += outcome.bytes;
                    report.counts.parsed += u64::from(outcome.record.is_some());
                }
                None => {}
            }
            report.notices.extend(outcome.notices);
            report.counts.work += outcome.work;
            // A rule that is off here is off before anything is concluded from it.
            let off = |finding: &Finding| levels.of(finding, &report.paths) == Some(Level::Off);
            let (off, on): (Vec<_>, Vec<_>) = outcome.findings.into_iter().partition(off);
            gathered.findings.extend(on);
            let shown = off.iter().filter(|one| self.options.selection.shows(one));
            report.counts.off += shown.count() as u64;
            if !outcome.directives.is_empty() {
                gathered.directives.insert(id, outcome.directives);
            }
            if outcome.plain {
                let path = Arc::clone(&report.paths[index]);
                gathered.facts.plain_pictures.push(path);
            }
            if let Some(record) = outcome.record {
                gathered.facts.files.push(record);
                gathered.texts.add(id, outcome.digest, outcome.source);
            }
        }
        gathered
    }

    /// Runs the checks that need a whole repository on this one and on each of its
    /// submodules, and returns the rules that counted.
    fn check_repository(
        &self,
        gathered: &mut Gathered<'_>,
        submodules: &[Submodule],
        report: &mut Report,
    ) -> BTreeSet<String> {
        let mut active = BTreeSet::new();
        let facts = std::mem::take(&mut gathered.facts);
        let findings = std::mem::take(&mut gathered.findings);
        let trusted = self.trusted_facts(&facts);
        for mut part in modules::split(facts, findings, submodules) {
            self.check_part(&mut part, gathered, trusted.as_ref(), report, &mut active);
            gathered.findings.append(&mut part.findings);
            if part.folder.is_none() {
                gathered.facts = part.facts;
            }
        }
        active
    }

    /// Runs those checks on one repository and drops what does not bind the owner.
    fn check_part(
        &self,
        part: &mut Part,
        gathered: &mut Gathered<'_>,
        trusted: Option<&RepositoryFacts>,
        report: &mut Report,
        active: &mut BTreeSet<String>,
    ) {
        for (pack_index, (pack, rules)) in self.packs.iter().zip(&self.rules).enumerate() {
            let budget = Budget::new(REPOSITORY_WORK).within_by_all(REPOSITORY_TIME);
            let ownership = self.ownership(part, trusted, pack, pack_index);
            let mut left = 0;
            let takes = taking_part::decide(
                &self.config,
                pack,
                pack_index,
                &ownership,
                &part.facts,
                &part.findings,
            );
            let takes_part = takes.takes_part;
            if part.folder.is_none() {
                report.packs.push(takes);
            }
            if !takes_part {
                // What a check left to be told of the whole repository stays untold.
                part.findings
                    .retain(|finding| finding.rule.pack != pack.id || !finding.message.is_empty());
                continue;
            }
            let folder = part.folder.as_deref();
            if ownership.own || ownership.text.is_some() {
                left += self.left_to_owner(part, pack_index, &ownership, &budget, &report.paths);
            }
            let decide = |facts: &RepositoryFacts, quiet: &BTreeSet<Span>| {
                addressed::decide(facts, pack, pack_index, &ownership, quiet)
            };
            let mut addressed = decide(&part.facts, &BTreeSet::new());
            // What is wrong in the owner's repository is mended there (case
            // attribution/13).
            if folder.is_some() && ownership.own {
                let own = |finding: &Finding| finding.rule.pack == pack.id;
                left += self.drop(&mut part.findings, own);
                report
                    .notices
                    .push(decision(pack, &ownership.reason, folder, left));
                report.counts.owner += left;
                continue;
            }
            let readings = rules.iter().filter_map(|rule| rule.check.reading());
            let programs = Programs::new(&part.facts, &pack.limits, readings.cloned(), &budget);
            // Rules about names come first: a name that is suppressed addresses nobody.
            // Then those about calls: they know clients whose address comes from another
            // file, and a client is addressed.
            for now in [Round::Names, Round::Calls, Round::Rest] {
                let before = part.findings.len();
                let round = rules
                    .iter()
                    .filter(|compiled| round_of(&*compiled.check) == now);
                for compiled in round {
                    if self.binds(
                        pack,
                        &ownership,
                        &compiled.rule,
                        &mut part.findings,
                        &report.paths,
                        &mut left,
                    ) {
                        active.insert(compiled.rule.id.clone());
                        active.insert(compiled.rule.reported().to_owned());
                        active.insert(compiled.rule.qualified());
                        let context = RepositoryContext {
                            facts: &part.facts,
                            pack_index,
                            pack,
                            ownership: &ownership,
                            addressed: &addressed,
                            programs: &programs,
                            indexed: !self.options.indexes.is_empty(),
                            rule: &compiled.rule,
                        };
                        let check = &compiled.check;
                        check.check_repository(&context, &mut part.findings);
                        if self.options.verdicts {
                            report.verdicts.extend(check.verdicts(&context));
                        }
                    }
                }
                let found = part.findings.get_mut(before..).unwrap_or_default();
                match now {
                    Round::Names => {
                        let quiet = self.suppressed(found, gathered, &report.paths, &budget);
                        if !quiet.is_empty() {
                            addressed = decide(&part.facts, &quiet);
                        }
                    }
                    Round::Calls => addressed.add_client(found, &report.paths),
                    Round::Rest => {}
                }
            }
            report.counts.work += budget.spent();
            if budget.is_spent() {
                report.notices.push(Notice {
                    path: folder.map(str::to_owned),
                    span: None,
                    level: NoticeLevel::Unchecked,
                    message: format!(
                        "{}: calls not checked beyond what {REPOSITORY_WORK} steps of work reach",
                        pack.id
                    ),
                });
            }
            let shown = |finding: &Finding| {
                finding.rule.pack == pack.id
                    && finding.suppressed.is_none()
                    && finding.confidence > Confidence::Low
            };
            let found = part.findings.iter().any(shown);
            let paths = &report.paths;
            let configured = self.drop(&mut part.findings, |finding| {
                finding.rule.pack == pack.id
                    && finding.rule.owner_exempt
                    && self.belongs(pack, finding, paths) == Some(true)
            });
            let pages = self.quieten(pack, pack_index, &ownership, part);
            if ownership.text.is_some() {
                left += pages;
            } else {
                report.counts.owner_page += pages;
            }
            report.counts.owner += left + configured;
            let folder = part.folder.as_deref();
            report
                .notices
                .push(decision(pack, &ownership.reason, folder, left));
            report
                .notices
                .push(decision(pack, &addressed.reason(found), folder, 0));
        }
        if let Some(folder) = part.folder.as_deref() {
            for finding in &mut part.findings {
                apart(finding, folder);
            }
        }
    }

    /// Marks those of some findings that are suppressed, and returns their places.
    fn suppressed(
        &self,
        findings: &mut [Finding],
        gathered: &mut Gathered<'_>,
        paths: &[Arc<str>],
        budget: &Budget,
    ) -> BTreeSet<Span> {
        if findings.is_empty() {
            return BTreeSet::new();
        }
        let places = findings.iter().filter_map(|finding| finding.primary);
        gathered.texts.need(places);
        self.suppress(findings, gathered, paths, budget);
        let quiet = findings
            .iter()
            .filter(|finding| finding.suppressed.is_some());
        quiet.filter_map(|finding| finding.primary).collect()
    }

    /// Makes the configurations texts that notices can point into, in their order.
    fn register_config(&self, report: &mut Report, texts: &mut Texts<'_>) -> Vec<FileId> {
        let mut ids = Vec::new();
        for layer in self.config.all() {
            let id = FileId(report.paths.len() as u32);
            let path: Arc<str> = Arc::from(layer.path_below(&self.options.root));
            report.paths.push(Arc::clone(&path));
            let source = Source::from_text(id, path, layer.text());
            texts.add(id, 0, Some(Arc::new(source)));
            ids.push(id);
        }
        ids
    }
}

/// Says which submodule a finding speaks of, for paths are told from its own root. Pages
/// of two repositories are not alike: each has its own place to mend.
fn apart(finding: &mut Finding, folder: &str) {
    finding.message = format!("In the submodule {folder}: {}", finding.message);
    if finding.rule.aggregate != Aggregate::Folder {
        return;
    }
    for name in [&mut finding.subject, &mut finding.group] {
        *name = name.take().map(|own| format!("{folder}/{own}"));
    }
}

/// The path of a finding; empty for one of the repository as a whole.
pub(super) fn path_of<'a>(finding: &Finding, paths: &'a [Arc<str>]) -> &'a str {
    let span = finding.primary;
    span.and_then(|span| paths.get(span.file.0 as usize))
        .map_or("", |path| path)
}

/// The true bytes of paths that are no UTF-8, for addresses.
fn raw_paths(entries: &[Entry]) -> BTreeMap<FileId, Vec<u8>> {
    entries
        .iter()
        .enumerate()
        .filter(|(_, entry)| entry.absolute.to_str().is_none())
        .map(|(index, entry)| {
            let depth = entry.relative.split('/').count();
            let parts: Vec<_> = entry
                .absolute
                .components()
                .rev()
                .take(depth)
                .map(|part| part.as_os_str().as_encoded_bytes())
                .collect();
            let bytes = parts.into_iter().rev().collect::<Vec<_>>().join(&b'/');
            (FileId(index as u32), bytes)
        })
        .collect()
}
