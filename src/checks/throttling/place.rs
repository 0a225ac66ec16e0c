//! Where a sentence stands: the words before it, the line that leads in its list or
//! table, its headings, the document's title.

use std::borrow::Cow;
use std::cell::{OnceCell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;

use super::topic::Named;
use crate::facts::{FileFacts, FileKind, Prose, ProseContext};
use crate::parse::rates::Reader;
use crate::source::Source;

/// A piece of text around sentences, as read and as written. What one check asks of it is
/// found out once: a heading stands above as many sentences as somebody writes below it.
#[derive(Debug, Default)]
pub(super) struct Scope<'a> {
    /// As read.
    pub(super) text: Cow<'a, str>,
    /// As written, code and links included; empty where that is the same.
    pub(super) raw: &'a str,
    named: OnceCell<Named>,
    answers: [OnceCell<bool>; QUESTIONS],
}

/// What is asked of a [`Scope`].
#[derive(Clone, Copy, Debug)]
pub(super) enum Question {
    /// Whether it tells a rate.
    Tells,
    /// Whether a word of limiting stands in it.
    Limits,
    /// Whether it speaks of the project's own settings or of the past.
    Own,
    /// Whether a word stands in it that makes a product's name its API.
    Api,
    /// Whether it speaks of the project rather than of the API.
    Tool,
}

/// How many [`Question`]s there are.
const QUESTIONS: usize = 5;

impl<'a> Scope<'a> {
    pub(super) fn new(text: impl Into<Cow<'a, str>>, raw: &'a str) -> Self {
        Self {
            text: text.into(),
            raw,
            ..Self::default()
        }
    }

    /// What it names; `find` is asked the first time.
    pub(super) fn named(&self, find: impl FnOnce(&Self) -> Named) -> &Named {
        self.named.get_or_init(|| find(self))
    }

    /// Whether a word of limiting stands in it.
    pub(super) fn limits(&self, reader: &Reader) -> bool {
        self.answers(Question::Limits, |text| reader.limiting(text))
    }

    /// The answer to a question; `find` is asked the first time.
    pub(super) fn answers(&self, question: Question, find: impl FnOnce(&str) -> bool) -> bool {
        *self.answers[question as usize].get_or_init(|| find(&self.text))
    }
}

/// What surrounds a sentence, nearest first.
#[derive(Clone, Debug, Default)]
pub(super) struct Place<'a> {
    /// The line that leads in the list or table, or the names beside a field.
    pub(super) lead: Vec<Rc<Scope<'a>>>,
    /// Headings from the nearest to the outermost, the title left out.
    pub(super) headings: Vec<Rc<Scope<'a>>>,
    /// The document's title.
    pub(super) title: Option<Rc<Scope<'a>>>,
}

/// A document's outline, to place sentences in.
pub(super) struct Layout<'a> {
    source: &'a Source,
    facts: &'a FileFacts,
    title: Option<(Rc<Scope<'a>>, Option<usize>)>,
    headings: Vec<Rc<Scope<'a>>>,
    /// For each heading the nearest before it that is above it.
    above: Vec<Option<usize>>,
    /// For each piece of prose the nearest before it that is no item of a list.
    before: Vec<Option<usize>>,
    /// Where pieces of prose begin, in order, and the last in reading order of those up to
    /// there.
    starts: Vec<(u32, usize)>,
    /// Pieces of prose that lead in others.
    leads: RefCell<HashMap<usize, Rc<Scope<'a>>>>,
    /// What names a field, by the key that it stands below.
    names: HashMap<&'a str, Vec<Rc<Scope<'a>>>>,
    /// The title that fields give.
    field_title: Option<Rc<Scope<'a>>>,
    /// Path prefixes of the governed API; see `Family::bases`.
    bases: &'a [String],
}

/// Last parts of the keys of what names a field beside them.
const NAMING: &[&str] = &["name", "title", "summary", "operationId", "metric", "id"];

