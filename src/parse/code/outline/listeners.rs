//! Closures that are only handed over where they stand, and run when something happens:
//! a click, a message, a request. A loop around one puts it into place many times and
//! calls nothing (testdata: `hard-handlers-in-a-loop`).

use std::sync::LazyLock;

use foldhash::HashMap;
use regex::Regex;

use super::Outline;
use crate::parse::code::dialect::Role;
use crate::parse::code::syntax::Node;
use crate::source::floor_boundary;

/// What puts a handler into place: of browsers and jQuery, emitters of Node, widgets of
/// Java, Android and .NET, Qt's signals, and Tk. Not `subscribe` and `listen`, which run
/// their closure for each item of a stream.
static REGISTERS: LazyLock<Regex> = LazyLock::new(|| {
    let words = r"(?x)
        (?: ^ | \. ) (?:
            on | once | one | live | delegate | bind | connect | attachEvent
          | click | dblclick | change | submit | hover | focus | blur
          | key (?: up | down | press ) | mouse [a-z]+ | touch [a-z]+
          | on [A-Z] \w* | setOn \w* | [Aa]dd_ \w+
          | (?: set | add | add_ ) \w* (?i: listener | handler | observer | callback )
          | Map (?: Get | Post | Put | Delete | Patch )
        ) $";
    Regex::new(words).expect("a pattern of this program")
});
/// What answers requests: `app.get('/x', (request, response) => …)`.
static ROUTES: LazyLock<Regex> = LazyLock::new(|| {
    let words = r"(?x) (?: ^ | \. ) (?: app | router | server | fastify | bot ) \. [a-z]+ $";
    Regex::new(words).expect("a pattern of this program")
});
/// A handler by the name of an attribute, a property or an argument, in front of it:
/// `onClick={`, `"onTap": `, `command=`, `Click +=`.
static NAMED: LazyLock<Regex> = LazyLock::new(|| {
    let words = r#"(?x)
        (?: (?: ^ | [^\w] ) (?: on [A-Z] \w* | on (?: click | change | input | submit | load | key [a-z]+ | mouse [a-z]+ ) | command )
            ["']? \s* [:=] \s* \{? \s* \(?
          | [A-Z] \w+ \s* \+= \s* \(?
        ) $"#;
    Regex::new(words).expect("a pattern of this program")
});
/// Named like handlers, and run in place: Kotlin's flows and results (case
/// `kotlin-flow`).
const IN_PLACE: [&str; 7] = [
    "onEach",
    "onStart",
    "onCompletion",
    "onEmpty",
    "onSuccess",
    "onFailure",
    "onErrorResumeNext",
];
/// Bytes in front of a closure that are looked at for such a name.
const BEFORE: usize = 64;
/// Nodes between a closure and the call that takes it, at most: an argument, a list of them.
const BETWEEN: usize = 5;

impl Outline<'_> {
    /// Whether a closure runs when something happens, and not where it stands. `names`
    /// holds the starts of closures that have a name.
    pub(super) fn is_listener(
        &self,
        closure: Node<'_>,
        role_of: impl Fn(Node<'_>) -> Role,
        names: &HashMap<usize, String>,
    ) -> bool {
        let start = closure.start_byte();
        let before = floor_boundary(self.text, start.saturating_sub(BEFORE));
        if NAMED.is_match(&self.text[before..start]) {
            return true;
        }
        let mut around = std::iter::successors(closure.parent(), Node::parent);
        let Some(taker) = around
            .by_ref()
            .take(BETWEEN)
            .find(|&node| role_of(node) != Role::None)
        else {
            return false;
        };
        match role_of(taker) {
            Role::Call => {
                let call = self.dialect.invocation(taker, self.text);
                call.is_some_and(|call| {
                    !IN_PLACE.contains(&call.name())
                        && (REGISTERS.is_match(&call.callee) || ROUTES.is_match(&call.callee))
                })
            }
            // `.map(item => () => fetch(item))` makes functions; who calls them is told
            // elsewhere.
            Role::Lambda => {
                self.dialect.is_deferred(closure)
                    && taker.end_byte() == closure.end_byte()
                    && !names.contains_key(&taker.start_byte())
            }
            Role::Return => {
                let maker = around
                    .take(BETWEEN)
                    .find(|&node| matches!(role_of(node), Role::Lambda | Role::Function));
                self.dialect.is_deferred(closure)
                    && maker.is_some_and(|maker| {
                        role_of(maker) == Role::Lambda && !names.contains_key(&maker.start_byte())
                    })
            }
            _ => false,
        }
    }
}
