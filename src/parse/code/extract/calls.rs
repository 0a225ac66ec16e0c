//! Which calls are requests, and which may lead to one.

use std::borrow::Cow;

use foldhash::HashSet;

use super::shared::is_shared;
use super::{Extractor, Known};
use crate::facts::code::{Argument, BlockId, Call, Part};
use crate::parse::code::dialect::{Invocation, Shape};
use crate::parse::code::idiom::{self, Does};
use crate::parse::code::value::Value;
use crate::parse::code::words::{self, last_name};

impl<'t> Extractor<'_, 't> {
    /// A call as a fact; `None` for one that leads nowhere.
    pub fn call(&self, known: &Known<'t>, block: BlockId, own: &HashSet<String>) -> Option<Call> {
        let call = &known.call;
        let name = call.name();
        if known.decorates.is_some() || name.is_empty() {
            return None;
        }
        let library = match known.idiom.map(|idiom| idiom.does) {
            Some(Does::Request(from) | Does::Sends(from, _)) => Some(from),
            Some(Does::Repeat(..)) => Some(&["url"][..]),
            Some(Does::Address(_) | Does::Host(_) | Does::Site(..) | Does::Join(..)) => {
                return None;
            }
            _ => None,
        };
        // What is looked up by an address goes nowhere.
        if keeps_copies(&call.callee) {
            return None;
        }
        // A key of an answer, no path: `answer.get("@odata.nextLink")`.
        if idiom::verb(name).is_some() && self.asks_for_annotation(call) {
            return None;
        }
        // A setting is asked for by its name; `client.fetch(url, options)` is none.
        if let Some(Does::Default(_)) = known.idiom.map(|idiom| idiom.does)
            && call.arguments.len() > 1
            && !own.contains(name)
        {
            let asked = self.reader.given(known.node, call, &["#0"]);
            if !matches!(asked, Value::Text(text) if text.host_and_path().is_some()) {
                return None;
            }
        }
        // A method of this class, a function of this file.
        let own_callee = self.own_callee(known);
        let plain = own_callee.trim_start_matches('.') == name;
        // `new Fetch(url)` makes something.
        let makes = matches!(
            known.node.kind(),
            "object_creation_expression" | "new_expression"
        );
        let verb = idiom::verb(name).filter(|_| !(makes || plain && own.contains(name)));
        let everything = verb.is_some() || library.is_some() || own.contains(name);
        if !everything && is_plain(name)
            || matches!(self.reader.shape(known.node), Shape::Format(..))
        {
            return None;
        }
        let mut arguments = Vec::new();
        let mut position = 0;
        for given in &call.arguments {
            let Some(value) = given.value else { continue };
            let worth = everything
                || matches!(
                    self.reader.shape(value),
                    Shape::Text(_) | Shape::Number(_) | Shape::Format(..)
                )
                || self.outline.may_be_address(self.words(value.byte_range()));
            let value = if worth {
                self.reader.read(value)
            } else {
                Value::Unknown
            };
            let is_time = matches!(value, Value::Seconds(_));
            let items = matches!(value, Value::Items(_));
            let (text, number) = match value {
                Value::Text(text) | Value::Items(text) => (Some(text), None),
                Value::Number(amount) | Value::Seconds(amount) => (None, Some(amount)),
                Value::Unknown => (None, None),
            };
            if text.is_some() || number.is_some() {
                arguments.push(Argument {
                    name: given.name.clone(),
                    position,
                    text,
                    number,
                    is_time,
                    items,
                });
            }
            if given.name.is_none() {
                position += 1;
            }
        }
        let url = match library {
            Some(from) => match self.reader.given(known.node, call, from) {
                Value::Text(text) => Some(text),
                _ => self.address(known, &arguments, everything),
            },
            None => self.address(known, &arguments, everything),
        };
        let url = self.based(known, url, verb.is_some() || library.is_some());
        let absolute = url
            .as_ref()
            .is_some_and(|url| url.host_and_path().is_some());
        let open = url.as_ref().is_some_and(|url| {
            matches!(
                url.parts.first(),
                Some(Part::Parameter(_) | Part::Name(_) | Part::Kept(_))
            )
        });
        let shared = || url.as_ref().is_some_and(is_shared) || self.is_client(call);
        let request = library.is_some() || verb.is_some() && (absolute || open && shared());
        let method = verb
            .filter(|method| !method.is_empty())
            .map(str::to_owned)
            .or_else(|| url.as_ref().and_then(|_| self.method(known)));
        let callee = if self.outline.dialect.ignores_case() {
            self.words(call.callee_range.clone()).to_owned()
        } else {
            own_callee.into_owned()
        };
        let span = self.span(known);
        let numbers = arguments.iter().any(|argument| argument.number.is_some());
        Some(Call {
            callee,
            request,
            by_library: false,
            method: if request || absolute { method } else { None },
            url: url.filter(|_| request || absolute),
            arguments,
            span,
            words: if numbers {
                self.short(span)
            } else {
                String::new()
            },
            block,
        })
    }
}

impl Extractor<'_, '_> {
    /// A callee, with nothing for the method's own value: `c.Get` in a method of `c`.
    fn own_callee<'k>(&self, known: &'k Known<'_>) -> Cow<'k, str> {
        let callee = &known.call.callee;
        let function = self.outline.function_at(known.node.start_byte());
        let own = self.outline.functions[function]
            .signature
            .receiver
            .as_deref();
        match (own, callee.split_once('.')) {
            (Some(own), Some((first, rest))) if own == first => Cow::Owned(format!(".{rest}")),
            _ => self
                .function_behind(callee, known.node.start_byte())
                .map_or(Cow::Borrowed(callee), Cow::Owned),
        }
    }

