//! Requests that a library sends for its caller: methods of its clients, functions of
//! its own, and names that stand for either.

use super::arrange::{Arguments, HandedOver};
use super::{Extractor, Known, Places};
use crate::facts::code::{
    Amount, Argument, Backoff, BackoffKind, BlockId, Call, CodeFacts, Part, Retries, Sleep, Text,
};
use crate::facts::links;
use crate::parse::code::dialect::Shape;
use crate::parse::code::idiom::{self, Does};
use crate::parse::code::library::{Ask, Service};
use crate::parse::code::syntax::Node;
use crate::parse::code::value::{Value, join};
use crate::parse::code::words::last_name;
use crate::source::Span;

/// Most names and wrappers between a function and the method that it stands for.
const MAX_STEPS: u8 = 6;

/// Most calls of a chain that are gone through for its HTTP method.
const MAX_CHAINED: usize = 20;
/// The HTTP method of a client's method that others of its chain name.
const ANY: &str = "*";

/// A request that a library sends.
pub struct Asked {
    url: Text,
    method: Option<String>,
    service: &'static Service,
}

impl Asked {
    /// Notes a request of a library, and what it waits before it by itself.
    pub fn note(self, callee: String, span: Span, block: BlockId, facts: &mut CodeFacts) {
        if let Some(seconds) = self.service.pause {
            let seconds = Amount::fixed(seconds);
            facts
                .sleeps
                .push(Sleep::plain(seconds, span, String::new(), block));
        }
        if let Some(tries) = self.service.retries {
            let retries = BackoffKind::Retries(Retries {
                library: self.service.library,
                attempts: tries.times,
                throttling: true,
                retry_after: true,
                idempotent_only: false,
            });
            facts.backoffs.push(Backoff::new(retries, span, block));
        }
        facts.calls.push(Call {
            callee,
            request: true,
            by_library: true,
            method: self.method,
            url: Some(self.url),
            arguments: Vec::<Argument>::new(),
            span,
            words: String::new(),
            block,
        });
    }

    fn new(service: &'static Service, ask: &Ask, base: Text) -> Self {
        let path = Text {
            parts: vec![Part::Literal(ask.path.to_owned())],
            origin: None,
            certain: true,
        };
        Self {
            url: join(base, &path),
            method: Some(ask.method.to_owned()).filter(|method| !method.is_empty()),
            service,
        }
    }

    /// The same for a method that is handed the path: `client.get("/security/alerts")`.
    fn handed(service: &'static Service, ask: &Ask, base: Text, path: Option<Text>) -> Self {
        let path = path.unwrap_or_else(|| Text {
            parts: vec![Part::Hole],
            origin: None,
            certain: false,
        });
        Self {
            url: join(base, &path),
            ..Self::new(service, ask, Text::default())
        }
    }
}

