//! A mark in the name of somebody else's project.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Deserialize;

use super::super::addressed::{flat, is_shortened};
use super::super::{BuildError, Check, RepositoryContext, configure};
use super::own_names::{OwnNames, manages_others, place_of_the_repository};
use super::spoken::{Spoken, spoken_of};
use crate::facts::{DeclaredName, FileRecord, NameRole, Zone};
use crate::finding::{Confidence, Finding, Permission, Severity};
use crate::pack::Pack;
use crate::pack::schema::fill;
use crate::pack::vocabulary::{Lead, Mark, MarkFinder, NameShape, NameUse, Spelling, told};
use crate::source::Span;

/// `with` of a rule that uses this check.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Config {
    /// What the repository's own name is called in messages.
    repository: String,
    /// What is said of the words that it is told at, where they are others; `{name}`.
    elsewhere: String,
    /// How a name uses a mark, by [`NameShape`], in words; `{mark}` is the mark.
    shapes: BTreeMap<Shape, String>,
    /// The help where the mark is the house mark, `{mark}`.
    company: String,
    /// The help where the name is one of a registry, `{slug}`.
    package: String,
    /// Hosts of the owner and of others who give sub-domains away: a name below them
    /// is no domain of the project's own.
    shared_hosts: Vec<String>,
}

/// The shapes that are complained of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Shape {
    Exact,
    Short,
    Led,
    Abbreviated,
    Generic,
    Fused,
    List,
}

const SHAPES: [Shape; 7] = [
    Shape::Exact,
    Shape::Short,
    Shape::Led,
    Shape::Abbreviated,
    Shape::Generic,
    Shape::Fused,
    Shape::List,
];

struct NameInProduct {
    config: Config,
    marks: Arc<MarkFinder>,
}

/// Builds the check.
pub fn build(with: &serde_yaml::Value, pack: &Pack) -> Result<Box<dyn Check>, BuildError> {
    let config: Config = configure(with)?;
    for shape in SHAPES {
        if !config.shapes.contains_key(&shape) {
            return Err(BuildError {
                key: "with.shapes".to_owned(),
                message: format!("{shape:?} has no words").to_lowercase(),
            });
        }
    }
    Ok(Box::new(NameInProduct {
        config,
        marks: pack.marks.finder(),
    }))
}

/// A name at fault.
struct Candidate<'a> {
    severity: Severity,
    confidence: Confidence,
    role: NameRole,
    span: Option<Span>,
    field: &'a str,
    name: &'a str,
    /// The part of the name that the message speaks of: of a title that is a mark and goes
    /// on after a dash, the mark.
    said: &'a str,
    mark: String,
    form: String,
    shape: Shape,
}

impl Check for NameInProduct {
    fn placeholders(&self) -> &'static [&'static str] {
        &["field", "name", "use", "mark"]
    }

    fn is_about_names(&self) -> bool {
        true
    }

    fn check_repository(&self, context: &RepositoryContext<'_>, out: &mut Vec<Finding>) {
        self.check_names(context, out);
    }
}

/// A name and what it is judged by.
struct Declared<'a> {
    role: NameRole,
    span: Option<Span>,
    field: &'a str,
    /// As written.
    name: &'a str,
    /// The part of it that is held against the marks.
    value: &'a str,
}

