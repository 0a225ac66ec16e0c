//! A project that is named for a mark, or is about a product, and that says nowhere
//! whose the mark is or that the project is independent.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Deserialize;

use super::super::addressed::is_shortened;
use super::super::{BuildError, Check, RepositoryContext, configure};
use super::name_in_product::{current, prominence};
use super::own_names::{OwnNames, is_front, place_of_the_repository};
use super::spoken::Spoken;
use crate::facts::{FileRecord, NameRole, Zone};
use crate::finding::{Finding, Proposal, ProposalKind, Severity};
use crate::pack::Pack;
use crate::pack::schema::fill;
use crate::pack::vocabulary::{MarkFinder, NameShape, NameUse, told};
use crate::parse::kind::is_readme;
use crate::source::Span;

/// `with` of a rule that uses this check.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Config {
    /// What the repository's own name is called in messages.
    repository: String,
    /// Said of a name that holds a mark: `{field}`, `{name}`, `{mark}`.
    named: String,
    /// The same of a name that holds a short form of it.
    shortened: String,
    /// Said of a README whose headings name a mark `{count}` times: `{file}`, `{mark}`.
    about: String,
    /// Fewest headings of the README that make the project one about the product.
    headings: u32,
    /// Most marks that the proposed notice names.
    marks: usize,
    /// Joins the last of them.
    and: String,
    /// Stands for `{where}` where there is a README, `{file}`.
    add: String,
    /// Stands for `{where}` where there is none.
    create: String,
    /// Stands for `{are}` where the notice names one mark, and where it names several.
    #[serde(default = "one")]
    one: String,
    #[serde(default = "several")]
    several: String,
    /// The notice alone, as the help has it: what `termscheck fix` writes.
    #[serde(default)]
    written: Option<String>,
}

fn one() -> String {
    "is a trademark".to_owned()
}

fn several() -> String {
    "are trademarks".to_owned()
}

struct MissingNotice {
    config: Config,
    finder: Arc<MarkFinder>,
}

/// Builds the check.
pub fn build(with: &serde_yaml::Value, pack: &Pack) -> Result<Box<dyn Check>, BuildError> {
    Ok(Box::new(MissingNotice {
        config: configure(with)?,
        finder: pack.marks.finder(),
    }))
}

/// Why a notice is asked for.
struct Reason {
    severity: Severity,
    span: Option<Span>,
    role: Option<NameRole>,
    mark: String,
    /// The product's name, as a notice has to name it.
    product: String,
    message: String,
}

impl Check for MissingNotice {
    fn placeholders(&self) -> &'static [&'static str] {
        &["reason", "mark"]
    }

    fn check_repository(&self, context: &RepositoryContext<'_>, out: &mut Vec<Finding>) {
        let facts = context.facts;
        // A project that only speaks of a product owes nobody a notice.
        let Some(evidence) = context.addressed.first() else {
            return;
        };
        // Notices hide anywhere: of a part nobody can say that there is none.
        if !facts.whole || facts.files.iter().any(|record| has_notice(record, context)) {
            return;
        }
        let mut reasons = self.names(context);
        if reasons.is_empty() {
            reasons.extend(self.about(context));
        }
        reasons.sort_by_key(|reason| {
            let prominence = reason.role.map(prominence);
            (Reverse(reason.severity), prominence, reason.span)
        });
        let Some(first) = reasons.into_iter().next() else {
            return;
        };
        let message = context
            .rule
            .message(&[("reason", &first.message), ("mark", &first.mark)]);
        let marks = self.used(context, &first.product);
        let joined = format!(" {} ", self.config.and);
        let are = if marks.contains(&joined) {
            self.config.several.as_str()
        } else {
            self.config.one.as_str()
        };
        let place = first.span.or_else(|| context.place());
        let mut finding = Finding::new(context.rule, place, message)
            .at_most(first.severity)
            .subject(first.mark)
            .proposal(self.proposal(context, &marks, are))
            .help(fill(
                &context.rule.help,
                &[
                    ("marks", &marks),
                    ("are", are),
                    ("where", &self.place(context)),
                ],
            ));
        if let Some(span) = evidence.span.filter(|span| Some(*span) != place) {
            finding = finding.related(span, evidence.to_string());
        }
        out.push(finding);
    }
}

impl MissingNotice {
    /// Where the notice is to go: into the README, or into a new one.
    fn place(&self, context: &RepositoryContext<'_>) -> String {
        match readme(context) {
            Some(readme) => fill(&self.config.add, &[("file", readme)]),
            None => self.config.create.clone(),
        }
    }

    /// The notice as a text to write.
    fn proposal(
        &self,
        context: &RepositoryContext<'_>,
        marks: &str,
        are: &str,
    ) -> Option<Proposal> {
        Some(Proposal {
            about: readme(context).unwrap_or("README.md").to_owned(),
            kind: ProposalKind::Notice,
            template: self.config.written.clone()?.trim().to_owned(),
            values: vec![
                ("marks", Some(marks.to_owned())),
                ("are", Some(are.to_owned())),
            ],
        })
    }

