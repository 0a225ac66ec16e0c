//! Whether a repository is addressed by the page of a pack: it holds pages derived from
//! the licensed documentation, calls the governed API, publishes something under a name
//! that begins with a mark, or ships a logo. A mention addresses nobody.
//!
//! Computed once a pack, after every file was read. Rules about the repository as a
//! whole ask for it, name the evidence and point at it.

mod logo;
mod place;

use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

use super::trademark::own_names::{OwnNames, is_front, manages_others, place_of_the_repository};
use super::trademark::spoken::Spoken;
use crate::facts::code::Text;
use crate::facts::ownership::Ownership;
use crate::facts::{FileKind, FileRecord, Language, NameRole, RelativePath, RepositoryFacts, Zone};
use crate::finding::{Confidence, Finding};
use crate::pack::Pack;
use crate::pack::vocabulary::{Lead, MarkFinder, NameShape, NameUse, Spelling, told};
use crate::parse::kind;
use crate::source::{FileId, Span};

pub use place::front;

/// Kinds of evidence, the strongest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EvidenceKind {
    /// A page that is derived from the licensed documentation.
    DerivedPage,
    /// Code or configuration that calls the governed API.
    Client,
    /// A name that begins with a mark, given to something that is published.
    PublishedName,
    /// A file that is named as a logo of a mark.
    Logo,
}

/// One thing that puts a repository under the page's terms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// What kind of thing.
    pub kind: EvidenceKind,
    /// The file that shows it; none for the repository's own name.
    pub file: Option<FileId>,
    /// Path of that file.
    pub path: Option<RelativePath>,
    /// The words that show it; none where the file is no text or the name stands in no
    /// file.
    pub span: Option<Span>,
    /// The host that is called, the name that is published, the mark of the logo.
    pub subject: String,
    /// The name begins with a short form that is none of the owner's own: "mslearn".
    pub shortened: bool,
    /// What it says, without the path: `calls api.example.com`.
    what: String,
}

/// `docs/alerts.md is derived from the documentation`.
impl fmt::Display for Evidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.path {
            Some(path) => write!(f, "{path} {}", self.what),
            None => f.write_str(&self.what),
        }
    }
}

/// What addresses a repository, the strongest first; of each kind the first in path
/// order. Empty: nothing does.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Addressed {
    evidence: Vec<Evidence>,
    /// One of the pack's products is what the repository is about, by its name, title
    /// or description.
    pub is_subject: bool,
}

impl Addressed {
    /// Whether anything addresses the repository.
    pub fn is_addressed(&self) -> bool {
        !self.evidence.is_empty()
    }

    /// The strongest evidence.
    pub fn first(&self) -> Option<&Evidence> {
        self.evidence.first()
    }

    /// All of it, at most one of each kind.
    pub fn evidence(&self) -> &[Evidence] {
        &self.evidence
    }

    /// The evidence of one kind.
    pub fn of(&self, kind: EvidenceKind) -> Option<&Evidence> {
        self.evidence.iter().find(|evidence| evidence.kind == kind)
    }

    /// Takes the first of `findings` about calls as evidence of a client, where no other
    /// was found. A finding that is hidden by default is none.
    pub fn add_client(&mut self, findings: &[Finding], paths: &[RelativePath]) {
        if self.of(EvidenceKind::Client).is_some() {
            return;
        }
        let shown = findings
            .iter()
            .filter(|finding| !finding.rule.pedantic && finding.confidence > Confidence::Low);
        let Some(span) = shown.filter_map(|finding| finding.primary).min() else {
            return;
        };
        let path = paths.get(span.file.0 as usize).map(Arc::clone);
        self.evidence.push(Evidence {
            kind: EvidenceKind::Client,
            shortened: false,
            file: Some(span.file),
            path,
            span: Some(span),
            subject: String::new(),
            what: "calls the API that the page governs".to_owned(),
        });
        self.evidence.sort_by_key(|evidence| evidence.kind);
    }

