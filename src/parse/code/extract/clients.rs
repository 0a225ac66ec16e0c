//! Clients whose base address is set in one place and whose paths stand in another:
//! interfaces of Retrofit, typed and named clients of .NET. The address is kept under the
//! client's name, for whoever makes requests by it.

use super::shared::CLIENT;
use super::{Extractor, Known};
use crate::facts::Language;
use crate::facts::code::{Call, CodeFacts, Part, Text};
use crate::facts::links;
use crate::parse::code::dialect::{self, Shape};
use crate::parse::code::syntax::Node;
use crate::parse::code::value::{Value, join};
use crate::parse::code::words::last_name;

/// Calls that give a client of .NET what tries again.
const HANDLERS: &[&str] = &[
    "AddPolicyHandler",
    "AddTransientHttpErrorPolicy",
    "HedgingHandler",
];

impl<'t> Extractor<'_, 't> {
    /// The requests that functions without a body stand for.
    pub fn declared(&self, facts: &mut CodeFacts) {
        for declared in &self.outline.declared {
            let function = &facts.functions[declared.function];
            let Some(owner) = &function.owner else {
                continue;
            };
            let call = Call {
                callee: declared.method.to_owned(),
                request: true,
                by_library: false,
                method: Some(declared.method.to_owned()),
                url: Some(declared.address(owner)),
                arguments: Vec::new(),
                span: self.source.span(declared.range.clone()),
                words: String::new(),
                block: function.block,
            };
            facts.calls.push(call);
        }
        facts.calls.sort_by_key(|call| call.span);
    }

    /// Base addresses of clients, under the clients' names.
    pub fn clients(&self, calls: &[Known<'t>], facts: &mut CodeFacts) {
        for known in calls {
            let found = match self.language {
                Language::Java | Language::Kotlin => self.interface(known, calls),
                Language::CSharp => self.registration(known),
                _ => return,
            };
            if let Some((name, base)) = found
                && facts.constants.len() < 500
            {
                facts.constants.push((name, bare(base)));
            }
        }
    }

    /// `retrofit.create(Api.class)`, and the address that the builder was given.
    fn interface(&self, known: &Known<'t>, calls: &[Known<'t>]) -> Option<(String, Text)> {
        if known.call.name() != "create" {
            return None;
        }
        let first = known.call.arguments.first().and_then(|given| given.value);
        let name = if let Some(node) = first {
            let words = dialect::words(node, self.outline.text);
            let words = words.strip_suffix(".java").unwrap_or(words);
            words
                .strip_suffix("::class")
                .or_else(|| words.strip_suffix(".class"))?
        } else {
            // `create<Api>()`
            let words = self.words(known.node.byte_range());
            let (_, rest) = words.rsplit_once("create<")?;
            rest.split_once('>')?.0
        };
        let name = last_name(name).trim();
        let chained = self.reader.given(known.node, &known.call, &[".baseUrl"]);
        let base = absolute(chained)
            .or_else(|| {
                let receiver = self.reader.bare(known.call.receiver?);
                self.base_of(receiver, self.reader.shape(receiver), &[".baseUrl"])
            })
            .or_else(|| self.only_base(calls))?;
        Some((name.to_owned(), base))
    }

    /// The one address that builders of this file are given.
    fn only_base(&self, calls: &[Known<'t>]) -> Option<Text> {
        let mut found = calls
            .iter()
            .filter(|known| known.call.name() == "baseUrl")
            .map(|known| absolute(self.reader.given(known.node, &known.call, &["#0"])));
        let first = found.next()??;
        found
            .all(|other| other.is_some_and(|other| other.shown() == first.shown()))
            .then_some(first)
    }

    /// `services.AddHttpClient<Client>(c => c.BaseAddress = …)` with nothing that tries
    /// again.
    fn registration(&self, known: &Known<'t>) -> Option<(String, Text)> {
        if !matches!(known.call.name(), "AddHttpClient" | "ConfigureHttpClient") {
            return None;
        }
        let base = absolute(self.reader.given(known.node, &known.call, &["BaseAddress"]))
            .or_else(|| self.option(known))?;
        let words = self.words(known.node.byte_range());
        let (_, rest) = words.split_once("AddHttpClient")?;
        let name = if let Some(rest) = rest.strip_prefix('<') {
            // The last one makes the requests, those before it are what it is known as.
            let types = rest.split_once(">(")?.0;
            last_name(types.rsplit(',').next()?).trim().to_owned()
        } else {
            let name = rest.trim_start_matches(['(', ' ']).split('"').nth(1)?;
            format!("{CLIENT}{name}")
        };
        let patient = |words: &str| {
            links::is_patient(words) || HANDLERS.iter().any(|handler| words.contains(handler))
        };
        let statement = statement(known.node);
        let whole = self.outline.text;
        let apart = statement.kind() != "expression_statement"
            || whole.contains("ConfigureHttpClientDefaults");
        let around = if apart {
            whole
        } else {
            self.words(statement.byte_range())
        };
        (!patient(around)).then_some((name, base))
    }

    /// The option of another file that a client's address is: `new Uri(options.BaseUrl)`.
    fn option(&self, known: &Known<'t>) -> Option<Text> {
        let given = self
            .reader
            .find(known.node, &known.call, "BaseAddress", 0)?;
        let text = self.reader.text(given)?;
        let named = matches!(text.parts.as_slice(), [Part::Name(name)] if name.contains('.'));
        named.then_some(text)
    }

    /// Puts the name of a registered client before a path that no address of this file
    /// belongs to.
    pub fn registered(&self, known: &Known<'t>, url: Text) -> Text {
        if self.language != Language::CSharp || !matches!(url.parts.first(), Some(Part::Literal(_)))
        {
            return url;
        }
        let Some(receiver) = known.call.receiver else {
            return url;
        };
        let Shape::Path(path) = self.reader.shape(self.reader.bare(receiver)) else {
            return url;
        };
        let named = self
            .outline
            .bound_or_field(&path)
            .find_map(|bound| self.named_client(self.reader.bare(bound.binding.value)));
        let function = self.outline.function_at(known.node.start_byte());
        let owner = self.outline.functions[function].owner.clone();
        match named.or(owner) {
            Some(name) => {
                let base = Text {
                    parts: vec![Part::Name(name)],
                    origin: None,
                    certain: true,
                };
                join(base, &url)
            }
            None => url,
        }
    }

    /// The name by which a client is asked for: `factory.CreateClient("Defender")`.
    fn named_client(&self, node: Node<'t>) -> Option<String> {
        let call = self.outline.dialect.invocation(node, self.outline.text)?;
        if call.name() != "CreateClient" {
            return None;
        }
        match self.reader.given(node, &call, &["#0"]) {
            Value::Text(text) => Some(format!("{CLIENT}{}", text.shown())),
            _ => None,
        }
    }
}

/// The statement around an expression.
fn statement(node: Node<'_>) -> Node<'_> {
    let mut at = node;
    while let Some(parent) = at.parent() {
        if parent.kind() == "block" || parent.kind().ends_with("declaration") {
            break;
        }
        at = parent;
        if at.kind().ends_with("statement") {
            break;
        }
    }
    at
}

/// A value that is an absolute address.
fn absolute(value: Value) -> Option<Text> {
    match value {
        Value::Text(text) => Some(text).filter(|text| text.host_and_path().is_some()),
        _ => None,
    }
}

/// An address without the slash that it ends with.
fn bare(mut text: Text) -> Text {
    if let Some(Part::Literal(last)) = text.parts.last_mut() {
        last.truncate(last.trim_end_matches('/').len());
    }
    text
}