    /// Names of the project that hold a mark.
    fn names(&self, context: &RepositoryContext<'_>) -> Vec<Reason> {
        let facts = context.facts;
        let spoken = Spoken::new(facts, context.pack, context.pack_index);
        let judged = |found: &NameUse| judge(found, spoken.means(found));
        let said = |field: &str, name: &str, mark: &str| {
            let words = if is_shortened(name, mark) {
                &self.config.shortened
            } else {
                &self.config.named
            };
            fill(
                words,
                &[("field", field), ("name", told(name)), ("mark", mark)],
            )
        };
        let mut reasons = Vec::new();
        let own = OwnNames::new(facts);
        for record in &facts.files {
            if !context.rule.zones.contains(&record.zone) {
                continue;
            }
            for declared in &record.names {
                if declared.role == NameRole::Domain
                    || !declared.is_spoken()
                    || !own.has(declared, record)
                {
                    continue;
                }
                if let Some(found) = self.finder.in_name(&declared.value)
                    && let Some(severity) = judged(&found)
                {
                    reasons.push(Reason {
                        severity,
                        span: declared.span,
                        role: Some(declared.role),
                        message: said(&declared.field, &declared.value, &found.form),
                        product: current(context.pack, &found.mark, &found.form),
                        mark: found.mark,
                    });
                }
            }
        }
        if let Some(remote) = &facts.remote
            && let Some(span) = place_of_the_repository(facts)
            && let Some(found) = self.finder.in_name(&remote.name)
            && let Some(severity) = judged(&found)
        {
            reasons.push(Reason {
                severity,
                span: Some(span),
                role: Some(NameRole::Repository),
                message: said(&self.config.repository, &remote.name, &found.form),
                product: current(context.pack, &found.mark, &found.form),
                mark: found.mark,
            });
        }
        reasons
    }

    /// A README that has headings about a product.
    fn about(&self, context: &RepositoryContext<'_>) -> Option<Reason> {
        context
            .facts
            .files
            .iter()
            .filter(|record| is_front(record) && is_readme(&record.path))
            .find_map(|record| {
                let signals = record.signals.get(context.pack_index)?;
                let used = signals
                    .marks
                    .iter()
                    .filter(|used| !is_technology(context.pack, &used.mark))
                    .max_by_key(|used| used.prominent)?;
                (used.prominent >= self.config.headings).then(|| Reason {
                    severity: Severity::Note,
                    span: Some(used.first),
                    role: None,
                    message: fill(
                        &self.config.about,
                        &[
                            ("file", &record.path),
                            ("mark", &used.mark),
                            ("count", &used.prominent.to_string()),
                        ],
                    ),
                    product: used.mark.clone(),
                    mark: used.mark.clone(),
                })
            })
    }

    /// The marks that a notice has to name: the house mark, the one at fault, and the
    /// most used of the others.
    fn used(&self, context: &RepositoryContext<'_>, at_fault: &str) -> String {
        let house = context.pack.marks.house.as_str();
        let mut counts: BTreeMap<&str, (u32, u32)> = BTreeMap::new();
        for record in &context.facts.files {
            if !context.rule.zones.contains(&record.zone) {
                continue;
            }
            for used in record
                .signals
                .get(context.pack_index)
                .into_iter()
                .flat_map(|signals| &signals.marks)
            {
                let entry = counts.entry(&used.mark).or_default();
                entry.0 += used.prominent;
                entry.1 += used.count;
            }
        }
        let mut others: Vec<_> = counts
            .into_iter()
            .filter(|(mark, _)| *mark != house && *mark != at_fault)
            .collect();
        others.sort_by_key(|&(mark, count)| (Reverse(count), mark));
        let mut marks = vec![house];
        if at_fault != house {
            marks.push(at_fault);
        }
        marks.extend(others.into_iter().map(|(mark, _)| mark));
        marks.truncate(self.config.marks.max(2));
        match marks.as_slice() {
            [one] => (*one).to_owned(),
            [head @ .., last] => format!("{} {} {last}", head.join(", "), self.config.and),
            [] => String::new(),
        }
    }
}

/// The README that speaks for the project.
fn readme<'a>(context: &RepositoryContext<'a>) -> Option<&'a str> {
    let mut files = context.facts.files.iter();
    let readme = files.find(|record| is_front(record) && is_readme(&record.path));
    readme.map(|record| &*record.path)
}

fn has_notice(record: &FileRecord, context: &RepositoryContext<'_>) -> bool {
    record.zone != Zone::Test
        && record
            .signals
            .get(context.pack_index)
            .is_some_and(|signals| !signals.notices.is_empty())
}

fn is_technology(pack: &Pack, mark: &str) -> bool {
    pack.marks
        .marks
        .iter()
        .any(|own| own.name == mark && own.technology)
}

/// A name that is a mark or begins with one needs a notice most; one that refers to
/// the product in passing still makes the project one about it.
fn judge(found: &NameUse, spoken: bool) -> Option<Severity> {
    if found.technology || found.writing || (found.ambiguous && !spoken) {
        return None;
    }
    Some(match found.shape {
        NameShape::Exact | NameShape::Led => Severity::Warning,
        _ => Severity::Note,
    })
}