impl<'t> Extractor<'_, 't> {
    /// The request that a call of a library's method or function sends.
    pub fn asked(&self, known: &Known<'t>) -> Option<Asked> {
        if let Some(idiom) = known.idiom {
            let Does::Asks(service) = idiom.does else {
                return None;
            };
            let base = self
                .reader
                .asked_address(service, known.node, &known.call)?;
            return Some(Asked::new(service, service.requests.first()?, base));
        }
        if known.decorates.is_some() {
            return None;
        }
        if let Some(receiver) = known.call.receiver {
            let asked = self.method_of(
                known.call.name(),
                Some(known),
                || self.reader.behind(receiver),
                || self.reader.text(receiver),
            );
            if asked.is_some() {
                return asked;
            }
        }
        let at = known.node.start_byte();
        self.outline
            .has_services()
            .then(|| self.latest(&known.call.callee, at))
            .flatten()
            .and_then(|value| self.asked_by(value, 0))
    }

    /// The request that a function sends which stands as a value.
    pub fn asked_by(&self, node: Node<'t>, steps: u8) -> Option<Asked> {
        if steps > MAX_STEPS {
            return None;
        }
        let node = self.reader.bare(node);
        match self.reader.shape(node) {
            Shape::Path(path) => {
                let at = node.start_byte();
                if let Some(idiom) = self.outline.idiom(&path)
                    && let Does::Asks(service) = idiom.does
                {
                    let chosen = service.only.as_ref().is_none_or(|only| only.default);
                    let base = Text {
                        parts: vec![Part::Literal(service.address.to_owned())],
                        origin: None,
                        certain: true,
                    };
                    let ask = service.requests.first().filter(|_| chosen)?;
                    return Some(Asked::new(service, ask, base));
                }
                if let Some((receiver, name)) = path.rsplit_once('.')
                    && !receiver.is_empty()
                    && let Some(asked) = self.method_of(
                        name,
                        None,
                        || {
                            self.latest(receiver, at)
                                .map_or(node, |n| self.reader.behind(n))
                        },
                        || self.reader.text_of(receiver, at),
                    )
                {
                    return Some(asked);
                }
                self.asked_by(self.latest(&path, at)?, steps + 1)
            }
            Shape::Call => {
                let inner = self.wrapped(node)?;
                self.asked_by(inner, steps + 1)
            }
            _ => None,
        }
    }

    /// The function that a call makes another one of: `partial(f, x)`.
    pub fn wrapped(&self, node: Node<'t>) -> Option<Node<'t>> {
        let (call, idiom) = self.reader.idiom(node);
        let (Does::Function(from) | Does::Limited(_, from)) = idiom?.does else {
            return None;
        };
        let call = call?;
        from.iter()
            .find_map(|spec| self.reader.find(node, &call, spec, 0))
    }

    /// What a method of this name asks for, its client being one of a library's.
    fn method_of(
        &self,
        name: &str,
        known: Option<&Known<'t>>,
        made: impl Fn() -> Node<'t>,
        text: impl Fn() -> Option<Text>,
    ) -> Option<Asked> {
        let services = self.outline.services().with(name);
        if services.is_empty() {
            return None;
        }
        if let (Some(_), Some(idiom)) = self.reader.idiom(made())
            && let Does::Client(own) = idiom.does
        {
            // Not the text of the name: another value of it may be one that is no client.
            let ask = own.request(name)?;
            let base = self.reader.text(made())?;
            return Some(self.asks(own, ask, base, known));
        }
        // A client that comes from elsewhere is known by a method that little else has.
        let base = text().filter(|_| !links::is_everyday(name))?;
        let open = matches!(
            base.parts.first(),
            Some(Part::Parameter(_) | Part::Name(_) | Part::Kept(_))
        );
        let service = services.first()?;
        let is_service = services
            .iter()
            .any(|service| base.shown() == service.address);
        let ask = service.request(name)?;
        // A method that is handed any path is one of this library where that is named.
        let named = ask.method != ANY || self.outline.has_services();
        (named && (is_service || open && base.parts.len() == 1))
            .then(|| self.asks(service, ask, base, known))
    }

    /// What a method asks for: the path may be handed to it, and the HTTP method may stand
    /// behind it, `client.api(path).post(body)`.
    fn asks(
        &self,
        service: &'static Service,
        ask: &Ask,
        base: Text,
        known: Option<&Known<'t>>,
    ) -> Asked {
        let Some(known) = known.filter(|_| ask.path.starts_with('#')) else {
            return Asked::new(service, ask, base);
        };
        let path = match self.reader.given(known.node, &known.call, &[ask.path]) {
            Value::Text(text) => Some(text),
            _ => None,
        };
        let mut asked = Asked::handed(service, ask, base, path);
        if ask.method == ANY {
            asked.method = self.verb_behind(known.node);
        }
        asked
    }

    /// The HTTP method that the chain of calls on a call ends with.
    fn verb_behind(&self, node: Node<'t>) -> Option<String> {
        let mut up = node.parent();
        for _ in 0..MAX_CHAINED {
            let parent = up?;
            if let Some(call) = self.outline.dialect.invocation(parent, self.outline.text)
                && call
                    .receiver
                    .is_some_and(|on| on.start_byte() <= node.start_byte())
                && let Some(method) = idiom::verb(call.name()).filter(|method| !method.is_empty())
            {
                return Some(method.to_owned());
            }
            up = parent.parent();
        }
        None
    }

    /// What a name was given last before it is used at a byte.
    fn latest(&self, path: &str, at: usize) -> Option<Node<'t>> {
        let field = format!(".{}", path.rsplit('.').next().unwrap_or(path));
        let bound = self.outline.latest_bound(path, at).or_else(|| {
            let dotted = path.contains('.');
            let mut fields = self.outline.bound(&field);
            fields.next().filter(|_| dotted && fields.next().is_none())
        })?;
        let value = bound.binding.value;
        (!value.byte_range().contains(&at)).then_some(value)
    }

    /// Notes the call of a function that is handed over.
    pub fn handed(&self, handed: &HandedOver<'t>, places: &Places, facts: &mut CodeFacts) {
        let span = self.source.span(handed.range.clone());
        let block = places.at(handed.range.start);
        if let Some(asked) = self.asked_by(handed.node, 0) {
            asked.note(handed.name.clone(), span, block, facts);
            return;
        }
        let value = |value: Value| match value {
            Value::Text(text) | Value::Items(text) => (Some(text), None),
            Value::Number(amount) | Value::Seconds(amount) => (None, Some(amount)),
            Value::Unknown => (None, None),
        };
        let values: Vec<Value> = match &handed.given {
            Arguments::Items(over) => vec![self.reader.item_of(*over)],
            Arguments::Values(nodes) => nodes.iter().map(|node| self.reader.read(*node)).collect(),
            Arguments::Unknown => Vec::new(),
        };
        let arguments = values.into_iter().enumerate().map(|(position, given)| {
            let is_time = matches!(given, Value::Seconds(_));
            let items = matches!(given, Value::Items(_));
            let (text, number) = value(given);
            Argument {
                name: None,
                position: position as u16,
                text,
                number,
                is_time,
                items,
            }
        });
        let arguments: Vec<Argument> = arguments.collect();
        // `executor.map(requests.get, urls)`.
        let sends = matches!(
            self.outline.idiom(&handed.name).map(|idiom| idiom.does),
            Some(Does::Request(_) | Does::Sends(..))
        );
        let url = arguments
            .first()
            .and_then(|first| first.text.clone())
            .filter(|_| sends);
        facts.calls.push(Call {
            callee: handed.name.clone(),
            request: url.is_some(),
            by_library: false,
            method: url
                .as_ref()
                .and_then(|_| idiom::verb(last_name(&handed.name)))
                .filter(|method| !method.is_empty())
                .map(str::to_owned),
            url,
            arguments,
            span,
            words: String::new(),
            block,
        });
    }
}
