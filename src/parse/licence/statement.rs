//! Statements of a project's licence in its documents: a section of the README, a
//! sentence, a badge.

use crate::source::ceil_boundary;
use std::ops::Range;

use super::expression::expression;
use super::informal::informal;
use super::words::{Name, Words, words};
use crate::facts::prose::OBJECT;
use crate::facts::{
    FileFacts, FileKind, FrontMatterEntry, InformalGrant, LicenceDeclaration, LicenceSource, Link,
    Precedence, Prose, ProseContext, Zone,
};
use crate::parse::kind;
use crate::source::Source;

/// Stems of documents that speak for the project where they lie at its top.
const SPEAKERS: [&str; 18] = [
    "about",
    "attribution",
    "author",
    "authors",
    "contributing",
    "copyright",
    "credits",
    "home",
    "index",
    "legal",
    "licence",
    "licences",
    "license",
    "licenses",
    "licensing",
    "notice",
    "notices",
    "support",
];

/// Fills in the licences that a document declares for its project.
pub fn read(source: &Source, facts: &mut FileFacts) {
    if !speaks(&source.path, facts) {
        return;
    }
    let Some(words) = words() else { return };
    let mut reader = Reader {
        source,
        words,
        readme: kind::is_readme(&source.path),
        found: Vec::new(),
        informal: Vec::new(),
    };
    reader.front_matter(facts);
    reader.prose(facts);
    reader.badges(facts);
    let mut found = reader.found;
    facts.informal = reader.informal;
    found.sort_by_key(|declaration| declaration.span);
    found.dedup_by_key(|declaration| declaration.span);
    facts.licences.extend(found);
}

fn speaks(path: &str, facts: &FileFacts) -> bool {
    let document = matches!(
        facts.kind,
        FileKind::Markdown
            | FileKind::ReStructuredText
            | FileKind::AsciiDoc
            | FileKind::Html
            | FileKind::Text
    );
    let own = matches!(facts.zone, Zone::Project | Zone::Docs | Zone::Example);
    if !document || !own {
        return false;
    }
    let name = path.rsplit('/').next().unwrap_or(path);
    let stem = name.split('.').next().unwrap_or(name).to_lowercase();
    let shallow = path.matches('/').count() <= 1;
    kind::is_readme(path) || (shallow && SPEAKERS.contains(&stem.as_str()))
}

/// A document that names more licences than this is a list of them.
const MOST: usize = 64;

struct Reader<'a> {
    source: &'a Source,
    words: &'a Words,
    readme: bool,
    found: Vec<LicenceDeclaration>,
    informal: Vec<InformalGrant>,
}

/// An open section about the licence.
struct Section {
    level: u8,
    /// Declarations before it.
    before: usize,
    /// Its first words, when they say something else than where to look.
    says: Option<(String, crate::source::Span)>,
    /// It points to a licence file.
    points: bool,
}

/// What a field of the front matter declares.
pub(crate) fn of_field(entry: &FrontMatterEntry) -> LicenceDeclaration {
    LicenceDeclaration {
        source: LicenceSource::Metadata,
        written: entry.value.clone(),
        spdx: expression(&entry.value),
        span: entry.value_span,
        covers: Vec::new(),
        section: None,
        precedence: Precedence::default(),
    }
}

