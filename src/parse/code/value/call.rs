//! What a call is worth, and where its values are found.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use super::{
    Reader, Value, into_number, into_seconds, into_text, is_constant, is_known, join, plain,
    positional, uncertain,
};
use crate::facts::code::{Amount, Part, Text};
use crate::parse::code::dialect::{Invocation, Nodes, Piece, Shape};
use crate::parse::code::idiom::{Does, Idiom, PAGING, verb};
use crate::parse::code::library::Service;
use crate::parse::code::outline::Bound;
use crate::parse::code::syntax::Node;
use crate::parse::code::words::{self, any_of, is_among, last_name};

/// Functions and methods that hand on the text they are given or called on.
const SAME_TEXT: &[&str] = &[
    "strip",
    "rstrip",
    "lstrip",
    "trim",
    "trimend",
    "trimstart",
    "tostring",
    "to_string",
    "into",
    "as_str",
    "as_ref",
    "clone",
    "to_owned",
    "unwrap",
    "expect",
    "str",
    "string",
    "format",
    "trim_end_matches",
    "removesuffix",
    "tolower",
    "lower",
    "tolowercase",
    "href",
    "fspath",
    "concat",
    "borrow",
    "trimsuffix",
    "trimright",
    "trimindent",
    "trimmargin",
    "ifempty",
    "orempty",
    "from",
    "new",
    "encodeuri",
];
/// Words in the names of functions whose argument is a default that may be replaced.
static DEFAULTS: LazyLock<AhoCorasick> = LazyLock::new(|| {
    any_of(&[
        "env",
        "getenv",
        "getattr",
        "setting",
        "config",
        "default",
        "unwrap_or",
        "or_else",
        "option",
        "param",
        "flag",
        "stringvar",
        "coalesce",
    ])
});
/// Words in the names of functions that look a setting up.
static SETTINGS: LazyLock<AhoCorasick> =
    LazyLock::new(|| any_of(&["env", "config", "setting", "option", "param"]));
/// Functions and methods that hand on the number they are given or called on.
const SAME_NUMBER: &[&str] = &[
    "int",
    "float",
    "number",
    "parseint",
    "parsefloat",
    "new",
    "unwrap",
    "expect",
    "from",
    "into",
    "double",
    "long",
    "nonzero",
    "math.ceil",
    "ceil",
    "limit",
    "duration",
    "valueof",
    "clone",
    "f64",
    "abs",
    "round",
];

/// A host with the scheme before it that it lacks.
fn schemed(text: Text) -> Text {
    let bare =
        matches!(text.parts.first(), Some(Part::Literal(_))) && !text.shown().contains("://");
    if !bare {
        return text;
    }
    let mut parts = vec![Part::Literal("https://".to_owned())];
    parts.extend(text.parts);
    Text { parts, ..text }
}