    /// Why the repository is addressed, or that it is not, in a sentence. `found` says
    /// that something was found in its files all the same.
    pub fn reason(&self, found: bool) -> String {
        if self.evidence.is_empty() && found {
            return "no page, client or name puts this repository as a whole under the page's \
                    terms; only what was found in its files is told"
                .to_owned();
        }
        if self.evidence.is_empty() {
            return "nothing puts this repository under the page's terms; rules about the \
                    whole repository are silent"
                .to_owned();
        }
        let said: Vec<String> = self.evidence.iter().map(ToString::to_string).collect();
        format!(
            "this repository is under the page's terms: {}",
            said.join("; ")
        )
    }

    /// The words that show the strongest evidence which stands in a text.
    pub fn place(&self) -> Option<Span> {
        self.evidence.iter().find_map(|evidence| evidence.span)
    }
}

/// Looks for evidence in what the files gave. Names at `quiet` places are suppressed, and
/// are none.
pub fn decide(
    facts: &RepositoryFacts,
    pack: &Pack,
    pack_index: usize,
    ownership: &Ownership,
    quiet: &BTreeSet<Span>,
) -> Addressed {
    let looking = Looking {
        facts,
        pack,
        pack_index,
        finder: pack.marks.finder(),
        spoken: Spoken::new(facts, pack, pack_index),
        quiet,
    };
    let mut evidence: Vec<Evidence> = [looking.derived_page(), looking.client()]
        .into_iter()
        .flatten()
        .collect();
    // The owner names and decorates its own as it likes, and so it stands in a copy.
    if !ownership.own && ownership.text.is_none() {
        evidence.extend(looking.published_name());
        evidence.extend(looking.logo());
    }
    Addressed {
        evidence,
        is_subject: looking.is_subject(),
    }
}

/// Zones of what a project makes and shows itself.
fn is_shown(zone: Zone) -> bool {
    matches!(zone, Zone::Project | Zone::Docs | Zone::Example)
}

struct Looking<'a> {
    facts: &'a RepositoryFacts,
    pack: &'a Pack,
    pack_index: usize,
    finder: Arc<MarkFinder>,
    spoken: Spoken<'a>,
    quiet: &'a BTreeSet<Span>,
}

