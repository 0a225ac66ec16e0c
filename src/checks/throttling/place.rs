//! Where a sentence stands: the words before it, the line that leads in its list or
//! table, its headings, the document's title.

use std::collections::HashMap;

use crate::facts::{FileFacts, FileKind, Prose, ProseContext};
use crate::source::Source;

/// A piece of text around a sentence, as read and as written.
#[derive(Clone, Debug)]
pub(super) struct Scope<'a> {
    /// As read.
    pub(super) text: String,
    /// As written, code and links included.
    pub(super) raw: &'a str,
}

/// What surrounds a sentence, nearest first.
#[derive(Clone, Debug, Default)]
pub(super) struct Place<'a> {
    /// The line that leads in the list or table, or the names beside a field.
    pub(super) lead: Vec<Scope<'a>>,
    /// Headings from the nearest to the outermost, the title left out.
    pub(super) headings: Vec<Scope<'a>>,
    /// The document's title.
    pub(super) title: Option<Scope<'a>>,
}

/// A document's outline, to place sentences in.
pub(super) struct Layout<'a> {
    source: &'a Source,
    facts: &'a FileFacts,
    title: Option<(Scope<'a>, Option<usize>)>,
    /// For each heading the nearest before it that is above it.
    above: Vec<Option<usize>>,
    /// For each piece of prose the nearest before it that is no item of a list.
    before: Vec<Option<usize>>,
    /// What names a field, by the key that it stands below.
    names: HashMap<&'a str, Vec<&'a str>>,
    /// The title that fields give.
    field_title: Option<String>,
    /// Path prefixes of the governed API; see `Family::bases`.
    bases: &'a [String],
}

impl<'a> Layout<'a> {
    pub(super) fn new(source: &'a Source, facts: &'a FileFacts) -> Self {
        let front = facts.prose.iter().find(
            |prose| matches!(&prose.context, ProseContext::FrontMatter(key) if key == "title"),
        );
        let heading = facts
            .headings
            .iter()
            .position(|heading| heading.level == 1)
            .filter(|&at| at == 0 || facts.headings[..at].iter().all(|h| h.level > 1));
        let first = heading.map(|at| &facts.headings[at]);
        let title = match (front, first) {
            (None, None) => None,
            (front, first) => {
                let mut text = first.map_or(String::new(), |heading| heading.text.clone());
                if let Some(front) = front {
                    text.push_str(" \u{fffc} ");
                    text.push_str(&front.text);
                }
                let raw = first.map_or("", |heading| source.slice(heading.span));
                Some((Scope { text, raw }, heading))
            }
        };
        let mut layout = Self {
            source,
            facts,
            title,
            above: above(facts),
            before: before(facts),
            names: HashMap::new(),
            field_title: None,
            bases: &[],
        };
        let mut titles = Vec::new();
        for entry in &facts.front_matter {
            if let Some((parent, last)) = entry.key.rsplit_once('.')
                && matches!(
                    last,
                    "name" | "title" | "summary" | "operationId" | "metric" | "id"
                )
            {
                layout.names.entry(parent).or_default().push(&entry.value);
            }
            if matches!(
                entry.key.as_str(),
                "info.title" | "info.name" | "title" | "name" | "provider"
            ) {
                titles.push(entry.value.as_str());
            }
        }
        layout.field_title = (!titles.is_empty()).then(|| titles.join(" \u{fffc} "));
        layout
    }

    /// The same for an API whose paths begin with one of `bases`, which descriptions of it
    /// leave to the server's address.
    pub(super) fn below(self, bases: &'a [String]) -> Self {
        Self { bases, ..self }
    }

    fn scope(&self, prose: &Prose) -> Scope<'a> {
        Scope {
            text: prose.text.clone(),
            raw: self.source.slice(prose.whole(self.source.id)),
        }
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
        let before = self
            .facts
            .prose
            .iter()
            .rev()
            .find(|prose| !prose.alternate && prose.whole(self.source.id).start < start);
        if let Some(prose) = before
            && prose.context == ProseContext::Paragraph
        {
            place.lead.push(self.scope(prose));
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
                let heading = &headings[index];
                next = self.above[index];
                let is_title = self
                    .title
                    .as_ref()
                    .is_some_and(|(_, at)| *at == Some(index));
                if !is_title {
                    place.headings.push(Scope {
                        text: heading.text.clone(),
                        raw: self.source.slice(heading.span),
                    });
                }
            }
            place.title = self.title.as_ref().map(|(scope, _)| scope.clone());
        }
        place
    }

    /// The item above when it ends with a colon, and the paragraph before the list.
    fn list_lead(&self, index: usize) -> Vec<Scope<'a>> {
        let mut lead = Vec::new();
        let above = index.checked_sub(1).map(|at| &self.facts.prose[at]);
        if let Some(prose) = above
            && !prose.alternate
            && prose.context == ProseContext::ListItem
            && prose.text.trim_end().ends_with([':', '：'])
        {
            lead.push(self.scope(prose));
        }
        if let Some(at) = self.before[index]
            && self.facts.prose[at].context == ProseContext::Paragraph
        {
            lead.push(self.scope(&self.facts.prose[at]));
        }
        lead
    }

    /// Fields of a metadata file: the names beside the field and above it.
    pub(super) fn of_field(&self, key: &str) -> Place<'a> {
        let mut place = Place::default();
        if let Some(operation) = operation(key, self.bases) {
            place.lead.push(Scope {
                text: operation,
                raw: "",
            });
        }
        let mut parent = key;
        let mut nearest = true;
        while let Some((above, _)) = parent.rsplit_once('.') {
            parent = above;
            let names = self.names.get(parent).into_iter().flatten();
            let mut texts: Vec<String> = names.map(|&name| name.to_owned()).collect();
            // An OpenAPI path or a rate-limit list says what it is by its key.
            texts.push(parent.rsplit('.').next().unwrap_or_default().to_owned());
            for text in texts {
                let scope = Scope { text, raw: "" };
                if nearest {
                    place.lead.push(scope);
                } else {
                    place.headings.push(scope);
                }
            }
            if parent.contains('.') {
                nearest = false;
            }
        }
        place.title = self.field_title.as_ref().map(|title| Scope {
            text: title.clone(),
            raw: "",
        });
        place
    }
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