impl<'t> Reader<'_, 't> {
    /// The idiom that a call is, and its parts.
    pub fn idiom(&self, node: Node<'t>) -> (Option<Invocation<'t>>, Option<&'static Idiom>) {
        let call = self.outline.dialect.invocation(node, self.outline.text);
        let idiom = call
            .as_ref()
            .and_then(|call| self.outline.idiom(&call.callee));
        (call, idiom)
    }

    pub(super) fn call(&self, node: Node<'t>, home: usize, depth: u8) -> Value {
        let (Some(call), idiom) = self.idiom(node) else {
            return Value::Unknown;
        };
        let take = |from| self.take(node, &call, from, home, depth);
        match idiom.map(|idiom| idiom.does) {
            Some(Does::Address(from)) => {
                let value = take(from);
                if is_known(&value) || is_constant(&value) {
                    return value;
                }
            }
            Some(Does::Join(base, path)) => {
                // `new Uri(base)` has no path of its own.
                if path
                    .iter()
                    .all(|spec| self.find(node, &call, spec, 0).is_none())
                {
                    return take(base);
                }
                return Value::Text(join(into_text(take(base)), &into_text(take(path))));
            }
            Some(Does::Host(from)) => return Value::Text(schemed(into_text(take(from)))),
            Some(Does::Site(host, path)) => {
                let host = schemed(into_text(take(host)));
                let path = into_text(take(path));
                return Value::Text(match path.parts.as_slice() {
                    [] | [Part::Hole] => host,
                    _ => join(host, &path),
                });
            }
            Some(Does::Concat) => {
                let mut text = Text {
                    certain: true,
                    ..Text::default()
                };
                for given in call.arguments.iter().filter(|given| given.name.is_none()) {
                    let value = given.value.map(|value| self.value(value, home, depth));
                    text.append(&into_text(value.unwrap_or(Value::Unknown)));
                }
                return Value::Text(text);
            }
            Some(Does::JoinAll) => return self.joined(&call, home, depth),
            Some(Does::Default(from)) => {
                let value = uncertain(take(from));
                if is_known(&value) {
                    return value;
                }
            }
            Some(Does::Duration(from, unit) | Does::Clock(from, unit)) => {
                return Value::Seconds(into_seconds(take(from), unit));
            }
            Some(Does::Same(from)) => return take(from),
            Some(Does::Chance(least, most)) => {
                let (least, most) = (into_number(take(least)), into_number(take(most)));
                let mean = least
                    .value
                    .zip(most.value)
                    .map(|(a, b)| f64::midpoint(a, b));
                return Value::Number(Amount {
                    value: mean,
                    ..Amount::default()
                });
            }
            Some(Does::Client(service)) => {
                return self.client(service, node, &call, home, depth);
            }
            _ => {}
        }
        if let Some(value) = self.own_function(&call, home, depth) {
            return value;
        }
        let name = call.name();
        if let Some(items) = self.made_items(&call, node, home, depth) {
            return Value::Items(items);
        }
        let same_text = is_among(SAME_TEXT, name);
        let same_number = is_among(SAME_NUMBER, name);
        if let Some(receiver) = call.receiver
            && (same_text || same_number)
        {
            let value = self.value(receiver, home, depth);
            let useful = match &value {
                Value::Text(text) => text.origin.is_some() || text.host_and_path().is_some(),
                Value::Number(_) | Value::Seconds(_) => true,
                Value::Items(_) | Value::Unknown => false,
            };
            if useful {
                return value;
            }
        }
        // `page.get("@odata.nextLink")`.
        if let Some(key) = call.arguments.first().and_then(|given| given.value)
            && let Some(receiver) = call.receiver
            && PAGING.is_match(self.words(key))
            && matches!(self.shape(key), Shape::Text(_))
            && let Shape::Path(path) = self.shape(self.bare(receiver))
            && let Some(value) = self.next_page(&path, node.start_byte(), home, depth)
        {
            return value;
        }
        let http = verb(name).is_some();
        let get = name.eq_ignore_ascii_case("get");
        if http && !get {
            return Value::Unknown;
        }
        // `os.environ.get("URL", "https://…")`: a default that may be replaced.
        let defaults = get || DEFAULTS.is_match(name);
        if let Some(number) = self.numeric(&call, home, depth) {
            return number;
        }
        // Nothing that several arguments are worth would be handed on.
        if call.arguments.len() > 1 && !defaults && !same_text {
            return Value::Unknown;
        }
        for given in call.arguments.iter().skip(usize::from(http)).rev().take(3) {
            let Some(argument) = given.value else {
                continue;
            };
            match self.value(argument, home, depth) {
                Value::Text(text) if text.host_and_path().is_some() && (defaults || same_text) => {
                    return Value::Text(Text {
                        certain: text.certain && !defaults,
                        ..text
                    });
                }
                Value::Number(amount) if call.arguments.len() == 1 && same_number => {
                    return Value::Number(amount);
                }
                Value::Seconds(amount) if call.arguments.len() == 1 => {
                    return Value::Seconds(amount);
                }
                Value::Text(text)
                    if call.arguments.len() == 1 && call.receiver.is_none() && same_text =>
                {
                    return Value::Text(text);
                }
                _ => {}
            }
        }
        self.elsewhere(&call).unwrap_or(Value::Unknown)
    }

    /// What stands elsewhere by the name that a call gives: a setting,
    /// `os.getenv("API_URL")`, or what a function of another file returns, `machine_url(id)`.
    fn elsewhere(&self, call: &Invocation<'t>) -> Option<Value> {
        let named = |name: String| {
            Value::Text(Text {
                parts: vec![Part::Name(name)],
                origin: None,
                certain: false,
            })
        };
        let name = call.name();
        if SETTINGS.is_match(&call.callee)
            && let Some(key) = call.arguments.first().and_then(|given| given.value)
            && let Shape::Text(pieces) = self.shape(key)
            && let [Piece::Verbatim(range)] = pieces.as_slice()
        {
            let key = self.outline.text.get(range.clone()).unwrap_or_default();
            let plain = key.len() <= 80
                && key
                    .chars()
                    .all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ':'));
            return plain.then(|| named(format!("config.{}", key.replace(':', "."))));
        }
        let own = self.outline.named(name).next().is_some();
        let plain = call.receiver.is_none()
            || self
                .outline
                .is_imported(call.callee.split('.').next().unwrap_or_default());
        (!own && plain && words::makes_address(name)).then(|| named(format!("{name}()")))
    }

    /// The address that a client of a library asks.
    fn client(
        &self,
        service: &'static Service,
        node: Node<'t>,
        call: &Invocation<'t>,
        home: usize,
        depth: u8,
    ) -> Value {
        self.service_address(service, node, call, home, depth, false)
            .map_or(Value::Unknown, Value::Text)
    }

    /// The address of a service as a call of its library chooses it; `None` where another
    /// one is chosen, or it is not known which.
    fn service_address(
        &self,
        service: &'static Service,
        node: Node<'t>,
        call: &Invocation<'t>,
        home: usize,
        depth: u8,
        configures: bool,
    ) -> Option<Text> {
        if let Some(only) = &service.only {
            let chosen = only
                .from
                .iter()
                .find_map(|spec| self.find(node, call, spec, depth));
            let is = match chosen {
                None if only.kept.is_some() && !configures => {
                    return Some(Text {
                        parts: vec![Part::Name(only.kept?.to_owned())],
                        origin: Some(self.source.span(node.byte_range())),
                        certain: false,
                    });
                }
                None => only.default,
                Some(chosen) => {
                    let text = into_text(self.value(chosen, home, depth + 1));
                    let words = match text.parts.as_slice() {
                        [Part::Literal(words)] => words.as_str(),
                        [Part::Name(name)] => last_name(name),
                        _ => "",
                    };
                    let words = words.trim_start_matches(':');
                    only.is.iter().any(|is| is.eq_ignore_ascii_case(words))
                }
            };
            if !is {
                return None;
            }
        }
        let given = service
            .host
            .iter()
            .find_map(|spec| self.find(node, call, spec, depth));
        let Some(given) = given else {
            return Some(Text {
                parts: vec![Part::Literal(service.address.to_owned())],
                origin: Some(self.source.span(node.byte_range())),
                certain: true,
            });
        };
        let text = into_text(self.value(given, home, depth + 1));
        if text.shown().contains("://") {
            return Some(text);
        }
        let mut whole = Text {
            parts: vec![Part::Literal("https://".to_owned())],
            origin: text.origin,
            certain: true,
        };
        whole.append(&text);
        Some(whole)
    }

    /// The address of a service that a call of a function asks.
    pub fn asked_address(
        &self,
        service: &'static Service,
        node: Node<'t>,
        call: &Invocation<'t>,
    ) -> Option<Text> {
        self.start();
        let home = self.outline.function_at(node.start_byte());
        self.service_address(service, node, call, home, 0, false)
    }

    /// The address of the service that a call chooses for the whole program.
    pub fn chosen_address(
        &self,
        service: &'static Service,
        node: Node<'t>,
        call: &Invocation<'t>,
    ) -> Option<Text> {
        self.start();
        let home = self.outline.function_at(node.start_byte());
        self.service_address(service, node, call, home, 0, true)
    }

    /// `float(os.environ.get("PAUSE", "0.25"))`: a number, or a default that is one and
    /// may be replaced.
    fn numeric(&self, call: &Invocation<'t>, home: usize, depth: u8) -> Option<Value> {
        let name = call.name();
        let set = || {
            SETTINGS.is_match(name)
                || name.eq_ignore_ascii_case("get") && SETTINGS.is_match(&call.callee)
        };
        let values: Nodes<'t> = call
            .arguments
            .iter()
            .filter_map(|given| given.value)
            .collect();
        let (node, default) = match values.as_slice() {
            [only] if is_among(SAME_NUMBER, name) => (*only, false),
            [first, _] if name.eq_ignore_ascii_case("parseint") => (*first, false),
            [_, last] if set() => (*last, true),
            _ => return None,
        };
        let amount = match self.value(node, home, depth) {
            Value::Number(amount) => amount,
            Value::Text(text) => Amount {
                certain: text.certain,
                ..Amount::fixed(plain(&text)?)
            },
            _ => return None,
        };
        Some(Value::Number(Amount {
            certain: amount.certain && !default,
            ..amount
        }))
    }

    /// All arguments, or the items of a list, with one slash between them.
    fn joined(&self, call: &Invocation<'t>, home: usize, depth: u8) -> Value {
        let given = call.arguments.iter().filter_map(|given| given.value);
        let list = call.receiver.into_iter().chain(given.clone());
        let items = list
            .map(|node| self.shape(self.bare(node)))
            .find_map(|shape| match shape {
                Shape::List(items) => Some(items),
                _ => None,
            })
            .unwrap_or_else(|| given.collect());
        let mut items = items
            .into_iter()
            .map(|item| into_text(self.value(item, home, depth)));
        let Some(first) = items.next() else {
            return Value::Unknown;
        };
        Value::Text(items.fold(first, |base, path| join(base, &path)))
    }

    /// What a function of this file returns, arguments put in.
    pub(super) fn own_function(
        &self,
        call: &Invocation<'t>,
        home: usize,
        depth: u8,
    ) -> Option<Value> {
        let outline = self.outline;
        let plain = call.receiver.is_none() || call.callee.starts_with('.');
        let mut candidates = outline.named(call.name()).filter(|_| plain);
        let function = candidates.next()?;
        if candidates.next().is_some() {
            return None;
        }
        let returned = self.returned(function, depth)?;
        let many = matches!(returned, Value::Items(_));
        let (Value::Text(text) | Value::Items(text)) = returned else {
            return Some(returned);
        };
        let parameters = &outline.functions[function].signature.parameters;
        let arguments: Vec<Option<Text>> = parameters
            .iter()
            .enumerate()
            .map(|(index, (name, _))| {
                let value = call
                    .arguments
                    .iter()
                    .find(|given| given.name.as_deref() == Some(name))
                    .and_then(|given| given.value)
                    .or_else(|| positional(&call.arguments, index))?;
                Some(into_text(self.value(value, home, depth + 1)))
            })
            .collect();
        let arguments: Vec<Option<&Text>> = arguments.iter().map(Option::as_ref).collect();
        let text = text.with(&arguments);
        Some(if many {
            Value::Items(text)
        } else {
            Value::Text(text)
        })
    }

    /// What a function of this file returns, its parameters left open.
    pub(super) fn returned(&self, function: usize, depth: u8) -> Option<Value> {
        self.outline
            .returned_by(function)
            .map(|value| self.value(value, function, depth + 1))
            .find(is_known)
    }

    /// A value of a call, as an idiom says where to find it.
    pub fn given(&self, node: Node<'t>, call: &Invocation<'t>, from: &[&str]) -> Value {
        self.start();
        let home = self.outline.function_at(node.start_byte());
        self.take(node, call, from, home, 0)
    }

    fn take(
        &self,
        node: Node<'t>,
        call: &Invocation<'t>,
        from: &[&str],
        home: usize,
        depth: u8,
    ) -> Value {
        let mut constant = None;
        for spec in from {
            if let Some(number) = spec.strip_prefix('=') {
                return Value::Number(Amount {
                    value: number.parse().ok(),
                    literal: None,
                    parameter: None,
                    certain: true,
                });
            }
            if let Some(found) = self.find(node, call, spec, depth) {
                let value = self.value(found, home, depth + 1);
                if is_known(&value) {
                    return value;
                }
                constant = constant.or_else(|| Some(value).filter(is_constant));
            }
        }
        constant.unwrap_or(Value::Unknown)
    }

    /// The expression that an idiom's words point at.
    pub fn find(
        &self,
        node: Node<'t>,
        call: &Invocation<'t>,
        spec: &str,
        depth: u8,
    ) -> Option<Node<'t>> {
        if let Some(index) = spec.strip_prefix('#') {
            return positional(&call.arguments, index.parse().ok()?);
        }
        if spec == "@" {
            return call.receiver;
        }
        if let Some((outer, inner)) = spec.split_once('/') {
            let outer = self.find(node, call, outer, depth)?;
            return self.key(outer, &|key| key == inner, depth);
        }
        if let Some(method) = spec.strip_prefix('.') {
            return self.in_chain(node, method);
        }
        let folds = self.outline.dialect.ignores_case();
        let same = |name: &str| name == spec || folds && !name.is_empty() && spec.starts_with(name);
        if let Some(given) = call
            .arguments
            .iter()
            .find(|given| given.name.as_deref().is_some_and(same))
        {
            return given.value;
        }
        call.arguments
            .iter()
            .filter_map(|given| given.value)
            .find_map(|value| {
                self.key(
                    value,
                    &|key| key == spec || folds && key.eq_ignore_ascii_case(spec),
                    depth,
                )
            })
    }

    /// Whether an argument has a name, or may hold names and values.
    pub fn is_keyed(&self, call: &Invocation<'t>) -> bool {
        let holds = |value: Node<'t>| match self.shape(value) {
            Shape::Pairs(_) | Shape::Inner(_) | Shape::Lambda => true,
            Shape::Path(path) => {
                self.outline.bound(&path).next().is_some() || self.field_of(&path).is_some()
            }
            _ => false,
        };
        call.arguments
            .iter()
            .any(|given| given.name.is_some() || given.value.is_some_and(holds))
    }

    /// The value of a key where an expression, or what its name stands for, holds
    /// names and values.
    fn key(&self, node: Node<'t>, same: &dyn Fn(&str) -> bool, depth: u8) -> Option<Node<'t>> {
        if depth > 6 {
            return None;
        }
        match self.shape(node) {
            Shape::Pairs(pairs) => pairs
                .into_iter()
                .find(|(name, _)| same(name))
                .map(|(_, value)| value),
            Shape::Inner(inner) => self.key(inner, same, depth + 1),
            Shape::Lambda => self
                .outline
                .dialect
                .settings(node, self.outline.text)
                .into_iter()
                .find(|(name, _)| same(name))
                .map(|(_, value)| value),
            Shape::Path(path) => self
                .outline
                .latest_bound(&path, node.start_byte())
                .or_else(|| self.field_of(&path))
                .and_then(|bound| self.key(bound.binding.value, same, depth + 1)),
            _ => None,
        }
    }

    /// What the name of a value stands for, the latest before its use.
    pub fn behind(&self, mut node: Node<'t>) -> Node<'t> {
        for _ in 0..6 {
            node = self.bare(node);
            let Shape::Path(path) = self.shape(node) else {
                break;
            };
            let bound = self
                .outline
                .latest_bound(&path, node.start_byte())
                .or_else(|| self.field_of(&path));
            match bound {
                Some(bound) => node = bound.binding.value,
                None => break,
            }
        }
        node
    }

    /// The field of a name, where there is one alone.
    fn field_of(&self, path: &str) -> Option<&Bound<'t>> {
        let field = format!(".{}", last_name(path));
        let mut fields = self.outline.bound(&field);
        fields.next().filter(|_| fields.next().is_none())
    }

    /// Whether an expression is a number, or a list of nothing else.
    pub fn only_numbers(&self, node: Node<'t>) -> bool {
        match self.shape(node) {
            Shape::Number(_) => true,
            Shape::List(items) => items
                .into_iter()
                .all(|item| matches!(self.shape(item), Shape::Number(_))),
            _ => false,
        }
    }

    /// The first argument of a method in the chain of calls that `node` belongs to.
    fn in_chain(&self, node: Node<'t>, method: &str) -> Option<Node<'t>> {
        let outline = self.outline;
        let mut down = Some(node);
        for _ in 0..20 {
            let Some(call) =
                down.and_then(|node| outline.dialect.invocation(self.bare(node), outline.text))
            else {
                break;
            };
            if call.name() == method {
                return positional(&call.arguments, 0);
            }
            down = call.receiver;
        }
        let mut up = node.parent();
        for _ in 0..20 {
            let parent = up?;
            if let Some(call) = outline.dialect.invocation(parent, outline.text)
                && call.name() == method
                && call
                    .receiver
                    .is_some_and(|receiver| receiver.start_byte() <= node.start_byte())
            {
                return positional(&call.arguments, 0);
            }
            up = parent.parent();
        }
        None
    }
}
