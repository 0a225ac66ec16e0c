//! Requests that a library sends for its caller: methods of its clients, functions of
//! its own, and names that stand for either.

use super::arrange::{Arguments, HandedOver};
use super::{Extractor, Known, Places};
use crate::facts::code::{Amount, Argument, BlockId, Call, CodeFacts, Part, Sleep, Text};
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

/// A request that a library sends.
pub struct Asked {
    url: Text,
    method: &'static str,
    pause: Option<f64>,
}

impl Asked {
    /// Notes a request of a library, and what it waits before it by itself.
    pub fn note(self, callee: String, span: Span, block: BlockId, facts: &mut CodeFacts) {
        if let Some(seconds) = self.pause {
            let seconds = Amount::fixed(seconds);
            facts
                .sleeps
                .push(Sleep::plain(seconds, span, String::new(), block));
        }
        facts.calls.push(Call {
            callee,
            request: true,
            method: Some(self.method.to_owned()).filter(|method| !method.is_empty()),
            url: Some(self.url),
            arguments: Vec::<Argument>::new(),
            span,
            words: String::new(),
            block,
        });
    }

    fn new(service: &Service, ask: &Ask, base: Text) -> Self {
        let path = Text {
            parts: vec![Part::Literal(ask.path.to_owned())],
            origin: None,
            certain: true,
        };
        Self {
            url: join(base, &path),
            method: ask.method,
            pause: service.pause,
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
            return Some(Asked::new(own, ask, self.reader.text(made())?));
        }
        // A client that comes from elsewhere is known by a method that little else has.
        let base = text().filter(|_| !links::is_everyday(name))?;
        let open = matches!(
            base.parts.first(),
            Some(Part::Parameter(_) | Part::Name(_) | Part::Kept(_))
        );
        let service = services.first()?;
        let known = services
            .iter()
            .any(|service| base.shown() == service.address);
        (known || open && base.parts.len() == 1)
            .then(|| Some(Asked::new(service, service.request(name)?, base)))
            .flatten()
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
            Some(Does::Request(_))
        );
        let url = arguments
            .first()
            .and_then(|first| first.text.clone())
            .filter(|_| sends);
        facts.calls.push(Call {
            callee: handed.name.clone(),
            request: url.is_some(),
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
