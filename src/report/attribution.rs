//! What `termscheck attribution` says.

use std::io::{self, Write};
use std::path::Path;

use serde::Serialize;

use super::visible;
use crate::facts::signals::AttributionElement;
use crate::scan::Report;
use crate::source::Span;
use crate::verdict::{State, Verdict};

/// Version of the JSON document: raised when a key changes its meaning or goes away.
const VERSION: u32 = 1;

/// The JSON document of `termscheck attribution`.
#[derive(Serialize, schemars::JsonSchema)]
pub struct Answer<'a> {
    /// Version of this format.
    version: u32,
    /// The folder that paths are relative to.
    root: String,
    /// How many files were checked.
    checked: u64,
    /// The derived files, in path order.
    files: Vec<File<'a>>,
}

/// The verdict on one file.
#[derive(Serialize, schemars::JsonSchema)]
struct File<'a> {
    path: &'a str,
    /// The pack whose documentation it is derived from.
    pack: &'a str,
    /// Nothing is missing.
    complete: bool,
    /// Why it counts as derived, and where the heaviest sign of that is.
    evidence: &'a str,
    evidence_at: Option<Place>,
    /// The licence of the documentation.
    licence: &'a str,
    /// The address of the original, as far as the file says it.
    original: Option<&'a str>,
    /// The repository is a copy that keeps the owner's licence and notices.
    kept: bool,
    /// Another licence that a file puts over it.
    other_licence: Option<Other<'a>>,
    elements: Vec<Element<'a>>,
    /// Files besides it that were looked in, nearest first.
    looked_in: &'a [String],
}

/// One element of an attribution.
#[derive(Serialize, schemars::JsonSchema)]
struct Element<'a> {
    #[serde(rename = "element")]
    #[schemars(with = "String")]
    kind: AttributionElement,
    words: &'a str,
    state: State,
    places: Vec<Place>,
}

/// A licence that is given to a file.
#[derive(Serialize, schemars::JsonSchema)]
struct Other<'a> {
    licence: &'a str,
    at: Option<Place>,
}

/// A line of a file.
#[derive(Clone, Serialize, schemars::JsonSchema)]
struct Place {
    path: String,
    line: u32,
}

impl<'a> Answer<'a> {
    /// What a scan found.
    pub fn of(report: &'a Report, root: &Path) -> Self {
        let place = |span: Span| {
            let source = report.sources.get(&span.file)?;
            Some(Place {
                path: source.path.to_string(),
                line: source.line_of(span.start),
            })
        };
        let mut files: Vec<File<'a>> = report
            .verdicts
            .iter()
            .map(|verdict| file(verdict, &place))
            .collect();
        files.sort_by(|a, b| (a.path, a.pack).cmp(&(b.path, b.pack)));
        Self {
            version: VERSION,
            root: root.display().to_string(),
            checked: report.counts.read,
            files,
        }
    }
}

fn file<'a>(verdict: &'a Verdict, place: &dyn Fn(Span) -> Option<Place>) -> File<'a> {
    let other = verdict.other_licence.as_ref();
    File {
        path: &verdict.path,
        pack: &verdict.pack,
        complete: verdict.is_complete(),
        evidence: &verdict.evidence,
        evidence_at: verdict.evidence_at.and_then(place),
        licence: &verdict.licence,
        original: verdict.original.as_deref(),
        kept: verdict.kept,
        other_licence: other.map(|(span, licence)| Other {
            licence,
            at: place(*span),
        }),
        elements: (verdict.elements.iter())
            .map(|one| Element {
                kind: one.element,
                words: &one.words,
                state: one.state,
                places: lines(one.places.iter().copied().filter_map(place)),
            })
            .collect(),
        looked_in: &verdict.looked,
    }
}

/// Places, those of one line as one.
fn lines(places: impl Iterator<Item = Place>) -> Vec<Place> {
    let mut all: Vec<Place> = places.collect();
    all.dedup_by(|a, b| (&a.path, a.line) == (&b.path, b.line));
    all
}

/// Writes the answer as one JSON document.
pub fn write_json(answer: &Answer<'_>, out: &mut dyn Write) -> io::Result<()> {
    super::safe_json::write(answer, out)
}

/// Writes the answer for people; without `each` one of the like files of a folder.
pub fn write_human(answer: &Answer<'_>, each: bool, out: &mut dyn Write) -> io::Result<()> {
    let like = |file: &File<'_>| {
        let folder = file.path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let states: Vec<State> = file.elements.iter().map(|one| one.state).collect();
        (folder.to_owned(), states, file.looked_in.to_vec())
    };
    let mut files = answer.files.iter().peekable();
    while let Some(file) = files.next() {
        let verdict = match (file.kept, file.complete) {
            (true, _) => "kept with the owner's licence and notices",
            (_, true) => "complete",
            (_, false) => "incomplete",
        };
        writeln!(
            out,
            "{}: {verdict} ({})",
            visible(file.path),
            visible(file.licence)
        )?;
        let at = file.evidence_at.as_ref().map_or(String::new(), told);
        writeln!(out, "  derived: {}{}", visible(file.evidence), visible(&at))?;
        if let Some(original) = file.original {
            writeln!(out, "  original: {}", visible(original))?;
        }
        for element in &file.elements {
            let (mark, state) = match element.state {
                State::Found => ("✓", "found"),
                State::OutOfSight => ("✗", "in a comment only, out of sight of readers"),
                State::Missing => ("✗", "missing"),
                State::NotAsked => ("·", "not found, and not asked for here"),
            };
            let places: String = element.places.iter().map(told).collect();
            let text = format!("{}: {state}{places}", element.words);
            writeln!(out, "  {mark} {}", visible(&text))?;
        }
        if let Some(other) = file.other_licence.as_ref().filter(|_| !file.complete) {
            let at = other.at.as_ref().map_or(String::new(), told);
            let text = format!("given as {}{at}", other.licence);
            writeln!(out, "  ! {}", visible(&text))?;
        }
        let mut looked = vec!["the file itself"];
        looked.extend(file.looked_in.iter().map(String::as_str));
        writeln!(out, "  looked in {}", visible(&looked.join(", ")))?;
        let mut more = 0;
        while !each && files.next_if(|next| like(next) == like(file)).is_some() {
            more += 1;
        }
        if more > 0 {
            writeln!(
                out,
                "  {more} more in this folder are like it (-v tells each)"
            )?;
        }
        writeln!(out)?;
    }
    let open = answer.files.iter().filter(|file| !file.complete).count();
    writeln!(
        out,
        "{} of {} files derived, {open} with an attribution that lacks something",
        answer.files.len(),
        answer.checked
    )
}

fn told(place: &Place) -> String {
    format!(", {}:{}", place.path, place.line)
}
