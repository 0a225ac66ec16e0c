//! What a language says of its syntax: which node is what, and how an expression
//! is made. Everything that is not syntax is shared.

use std::borrow::Cow;
use std::ops::Range;

use smallvec::SmallVec;

use super::idiom::Idiom;
use crate::facts::Language;
use crate::facts::code::{Import, Width};
use crate::parse::code::syntax::Node;
use crate::parse::code::words::last_name;

/// What a node is to the analysis.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Role {
    /// Nothing of its own.
    #[default]
    None,
    /// A function or method with a name.
    Function,
    /// A closure.
    Lambda,
    /// A class or type that owns methods.
    Class,
    /// A type that lists its values, and owns no methods.
    Enum,
    /// Runs again and again.
    Loop,
    /// Holds alternatives; which children they are is [`Dialect::is_arm`]'s to say.
    Branch,
    /// An alternative by its own kind: `elif`, `case`.
    Arm,
    /// Runs after a failure.
    Handler,
    /// May start over after a failure: [`Dialect::restarts`].
    Restart,
    /// Runs beside the code around it.
    Spawn,
    /// A call.
    Call,
    /// Gives names to values.
    Binding,
    /// Compares.
    Compare,
    /// `return`, `break`, `continue`, `throw`.
    Jump,
    /// `return`, with a value of interest.
    Return,
    /// Names types of which values are made without a call of their name.
    Make,
    /// Takes from elsewhere.
    Import,
    /// Reads an element by key: `headers["Retry-After"]`.
    Index,
}

/// How an expression is made, one level deep.
#[derive(Debug)]
pub enum Shape<'t> {
    /// A text literal in pieces.
    Text(Vec<Piece<'t>>),
    /// A number literal.
    Number(f64),
    /// A name, dotted; `self` and the like are the empty first part: `.base`.
    Path(String),
    /// Two operands of `+`, `-`, `*`, `/`, `%`.
    Binary(char, Node<'t>, Node<'t>),
    /// A template and what is put into it.
    Format(Node<'t>, Vec<Given<'t>>),
    /// A call; see [`Dialect::invocation`].
    Call,
    /// Several values.
    List(Vec<Node<'t>>),
    /// Names and values.
    Pairs(Vec<(String, Node<'t>)>),
    /// The value of another expression.
    Inner(Node<'t>),
    /// The one or the other.
    Either(Node<'t>, Node<'t>),
    /// At most so many items of another: `x[:50]`.
    Slice(Node<'t>, u64),
    /// From one index to another, and so many more items: `x[i:i + 50]`.
    Stretch(Node<'t>, Node<'t>, u64),
    /// From the first number to the last: `1..=10`.
    Span(Node<'t>, Node<'t>),
    /// From the first number to the one before the last: `0..10`.
    Until(Node<'t>, Node<'t>),
    /// So many items.
    Items(u64),
    /// A closure.
    Lambda,
    /// Anything else.
    Unknown,
}

/// A piece of a text literal.
#[derive(Debug)]
pub enum Piece<'t> {
    /// As it stands in the source.
    Verbatim(Range<usize>),
    /// A value put in.
    Value(Node<'t>),
    /// A named value put in.
    Named(String),
}

/// An argument.
#[derive(Clone, Debug)]
pub struct Given<'t> {
    /// Its name, in lower case where the language does not care.
    pub name: Option<String>,
    /// Its value; `None` for a switch.
    pub value: Option<Node<'t>>,
}

impl<'t> Given<'t> {
    /// Arguments that go by their place.
    pub fn unnamed(values: impl IntoIterator<Item = Node<'t>>) -> Vec<Self> {
        let unnamed = |value| Self {
            name: None,
            value: Some(value),
        };
        values.into_iter().map(unnamed).collect()
    }
}

/// A call in parts.
#[derive(Debug)]
pub struct Invocation<'t> {
    /// The callee, dotted, with an empty first part for `self` and `()` for a call
    /// in the chain: `.session.get`, `Request.Builder().url`.
    pub callee: String,
    /// What a method is called on.
    pub receiver: Option<Node<'t>>,
    /// Arguments in order.
    pub arguments: Vec<Given<'t>>,
    /// The callee in the source.
    pub callee_range: Range<usize>,
}

impl Invocation<'_> {
    /// The callee's last name.
    pub fn name(&self) -> &str {
        last_name(&self.callee)
    }
}

/// A function's head.
#[derive(Debug, Default)]
pub struct Signature<'t> {
    /// Its name.
    pub name: String,
    /// Where its name stands.
    pub name_range: Range<usize>,
    /// Names and defaults, receiver left out.
    pub parameters: Vec<(String, Option<Node<'t>>)>,
    /// The type that a method belongs to, where the head says it.
    pub owner: Option<String>,
    /// The name by which the method knows its own value, where it has one of its own.
    pub receiver: Option<String>,
}

impl Signature<'_> {
    /// The name of a function whose grammar calls it so; the rest is the language's to
    /// fill in.
    pub fn named(node: Node<'_>, text: &str) -> Self {
        let name = field(node, "name");
        Self {
            name: name.map_or("", |name| words(name, text)).to_owned(),
            name_range: name.map_or(node.start_byte()..node.start_byte(), |n| n.byte_range()),
            ..Self::default()
        }
    }
}

/// A loop in parts.
#[derive(Debug)]
pub struct Repetition<'t> {
    /// What runs again and again: the body, or the whole statement.
    pub body: Range<usize>,
    /// Everything before the body.
    pub head: Range<usize>,
    /// The counter or item.
    pub variables: Vec<String>,
    /// What it runs over.
    pub over: Option<Node<'t>>,
    /// As long as.
    pub condition: Option<Node<'t>>,
    /// It has neither.
    pub endless: bool,
    /// `for (;;)` with a counter.
    pub counts: bool,
}