    /// The function of this file that a name is made of: `const later = debounce(search)`,
    /// `this.later = throttle(this.search)`.
    fn function_behind(&self, callee: &str, at: usize) -> Option<String> {
        let name = callee.trim_start_matches('.');
        if name.is_empty() || name.contains('.') || self.outline.named(name).next().is_some() {
            return None;
        }
        let bound = self.outline.bound_or_field(name).next_back()?;
        let call = self
            .outline
            .dialect
            .invocation(self.reader.bare(bound.binding.value), self.outline.text)
            .filter(|call| words::is_wrapper(&call.callee) && bound.at != at)?;
        match self.reader.shape(call.arguments.first()?.value?) {
            Shape::Path(path) => {
                let own = self.outline.named(last_name(&path)).next().is_some();
                let first = path.split('.').next().unwrap_or_default();
                (own || self.outline.is_imported(first)).then_some(path)
            }
            _ => None,
        }
    }
}

impl<'t> Extractor<'_, 't> {
    /// Whether the first argument of a call is a name that begins with `@`.
    fn asks_for_annotation(&self, call: &Invocation<'t>) -> bool {
        let first = call.arguments.first().and_then(|given| given.value);
        first.is_some_and(|key| {
            let words = self.words(key.byte_range());
            words.trim_start_matches(['"', '\'', '`']).starts_with('@')
                && words.starts_with(['"', '\'', '`'])
        })
    }
}

/// An HTTP method by its name.
pub fn http_method(words: &str) -> Option<String> {
    let upper = words.to_ascii_uppercase();
    ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"]
        .contains(&upper.as_str())
        .then_some(upper)
}

impl Extractor<'_, '_> {
    /// Whether a call with an address that is not known is plainly one of an HTTP client: by
    /// the client's name, or by how it was made.
    fn is_client(&self, call: &Invocation<'_>) -> bool {
        let lower = call.callee.to_ascii_lowercase();
        let receiver = lower.rsplit_once('.').map_or("", |(receiver, _)| receiver);
        CLIENTS.iter().any(|word| receiver.contains(word))
            || matches!(lower.as_str(), "fetch" | "axios" | "urlopen" | "got")
            || self.is_made_client(call)
    }

    /// `HttpClient h = new();` (csharp-client-by-its-type.cs).
    fn is_made_client(&self, call: &Invocation<'_>) -> bool {
        /// Longest words in which a type is looked for.
        const MOST: usize = 200;
        let Some((receiver, _)) = call.callee.rsplit_once('.') else {
            return false;
        };
        let mut made = self.outline.bound_or_field(last_name(receiver));
        made.next_back().is_some_and(|bound| {
            let value = bound.binding.value.byte_range();
            let text = self.outline.text;
            let line = memchr::memrchr(b'\n', &text.as_bytes()[..value.start]);
            // The declared type stands before the name, on its line.
            let start = line.map_or(0, |at| at + 1);
            let words = text.get(start..value.end).unwrap_or_default();
            let words = words.to_ascii_lowercase();
            words.len() <= MOST && TYPES.iter().any(|word| words.contains(word))
        })
    }
}

/// Words in the names of clients: of those that nobody made in this file there is no more
/// to go by.
const CLIENTS: &[&str] = &[
    "http", "session", "client", "request", "axios", "fetch", "api", "got", "rest",
];
/// Words in the types of clients, and in the functions that make them; fewer, since any
/// class may be an “api” (csharp-client-by-its-type.cs, java-client-by-its-type.java).
const TYPES: &[&str] = &["http", "session", "restclient", "axios", "webclient"];

/// Whether a method is called on a store of what was fetched before.
fn keeps_copies(callee: &str) -> bool {
    let Some((receiver, _)) = callee.rsplit_once('.') else {
        return false;
    };
    let last = last_name(receiver);
    let last = last.trim_end_matches("()").as_bytes();
    ["cache", "redis"].iter().any(|word| {
        let end = last.len().saturating_sub(word.len());
        last[end..].eq_ignore_ascii_case(word.as_bytes())
    })
}

/// Names of everyday calls that lead to no request.
fn is_plain(name: &str) -> bool {
    const PLAIN: &[&str] = &[
        "append",
        "push",
        "len",
        "print",
        "join",
        "split",
        "strip",
        "str",
        "int",
        "format",
        "items",
        "keys",
        "values",
        "log",
        "info",
        "debug",
        "warn",
        "error",
        "json",
        "dumps",
        "loads",
        "parse",
        "stringify",
        "map",
        "filter",
        "tostring",
        "to_string",
        "add",
        "range",
        "isinstance",
        "replace",
        "lower",
        "upper",
        "startswith",
        "endswith",
        "includes",
        "write",
        "println",
        "printf",
        "unwrap",
        "clone",
        "into",
        "ok",
        "contains",
        "trim",
        "exit",
        "extend",
        "write-host",
        "write-output",
        "write-verbose",
        "out-file",
        "convertto-json",
        "convertfrom-json",
        "where-object",
        "select-object",
        "write-error",
        "write-warning",
        "raise_for_status",
        "echo",
        "jq",
        "decode",
        "encode",
        "open",
        "close",
        "read",
    ];
    PLAIN.iter().any(|plain| plain.eq_ignore_ascii_case(name))
}