impl Reader<'_> {
    /// `license:` on top of a README, as model and data set cards have it.
    fn front_matter(&mut self, facts: &FileFacts) {
        let fields = facts.front_matter.iter().filter(|entry| {
            let key = entry.key.split('.').next().unwrap_or("");
            self.readme && matches!(key, "license" | "licence") && !entry.value.trim().is_empty()
        });
        for entry in fields.take(MOST) {
            self.found.push(of_field(entry));
        }
    }

    /// Notes what is permitted in kind words; whether there is any.
    fn informal(&mut self, prose: &Prose) -> bool {
        let Some(range) = informal(&prose.text) else {
            return false;
        };
        if self.readme && self.informal.len() < MOST {
            self.informal.push(InformalGrant {
                written: prose.text[range.clone()].to_owned(),
                span: prose.span(self.source.id, range),
            });
        }
        true
    }

    /// Notes words that keep all rights.
    fn reserved(&mut self, prose: &Prose) {
        if !self.readme || self.found.len() >= MOST {
            return;
        }
        if let Some(words) = self.words.reserved.find(&prose.text) {
            self.found.push(LicenceDeclaration {
                source: LicenceSource::Reserved,
                written: words.as_str().to_owned(),
                spdx: None,
                span: prose.span(self.source.id, words.range()),
                covers: Vec::new(),
                section: None,
                precedence: Precedence::default(),
            });
        }
    }

    fn prose(&mut self, facts: &FileFacts) {
        let mut section: Option<Section> = None;
        let mut label_cell = false;
        for prose in &facts.prose {
            if prose.quoted || prose.alternate || prose.is_blank() {
                continue;
            }
            match prose.context {
                ProseContext::Heading(level) => {
                    if section.as_ref().is_some_and(|open| level <= open.level) {
                        self.close(section.take());
                    }
                    if section.is_none() && self.is_licence_heading(&prose.text) {
                        section = Some(Section {
                            level,
                            before: self.found.len(),
                            says: None,
                            points: false,
                        });
                        self.names(prose, |_, _| true);
                    }
                }
                ProseContext::Paragraph | ProseContext::ListItem | ProseContext::TableCell => {
                    let cell = prose.context == ProseContext::TableCell;
                    let kind_words = self.informal(prose);
                    self.reserved(prose);
                    if let Some(open) = &mut section {
                        self.names(prose, |reader, name| !reader.is_foreign(prose, name));
                        if !kind_words {
                            self.section_text(prose, facts, open);
                        }
                    } else if cell && label_cell {
                        self.names(prose, |_, _| true);
                    } else if prose.context == ProseContext::Paragraph && self.is_alone(prose) {
                        self.names(prose, |_, _| true);
                    } else {
                        self.names(prose, |reader, name| reader.is_statement(prose, name));
                    }
                    label_cell = cell && self.is_licence_heading(&prose.text);
                }
                _ => {}
            }
        }
        self.close(section);
    }

    /// A section that names no licence still says something, unless it only points
    /// to a file.
    fn close(&mut self, section: Option<Section>) {
        if let Some(section) = section
            && self.readme
            && self.found.len() == section.before
            && !section.points
            && let Some((written, span)) = section.says
        {
            self.found.push(LicenceDeclaration {
                source: LicenceSource::Prose,
                written,
                spdx: None,
                span,
                covers: Vec::new(),
                section: None,
                precedence: Precedence::default(),
            });
        }
    }

    fn section_text(&self, prose: &Prose, facts: &FileFacts, section: &mut Section) {
        let text = prose.text.trim_matches([OBJECT, ' ']);
        let linked = prose
            .links
            .iter()
            .filter_map(|&(_, link)| facts.links.get(link))
            .any(|link| is_licence_file(&link.url));
        if self.words.needed.is_match(text) {
            return;
        }
        section.points |= linked || text.split_whitespace().any(is_licence_word);
        let open = ["tbd", "todo", "none", "n/a", "-", "tba", "coming soon"];
        let lower = text.to_lowercase();
        if section.says.is_none() && !open.contains(&lower.trim_end_matches('.')) {
            section.says = Some((text.to_owned(), prose.whole(self.source.id)));
        }
    }

    fn names(&mut self, prose: &Prose, accept: impl Fn(&Self, &Name) -> bool) {
        for name in self.words.names_in(&prose.text) {
            if self.found.len() >= MOST {
                return;
            }
            if prose.is_struck(name.range.start) || !accept(self, &name) {
                continue;
            }
            self.declare(
                prose.text[name.range.clone()].to_owned(),
                name.id,
                prose.span(self.source.id, name.range),
            );
        }
    }

    fn declare(&mut self, written: String, spdx: Option<String>, span: crate::source::Span) {
        self.found.push(LicenceDeclaration {
            source: LicenceSource::Prose,
            written,
            spdx,
            span,
            covers: Vec::new(),
            section: None,
            precedence: Precedence::default(),
        });
    }

    /// Whether a paragraph is nothing but a licence's name and a word for "licence",
    /// perhaps with a copyright line: "MIT License."
    fn is_alone(&self, prose: &Prose) -> bool {
        /// Longer ones are read sentence by sentence.
        const LONGEST: usize = 160;
        if !self.readme || prose.text.len() > LONGEST {
            return false;
        }
        let mut says = false;
        let mut held = false;
        for part in prose
            .text
            .split(['\n', '|', '·', '•'])
            .flat_map(|part| part.split(". "))
        {
            let lower = part.to_lowercase();
            if ["©", "(c)", "copyright"]
                .iter()
                .any(|mark| lower.contains(mark))
            {
                held = true;
                continue;
            }
            let mut names = self.words.names_in(part);
            let mut rest = part.to_owned();
            let mut word = false;
            let any = !names.is_empty();
            // At the foot of a page: "© 2023 Jo Harbour · MIT".
            word |= held && names.iter().any(|name| name.id.is_some());
            names.reverse();
            for name in names {
                let lower = part[name.range.clone()].to_lowercase();
                word |= lower.contains("licen") || lower.contains("unlicense");
                rest.replace_range(name.range, " ");
            }
            for left in rest.split(|c: char| !(c.is_alphanumeric() || is_mark(c))) {
                let licence =
                    self.words.heading.is_match(left) || left.eq_ignore_ascii_case("licensed");
                word |= licence;
                let joins = ["the", "under", "of", "version", "v2", "v3", "and", "or"];
                if !left.is_empty() && !licence && !joins.contains(&left.to_lowercase().as_str()) {
                    return false;
                }
            }
            if any {
                says |= word;
            } else if part.chars().any(char::is_alphanumeric) {
                return false;
            }
        }
        says
    }

    fn is_licence_heading(&self, text: &str) -> bool {
        /// A longer heading is about something else.
        const MOST: usize = 7;
        let mut rest = text.to_owned();
        let mut names = self.words.names_in(text);
        names.reverse();
        // `Unlicense` is a name and a word for a heading.
        let mut about = false;
        for name in names {
            about |= self.words.heading.is_match(&text[name.range.clone()]);
            rest.replace_range(name.range, " ");
        }
        // Words that a script writes apart.
        let whole = rest.trim_matches(|c: char| !(c.is_alphanumeric() || is_mark(c)));
        if self.words.heading.is_match(whole) {
            return true;
        }
        let mut count = 0;
        for word in
            rest.split(|c: char| !(c.is_alphanumeric() || "'’ー・".contains(c) || is_mark(c)))
        {
            if word.is_empty() || word.chars().all(|c| c.is_ascii_digit()) {
                continue;
            }
            count += 1;
            let japanese = word
                .trim_end_matches("について")
                .trim_end_matches("情報")
                .trim_end_matches("声明");
            if self.words.heading.is_match(word) || self.words.heading.is_match(japanese) {
                about = true;
            } else if !self.words.beside.contains(word.to_lowercase().as_str()) {
                return false;
            }
        }
        about && count <= MOST
    }

    fn is_foreign(&self, prose: &Prose, name: &Name) -> bool {
        self.words
            .foreign
            .is_match(&prose.text[sentence(&prose.text, &name.range)])
    }

    /// Whether the sentence around `name` says that the project is under it.
    fn is_statement(&self, prose: &Prose, name: &Name) -> bool {
        let left = &prose.text[sentence(&prose.text, &name.range)];
        let right = &prose.text[name.range.end..];
        let words = self.words;
        if let Some(label) = words.label.find(left) {
            return !words.foreign.is_match(&left[..label.start()]);
        }
        let lead = match words.before.find(left) {
            Some(before) => &left[..before.start()],
            None if words.after.is_match(right) => left,
            None => return false,
        };
        let alone = !lead.chars().any(char::is_alphanumeric);
        (alone || words.subject.is_match(left)) && !words.foreign.is_match(lead)
    }

    fn badges(&mut self, facts: &FileFacts) {
        for image in facts.links.iter().filter(|link| link.image) {
            let above = facts
                .headings
                .iter()
                .filter(|heading| heading.level > 1 && heading.span.start < image.span.start)
                .count();
            if above > 1 || !self.readme {
                continue;
            }
            let around = facts.links.iter().find(|link| {
                !link.image
                    && link.span.start <= image.span.start
                    && link.span.end >= image.span.end
            });
            if let Some((written, id)) = self.badge(image, around) {
                self.declare(written, id, image.span);
            }
        }
    }

    fn badge(&self, image: &Link, around: Option<&Link>) -> Option<(String, Option<String>)> {
        let words = self.words;
        let url = decode(&image.url);
        let about = words.badge.is_match(&image.text) || words.badge.is_match(&url);
        if !about {
            return None;
        }
        let one = |text: &str| {
            let names = words.names_in(text);
            let name = names
                .iter()
                .find(|name| name.id.is_some())
                .or(names.first())?;
            Some((text[name.range.clone()].to_owned(), name.id.clone()))
        };
        let drawn = || {
            let drawn = url.contains("/badge/") || url.contains("/static/");
            drawn.then(|| one(&url)).flatten()
        };
        let addressed = |link: &Link| Some((link.url.clone(), words.url(&link.url)?));
        one(&image.text)
            .or_else(drawn)
            .or_else(|| addressed(image))
            .or_else(|| around.and_then(addressed))
    }
}

