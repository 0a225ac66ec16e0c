//! What code does with web APIs, in words that every language shares: requests and
//! the calls that lead to them, loops and branches around them, and what holds
//! their rate. Filled by [`crate::parse`]'s code parsers, read by the throttling
//! checks. Knows nothing of any vendor.

use std::collections::BTreeSet;
use std::ops::Range;

use super::Language;
use super::routes::{ConfigKind, RateLimit, Repeat};
use crate::source::{Span, floor_boundary};

/// Index in [`CodeFacts::blocks`]. Block 0 is the file.
pub type BlockId = u32;

/// Index in [`CodeFacts::functions`]. Function 0 is the code outside of functions.
pub type FunctionId = u32;

/// Facts of one code file.
#[derive(Debug, Default)]
pub struct CodeFacts {
    /// The language; `None` for what is no code, or code that nothing asked about.
    pub language: Option<Language>,
    /// Functions, methods and named closures, in source order.
    pub functions: Vec<Function>,
    /// Blocks in source order: a parent comes before what it encloses.
    pub blocks: Vec<Block>,
    /// Requests and other calls, in source order.
    pub calls: Vec<Call>,
    /// Fixed and computed waits.
    pub sleeps: Vec<Sleep>,
    /// Rate limiters and limits of concurrency.
    pub limiters: Vec<Limiter>,
    /// What the code does when it is told to slow down.
    pub backoffs: Vec<Backoff>,
    /// What runs code of the file again and again from outside.
    pub drivers: Vec<Driver>,
    /// Layers of tiles that libraries put on a map.
    pub layers: Vec<Shown>,
    /// What the file takes from elsewhere.
    pub imports: Vec<Import>,
    /// Types that values are made of without a call of their name.
    pub made: BTreeSet<String>,
    /// Variables and fields, and the classes that they are made of.
    pub made_of: Vec<(String, String)>,
    /// Classes, and the names of those that they are made from.
    pub bases: Vec<(String, Vec<String>)>,
    /// Constants and fields that hold a text with an address: name and value.
    pub constants: Vec<(String, Text)>,
    /// Constants and fields that hold a number: name and value.
    pub numbers: Vec<(String, Amount)>,
    /// Constants that hold so many items, and types that list so many values.
    pub sizes: Vec<(String, u64)>,
    /// Functions and types that are there to hold a rate.
    pub throttles: Vec<Throttle>,
}

/// A function or type of the project's own that by its name and its words holds a rate.
#[derive(Clone, Debug)]
pub struct Throttle {
    /// Its name.
    pub name: String,
    /// Its name in the source.
    pub span: Span,
    /// Something refers to it, as far as is known.
    pub used: bool,
}

/// A function, method, or closure that has a name.
#[derive(Clone, Debug)]
pub struct Function {
    /// Its name; empty for the code outside of functions.
    pub name: String,
    /// The class or type it belongs to.
    pub owner: Option<String>,
    /// Parameter names, receiver left out.
    pub parameters: Vec<String>,
    /// Its name in the source.
    pub span: Span,
    /// The block of its body.
    pub block: BlockId,
}

/// A piece of code that runs once, many times, sometimes, or beside the rest.
#[derive(Clone, Debug)]
pub struct Block {
    /// The block around it.
    pub parent: Option<BlockId>,
    /// What it is.
    pub kind: BlockKind,
    /// All of it.
    pub span: Span,
    /// The words that make it what it is: a loop's head, a branch's condition.
    pub head: Span,
}

/// Kinds of [`Block`].
#[derive(Clone, Debug)]
pub enum BlockKind {
    /// The file.
    File,
    /// The body of a function.
    Function(FunctionId),
    /// Runs again and again.
    Loop(Box<Loop>),
    /// One of several alternatives; those of one group exclude each other.
    Arm {
        /// Where the whole statement starts.
        group: u32,
        /// What its condition looks at.
        watches: Watches,
    },
    /// Runs after a failure.
    Handler,
    /// A closure that runs in place, and the name of the callee that it is passed to.
    Closure(String),
    /// Runs beside the code around it: a goroutine, a task.
    Spawned,
}