impl<'t> Repetition<'t> {
    /// A loop that goes on as long as a condition holds, which is its head when it stands
    /// at the end.
    pub fn asked(node: Node<'t>, head: Range<usize>, condition: Node<'t>, endless: bool) -> Self {
        Self {
            body: node.byte_range(),
            head: if node.kind().starts_with("do_") {
                condition.byte_range()
            } else {
                head
            },
            variables: Vec::new(),
            over: None,
            condition: Some(condition),
            endless,
            counts: false,
        }
    }

    /// A loop with a counter, that goes on without a condition.
    pub fn counted(
        body: Node<'t>,
        head: Range<usize>,
        counter: String,
        condition: Option<Node<'t>>,
    ) -> Self {
        Self {
            body: body.byte_range(),
            head,
            variables: vec![counter],
            over: None,
            condition,
            endless: condition.is_none(),
            counts: condition.is_some(),
        }
    }
}

/// The counter of `int i = 0`: the last word of what is given a value first.
pub fn counter(first: Option<Node<'_>>, text: &str) -> String {
    first
        .map_or("", |node| words(node, text))
        .split('=')
        .next()
        .and_then(|left| left.split_whitespace().next_back())
        .unwrap_or_default()
        .to_owned()
}

/// A name given to a value.
#[derive(Clone, Debug)]
pub struct Binding<'t> {
    /// The name as [`Shape::Path`] has it.
    pub target: String,
    /// The value.
    pub value: Node<'t>,
    /// The value is put behind what was there.
    pub augmented: bool,
    /// A field of the class around it, or of the value being built.
    pub field: bool,
    /// Whoever runs the program may give another one.
    pub default: bool,
}

impl<'t> Binding<'t> {
    /// A name that stands for a value from here on; a field of the class around it has
    /// an empty first part.
    pub fn declared(name: &str, value: Node<'t>, field: bool) -> Self {
        Self {
            target: if field {
                format!(".{name}")
            } else {
                name.to_owned()
            },
            value,
            augmented: false,
            field,
            default: false,
        }
    }