impl<'a> Layout<'a> {
    pub(super) fn new(source: &'a Source, facts: &'a FileFacts) -> Self {
        let mut layout = Self {
            source,
            facts,
            title: title(source, facts),
            headings: (facts.headings.iter())
                .map(|heading| Rc::new(Scope::new(&heading.text, source.slice(heading.span))))
                .collect(),
            above: above(facts),
            before: before(facts),
            starts: starts(source, facts),
            leads: RefCell::default(),
            names: HashMap::new(),
            field_title: None,
            bases: &[],
        };
        let mut titles = Vec::new();
        let mut known = std::collections::HashSet::new();
        for entry in &facts.front_matter {
            // The first of a key counts: a mapping has no two of one.
            if let Some((parent, last)) = entry.key.rsplit_once('.')
                && NAMING.contains(&last)
                && known.insert(entry.key.as_str())
            {
                let names = layout.names.entry(parent).or_default();
                names.push(Rc::new(Scope::new(&entry.value, "")));
            }
            if matches!(
                entry.key.as_str(),
                "info.title" | "info.name" | "title" | "name" | "provider"
            ) {
                titles.push(entry.value.as_str());
            }
        }
        layout.field_title =
            (!titles.is_empty()).then(|| Rc::new(Scope::new(titles.join(" \u{fffc} "), "")));
        layout
    }

    /// The same for an API whose paths begin with one of `bases`, which descriptions of it
    /// leave to the server's address.
    pub(super) fn below(self, bases: &'a [String]) -> Self {
        Self { bases, ..self }
    }

    fn scope(&self, index: usize) -> Rc<Scope<'a>> {
        let facts: &'a FileFacts = self.facts;
        let prose: &'a Prose = &facts.prose[index];
        let new = || {
            let raw = self.source.slice(prose.whole(self.source.id));
            Rc::new(Scope::new(&prose.text, raw))
        };
        Rc::clone(self.leads.borrow_mut().entry(index).or_insert_with(new))
    }

    /// The place of the `index`th piece of prose.
    pub(super) fn of_prose(&self, index: usize) -> Place<'a> {
        let prose = &self.facts.prose[index];
        if let ProseContext::ManifestField(key) = &prose.context {
            return self.of_field(key);
        }
        let start = prose.whole(self.source.id).start;
        let mut place = self.of_offset(start);
        if prose.context == ProseContext::ListItem {
            place.lead = self.list_lead(index);
        }
        place
    }

    /// The place of a table.
    pub(super) fn of_table(&self, start: u32) -> Place<'a> {
        let mut place = self.of_offset(start);
        let behind = self.starts.partition_point(|(own, _)| *own < start);
        let before = behind.checked_sub(1).map(|at| self.starts[at].1);
        if let Some(index) = before
            && self.facts.prose[index].context == ProseContext::Paragraph
        {
            place.lead.push(self.scope(index));
        }
        place
    }

    fn of_offset(&self, start: u32) -> Place<'a> {
        let mut place = Place::default();
        if !matches!(self.facts.kind, FileKind::Code(_)) {
            let headings = &self.facts.headings;
            let behind = headings.partition_point(|heading| heading.span.start < start);
            let mut next = behind.checked_sub(1);
            while let Some(index) = next {
                next = self.above[index];
                let is_title = self
                    .title
                    .as_ref()
                    .is_some_and(|(_, at)| *at == Some(index));
                if !is_title {
                    place.headings.push(Rc::clone(&self.headings[index]));
                }
            }
            place.title = self.title.as_ref().map(|(scope, _)| Rc::clone(scope));
        }
        place
    }

    /// The item above when it ends with a colon, and the paragraph before the list.
    fn list_lead(&self, index: usize) -> Vec<Rc<Scope<'a>>> {
        let mut lead = Vec::new();
        if let Some(at) = index.checked_sub(1)
            && let prose = &self.facts.prose[at]
            && !prose.alternate
            && prose.context == ProseContext::ListItem
            && prose.text.trim_end().ends_with([':', '：'])
        {
            lead.push(self.scope(at));
        }
        if let Some(at) = self.before[index]
            && self.facts.prose[at].context == ProseContext::Paragraph
        {
            lead.push(self.scope(at));
        }
        lead
    }

    /// Fields of a metadata file: the names beside the field and above it.
    pub(super) fn of_field(&self, key: &str) -> Place<'a> {
        let mut place = Place::default();
        if let Some(operation) = operation(key, self.bases) {
            place.lead.push(Rc::new(Scope::new(operation, "")));
        }
        let mut parent = key;
        let mut nearest = true;
        while let Some((above, _)) = parent.rsplit_once('.') {
            parent = above;
            let mut scopes = self.names.get(parent).cloned().unwrap_or_default();
            // An OpenAPI path or a rate-limit list says what it is by its key.
            let last = parent.rsplit('.').next().unwrap_or_default();
            scopes.push(Rc::new(Scope::new(last.to_owned(), "")));
            if nearest {
                place.lead.extend(scopes);
            } else {
                place.headings.extend(scopes);
            }
            if parent.contains('.') {
                nearest = false;
            }
        }
        place.title.clone_from(&self.field_title);
        place
    }
}