/// What a condition looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Watches {
    /// The answer "too many requests".
    Throttling,
    /// Failure in general.
    Failure,
    /// How far the loop has come: a counter, the next page.
    Progress,
    /// Whether the loop around it goes on: `if (next) await sleep(100)`.
    Again,
    /// Something else.
    Other,
}

/// How a loop repeats.
#[allow(clippy::struct_excessive_bools)]
#[derive(Clone, Debug)]
pub struct Loop {
    /// Its kind.
    pub kind: LoopKind,
    /// Most times it runs, when that is plain.
    pub bound: Option<u64>,
    /// Nothing but a jump ends it.
    pub endless: bool,
    /// It follows links to further pages.
    pub paging: bool,
    /// It runs over a piece of what the loop around it runs over.
    pub piece: bool,
    /// It tries the same thing again.
    pub retrying: bool,
    /// It does so at once after any failure, for as long as there is one.
    pub again: bool,
    /// And only after an answer of 429.
    pub throttled: bool,
    /// It waits before it tries again, after failures that the answer 429 is among.
    pub patient: bool,
    /// How many rounds run at the same time, when they don't wait for each other.
    pub parallel: Option<Width>,
    /// Seconds from one round to the next, when a clock starts them.
    pub period: Option<Amount>,
    /// The call that sets that clock and its words, where it is short and on one line.
    pub clock: Option<(Span, String)>,
    /// What it runs over, as written.
    pub over: String,
    /// The names of its counter or items.
    pub names: String,
    /// The name of that, where it is made in another file.
    pub elsewhere: Option<String>,
}

/// Kinds of loops.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LoopKind {
    /// Over the items of a collection.
    ForEach,
    /// With a counter.
    For,
    /// As long as a condition holds.
    While,
    /// Started again by a clock.
    Timer,
}

/// How many rounds of a loop run at the same time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Width {
    /// At most so many.
    AtMost(u64),
    /// As many as there are.
    Unbounded,
}

/// A text as far as it is known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text {
    /// Its pieces.
    pub parts: Vec<Part>,
    /// The literal that it starts with.
    pub origin: Option<Span>,
    /// Not read from a default that may be replaced.
    pub certain: bool,
}

/// A piece of a [`Text`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// Known.
    Literal(String),
    /// The parameter with this index of the function around it.
    Parameter(u16),
    /// A name that the file does not define: `config.API_BASE`.
    Name(String),
    /// A parameter of another function, which keeps it: `self.base = base`.
    Kept(Kept),
    /// Unknown.
    Hole,
}

/// A parameter whose value a function keeps for others.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Kept {
    /// The function.
    pub function: String,
    /// The class or type that it belongs to.
    pub owner: Option<String>,
    /// The parameter's name.
    pub name: String,
    /// The parameter's index.
    pub index: u16,
}

impl Text {
    /// The text with `{}` for what is not known.
    pub fn shown(&self) -> String {
        let mut out = String::new();
        for part in &self.parts {
            match part {
                Part::Literal(text) => out.push_str(text),
                Part::Parameter(_) | Part::Name(_) | Part::Kept(_) | Part::Hole => {
                    out.push_str("{}");
                }
            }
        }
        out
    }

    /// Host and path of an absolute address.
    pub fn host_and_path(&self) -> Option<(String, String)> {
        // Most texts are no addresses.
        if !self.parts.iter().any(|part| part.words().contains(':')) {
            return None;
        }
        let shown = self.shown();
        let rest = match shown.split_once("://") {
            Some((scheme, rest)) if matches!(scheme.trim(), "http" | "https" | "{}") => rest,
            _ => return None,
        };
        let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
        let host = rest[..end].rsplit('@').next().unwrap_or_default().trim();
        let path = rest[end..].split(['?', '#']).next().unwrap_or_default();
        // What is not known behind a whole host name is where its path starts.
        let (host, path) = match host.strip_suffix("{}") {
            Some(whole) if whole.contains('.') && !whole.ends_with(['.', '-']) => {
                (whole, format!("/{{}}{path}"))
            }
            _ => (host, path.to_owned()),
        };
        // What is empty when the program starts is filled before it asks.
        let path = path.replace("//", "/{}/");
        (!host.is_empty()).then(|| (host.to_ascii_lowercase(), path))
    }