impl<'a> Looking<'a> {
    fn records(&self) -> impl Iterator<Item = &'a FileRecord> {
        let files = self.facts.files.iter();
        files.filter(|record| is_shown(record.zone))
    }

    fn derived_page(&self) -> Option<Evidence> {
        let threshold = self.pack.provenance.threshold;
        let owner = &self.pack.owner.name;
        let found = self
            .records()
            // A comment in code that copies a sentence makes no page.
            .filter(|record| !matches!(record.kind, FileKind::Code(_)))
            .filter_map(|record| {
                let signals = record.signals.get(self.pack_index)?;
                Some((record, signals.derived(threshold)?))
            });
        // A README speaks of the folder: a page itself is the better evidence.
        let (record, mark) = found.min_by_key(|(record, _)| kind::is_readme(&record.path))?;
        let what = if kind::is_readme(&record.path) {
            format!("says that text comes from {owner}'s documentation")
        } else {
            format!("is derived from {owner}'s documentation")
        };
        Some(Evidence {
            kind: EvidenceKind::DerivedPage,
            shortened: false,
            file: Some(record.id),
            path: Some(Arc::clone(&record.path)),
            span: Some(mark.span),
            subject: record.path.to_string(),
            what,
        })
    }

    /// Samples in notes and manuals call nothing: who copies one is no client yet.
    fn client(&self) -> Option<Evidence> {
        let runs =
            |record: &&FileRecord| !kind::is_document(record.kind) || record.kind == FileKind::Html;
        self.records().filter(runs).find_map(|record| {
            let (host, span) = self.called(record)?;
            Some(Evidence {
                kind: EvidenceKind::Client,
                shortened: false,
                file: Some(record.id),
                path: Some(Arc::clone(&record.path)),
                span: Some(span),
                what: format!("calls {host}"),
                subject: host,
            })
        })
    }

    /// The first governed host that a file calls: a request, an address that code which
    /// makes requests keeps, a route of configuration.
    fn called(&self, record: &FileRecord) -> Option<(String, Span)> {
        let code = &record.code;
        let governed = |text: &Text| {
            let (host, path) = text.host_and_path()?;
            self.pack.limits.governs(&host, &path).then_some(host)
        };
        let calls = |by_library: bool| {
            let calls = code.calls.iter();
            calls
                .filter(move |call| call.by_library == by_library)
                .filter_map(|call| Some((governed(call.url.as_ref()?)?, call.span)))
        };
        // An address alone may stand in a list of hosts to allow or to look for.
        let requests_any = || self.requests_something(code.language);
        let kept = code
            .constants
            .iter()
            .filter(|_| requests_any())
            .filter_map(|(_, text)| Some((governed(text)?, text.origin?)));
        let routes = record
            .routes
            .iter()
            .filter_map(|(address, span)| Some((governed(address)?, *span)));
        // An address that is written there says more than one that a library knows.
        let mut found = calls(false).chain(kept).chain(routes).chain(calls(true));
        found.next()
    }

    /// Whether code in a language makes requests at all, in whichever file.
    fn requests_something(&self, language: Option<Language>) -> bool {
        self.records().any(|record| {
            record.code.language == language && record.code.calls.iter().any(|call| call.request)
        })
    }

    fn published_name(&self) -> Option<Evidence> {
        let begins = |value: &str, role: NameRole| {
            let found = self.finder.in_name(value)?;
            let spoken = self.spoken.means(&found);
            begins_with_mark(&found, value, role, spoken).then_some(found)
        };
        let own = OwnNames::new(self.facts);
        let manages = manages_others(self.facts, &self.pack.marks.managing);
        let declared = self.records().find_map(|record| {
            record.names.iter().find_map(|name| {
                let quiet = name.span.is_some_and(|span| self.quiet.contains(&span));
                // Nor is the title that says what the code sets up one of its own.
                let quiet = quiet || (manages && name.role == NameRole::Title);
                if quiet || name.private || !name.is_spoken() || !own.has(name, record) {
                    return None;
                }
                let found = begins(&name.value, name.role)?;
                Some(Evidence {
                    kind: EvidenceKind::PublishedName,
                    file: Some(record.id),
                    path: Some(Arc::clone(&record.path)),
                    span: name.span,
                    what: format!(
                        "gives the name “{}”, which {} {}",
                        told(&name.value),
                        begins_with(&found, &name.value),
                        found.form
                    ),
                    shortened: found.spelling == Spelling::Abbreviated,
                    subject: name.value.clone(),
                })
            })
        });
        declared.or_else(|| {
            let place = place_of_the_repository(self.facts);
            if place.is_some_and(|span| self.quiet.contains(&span)) {
                return None;
            }
            let remote = self.facts.remote.as_ref()?;
            let found = begins(&remote.name, NameRole::Repository)?;
            Some(Evidence {
                kind: EvidenceKind::PublishedName,
                file: None,
                path: None,
                span: None,
                what: format!(
                    "the repository's name, {}, {} {}",
                    remote.name,
                    begins_with(&found, &remote.name),
                    found.form
                ),
                shortened: found.spelling == Spelling::Abbreviated,
                subject: remote.name.clone(),
            })
        })
    }

    /// Whether the repository's name, title or description names a product of the pack.
    /// What the whole world builds for and with is nobody's subject.
    fn is_subject(&self) -> bool {
        let is_product = |mark: &str| self.finder.is_product(mark);
        let described = self.facts.files.iter().any(|record| {
            let signals = record.signals.get(self.pack_index);
            signals.is_some_and(|signals| {
                let mut marks = signals.marks.iter();
                marks.any(|used| used.subject && is_product(&used.mark))
            })
        });
        let named = |name: &str| {
            // Who learns for an exam learns the products that it is about.
            let exam = !self.spoken.is_empty() && self.finder.is_of_exam(name);
            exam || self.finder.in_name(name).is_some_and(|found| {
                !found.technology
                    && is_product(&found.mark)
                    && (!found.ambiguous || self.spoken.means(&found))
            })
        };
        let titled = self.facts.files.iter().filter(|record| is_front(record));
        described
            || self.spoken_of_at_the_top(is_product)
            || titled
                .flat_map(|record| &record.names)
                .any(|name| name.is_spoken() && named(&name.value))
            || (self.facts.remote.as_ref()).is_some_and(|remote| named(&remote.name))
    }

    /// Whether a document at the root names a product in full, where no README says what
    /// the repository is about (case names/07).
    fn spoken_of_at_the_top(&self, is_product: impl Fn(&str) -> bool) -> bool {
        if self.facts.paths.iter().any(|path| kind::is_readme(path)) {
            return false;
        }
        let at_the_top = self
            .records()
            .filter(|record| kind::is_document(record.kind) && !record.path.contains('/'));
        let house = &self.pack.marks.house;
        at_the_top
            .filter_map(|record| record.signals.get(self.pack_index))
            .any(|signals| {
                let mut marks = signals.marks.iter();
                marks.any(|used| used.mark != *house && is_product(&used.mark))
            })
    }

    fn logo(&self) -> Option<Evidence> {
        let spoken = |mark: &str| self.spoken.has(mark);
        let mut paths = self.facts.paths.iter().enumerate();
        paths.find_map(|(index, path)| {
            // What was looked at and shows no mark is a picture of one's own.
            let plain = &self.facts.plain_pictures;
            if !is_shown(kind::zone(path)) || plain.binary_search(path).is_ok() {
                return None;
            }
            let mark = logo::mark(path, &self.pack.marks, &self.finder, spoken)?;
            Some(Evidence {
                kind: EvidenceKind::Logo,
                shortened: false,
                file: Some(FileId(index as u32)),
                path: Some(Arc::clone(path)),
                span: None,
                what: format!("is named as a logo of {mark}"),
                subject: mark,
            })
        })
    }
}