impl NameInProduct {
    fn check_names<'a>(&'a self, context: &RepositoryContext<'a>, out: &mut Vec<Finding>) {
        let facts = context.facts;
        let records: Vec<&FileRecord> = facts
            .files
            .iter()
            .filter(|record| context.rule.zones.contains(&record.zone))
            .collect();
        let notice = facts.files.iter().any(|record| {
            !matches!(record.zone, Zone::ThirdParty | Zone::Test)
                && record
                    .signals
                    .get(context.pack_index)
                    .is_some_and(|signals| !signals.notices.is_empty())
        });
        let said = Spoken::new(facts, context.pack, context.pack_index);
        let manages = manages_others(facts, &context.pack.marks.managing);
        let mut candidates = Vec::new();
        let mut judge = |declared: Declared<'a>, spoken: &dyn Fn(&str) -> bool| {
            let Some(found) = self.marks.in_name(declared.value) else {
                return;
            };
            let usage = Use {
                role: declared.role,
                capitalised: declared.value.chars().any(char::is_uppercase),
                spoken: said.means(&found) || spoken(&found.mark),
                notice,
                manages,
            };
            if let Some((severity, confidence, shape)) = usage.judge(&found) {
                let whole = declared.name == declared.value;
                // What only a sign sets apart (“OneDrive++”) is quoted whole.
                let is_mark = found.shape == NameShape::Exact && whole && found.described;
                let said = declared.name.get(..found.range.end).filter(|_| is_mark);
                candidates.push(Candidate {
                    severity,
                    confidence,
                    role: declared.role,
                    span: declared.span,
                    field: declared.field,
                    name: declared.name,
                    said: said.unwrap_or(declared.name).trim(),
                    mark: found.mark,
                    form: found.form,
                    shape,
                });
            }
        };
        let own = OwnNames::new(facts);
        for record in &records {
            for declared in &record.names {
                if !own.has(declared, record) {
                    continue;
                }
                let Some(value) = self.name_of(declared) else {
                    continue;
                };
                let declared = Declared {
                    role: declared.role,
                    span: declared.span,
                    field: &declared.field,
                    name: &declared.value,
                    value,
                };
                judge(declared, &|mark| {
                    said.front()
                        .chain(spoken_of(record, context.pack_index))
                        .any(|spoken| is_family(spoken, mark))
                });
            }
        }
        // Without a place it is told where something else addresses the repository.
        let place = place_of_the_repository(facts);
        if let Some(remote) = &facts.remote
            && (place.is_some() || context.addressed.is_addressed())
        {
            let declared = Declared {
                role: NameRole::Repository,
                span: place
                    .or_else(|| context.addressed.place())
                    .or_else(|| context.place()),
                field: &self.config.repository,
                name: &remote.name,
                value: &remote.name,
            };
            judge(declared, &|mark| {
                said.front().any(|spoken| is_family(spoken, mark))
            });
        }
        out.extend(candidates.iter().map(|found| self.finding(context, found)));
    }

    /// What is said of the words at a finding where they are not those of the name.
    fn label(&self, context: &RepositoryContext<'_>, found: &Candidate<'_>) -> String {
        let Some(span) = found.span.filter(|_| found.role == NameRole::Repository) else {
            return String::new();
        };
        let mut names = context.facts.files.iter().flat_map(|record| &record.names);
        let here = names.find(|name| name.span == Some(span));
        let same = here.is_some_and(|name| flat(&name.value).contains(&flat(found.name)));
        if same {
            return String::new();
        }
        fill(&self.config.elsewhere, &[("name", found.name)])
    }

    fn finding(&self, context: &RepositoryContext<'_>, found: &Candidate<'_>) -> Finding {
        let mark = [("mark", found.form.as_str())];
        let shape = match found.shape {
            Shape::Exact if is_shortened(found.name, &found.form) => Shape::Short,
            Shape::Led if is_shortened(found.name, &found.form) => Shape::Abbreviated,
            shape => shape,
        };
        let shape = self.config.shapes.get(&shape);
        let shape = shape.map(|words| fill(words, &mark)).unwrap_or_default();
        let message = context.rule.message(&[
            ("field", found.field),
            ("name", told(found.said)),
            ("use", &shape),
            ("mark", &found.form),
        ]);
        let mut finding = Finding::new(context.rule, found.span, message)
            .at_most(found.severity)
            .confidence_at_most(found.confidence)
            .help(self.help(context, found))
            .label(self.label(context, found))
            .subject(found.mark.clone())
            .permission(Permission::Mark(found.mark.clone()));
        // What is a mark weighs more than what begins with one.
        finding.members = vec![flat(found.name)];
        let is_mark = matches!(found.shape, Shape::Exact | Shape::Short);
        finding.rank = prominence(found.role) + if is_mark { 0 } else { LAST_ROLE };
        finding
    }

    /// The company's name alone is no product that a name could be for.
    fn help(&self, context: &RepositoryContext<'_>, found: &Candidate<'_>) -> String {
        if found.mark == context.pack.marks.house {
            return fill(&self.config.company, &[("mark", &found.mark)]);
        }
        let mark = current(context.pack, &found.mark, &found.form);
        if found.role == NameRole::Package {
            let slug = mark.to_lowercase().replace(' ', "-");
            return fill(&self.config.package, &[("slug", &slug)]);
        }
        fill(&context.rule.help, &[("mark", &mark)])
    }

    /// The part of a declared name that is held against the marks.
    fn name_of<'a>(&self, declared: &'a DeclaredName) -> Option<&'a str> {
        // A namespace of a registry is no name of a product; that of one's own stands
        // before the mark as a name of one's own.
        if declared.role == NameRole::Package
            && let Some((namespace, name)) = declared.value.rsplit_once('/')
            && self.marks.in_name(namespace).is_some()
        {
            return Some(name);
        }
        if declared.role != NameRole::Domain {
            return Some(&declared.value);
        }
        let host = declared
            .value
            .split_once("://")
            .map_or(declared.value.as_str(), |(_, rest)| rest);
        let host = host.split(['/', ':', '?', '#']).next()?;
        let shared = self.config.shared_hosts.iter().any(|shared| {
            host.strip_suffix(shared.as_str())
                .is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
        });
        let mut labels = host.rsplit('.');
        labels.next()?;
        (!shared).then(|| labels.next()).flatten()
    }
}