    /// Puts `arguments` in the place of parameters.
    #[must_use]
    pub fn with(&self, arguments: &[Option<&Text>]) -> Text {
        let mut out = Text {
            parts: Vec::new(),
            origin: self.origin,
            certain: self.certain,
        };
        for part in &self.parts {
            match part {
                Part::Parameter(index) => match arguments.get(usize::from(*index)) {
                    Some(Some(argument)) => out.append(argument),
                    _ => out.push(Part::Hole),
                },
                other => out.push(other.clone()),
            }
        }
        out
    }

    /// Appends another text, as far as there is room: no address is as long as what a
    /// few names can be made to stand for.
    pub fn append(&mut self, other: &Text) {
        if self.parts.is_empty() || self.origin.is_none() {
            self.origin = other.origin;
        }
        self.certain &= other.certain || other.origin.is_none();
        for part in &other.parts {
            self.push(part.clone());
        }
    }

    /// Appends a part, as far as there is room.
    pub fn push(&mut self, mut part: Part) {
        const MAX_PARTS: usize = 64;
        const MAX_BYTES: usize = 4096;
        let bytes: usize = self.parts.iter().map(|part| part.words().len()).sum();
        let room = MAX_BYTES.saturating_sub(bytes);
        if let Part::Literal(words) = &mut part
            && words.len() > room
        {
            words.truncate(floor_boundary(words, room));
            words.shrink_to_fit();
            self.certain = false;
        }
        if self.parts.len() < MAX_PARTS {
            self.parts.push(part);
        } else {
            self.certain = false;
        }
    }
}

impl Part {
    /// Its words, where it has some.
    fn words(&self) -> &str {
        match self {
            Self::Literal(words) => words,
            Self::Parameter(_) | Self::Name(_) | Self::Kept(_) | Self::Hole => "",
        }
    }
}

/// A number of seconds or of calls, as far as it is known.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Amount {
    /// Its value.
    pub value: Option<f64>,
    /// The one literal that decides it, and what one unit of that literal is worth.
    pub literal: Option<(Span, f64)>,
    /// The parameter with this index of the function around it decides it, each
    /// unit being worth so much.
    pub parameter: Option<(u16, f64)>,
    /// Computed from literals alone, not from a default that may be replaced.
    pub certain: bool,
}

impl Amount {
    /// A number that no literal decides: a product's default, a constant of a format.
    pub fn fixed(value: f64) -> Self {
        Self {
            value: Some(value),
            certain: true,
            ..Self::default()
        }
    }

    /// Whether it is none at all, whatever is handed in.
    pub fn is_nothing(&self) -> bool {
        self.value == Some(0.0) && self.certain && self.parameter.is_none()
    }

    /// So many times as much.
    #[must_use]
    pub fn times(self, factor: f64) -> Self {
        Self {
            value: self.value.map(|value| value * factor),
            literal: self.literal.map(|(span, worth)| (span, worth * factor)),
            parameter: self.parameter.map(|(index, worth)| (index, worth * factor)),
            certain: self.certain,
        }
    }
}

/// A call.
#[derive(Clone, Debug)]
pub struct Call {
    /// The callee as written, with dots: `self.session.get`, `Invoke-RestMethod`.
    pub callee: String,
    /// A call of an HTTP library, or of something that looks like one.
    pub request: bool,
    /// A library that knows its service sends it, and says by itself who asks.
    pub by_library: bool,
    /// HTTP method in upper case, when known.
    pub method: Option<String>,
    /// The address, for a request or a call that is handed one.
    pub url: Option<Text>,
    /// Arguments that are texts, by position; named ones by name.
    pub arguments: Vec<Argument>,
    /// The words to point at.
    pub span: Span,
    /// These words, for a call that is handed a number.
    pub words: String,
    /// Where it stands.
    pub block: BlockId,
}

