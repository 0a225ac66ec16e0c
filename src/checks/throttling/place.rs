//! Where a sentence stands: the words before it, the line that leads in its list or
//! table, its headings, the document's title.

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
        Self {
            source,
            facts,
            title,
        }
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
            let mut level = u8::MAX;
            for (index, heading) in self.facts.headings.iter().enumerate().rev() {
                if heading.span.start >= start || heading.level >= level {
                    continue;
                }
                level = heading.level;
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
        for (step, prose) in self.facts.prose[..index].iter().rev().enumerate() {
            if prose.alternate {
                continue;
            }
            match prose.context {
                ProseContext::ListItem => {
                    if step == 0 && prose.text.trim_end().ends_with([':', '：']) {
                        lead.push(self.scope(prose));
                    }
                }
                ProseContext::Paragraph => {
                    lead.push(self.scope(prose));
                    break;
                }
                _ => break,
            }
        }
        lead
    }

    /// Fields of a metadata file: the names beside the field and above it.
    pub(super) fn of_field(&self, key: &str) -> Place<'a> {
        let mut place = Place::default();
        if let Some(operation) = operation(key) {
            place.lead.push(Scope {
                text: operation,
                raw: "",
            });
        }
        let mut parent = key;
        let mut nearest = true;
        while let Some((above, _)) = parent.rsplit_once('.') {
            parent = above;
            let names = self.facts.front_matter.iter().filter(|entry| {
                entry.key.strip_prefix(parent).is_some_and(|rest| {
                    matches!(
                        rest,
                        ".name" | ".title" | ".summary" | ".operationId" | ".metric" | ".id"
                    )
                })
            });
            let mut texts: Vec<String> = names.map(|entry| entry.value.clone()).collect();
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
        let title: Vec<&str> = self
            .facts
            .front_matter
            .iter()
            .filter(|entry| {
                matches!(
                    entry.key.as_str(),
                    "info.title" | "info.name" | "title" | "name" | "provider"
                )
            })
            .map(|entry| entry.value.as_str())
            .collect();
        if !title.is_empty() {
            place.title = Some(Scope {
                text: title.join(" \u{fffc} "),
                raw: "",
            });
        }
        place
    }
}

/// The operation that an OpenAPI key stands below: `paths./api/x.post.description`
/// is `POST /api/x`.
fn operation(key: &str) -> Option<String> {
    let rest = key.strip_prefix("paths.")?;
    ["get", "post", "put", "patch", "delete"]
        .into_iter()
        .find_map(|method| {
            let (path, _) = rest.split_once(&format!(".{method}."))?;
            let base = if path.starts_with("/api/") {
                ""
            } else {
                "/api"
            };
            Some(format!("{} {base}{path}", method.to_uppercase()))
        })
}