/// The title of a document, with the index of the heading that it is.
fn title<'a>(source: &'a Source, facts: &'a FileFacts) -> Option<(Rc<Scope<'a>>, Option<usize>)> {
    let front = facts
        .prose
        .iter()
        .find(|prose| matches!(&prose.context, ProseContext::FrontMatter(key) if key == "title"));
    let heading = facts
        .headings
        .iter()
        .position(|heading| heading.level == 1)
        .filter(|&at| at == 0 || facts.headings[..at].iter().all(|h| h.level > 1));
    let first = heading.map(|at| &facts.headings[at]);
    if front.is_none() && first.is_none() {
        return None;
    }
    let mut text = first.map_or(String::new(), |heading| heading.text.clone());
    if let Some(front) = front {
        text.push_str(" \u{fffc} ");
        text.push_str(&front.text);
    }
    let raw = first.map_or("", |heading| source.slice(heading.span));
    Some((Rc::new(Scope::new(text, raw)), heading))
}

/// Where pieces of prose begin, in order, each with the last in reading order of those up
/// to there.
fn starts(source: &Source, facts: &FileFacts) -> Vec<(u32, usize)> {
    let read = facts.prose.iter().enumerate();
    let mut starts: Vec<(u32, usize)> = read
        .filter(|(_, prose)| !prose.alternate)
        .map(|(index, prose)| (prose.whole(source.id).start, index))
        .collect();
    starts.sort_unstable();
    let mut last = 0;
    for (_, index) in &mut starts {
        last = last.max(*index);
        *index = last;
    }
    starts
}

/// For each heading the nearest before it of a lower level.
fn above(facts: &FileFacts) -> Vec<Option<usize>> {
    let mut open: Vec<usize> = Vec::new();
    let mut above = Vec::with_capacity(facts.headings.len());
    for (index, heading) in facts.headings.iter().enumerate() {
        while open
            .last()
            .is_some_and(|&at| facts.headings[at].level >= heading.level)
        {
            open.pop();
        }
        above.push(open.last().copied());
        open.push(index);
    }
    above
}

/// For each piece of prose the nearest before it that is no item of a list.
fn before(facts: &FileFacts) -> Vec<Option<usize>> {
    let mut last = None;
    let mut before = Vec::with_capacity(facts.prose.len());
    for (index, prose) in facts.prose.iter().enumerate() {
        before.push(last);
        if !prose.alternate && prose.context != ProseContext::ListItem {
            last = Some(index);
        }
    }
    before
}

/// The operation that an OpenAPI key stands below: `paths./api/x.post.description`
/// is `POST /api/x`. A path without one of the bases gets the first.
fn operation(key: &str, bases: &[String]) -> Option<String> {
    let rest = key.strip_prefix("paths.")?;
    ["get", "post", "put", "patch", "delete"]
        .into_iter()
        .find_map(|method| {
            let (path, _) = rest.split_once(&format!(".{method}."))?;
            let has_base = bases.iter().any(|base| {
                path.strip_prefix(base.as_str())
                    .is_some_and(|rest| rest.starts_with('/'))
            });
            let base = bases.first().filter(|_| !has_base);
            let base = base.map_or("", String::as_str);
            Some(format!("{} {base}{path}", method.to_uppercase()))
        })
}