impl Call {
    /// The callee's last name.
    pub fn name(&self) -> &str {
        self.callee.rsplit('.').next().unwrap_or(&self.callee)
    }
}

/// An argument of a call.
#[derive(Clone, Debug)]
pub struct Argument {
    /// Its name, when it has one.
    pub name: Option<String>,
    /// Its position among all arguments.
    pub position: u16,
    /// A text, when it is one.
    pub text: Option<Text>,
    /// A number, when it is one.
    pub number: Option<Amount>,
    /// The number is a length of time in seconds.
    pub is_time: bool,
    /// It is a collection, its items being texts like `text`.
    pub items: bool,
}

/// A wait.
#[derive(Clone, Debug)]
pub struct Sleep {
    /// How long.
    pub seconds: Amount,
    /// The words to point at.
    pub span: Span,
    /// These words, when they are not long.
    pub words: String,
    /// Where it stands.
    pub block: BlockId,
    /// What decides its length, where that stands in another file, and the worth of one
    /// unit in seconds.
    pub named: Option<(String, f64)>,
    /// How much later each round of the loop around it starts than the one before:
    /// `setTimeout(f, i * 200)`.
    pub apart: Option<Amount>,
}

impl Sleep {
    /// A wait of which nothing but its length is known.
    pub fn plain(seconds: Amount, span: Span, words: String, block: BlockId) -> Self {
        Self {
            seconds,
            span,
            words,
            block,
            named: None,
            apart: None,
        }
    }
}

/// A layer of tiles that a library puts on a map.
#[derive(Clone, Debug)]
pub struct Shown {
    /// The library's name for people.
    pub library: &'static str,
    /// Whose tiles they are.
    pub address: String,
    /// It is the library's own choice.
    pub by_default: bool,
    /// The library shows the credit that goes with them.
    pub credited: bool,
    /// What it says of who asks, where nobody says more.
    pub agent: Option<&'static str>,
    /// The callee.
    pub span: Span,
}

/// A rate limiter or a limit of concurrency.
#[derive(Clone, Debug)]
pub struct Limiter {
    /// The library's name for people.
    pub library: &'static str,
    /// What it declares: calls and seconds; several hold at the same time. Empty when
    /// it limits concurrency, or when its numbers are not known.
    pub rates: Vec<Rate>,
    /// Rounds or calls at the same time, for one that limits concurrency.
    pub width: Option<u64>,
    /// The words to point at.
    pub span: Span,
    /// These words, when they are not long.
    pub words: String,
    /// Where it is made.
    pub block: BlockId,
    /// The variable or field that holds it.
    pub name: Option<String>,
    /// Functions that it decorates.
    pub decorates: Vec<FunctionId>,
    /// Blocks in which it is referred to after it is made.
    pub uses: Vec<BlockId>,
    /// Closures that it is handed: it holds what they do, and nothing beside them.
    pub runs: Vec<BlockId>,
}

impl Limiter {
    /// Whether something refers to it after it is made.
    pub fn is_used(&self) -> bool {
        !self.uses.is_empty() || !self.runs.is_empty()
    }
}

/// So many calls in so many seconds, as declared.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rate {
    /// Calls.
    pub calls: Amount,
    /// Seconds.
    pub seconds: Amount,
}

/// What code does when it is told to slow down.
#[derive(Clone, Debug)]
pub struct Backoff {
    /// What it is.
    pub kind: BackoffKind,
    /// The words.
    pub span: Span,
    /// Where it stands.
    pub block: BlockId,
    /// The function that it decorates.
    pub decorates: Option<FunctionId>,
    /// A policy that is made and never used.
    pub dead: bool,
    /// It stands in a function that is handed over by name: a hook, an interceptor.
    pub hooked: bool,
    /// The words whose calls it looks after, in its own function; empty for all of it.
    pub covers: Vec<Span>,
    /// How it goes on.
    pub then: Then,
    /// Calls of its file that it leaves alone, in source order.
    pub leaves: Vec<Span>,
}