    /// The value that an option of a command line has where nobody gives one: a field,
    /// whatever holds the options.
    pub fn option(name: &str, value: Node<'t>) -> Self {
        Self {
            default: true,
            ..Self::declared(name, value, true)
        }
    }

    /// What an assignment with a left side, an operator and a right side gives.
    pub fn assigned(node: Node<'t>, text: &str, path: impl Fn(Node<'t>) -> String) -> Option<Self> {
        let (target, value) = (field(node, "left")?, field(node, "right")?);
        let target = path(target);
        Some(Self {
            field: target.starts_with('.'),
            target,
            value,
            augmented: field_words(node, "operator", text) == "+=",
            default: false,
        })
    }

    /// The names and values of an object and of those in it, as names of their own behind
    /// its name; `inner` gives the pairs of a value that is one, too.
    pub fn members(
        name: &str,
        pairs: Vec<(String, Node<'t>)>,
        inner: impl Fn(Node<'t>) -> Option<Vec<(String, Node<'t>)>>,
    ) -> Vec<Self> {
        /// Deepest object that is read, and most names of one.
        const MOST: (usize, usize) = (4, 200);
        let mut found: Vec<Self> = Vec::new();
        let mut level: Vec<(String, Node<'t>)> = pairs
            .into_iter()
            .map(|(key, value)| (format!("{name}.{key}"), value))
            .collect();
        for _ in 0..MOST.0 {
            let mut next = Vec::new();
            for (target, value) in level {
                if found.len() >= MOST.1 {
                    return found;
                }
                let pairs = inner(value).unwrap_or_default().into_iter();
                next.extend(pairs.map(|(key, value)| (format!("{target}.{key}"), value)));
                found.push(Self {
                    target,
                    value,
                    augmented: false,
                    field: false,
                    default: false,
                });
            }
            level = next;
        }
        found
    }
}

/// A language.
pub trait Dialect: Sync {
    /// What its node kinds are.
    fn roles(&self) -> &'static [(&'static str, Role)];

    /// Whether a child of a [`Role::Branch`] node is one of its alternatives.
    fn is_arm(&self, _branch: Node<'_>, _child: Node<'_>, field: Option<&str>) -> bool {
        matches!(field, Some("consequence" | "alternative"))
    }

    /// The condition of an alternative.
    fn condition<'t>(&self, arm: Node<'t>) -> Option<Node<'t>>;

    /// What a [`Role::Handler`] node is for: the failures that it catches.
    fn caught<'t>(&self, _handler: Node<'t>) -> Option<Node<'t>> {
        None
    }

    /// Where a [`Role::Restart`] node starts over, at once and without end, after a failure
    /// of which an answer that is no success may be one.
    fn restarts<'t>(&self, _node: Node<'t>, _text: &'t str) -> Option<Node<'t>> {
        None
    }

    /// Whether a [`Role::Call`] node is a call where it stands, `name` being its field in
    /// the node around it.
    fn is_call(&self, _node: Node<'_>, _parent: Option<Node<'_>>, _name: Option<&str>) -> bool {
        true
    }

    /// What a [`Role::Function`] node is worth without a `return`.
    fn result<'t>(&self, _function: Node<'t>) -> Option<Node<'t>> {
        None
    }

    /// The names that a [`Role::Call`] node gives: `base_uri "https://…"`.
    fn declared<'t>(&self, _call: Node<'t>, _text: &'t str, _out: &mut Vec<Binding<'t>>) {}

    /// What a comprehension makes of each item.
    fn element<'t>(&self, _node: Node<'t>) -> Option<Node<'t>> {
        None
    }

    /// Whether a word alone may be a call.
    fn calls_without_marks(&self) -> bool {
        false
    }

    /// Whether a [`Role::Lambda`] node that is a value runs only when somebody calls it.
    fn is_deferred(&self, _closure: Node<'_>) -> bool {
        true
    }

    /// The head of a [`Role::Function`] or [`Role::Lambda`] node.
    fn signature<'t>(&self, node: Node<'t>, text: &'t str) -> Signature<'t>;

    /// What a file hands to whoever runs it, without a name.
    fn default_export<'t>(&self, _root: Node<'t>) -> Option<Node<'t>> {
        None
    }

    /// The classes that the class around a node is made from.
    fn bases<'t>(&self, _node: Node<'t>) -> Option<Node<'t>> {
        None
    }

    /// Whether a [`Role::Function`] node is more than a declaration.
    fn has_body(&self, _function: Node<'_>) -> bool {
        true
    }

    /// What decorates a [`Role::Function`] node.
    fn decorators<'t>(&self, _node: Node<'t>) -> Vec<Node<'t>> {
        Vec::new()
    }

    /// The parts of a [`Role::Loop`] node.
    fn repetition<'t>(&self, node: Node<'t>, text: &'t str) -> Option<Repetition<'t>>;

    /// The names that a [`Role::Binding`] node gives.
    fn bindings<'t>(&self, node: Node<'t>, text: &'t str, out: &mut Vec<Binding<'t>>);

    /// The parts of a [`Role::Call`] node.
    fn invocation<'t>(&self, node: Node<'t>, text: &'t str) -> Option<Invocation<'t>>;

    /// How an expression is made.
    fn shape<'t>(&self, node: Node<'t>, text: &'t str) -> Shape<'t>;

    /// The names and values of an expression that holds some.
    fn pairs_of<'t>(&self, node: Node<'t>, text: &'t str) -> Option<Vec<(String, Node<'t>)>> {
        match self.shape(node, text) {
            Shape::Pairs(pairs) => Some(pairs),
            _ => None,
        }
    }

    /// What a [`Role::Import`] node takes from elsewhere.
    fn imports(&self, node: Node<'_>, text: &str, out: &mut Vec<Import>);

    /// Whether a [`Role::Compare`] node compares.
    fn is_comparison(&self, node: Node<'_>, _text: &str) -> bool {
        node.named_child_count() > 1
    }

    /// What a [`Role::Binding`] or [`Role::Call`] node takes from elsewhere: `const x = require("y")`.
    fn required(&self, _node: Node<'_>, _text: &str, _out: &mut Vec<Import>) {}

    /// What a closure sets on the value that it is handed: `{ url = x; timeout(5) }`.
    fn settings<'t>(&self, _closure: Node<'t>, _text: &'t str) -> Vec<(String, Node<'t>)> {
        Vec::new()
    }

    /// Whether a [`Role::Jump`] node jumps.
    fn is_jump(&self, _node: Node<'_>, _text: &str) -> bool {
        true
    }

    /// Whether the value that a name is given may be replaced by who makes its owner.
    fn is_default(&self, _value: Node<'_>) -> bool {
        false
    }

    /// Whether functions of other files are known without an import.
    fn shares_functions(&self) -> bool {
        false
    }

    /// Whether names are the same in either case.
    fn ignores_case(&self) -> bool {
        false
    }

    /// Arguments that make a request retry by itself.
    fn retry_options(&self) -> &'static [&'static str] {
        &[]
    }

    /// Arguments that pace a request by themselves, each a limiter.
    fn pacing(&self) -> &'static [Idiom] {
        &[]
    }

    /// Whether the rounds of a [`Role::Loop`] node run at the same time, and how many.
    fn at_once(&self, _node: Node<'_>, _text: &str) -> Option<Width> {
        None
    }

    /// The libraries that it knows.
    fn idioms(&self) -> &'static [Idiom];
}