/// The name of today of a product that a mark's form names, in full.
pub(super) fn current(pack: &Pack, mark: &str, form: &str) -> String {
    let house = pack.marks.house.as_str();
    let bare = form.strip_prefix(house).map_or(form, str::trim_start);
    let retired = pack.names.outdated.iter().find(|outdated| {
        outdated
            .old
            .iter()
            .any(|old| old.eq_ignore_ascii_case(form) || old.eq_ignore_ascii_case(bare))
    });
    if let Some(retired) = retired {
        return retired.new.clone();
    }
    let own = pack.marks.marks.iter().find(|own| own.name == mark);
    own.map_or_else(|| form.to_owned(), |own| in_full(own, house, bare))
}

/// A form of a mark with its spaces and, where the owner writes it, the house mark.
fn in_full(mark: &Mark, house: &str, bare: &str) -> String {
    let flat = |name: &str| name.replace(' ', "").to_lowercase();
    let mut known = [&mark.name].into_iter().chain(&mark.forms);
    let with_house = format!("{house} {bare}");
    if known.clone().any(|own| flat(own) == flat(&with_house)) {
        let own = known.find(|own| flat(own) == flat(&with_house));
        return own.map_or(with_house, Clone::clone);
    }
    let spaced = known
        .filter(|own| flat(own) == flat(bare))
        .max_by_key(|own| own.len());
    match spaced {
        // "EntraID" is "Entra ID", which may be known with the house mark.
        Some(spaced) if spaced != bare => in_full(mark, house, spaced),
        Some(spaced) => spaced.clone(),
        None => bare.to_owned(),
    }
}

/// Above every rank of a role.
const LAST_ROLE: u8 = 8;

/// Titles before packages, for the place that the finding points at.
pub(super) fn prominence(role: NameRole) -> u8 {
    match role {
        NameRole::Title => 0,
        NameRole::Display => 1,
        NameRole::Package => 2,
        NameRole::Site => 3,
        NameRole::Domain => 4,
        NameRole::Repository => 5,
        NameRole::Agent => 6,
    }
}

/// Whether prose that speaks of `spoken` speaks of `mark`: the mark or a product
/// whose name begins with it.
fn is_family(spoken: &str, mark: &str) -> bool {
    spoken
        .strip_prefix(mark)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
}

/// What a program calls itself is read by machines: it is told to those who ask, where it
/// poses as the owner's product.
fn of_agent(found: &NameUse) -> Option<(Severity, Confidence, Shape)> {
    let shape = match found.shape {
        NameShape::Exact => Shape::Exact,
        NameShape::Led => Shape::Led,
        _ => return None,
    };
    let poses = !found.technology && !found.add_on;
    poses.then_some((Severity::Note, Confidence::Low, shape))
}

/// Where a mark is used in a name.
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent traits of a name and its repository"
)]
struct Use {
    role: NameRole,
    /// The name is written as a name, not as an identifier.
    capitalised: bool,
    /// The project's front page speaks of the mark, which an ordinary word needs.
    spoken: bool,
    /// Some file says who owns the marks or denies affiliation.
    notice: bool,
    /// The repository's code sets up what is somebody else's.
    manages: bool,
}