/// How code goes on after it was told to slow down, as far as its file tells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Then {
    /// As a library's policy does, or in a way that is not known.
    #[default]
    Unknown,
    /// It waits.
    Waits,
    /// It goes on at once: asks again, or goes to the next item.
    AtOnce,
    /// It hands the failure on.
    Fails,
}

/// Kinds of [`Backoff`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BackoffKind {
    /// The status is compared with 429, and something follows from it.
    Checked,
    /// The status is compared with 429 and the code only says so.
    Reported,
    /// The header that says how long to wait is read.
    RetryAfter,
    /// A retry policy of this library.
    Policy(&'static str),
    /// A retry policy whose arguments say what it tries again.
    Retries(Retries),
}

/// What a retry policy tries again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Retries {
    /// The library's name for people.
    pub library: &'static str,
    /// How many times, when that is plain.
    pub attempts: Option<u64>,
    /// The answer "too many requests" is among what it tries again.
    pub throttling: bool,
    /// It waits for the seconds that the Retry-After header gives.
    pub retry_after: bool,
    /// It leaves POST and PATCH alone.
    pub idempotent_only: bool,
}

impl Backoff {
    /// One that looks after all calls of its function, as far as is known yet.
    pub fn new(kind: BackoffKind, span: Span, block: BlockId) -> Self {
        Self {
            kind,
            span,
            block,
            decorates: None,
            dead: false,
            hooked: false,
            covers: Vec::new(),
            then: Then::Unknown,
            leaves: Vec::new(),
        }
    }

    /// Whether it answers a throttled call with this HTTP method: it does something about
    /// it, and is in use.
    pub fn answers(&self, method: Option<&str>) -> bool {
        !self.dead
            && !matches!(self.then, Then::AtOnce | Then::Fails)
            && match &self.kind {
                BackoffKind::Reported => false,
                BackoffKind::Retries(retries) => {
                    let spared = retries.idempotent_only
                        && method.is_some_and(|method| matches!(method, "POST" | "PATCH"));
                    retries.throttling && !spared
                }
                BackoffKind::Checked | BackoffKind::RetryAfter | BackoffKind::Policy(_) => true,
            }
    }

    /// Whether it looks at the answer 429 at all, whatever follows from that.
    pub fn looks(&self) -> bool {
        !self.dead && !matches!(self.kind, BackoffKind::Reported)
    }

    /// Whether it looks after a call of its own function.
    pub fn covers(&self, call: &Call) -> bool {
        self.covers.is_empty()
            || self
                .covers
                .iter()
                .any(|span| span.range().contains(&(call.span.start as usize)))
    }

    /// Whether it leaves a call of its file alone.
    pub fn leaves(&self, call: &Call) -> bool {
        self.leaves.binary_search(&call.span).is_ok()
    }

    /// Whether it is a library's retry policy.
    pub fn is_policy(&self) -> bool {
        matches!(self.kind, BackoffKind::Policy(_) | BackoffKind::Retries(_))
    }
}

/// What runs a function again and again from outside of the program: the users of a
/// load test.
#[derive(Clone, Debug)]
pub struct Driver {
    /// The tool.
    pub kind: ConfigKind,
    /// What it runs.
    pub block: BlockId,
    /// In a round it is this or another one.
    pub alternative: bool,
    /// How it repeats.
    pub repeat: Repeat,
    /// Most requests that the tool sends.
    pub cap: Option<RateLimit>,
}

/// What a file takes from elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Import {
    /// The module, as written: `./client`, `.consts`, `time`.
    pub module: String,
    /// The name in the module; empty for all of it.
    pub name: String,
    /// The name it has in this file.
    pub local: String,
}