/// The dialect of a language.
pub fn dialect(language: Language) -> &'static dyn Dialect {
    match language {
        Language::Python => &super::python::Python,
        Language::JavaScript | Language::TypeScript | Language::Tsx => {
            &super::javascript::JavaScript
        }
        Language::PowerShell => &super::powershell::PowerShell,
        Language::CSharp => &super::csharp::CSharp,
        Language::Go => &super::go::Go,
        Language::Java => &super::java::Java,
        Language::Kotlin => &super::kotlin::Kotlin,
        Language::Rust => &super::rust::Rust,
        Language::Ruby => &super::ruby::Ruby,
        Language::Php => &super::php::Php,
        Language::Bash => &super::bash::Bash,
        Language::Dart => &super::dart::Dart,
        Language::R => &super::r::R,
        Language::Lua => &super::lua::Lua,
    }
}

/// A child by field name.
pub fn field<'t>(node: Node<'t>, name: &str) -> Option<Node<'t>> {
    node.child_by_field_name(name)
}

/// A few nodes.
pub type Nodes<'t> = SmallVec<[Node<'t>; 4]>;

/// The named children, comments left out.
pub fn named(node: Node<'_>) -> Nodes<'_> {
    node.named_children()
        .filter(|child| !child.is_comment())
        .collect()
}

/// A node's words.
pub fn words<'t>(node: Node<'_>, text: &'t str) -> &'t str {
    text.get(node.byte_range()).unwrap_or_default()
}

/// The condition of the branch that an alternative belongs to; `else` has none.
pub fn branch_condition(arm: Node<'_>) -> Option<Node<'_>> {
    let branch = arm.parent()?;
    if field(branch, "alternative").is_some_and(|node| node.id() == arm.id()) {
        return None;
    }
    field(branch, "condition")
}

/// One step of [`dotted`], from the outside of an expression to its inside.
pub enum Step<'t> {
    /// A part, and what it is a part of.
    Part(Cow<'t, str>, Option<Node<'t>>),
    /// A call by this name, and what it is called on.
    Call(Cow<'t, str>, Option<Node<'t>>),
    /// Nothing of its own: what stands in it is meant.
    Within(Option<Node<'t>>),
    /// An expression without a name.
    Nameless,
    /// Not to be followed.
    Stop,
}

/// An expression as [`Shape::Path`] has it, its parts told from the last to the first.
pub fn dotted<'t>(node: Node<'t>, step: impl Fn(Node<'t>) -> Step<'t>) -> String {
    const MAX_PARTS: usize = 12;
    const MAX_CALLEE: usize = 60;
    let mut parts: SmallVec<[Cow<'t, str>; 6]> = SmallVec::new();
    let mut current = Some(node);
    while let Some(node) = current {
        current = match step(node) {
            Step::Part(name, of) => {
                parts.push(name);
                of
            }
            Step::Call(name, of) if name.len() <= MAX_CALLEE => {
                parts.push(Cow::Owned(format!("{name}()")));
                of
            }
            Step::Within(inner) => inner,
            Step::Nameless => {
                parts.push(Cow::Borrowed("()"));
                None
            }
            Step::Call(..) | Step::Stop => break,
        };
        if parts.len() > MAX_PARTS {
            break;
        }
    }
    parts.reverse();
    parts.join(".")
}

/// A child's words by its field name; empty when there is none.
pub fn field_words<'t>(node: Node<'_>, name: &str, text: &'t str) -> &'t str {
    field(node, name).map_or("", |child| words(child, text))
}

/// Number literals of every language: `1_000`, `0.5`, `100L`, `2.0f32`, `1e3`.
pub fn number(words: &str) -> Option<f64> {
    let digits: String = words.chars().filter(|&c| c != '_').collect();
    let digits = digits
        .trim_end_matches(|c: char| c.is_ascii_alphabetic())
        .to_owned()
        + if digits.ends_with(['e', 'E']) {
            "x"
        } else {
            ""
        };
    let end = digits
        .find(|c: char| !(c.is_ascii_digit() || ".eE+-".contains(c)))
        .unwrap_or(digits.len());
    digits[..end]
        .parse::<f64>()
        .ok()
        .filter(|value| value.is_finite() && *value >= 0.0)
}

/// A count without its fraction; nothing for less than none.
#[allow(clippy::cast_sign_loss)]
pub fn whole(value: f64) -> u64 {
    value.clamp(0.0, 1e12) as u64
}
