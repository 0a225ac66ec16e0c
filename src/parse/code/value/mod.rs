//! What an expression is worth, as far as the file says: texts through constants,
//! interpolation and concatenation, numbers through arithmetic, lengths of time
//! through units.

mod amount;
mod call;
mod closures;
mod items;
pub mod template;

use std::cell::{Cell, OnceCell, RefCell};

use foldhash::HashMap;

use super::dialect::{Given, Piece, Shape};
use super::idiom::{Does, PAGING};
use super::outline::{Bound, Nested, Outline, RawBlock};
use crate::facts::code::{Amount, Kept, Part, Text};
use crate::parse::code::syntax::Node;
use crate::parse::code::words::last_name;
use crate::source::Source;
use amount::{binary, either, plain, uncertain};
pub use amount::{into_number, into_seconds, total};
use closures::Closures;
use template::{Slot, slots};

/// Deepest chain of names and operands that is followed.
const MAX_DEPTH: u8 = 24;
/// Most values of one name that are tried for one that can be read.
const MAX_EARLIER: usize = 16;
/// Bindings of a field, of any class, that are looked at for one use. Nobody sets a field in
/// more places; the family `one-field` of tests/cost does.
const MAX_FIELDS: usize = 256;
/// Most steps that one expression may take.
const MAX_STEPS: u32 = 1500;

/// A value.
#[derive(Clone, Debug)]
pub enum Value {
    /// Text.
    Text(Text),
    /// A number.
    Number(Amount),
    /// A length of time in seconds.
    Seconds(Amount),
    /// A collection, its items being texts like this one.
    Items(Text),
    /// Not known.
    Unknown,
}

/// Reads values in one file.
pub struct Reader<'a, 't> {
    /// What stands in the file.
    pub outline: &'a Outline<'t>,
    /// The file.
    pub source: &'a Source,
    steps: Cell<u32>,
    /// Something was not followed to its end.
    cut: Cell<bool>,
    /// What bindings are worth to a function.
    known: RefCell<HashMap<(usize, usize), Value>>,
    /// The same, cut short at this depth while one expression is read.
    partly: RefCell<HashMap<(usize, usize), (u8, Value)>>,
    /// What is put into collections, by their names.
    pushed: OnceCell<HashMap<String, Vec<(Node<'t>, Node<'t>)>>>,
    /// Loops by the names of their variables, and how those of a name stand in each other.
    loops: OnceCell<HashMap<String, (Vec<usize>, Nested)>>,
    /// How the blocks stand in each other.
    blocks: OnceCell<Nested>,
    /// Closures by the names of their variables.
    closures: OnceCell<Closures<'t>>,
}

impl<'a, 't> Reader<'a, 't> {
    /// A reader of a file.
    pub fn new(outline: &'a Outline<'t>, source: &'a Source) -> Self {
        Self {
            outline,
            source,
            steps: Cell::new(0),
            cut: Cell::new(false),
            known: RefCell::default(),
            partly: RefCell::default(),
            pushed: OnceCell::new(),
            loops: OnceCell::new(),
            blocks: OnceCell::new(),
            closures: OnceCell::new(),
        }
    }

    /// The value of an expression, parameters being those of the function around it.
    pub fn read(&self, node: Node<'t>) -> Value {
        self.start();
        self.value(node, self.outline.function_at(node.start_byte()), 0)
    }

    /// Starts another expression.
    fn start(&self) {
        self.steps.set(0);
        self.partly.borrow_mut().clear();
    }

    /// The blocks around a byte, the innermost first.
    pub fn blocks_around(&self, at: usize) -> impl Iterator<Item = &RawBlock<'t>> + '_ {
        let outline = self.outline;
        let nested = self.blocks.get_or_init(|| {
            let blocks = outline.all(&outline.blocks);
            Nested::new(blocks.map(|block| block.range.clone()))
        });
        let around = outline.among(nested, at..at + 1);
        around.filter_map(|index| outline.blocks.get(index))
    }

    /// Counts a step; whether it is one too many.
    fn is_too_far(&self, depth: u8) -> bool {
        let steps = self.steps.get() + 1;
        self.steps.set(steps);
        let too_far = depth > MAX_DEPTH || steps > MAX_STEPS;
        if too_far {
            self.cut.set(true);
        }
        too_far
    }