impl Use {
    /// How grave it is, and in which words.
    fn judge(&self, found: &NameUse) -> Option<(Severity, Confidence, Shape)> {
        let (severity, confidence, shape) = self.weigh(found)?;
        // After another mark it is neither all of the name nor the beginning of it.
        let shape = match shape {
            Shape::Exact | Shape::Short | Shape::Led | Shape::Abbreviated
                if found.lead == Lead::Something =>
            {
                Shape::Generic
            }
            shape => shape,
        };
        if self.describes(found) {
            return Some((Severity::Note, Confidence::Low, shape));
        }
        Some((severity, confidence, shape))
    }

    /// Whether the name says what the repository is about and is no name of its own: the
    /// title of code that sets up the product, a way of working with it.
    fn describes(&self, found: &NameUse) -> bool {
        let manages = self.manages && self.role == NameRole::Title && found.lead != Lead::House;
        let practice = matches!(self.role, NameRole::Title | NameRole::Repository);
        manages || (found.practice && practice)
    }

    fn weigh(&self, found: &NameUse) -> Option<(Severity, Confidence, Shape)> {
        let displayed = matches!(
            self.role,
            NameRole::Title | NameRole::Display | NameRole::Site
        );
        // Words that hardly mean anything else at the head of a published name.
        let distinct = found.distinct && self.role == NameRole::Display && self.capitalised;
        if found.ambiguous && !self.spoken && !distinct {
            return None;
        }
        // Notes and documentation are named for their subject; a package is none.
        let text = found.writing && matches!(self.role, NameRole::Title | NameRole::Repository);
        if text && found.shape != NameShape::Exact {
            return None;
        }
        // So are titles that only name it, before what is said of it.
        if found.subject && matches!(self.role, NameRole::Title | NameRole::Repository) {
            return None;
        }
        // An add-on has to name what it adds to.
        if found.add_on && matches!(self.role, NameRole::Repository | NameRole::Package) {
            return None;
        }
        if self.role == NameRole::Agent {
            return of_agent(found);
        }
        // "Harbour: whatever is said" may be about the product all the same.
        let worst = if self.notice || (found.described && self.role == NameRole::Title) {
            Severity::Warning
        } else {
            Severity::Error
        };
        if found.technology {
            // A domain and a repository stand below somebody's own name.
            let bare = !matches!(self.role, NameRole::Domain | NameRole::Repository);
            let exact = found.shape == NameShape::Exact && bare;
            // A release of a platform ("Windows 95") is nobody's name for a thing of one's
            // own; the bare name of a technology may be the subject of a repository.
            let release = found.form != found.mark;
            let severity = if release {
                Severity::Warning
            } else {
                Severity::Note
            };
            let shape = if found.spelling == Spelling::Abbreviated {
                Shape::Short
            } else {
                Shape::Exact
            };
            return exact.then_some((severity, Confidence::Medium, shape));
        }
        // An ordinary word as an identifier is weak evidence.
        let weak = found.ambiguous && !(displayed && self.capitalised);
        let usual = if weak {
            Severity::Note
        } else {
            Severity::Warning
        };
        let house = found.spelling == Spelling::House;
        let (severity, shape) = match found.shape {
            NameShape::List if house => (Severity::Note, Shape::List),
            NameShape::Referential | NameShape::Inside | NameShape::List => return None,
            NameShape::Generic => (Severity::Note, Shape::Generic),
            NameShape::Fused if displayed => (usual, Shape::Fused),
            NameShape::Fused => (Severity::Note, Shape::Fused),
            NameShape::Exact | NameShape::Led if self.role == NameRole::Domain => {
                (Severity::Note, Shape::Led)
            }
            NameShape::Exact if found.spelling == Spelling::Abbreviated => (usual, Shape::Short),
            NameShape::Led if found.spelling == Spelling::Abbreviated => {
                (usual, Shape::Abbreviated)
            }
            NameShape::Exact if !found.ambiguous || (displayed && self.capitalised) => {
                // After another name it is not all of this one ("edge-onedrive").
                let severity = if found.lead == Lead::Something {
                    usual
                } else {
                    worst
                };
                return Some((severity, Confidence::High, Shape::Exact));
            }
            NameShape::Exact => (Severity::Warning, Shape::Exact),
            NameShape::Led if found.lead == Lead::House => {
                return Some((worst, Confidence::High, Shape::Led));
            }
            NameShape::Led => (usual, Shape::Led),
        };
        // What only hides a mark, or may mean something else, is for those who ask.
        let confidence = if severity == Severity::Note {
            Confidence::Low
        } else {
            Confidence::Medium
        };
        Some((severity, confidence, shape))
    }
}
