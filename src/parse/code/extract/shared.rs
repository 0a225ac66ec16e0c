//! Clients that one file makes and others send their requests by: the address that a client
//! was made with is kept under its name.

use super::{Extractor, Known};
use crate::facts::Language;
use crate::facts::code::{CodeFacts, Part, Text};
use crate::facts::links;
use crate::parse::code::dialect::{self, Shape};
use crate::parse::code::idiom::{self, From};
use crate::parse::code::syntax::Node;
use crate::parse::code::value::{Value, join};
use crate::parse::code::words::last_name;

/// What the names of clients begin with among constants, which no other name does.
pub(super) const CLIENT: &str = "client ";
/// What the client goes by that a file hands on as a whole.
const WHOLE: &str = "whole ";
/// Most constants of a file.
const MAX_CONSTANTS: usize = 500;
/// Longest call that is looked at.
const MAX_WORDS: usize = 600;
/// Options by which a client is told its address, and the first argument of those that
/// are made of nothing else.
const BASES: From = &[
    "baseURL",
    "baseUrl",
    "base_url",
    "BaseAddress",
    "prefixUrl",
    "base_uri",
    "baseUri",
    "url",
    "#0",
];
/// Words of what makes a client.
const MAKERS: &[&str] = &[
    "http", "session", "client", "axios", "rest", "faraday", "ky", "got",
];

impl<'t> Extractor<'_, 't> {
    /// Notes the clients that other files may send requests by.
    pub fn shared_clients(&self, facts: &mut CodeFacts) {
        if self.language == Language::PowerShell {
            return;
        }
        let mut found: Vec<(String, Text)> = Vec::new();
        for bound in &self.outline.bindings {
            if bound.function != 0 && !bound.binding.field {
                continue;
            }
            if let Some(base) = self.client_base(bound.binding.value) {
                let name = last_name(&bound.binding.target);
                if name == "exports" {
                    found.extend(self.whole_names().map(|name| (name, base.clone())));
                }
                found.push((format!("{CLIENT}{name}"), base));
            }
        }
        for (index, function) in self.outline.functions.iter().enumerate().skip(1) {
            let mut returned = self.outline.returned_by(index);
            if let Some(base) = returned.find_map(|value| self.client_base(value)) {
                found.push((format!("{CLIENT}{}", function.signature.name), base));
            }
        }
        if let Some(export) = self.outline.dialect.default_export(self.root)
            && let Some(value) = dialect::field(export, "value")
            && let Some(base) = self.client_base(self.reader.behind(value))
        {
            found.extend(self.whole_names().map(|name| (name, base.clone())));
        }
        let room = MAX_CONSTANTS.saturating_sub(facts.constants.len());
        facts.constants.extend(found.into_iter().take(room));
    }

    /// Notes which class a variable or a field is made of: `_places = Places()`,
    /// `client = new DefenderClient(key)`.
    pub(super) fn classes_made(&self, facts: &mut CodeFacts) {
        for bound in &self.outline.bindings {
            if facts.made_of.len() >= MAX_CONSTANTS {
                return;
            }
            let value = self.reader.bare(bound.binding.value);
            let Some(call) = self.outline.dialect.invocation(value, self.outline.text) else {
                continue;
            };
            // `Places()`, `new Places()`, `Places.new`, `Places::new()`.
            let callee = call.callee.trim_end_matches("()");
            let class = ["::new", ".new", ".getInstance", ".create"]
                .iter()
                .find_map(|end| callee.strip_suffix(end))
                .unwrap_or(callee);
            let class = class.rsplit(['.', ':']).next().unwrap_or(class);
            let class = class.split('<').next().unwrap_or(class).trim();
            if class.starts_with(char::is_uppercase) {
                let name = last_name(&bound.binding.target).to_owned();
                facts.made_of.push((name, class.to_owned()));
            }
        }
    }

    /// The names by which other files take this one as a whole.
    fn whole_names(&self) -> impl Iterator<Item = String> {
        let stems = links::file_stems(&self.source.path).into_iter();
        stems.map(|stem| format!("{CLIENT}{WHOLE}{stem}"))
    }

    /// The address that the client was made with which a value is.
    fn client_base(&self, value: Node<'t>) -> Option<Text> {
        let made = self.reader.bare(value);
        let words = dialect::words(made, self.outline.text);
        if words.len() > MAX_WORDS || !self.outline.may_be_address(words) {
            return None;
        }
        let (Shape::Call | Shape::Pairs(_)) = self.reader.shape(made) else {
            // `@connection ||= Faraday.new(…)`.
            return None;
        };
        let call = self.outline.dialect.invocation(made, self.outline.text)?;
        let lower = call.callee.to_ascii_lowercase();
        let makes = MAKERS.iter().any(|word| lower.contains(word));
        if !makes || idiom::verb(call.name()).is_some() {
            return None;
        }
        match self.reader.given(made, &call, BASES) {
            Value::Text(text) if text.host_and_path().is_some() => Some(text),
            _ => None,
        }
    }

    /// Puts the address before a path that the client was made with of another file on
    /// which a request is called.
    pub(super) fn based_elsewhere(&self, known: &Known<'t>, url: &Text) -> Option<Text> {
        let relative = match url.parts.first()? {
            Part::Literal(words) => !words.contains("://"),
            _ => false,
        };
        let receiver = self.reader.bare(known.call.receiver.filter(|_| relative)?);
        let name = match self.reader.shape(receiver) {
            Shape::Path(path) => {
                let mut made = self.outline.bound_or_field(&path);
                match made.next_back() {
                    // `const client = createClient()`.
                    Some(bound) => self.made_elsewhere(self.reader.bare(bound.binding.value))?,
                    None => self.client_name(&path)?,
                }
            }
            Shape::Call => self.made_elsewhere(receiver)?,
            _ => return None,
        };
        let base = Text {
            parts: vec![Part::Name(name)],
            origin: None,
            certain: false,
        };
        Some(join(base, url))
    }

    /// The name of the function of another file that makes a client.
    fn made_elsewhere(&self, node: Node<'t>) -> Option<String> {
        let call = self.outline.dialect.invocation(node, self.outline.text)?;
        let own = self.outline.named(call.name()).next().is_some();
        if own || idiom::verb(call.name()).is_some() {
            return None;
        }
        self.client_name(&call.callee)
    }

    /// The name of a client that stands in another file.
    fn client_name(&self, path: &str) -> Option<String> {
        let first = path.split(['.', '(']).next().unwrap_or(path);
        let Some(import) = self.outline.import_of(first) else {
            // What a language knows without an import, by the module that holds it.
            let holder = path.contains('.') && first.starts_with(char::is_uppercase);
            let open = self.language == Language::Ruby && holder;
            return open.then(|| format!("{CLIENT}{}", last_name(path)));
        };
        let whole = matches!(import.name.as_str(), "" | "default") && !path.contains('.');
        Some(if whole {
            format!("{CLIENT}{WHOLE}{}", links::module_stem(&import.module))
        } else if path.contains('.') {
            format!("{CLIENT}{}", last_name(path))
        } else {
            format!("{CLIENT}{}", import.name)
        })
    }
}

/// Whether an address begins with that of a client of another file.
pub(super) fn is_shared(url: &Text) -> bool {
    matches!(url.parts.first(), Some(Part::Name(name)) if name.starts_with(CLIENT))
}