impl CodeFacts {
    /// The blocks around `block`, itself first.
    pub fn ancestors(&self, block: BlockId) -> impl Iterator<Item = (BlockId, &Block)> + '_ {
        let mut next = Some(block);
        std::iter::from_fn(move || {
            let id = next?;
            let block = self.blocks.get(id as usize)?;
            next = block.parent;
            Some((id, block))
        })
    }

    /// The blocks around `block` in the function that it stands in, itself first.
    pub fn within_function(&self, block: BlockId) -> impl Iterator<Item = (BlockId, &Block)> + '_ {
        self.ancestors(block)
            .take_while(|(_, block)| !matches!(block.kind, BlockKind::Function(_)))
    }

    /// The blocks that start in a range, in source order.
    pub fn blocks_from(&self, range: Range<usize>) -> impl Iterator<Item = (BlockId, &Block)> + '_ {
        let first = self
            .blocks
            .partition_point(|block| (block.span.start as usize) < range.start);
        self.blocks[first..]
            .iter()
            .take_while(move |block| (block.span.start as usize) < range.end)
            .zip(first as BlockId..)
            .map(|(block, id)| (id, block))
    }

    /// The calls that start in a range, once they are in source order.
    pub fn calls_from(&self, range: Range<usize>) -> &[Call] {
        let before = |at: usize| {
            self.calls
                .partition_point(|call| (call.span.start as usize) < at)
        };
        let (first, last) = (before(range.start), before(range.end));
        self.calls.get(first..last).unwrap_or_default()
    }

    /// Whether a wait stands in a range, once they are in source order.
    pub fn sleeps_in(&self, range: &Range<usize>) -> bool {
        let first = self
            .sleeps
            .partition_point(|sleep| (sleep.span.start as usize) < range.start);
        self.sleeps
            .get(first)
            .is_some_and(|sleep| (sleep.span.start as usize) < range.end)
    }

    /// Whether a clock starts something in a range again and again.
    pub fn timer_in(&self, range: &Range<usize>) -> bool {
        self.blocks_from(range.clone()).any(
            |(_, block)| matches!(&block.kind, BlockKind::Loop(own) if own.kind == LoopKind::Timer),
        )
    }

    /// The function around `block`.
    pub fn function_of(&self, block: BlockId) -> FunctionId {
        self.ancestors(block)
            .find_map(|(_, block)| match block.kind {
                BlockKind::Function(function) => Some(function),
                _ => None,
            })
            .unwrap_or(0)
    }

    /// Whether `outer` encloses `inner` or is it.
    pub fn encloses(&self, outer: BlockId, inner: BlockId) -> bool {
        self.ancestors(inner).any(|(id, _)| id == outer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(parts: Vec<Part>) -> Text {
        Text {
            parts,
            origin: None,
            certain: true,
        }
    }

    #[test]
    fn host_and_path_of_an_address() {
        let whole = text(vec![
            Part::Literal("https://API.example.com/v1/".to_owned()),
            Part::Parameter(0),
            Part::Literal("/x?y=1".to_owned()),
        ]);
        assert_eq!(
            whole.host_and_path(),
            Some(("api.example.com".to_owned(), "/v1/{}/x".to_owned()))
        );
        let empty = text(vec![Part::Literal("https://a.example/v1//x".to_owned())]);
        assert_eq!(
            empty.host_and_path().map(|(_, path)| path).as_deref(),
            Some("/v1/{}/x")
        );
        let argument = text(vec![Part::Literal("7".to_owned())]);
        assert_eq!(
            whole.with(&[Some(&argument)]).shown(),
            "https://API.example.com/v1/7/x?y=1"
        );
        assert_eq!(text(vec![Part::Hole]).host_and_path(), None);
        assert_eq!(
            text(vec![Part::Literal("ftp://x/y".to_owned())]).host_and_path(),
            None
        );
    }

    #[test]
    fn a_text_that_is_doubled_on_and_on_stays_short() {
        let mut whole = text(vec![
            Part::Literal("https://api.example.com/é".to_owned()),
            Part::Hole,
        ]);
        for _ in 0..24 {
            let again = whole.clone();
            whole.append(&again);
        }
        assert!(whole.parts.len() <= 64 && whole.shown().len() <= 5000);
        assert!(!whole.certain);
        let mut long = text(Vec::new());
        long.append(&text(vec![Part::Literal("é".repeat(4000))]));
        assert_eq!(long.shown(), "é".repeat(2048));
        assert!(!long.certain);
    }
}
