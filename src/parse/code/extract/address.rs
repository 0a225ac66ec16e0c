//! The address and the method of a request.

use super::calls::http_method;
use super::{Extractor, Known};
use crate::facts::code::{Argument, CodeFacts, Part, Text};
use crate::facts::links;
use crate::parse::code::dialect::{self, Shape};
use crate::parse::code::idiom::{self, Does, From};
use crate::parse::code::syntax::Node;
use crate::parse::code::value::{Value, join};
use crate::parse::code::words::{self, last_name};

/// Arguments and options that are the base address of a client, whatever they hold.
const NAMED_BASES: &[&str] = &[
    "baseURL",
    "baseUrl",
    "base_url",
    "BaseAddress",
    "prefixUrl",
    "base_uri",
    "baseUri",
];

/// Fields of a client that are its base address, for those that are set after it is made.
const SET_BASES: &[&str] = &[
    "BaseAddress",
    "base_url",
    "baseURL",
    // Dio and axios (openstreetmap--unbounded-loop/bad/options-of-a-client.dart).
    "options.baseUrl",
    "defaults.baseURL",
];

impl<'t> Extractor<'_, 't> {
    /// The address among the arguments of a call.
    pub fn address(&self, known: &Known<'t>, arguments: &[Argument], client: bool) -> Option<Text> {
        const NAMES: &[&str] = &["url", "uri", "endpoint", "requesturi", "input", "baseuri"];
        let is_named = |argument: &&Argument| {
            !argument.items
                && argument
                    .name
                    .as_deref()
                    .is_some_and(|name| NAMES.contains(&name.to_ascii_lowercase().as_str()))
        };
        let named = arguments.iter().find(is_named);
        if let Some(text) = named.and_then(|argument| argument.text.clone()) {
            return Some(text);
        }
        // `config.get("url", "https://…")` asks for no page.
        let most = match idiom::verb(known.call.name()) {
            Some("") | None => u16::MAX,
            Some(_) => 1,
        };
        let absolute = arguments
            .iter()
            .filter(|argument| {
                argument.name.is_none() && argument.position < most && !argument.items
            })
            .filter_map(|argument| argument.text.as_ref())
            .find(|text| text.host_and_path().is_some())
            .cloned();
        if absolute.is_some() || !client {
            return absolute;
        }
        let keys: From = if self.reader.is_keyed(&known.call) {
            &["url", "uri", "Uri", "URL", "path"]
        } else {
            &[]
        };
        if let Some(text) = self.host_and_path(known, !keys.is_empty()) {
            return Some(text);
        }
        for key in keys {
            if let Value::Text(text) = self.reader.given(known.node, &known.call, &[*key]) {
                return Some(text);
            }
        }
        // `request(method, url)`: the first argument that is no method.
        arguments
            .iter()
            .filter(|argument| {
                argument.name.is_none() && argument.position < most.min(3) && !argument.items
            })
            .filter_map(|argument| argument.text.as_ref())
            .find(|text| http_method(&text.shown()).is_none())
            .cloned()
    }

    /// The address in parts: `https.request({ hostname, path })`.
    fn host_and_path(&self, known: &Known<'t>, keyed: bool) -> Option<Text> {
        if !keyed {
            return None;
        }
        let part = |key: &str| match self.reader.given(known.node, &known.call, &[key]) {
            Value::Text(text) => Some(text),
            _ => None,
        };
        let host = part("hostname").or_else(|| part("host"))?;
        let bare = matches!(host.parts.first(), Some(Part::Literal(_)))
            && links::is_host(host.shown().split(':').next().unwrap_or_default());
        let path = part("path")?;
        bare.then(|| {
            let mut whole = Text {
                parts: vec![Part::Literal("https://".to_owned())],
                origin: host.origin,
                certain: true,
            };
            whole.append(&host);
            join(whole, &path)
        })
    }

    /// Puts the address that a client was made with before a relative path.
    pub fn based(&self, known: &Known<'t>, url: Option<Text>, client: bool) -> Option<Text> {
        const BASES: &[&str] = &[
            "baseURL",
            "baseUrl",
            "base_url",
            "BaseAddress",
            "prefixUrl",
            "base_uri",
            "baseUri",
            "BaseURL",
            "url",
            "#0",
        ];
        let url = url?;
        if !client || url.host_and_path().is_some() {
            return Some(url);
        }
        let receiver = known.call.receiver.map(|node| self.reader.bare(node));
        let path = receiver.map(|receiver| self.reader.shape(receiver));
        let own = match &path {
            None => true,
            Some(Shape::Path(path)) => path.is_empty(),
            _ => false,
        };
        // Locust's users have a client each, for the host of their class.
        if let Some(Shape::Path(path)) = &path
            && path == ".client"
            && let Some(host) = self.user_host(known.node)
        {
            return Some(join(host, &url));
        }
        if own
            && let Some(bound) = self.outline.bound(".base_uri").next_back()
            && let Some(text) = self.reader.text(bound.binding.value)
            && text.host_and_path().is_some()
        {
            return Some(join(text, &url));
        }
        let Some(receiver) = receiver else {
            return Some(url);
        };
        let chained = self.reader.given(receiver, &known.call, &[".baseUrl"]);
        let based = Some(chained)
            .and_then(address)
            .or_else(|| self.base_of(receiver, path?, BASES));
        Some(match based {
            Some(base) => join(base, &url),
            None => match self.based_elsewhere(known, &url) {
                Some(based) => based,
                None => self.registered(known, url),
            },
        })
    }

    /// The address that the client was made with on which a request is called.
    pub fn base_of(&self, client: Node<'t>, shape: Shape<'t>, from: From) -> Option<Text> {
        let made: Vec<Node<'t>> = match shape {
            Shape::Path(path) => {
                for base in SET_BASES {
                    let bound = self.outline.bound(&format!("{path}.{base}")).next_back();
                    let text = bound.and_then(|bound| self.reader.text(bound.binding.value));
                    if let Some(text) = text.filter(|text| text.host_and_path().is_some()) {
                        return Some(text);
                    }
                }
                let bound = self.outline.bound_or_field(&path);
                let returned = if self.outline.dialect.calls_without_marks() {
                    self.returned_by(&path)
                } else {
                    Vec::new()
                };
                let made: Vec<Node<'t>> = bound
                    .map(|bound| bound.binding.value)
                    .chain(returned)
                    .collect();
                // A parameter of a closure that a client is handed to.
                if made.is_empty() && self.outline.is_closure_name(&path) {
                    return address(self.reader.read(client));
                }
                made
            }
            Shape::Call => {
                let call = self.outline.dialect.invocation(client, self.outline.text)?;
                self.returned_by(&call.callee)
            }
            _ => return None,
        };
        let made: Vec<Node<'t>> = made
            .into_iter()
            .map(|made| self.reader.bare(made))
            .filter(|made| !self.is_answer(*made))
            .collect();
        let named = made.clone();
        let known = made.into_iter().find_map(|made| {
            let whole = self.reader.text(made).map(Value::Text).and_then(address);
            whole.or_else(|| {
                let call = self.outline.dialect.invocation(made, self.outline.text)?;
                address(self.reader.given(made, &call, from))
                    .or_else(|| address(self.reader.given(made, &call, &[".baseUrl"])))
            })
        });
        // The setting of another file.
        known.or_else(|| {
            named.into_iter().find_map(|made| {
                let call = self.outline.dialect.invocation(made, self.outline.text)?;
                NAMED_BASES.iter().find_map(|key| {
                    let given = self.reader.find(made, &call, key, 0)?;
                    let text = self.reader.text(given)?;
                    matches!(text.parts.first(), Some(Part::Name(_))).then_some(text)
                })
            })
        })
    }

    /// Whether a value is what a request brought, not what sends them: of one that is sent
    /// here, or of a function of this file that returns an answer
    /// (unbounded-loop/bad/python-next-page-of-a-function.py).
    fn is_answer(&self, made: Node<'t>) -> bool {
        let Some(call) = self.outline.dialect.invocation(made, self.outline.text) else {
            return false;
        };
        let plain = call.receiver.is_none_or(|own| {
            matches!(self.reader.shape(self.reader.bare(own)), Shape::Path(path) if path.is_empty())
        });
        self.is_asked(made)
            || plain
                && self
                    .returned_by(call.name())
                    .into_iter()
                    .any(|returned| self.is_asked(self.reader.bare(returned)))
    }

    /// Whether an expression is a request, or what is asked of its answer: `get(url).json()`.
    fn is_asked(&self, mut node: Node<'t>) -> bool {
        const DEEPEST: usize = 4;
        for _ in 0..DEEPEST {
            let (Some(call), known) = self.reader.idiom(node) else {
                return false;
            };
            if matches!(known.map(|idiom| idiom.does), Some(Does::Request(_))) {
                return true;
            }
            let Some(receiver) = call.receiver else {
                return false;
            };
            node = self.reader.bare(receiver);
        }
        false
    }

    /// What the function of a name in this file returns.
    fn returned_by(&self, path: &str) -> Vec<Node<'t>> {
        let name = path.strip_prefix('.').unwrap_or(path);
        let Some(function) = self.outline.named(name).next() else {
            return Vec::new();
        };
        self.outline.returned_by(function).collect()
    }

    /// The HTTP method that an argument names.
    pub fn method(&self, known: &Known<'t>) -> Option<String> {
        let keys: From = if self.reader.is_keyed(&known.call) {
            &["method", "Method", "-X"]
        } else {
            &[]
        };
        for key in keys {
            if let Value::Text(text) = self.reader.given(known.node, &known.call, &[key])
                && let Some(method) = http_method(&text.shown())
            {
                return Some(method);
            }
            // `method = HttpMethod.Post`.
            let named = self.reader.find(known.node, &known.call, key, 0);
            let words = named.map_or("", |node| dialect::words(node, self.outline.text));
            if let Some(method) = http_method(last_name(words)) {
                return Some(method);
            }
        }
        known.call.arguments.iter().take(3).find_map(|given| {
            let words = dialect::words(given.value?, self.outline.text);
            let last = words.rsplit(['.', ':']).next()?;
            http_method(last.trim_matches(['"', '\'']))
        })
    }

    /// Names that stand for an address or the path of one, for files that import them.
    pub fn constants(&self, facts: &mut CodeFacts) {
        for bound in &self.outline.bindings {
            if bound.function != 0 && !bound.binding.field || bound.binding.augmented {
                continue;
            }
            let words = dialect::words(bound.binding.value, self.outline.text);
            if words.len() > 400
                || facts.constants.len() >= 500
                || !self.outline.may_be_address(words) && !is_path(words)
            {
                continue;
            }
            if let Some(text) = self.reader.text(bound.binding.value)
                && (text.host_and_path().is_some() || text.shown().starts_with('/'))
            {
                facts.constants.push((bound.binding.target.clone(), text));
            }
        }
        self.returned_addresses(facts);
    }

    /// Functions that make an address, for files that call them.
    fn returned_addresses(&self, facts: &mut CodeFacts) {
        for (index, function) in self.outline.functions.iter().enumerate().skip(1) {
            let name = &function.signature.name;
            if facts.constants.len() >= 500 || !words::makes_address(name) {
                continue;
            }
            let text = self
                .outline
                .returned_by(index)
                .filter_map(|value| self.reader.text(value))
                .find(|text| text.host_and_path().is_some());
            if let Some(mut text) = text {
                // What it is called with is not known there.
                for part in &mut text.parts {
                    if matches!(part, Part::Parameter(_)) {
                        *part = Part::Hole;
                    }
                }
                facts.constants.push((format!("{name}()"), text));
            }
        }
    }
}

/// A text literal that is the path of an address.
fn is_path(words: &str) -> bool {
    let inner = words.trim_start_matches(['"', '\'', '`', '@', '$']);
    inner.len() < words.len()
        && inner.len() > 4
        && inner.starts_with('/')
        && !inner.starts_with("//")
        && !inner.contains(char::is_whitespace)
}

/// A value that is an absolute address.
fn address(value: Value) -> Option<Text> {
    match value {
        Value::Text(text) => Some(text).filter(|text| text.host_and_path().is_some()),
        _ => None,
    }
}