    /// The value as a text.
    pub fn text(&self, node: Node<'t>) -> Option<Text> {
        match self.read(node) {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// What a dotted name stands for as a text that is used at a byte.
    pub fn text_of(&self, path: &str, at: usize) -> Option<Text> {
        self.start();
        match self.named(path, at, self.outline.function_at(at), 0) {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// How an expression is made.
    pub fn shape(&self, node: Node<'t>) -> Shape<'t> {
        self.outline.dialect.shape(node, self.outline.text)
    }

    /// The expression without parentheses, awaits and casts.
    pub fn bare(&self, mut node: Node<'t>) -> Node<'t> {
        for _ in 0..MAX_DEPTH {
            match self.shape(node) {
                Shape::Inner(inner) => node = inner,
                _ => break,
            }
        }
        node
    }

    fn value(&self, node: Node<'t>, home: usize, depth: u8) -> Value {
        if self.is_too_far(depth) {
            return Value::Unknown;
        }
        let depth = depth + 1;
        match self.shape(node) {
            Shape::Text(pieces) => self.literal(node, pieces, home, depth),
            Shape::Number(value) => Value::Number(Amount {
                value: Some(value),
                literal: Some((self.source.span(node.byte_range()), 1.0)),
                parameter: None,
                certain: true,
            }),
            Shape::Path(path) => self.named(&path, node.start_byte(), home, depth),
            Shape::Binary(operator, left, right) => {
                let left = self.value(left, home, depth);
                let right = self.value(right, home, depth);
                binary(operator, left, right)
            }
            Shape::Format(template, values) => self.format(template, &values, home, depth),
            // An object with an initialiser is made by a call, too.
            Shape::Call | Shape::Pairs(_) => self.call(node, home, depth),
            Shape::Inner(inner) => self.value(inner, home, depth),
            Shape::Either(first, second) => {
                let first = self.value(first, home, depth);
                let second = self.value(second, home, depth);
                either(first, second)
            }
            Shape::List(_) | Shape::Slice(..) | Shape::Unknown => self
                .items(node, home, depth)
                .map_or(Value::Unknown, Value::Items),
            Shape::Stretch(..)
            | Shape::Span(..)
            | Shape::Until(..)
            | Shape::Items(_)
            | Shape::Lambda => Value::Unknown,
        }
    }

    fn literal(&self, node: Node<'t>, pieces: Vec<Piece<'t>>, home: usize, depth: u8) -> Value {
        let mut text = Text {
            parts: Vec::new(),
            origin: None,
            certain: true,
        };
        let several = pieces.len() > 1;
        for (index, piece) in pieces.into_iter().enumerate() {
            match piece {
                // Nothing stands before the value that a text begins with: its host is that
                // one's (powershell-address-of-another-script).
                Piece::Verbatim(range) if several && range.is_empty() => {}
                Piece::Verbatim(range) => {
                    let words = self.outline.text.get(range).unwrap_or_default();
                    if index == 0 {
                        text.origin = Some(self.source.span(node.byte_range()));
                    }
                    text.push(Part::Literal(words.to_owned()));
                }
                Piece::Value(value) => text.append(&into_text(self.value(value, home, depth))),
                Piece::Named(name) => text.append(&into_text(self.named(
                    &name,
                    node.start_byte(),
                    home,
                    depth,
                ))),
            }
        }
        if text.origin.is_none() {
            text.origin = Some(self.source.span(node.byte_range()));
        }
        Value::Text(text)
    }

    /// `%s`, `{}`, `{0}` and `{name}` of a template.
    fn format(&self, template: Node<'t>, values: &[Given<'t>], home: usize, depth: u8) -> Value {
        let Value::Text(template_text) = self.value(template, home, depth) else {
            return Value::Unknown;
        };
        let at = template.start_byte();
        let mut out = Text {
            parts: Vec::new(),
            origin: template_text.origin,
            certain: template_text.certain,
        };
        let mut next = 0;
        for part in &template_text.parts {
            let Part::Literal(words) = part else {
                out.push(part.clone());
                continue;
            };
            for slot in slots(words) {
                let value = match slot {
                    Slot::Words("") => continue,
                    Slot::Words(words) => {
                        out.push(Part::Literal(words.to_owned()));
                        continue;
                    }
                    Slot::Next => {
                        next += 1;
                        positional(values, next - 1)
                    }
                    Slot::Numbered(index) => positional(values, index),
                    Slot::Named(name) => {
                        let given = values
                            .iter()
                            .find(|given| given.name.as_deref() == Some(name))
                            .and_then(|given| given.value);
                        if given.is_none() {
                            out.append(&into_text(self.named(name, at, home, depth)));
                            continue;
                        }
                        given
                    }
                };
                let value = value.map_or(Value::Unknown, |value| self.value(value, home, depth));
                out.append(&into_text(value));
            }
        }
        Value::Text(out)
    }

    /// The value of a dotted name that is used at a byte.
    fn named(&self, path: &str, at: usize, home: usize, depth: u8) -> Value {
        if self.is_too_far(depth) {
            return Value::Unknown;
        }
        let outline = self.outline;
        if let Some(seconds) = unit(outline, path) {
            return Value::Seconds(Amount {
                value: Some(seconds),
                literal: None,
                parameter: None,
                certain: true,
            });
        }
        if let Some(value) = self.item(path, at, home, depth) {
            return value;
        }
        if let Some(value) = self.block_parameter(path, at, home, depth) {
            return value;
        }
        let innermost = outline.function_at(at);
        let mut function = innermost;
        loop {
            // The latest value before the use counts; one that can't be read, such as
            // the link to the next page, lets an earlier one stand.
            let end = if function == innermost {
                at
            } else {
                usize::MAX
            };
            let own = |end| {
                let bindings = outline.bound_before(path, function, end);
                bindings.rev().filter(|bound| !bound.binding.field)
            };
            let mut joined = None;
            let mut known = own(end)
                .take(MAX_EARLIER)
                .map(|bound| self.bound_value(bound, home, depth))
                .inspect(|value| {
                    if joined.is_none() && is_joined(value) {
                        joined = Some(value.clone());
                    }
                })
                .find(is_known);
            // Names of other files, put together.
            if let Some(value) = known.take().or(joined) {
                return value;
            }
            if !path.contains('.')
                && let Some(value) = self.parameter(path, function, home, depth)
            {
                return value;
            }
            if own(usize::MAX).next().is_some() {
                if let Some(items) = self.put_into(path, home, depth) {
                    return Value::Items(items);
                }
                return own(at)
                    .take(MAX_EARLIER)
                    .map(|bound| self.bound_value(bound, home, depth))
                    .find(is_constant)
                    .unwrap_or(Value::Unknown);
            }
            if function == 0 {
                break;
            }
            function = outline.functions[function].outer;
        }
        // A field: of this class first, of any other that has one of this name.
        let mut field = String::with_capacity(path.len() + 1);
        field.push('.');
        field.push_str(last_name(path));
        let owner = outline.functions[innermost].owner.as_ref();
        let fields = || outline.bound(&field).take(MAX_FIELDS);
        let is_own = |bound: &&Bound<'t>| {
            owner.is_some() && outline.functions[bound.function].owner.as_ref() == owner
        };
        let implicit = path.starts_with('.') || !path.contains('.') || fields().next().is_some();
        if implicit {
            let others = fields()
                .filter(is_own)
                .chain(fields().filter(|bound| !is_own(bound)))
                .filter(|bound| !(at..at + path.len()).contains(&bound.at));
            let mut of_another_file = None;
            for bound in others.take(MAX_EARLIER) {
                let value = self.bound_value(bound, home, depth);
                if is_known(&value) {
                    return value;
                }
                if of_another_file.is_none() && self.is_imported(bound) {
                    of_another_file = Some(value);
                }
            }
            if let Some(value) = of_another_file {
                return value;
            }
        }
        // `uri.host`.
        if let Some((holder, last)) = path.rsplit_once('.')
            && matches!(last, "host" | "hostname" | "Host" | "netloc" | "authority")
            && !holder.is_empty()
            && let Value::Text(text) = self.named(holder, at, home, depth + 1)
            && let Some((host, _)) = text.host_and_path()
        {
            return Value::Text(Text {
                parts: vec![Part::Literal(host)],
                ..text
            });
        }
        // `@odata.nextLink` is one key.
        let key = path.find(".@").map(|at| (&path[..at], &path[at + 1..]));
        if let Some((answer, last)) = key.or_else(|| path.rsplit_once('.'))
            && PAGING.is_match(last)
            && let Some(value) = self.next_page(answer, at, home, depth)
        {
            return value;
        }
        if outline.dialect.calls_without_marks()
            && let Some(value) = self.bare_call(path, depth)
        {
            return value;
        }
        if path.starts_with('.')
            && let Some(items) = self.put_into(path, home, depth)
        {
            return Value::Items(items);
        }
        if path.starts_with('.') || path.is_empty() {
            return Value::Text(Text {
                parts: vec![Part::Name(path.to_owned())],
                origin: None,
                certain: false,
            });
        }
        Value::Text(Text {
            parts: vec![Part::Name(outline.spelt_out(path).into_owned())],
            origin: None,
            certain: false,
        })
    }

    /// Whether a field is given a constant of a file that this one imports:
    /// `Client{base: hosts.Base}` (openstreetmap--unbounded-loop/bad/go-base-of-another-package).
    fn is_imported(&self, bound: &Bound<'t>) -> bool {
        match self.shape(self.bare(bound.binding.value)) {
            Shape::Path(path) => {
                let imported = |(first, _)| self.outline.is_imported(first);
                path.split_once('.').is_some_and(imported)
            }
            _ => false,
        }
    }

    /// What a function without parameters returns: `base_url`, `self.base_url`.
    fn bare_call(&self, path: &str, depth: u8) -> Option<Value> {
        let name = path.strip_prefix('.').unwrap_or(path);
        let mut functions = self.outline.named(name);
        let function = functions.next()?;
        let plain = self.outline.functions[function]
            .signature
            .parameters
            .is_empty();
        (plain && functions.next().is_none())
            .then(|| self.returned(function, depth))
            .flatten()
    }

    /// The address of the page after an answer: the host is the one that was asked.
    fn next_page(&self, answer: &str, at: usize, home: usize, depth: u8) -> Option<Value> {
        let outline = self.outline;
        let mut name = answer.trim_end_matches("()").to_owned();
        let function = outline.function_at(at);
        for _ in 0..4 {
            let bound = outline
                .bound_in(&name, function)
                .find(|bound| bound.at != at)?;
            let mut value = self.bare(bound.binding.value);
            // `data = requests.get(url).json()`.
            for _ in 0..4 {
                let call = outline.dialect.invocation(value, outline.text)?;
                let asked = call
                    .arguments
                    .iter()
                    .filter_map(|given| given.value)
                    .filter(|given| outline.may_be_address(self.words(*given)))
                    .map(|given| self.value(given, home, depth + 1))
                    .find(|value| {
                        matches!(value, Value::Text(text) if text.host_and_path().is_some())
                    });
                if asked.is_some() {
                    return asked;
                }
                value = self.bare(call.receiver?);
                if !matches!(self.shape(value), Shape::Call) {
                    break;
                }
            }
            // `data = response.json()`.
            match self.shape(value) {
                Shape::Path(path) => name = path,
                _ => return None,
            }
        }
        None
    }

    /// What the parameter of a closure is worth that is handed to what makes a client:
    /// `Net::HTTP.start(host) { |http| … }`.
    fn block_parameter(&self, path: &str, at: usize, home: usize, depth: u8) -> Option<Value> {
        if !self.outline.is_closure_name(path) {
            return None;
        }
        let closures = self.closures.get_or_init(|| Closures::new(self.outline));
        let taker = closures.taker(path, at)?;
        let (_, idiom) = self.idiom(taker);
        matches!(idiom?.does, Does::Host(_) | Does::Client(_))
            .then(|| self.value(taker, home, depth + 1))
    }

    fn words(&self, node: Node<'_>) -> &'t str {
        self.outline.text.get(node.byte_range()).unwrap_or_default()
    }

    fn bound_value(&self, bound: &Bound<'t>, home: usize, depth: u8) -> Value {
        if bound.binding.augmented {
            let value = self.given_value(bound, home, depth);
            let before = self.named(&bound.binding.target, bound.at, home, depth + 1);
            // `$urls += $url`.
            return match (&before, value) {
                (_, Value::Items(items)) => Value::Items(items),
                (Value::Unknown | Value::Items(_), Value::Text(text))
                    if text.host_and_path().is_some() =>
                {
                    Value::Items(text)
                }
                (_, value) => binary('+', before, value),
            };
        }
        let key = (bound.binding.value.id(), home);
        if let Some(value) = self.known.borrow().get(&key) {
            return value.clone();
        }
        // With less depth left it would be cut no later.
        if let Some((least, value)) = self.partly.borrow().get(&key)
            && *least <= depth
        {
            self.cut.set(true);
            return value.clone();
        }
        let before = self.cut.replace(false);
        let value = self.given_value(bound, home, depth);
        let cut = self.cut.get();
        // Much was left: from elsewhere it would hardly be read further.
        let early = self.steps.get() < MAX_STEPS / 2 && depth < MAX_DEPTH / 2;
        if cut && !early {
            let partly = (depth, value.clone());
            self.partly.borrow_mut().insert(key, partly);
        } else {
            self.known.borrow_mut().insert(key, value.clone());
        }
        self.cut.set(cut || before);
        value
    }

    /// What a binding gives, whatever was there before.
    fn given_value(&self, bound: &Bound<'t>, home: usize, depth: u8) -> Value {
        let value = self.value(bound.binding.value, home, depth + 1);
        if bound.binding.default || self.outline.dialect.is_default(bound.binding.value) {
            uncertain(value)
        } else {
            value
        }
    }

    fn parameter(&self, name: &str, function: usize, home: usize, depth: u8) -> Option<Value> {
        let parameters = &self.outline.functions[function].signature.parameters;
        let index = parameters.iter().position(|(own, _)| own == name)?;
        let default = parameters[index]
            .1
            .map(|default| self.value(default, home, depth));
        let own = function == home;
        Some(match default {
            Some(Value::Text(mut text)) if text.host_and_path().is_some() => {
                text.certain = false;
                Value::Text(text)
            }
            Some(Value::Number(amount)) => Value::Number(Amount {
                parameter: own.then_some((index as u16, 1.0)),
                certain: false,
                ..amount
            }),
            Some(Value::Seconds(amount)) => Value::Seconds(Amount {
                parameter: own.then_some((index as u16, 1.0)),
                certain: false,
                ..amount
            }),
            _ => Value::Text(Text {
                parts: vec![if own {
                    Part::Parameter(index as u16)
                } else {
                    let keeper = &self.outline.functions[function];
                    Part::Kept(Kept {
                        function: keeper.signature.name.clone(),
                        owner: keeper.owner.clone(),
                        name: name.to_owned(),
                        index: index as u16,
                    })
                }],
                origin: None,
                certain: false,
            }),
        })
    }
}

/// The argument without a name at a position.
pub fn positional<'t>(arguments: &[Given<'t>], index: usize) -> Option<Node<'t>> {
    arguments
        .iter()
        .filter(|given| given.name.is_none())
        .nth(index)
        .and_then(|given| given.value)
}

/// Named lengths of time: `time.Second`.
fn unit(outline: &Outline<'_>, path: &str) -> Option<f64> {
    let idiom = outline
        .idiom(path)
        .filter(|idiom| idiom.library.is_empty())?;
    match idiom.does {
        Does::Duration(_, seconds) => Some(seconds),
        _ => None,
    }
}

fn is_joined(value: &Value) -> bool {
    matches!(value, Value::Text(text)
        if text.parts.len() > 1 && text.parts.iter().all(|part| matches!(part, Part::Name(_))))
}

fn is_known(value: &Value) -> bool {
    match value {
        Value::Text(text) | Value::Items(text) => text
            .parts
            .iter()
            .any(|part| matches!(part, Part::Literal(_) | Part::Parameter(_) | Part::Kept(_))),
        Value::Number(amount) | Value::Seconds(amount) => {
            amount.value.is_some() || amount.parameter.is_some()
        }
        Value::Unknown => false,
    }
}

/// Whether a value starts with what looks like a constant of another file:
/// `Api.MACHINES`.
fn is_constant(value: &Value) -> bool {
    matches!(value, Value::Text(text)
        if matches!(text.parts.first(), Some(Part::Name(name))
            if name.rsplit('.').next().is_some_and(|last| last.starts_with(char::is_uppercase))))
}

/// A value as text.
pub fn into_text(value: Value) -> Text {
    match value {
        Value::Text(text) => text,
        Value::Number(Amount {
            value: Some(value), ..
        }) => Text {
            parts: vec![Part::Literal(format!("{value}"))],
            origin: None,
            certain: true,
        },
        Value::Number(_) | Value::Seconds(_) | Value::Items(_) | Value::Unknown => Text {
            parts: vec![Part::Hole],
            origin: None,
            certain: true,
        },
    }
}

/// An address and a path with one slash between them.
pub fn join(base: Text, path: &Text) -> Text {
    if path.host_and_path().is_some() {
        return path.clone();
    }
    let mut out = base;
    let ends = out.shown().ends_with('/');
    let starts = path.shown().starts_with('/');
    if !ends && !starts && !path.parts.is_empty() {
        out.push(Part::Literal("/".to_owned()));
    }
    let origin = out.origin;
    out.append(path);
    out.origin = origin.or(out.origin);
    out
}