/// How a name that begins with a mark does.
fn begins_with(found: &NameUse, value: &str) -> &'static str {
    match (found.shape, is_shortened(value, &found.form)) {
        (NameShape::Exact, true) => "is a short form of the mark",
        (_, true) => "begins with a short form of the mark",
        (NameShape::Exact, false) => "is the mark",
        _ => "begins with the mark",
    }
}

/// Whether a name does not hold a form of a mark as a whole: "Sentinel" of "Microsoft
/// Sentinel", "mdatp".
pub(super) fn is_shortened(name: &str, form: &str) -> bool {
    !flat(name).contains(&flat(form))
}

/// A name without case, spaces and signs.
pub(super) fn flat(name: &str) -> String {
    let letters = name.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

/// Whether a name is a mark or begins with one. A word that means something else as
/// well counts where it is written as a name and the project's front page speaks of the
/// mark.
fn begins_with_mark(found: &NameUse, value: &str, role: NameRole, spoken: bool) -> bool {
    if !matches!(found.shape, NameShape::Exact | NameShape::Led) || found.lead == Lead::Something {
        return false;
    }
    if found.technology && found.spelling != Spelling::House {
        return false;
    }
    if found.add_on && matches!(role, NameRole::Repository | NameRole::Package) {
        return false;
    }
    // Notes, courses and ways of working are named for their subject.
    if (found.writing || found.practice)
        && found.shape != NameShape::Exact
        && matches!(role, NameRole::Title | NameRole::Repository)
    {
        return false;
    }
    let displayed = matches!(role, NameRole::Title | NameRole::Display | NameRole::Site);
    !found.ambiguous || (spoken && displayed && value.chars().any(char::is_uppercase))
}