/// From the start of the sentence that holds `name` up to the name.
fn sentence(text: &str, name: &Range<usize>) -> Range<usize> {
    /// A longer sentence is cut.
    const LONGEST: usize = 400;
    let from = ceil_boundary(text, name.start.saturating_sub(LONGEST));
    let left = &text[from..name.start];
    let ends = [". ", "! ", "? ", "。", "; ", "| ", "\n", ".\u{a0}"];
    let start = ends
        .iter()
        .filter_map(|end| left.rfind(end).map(|at| at + end.len()))
        .max()
        .unwrap_or(0);
    from + start..name.start
}

/// Marks that are part of a word in some scripts.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{900}'..='\u{97f}' | '\u{e00}'..='\u{e7f}')
}

fn is_licence_file(url: &str) -> bool {
    let last = url.split(['?', '#']).next().unwrap_or(url);
    let last = last.trim_end_matches('/').rsplit('/').next().unwrap_or("");
    let last = last.to_ascii_lowercase();
    ["licens", "licenc", "copying", "unlicense"]
        .iter()
        .any(|word| last.starts_with(word))
}

/// A file's name as it stands in a sentence: `LICENSE`, `LICENCE.txt`.
fn is_licence_word(word: &str) -> bool {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    ["LICENSE", "LICENCE", "COPYING", "UNLICENSE"]
        .iter()
        .any(|file| {
            word.strip_prefix(file)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '-', '_']))
        })
}

/// A badge's address in words: `License-MIT%20OR-blue` → `License MIT OR-blue`.
fn decode(url: &str) -> String {
    let mut out = String::with_capacity(url.len());
    let mut rest = url;
    while let Some(at) = rest.find(['%', '_']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let byte = rest
            .strip_prefix('%')
            .and_then(|hex| hex.get(..2))
            .and_then(|hex| u8::from_str_radix(hex, 16).ok())
            .filter(u8::is_ascii);
        if let Some(byte) = byte {
            out.push(char::from(byte));
            rest = &rest[3..];
        } else {
            out.push(if rest.starts_with('_') { ' ' } else { '%' });
            rest = &rest[1..];
        }
    }
    out.push_str(rest);
    // Shields writes a hyphen twice.
    out.replace("--", "\u{1}")
        .replace('-', " ")
        .replace('\u{1}', "-")
}
