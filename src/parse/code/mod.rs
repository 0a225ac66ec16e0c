//! Code by tree-sitter: comments and string literals as prose, call sites,
//! loops, limiters and retries as facts. One file a language.

mod bash;
mod csharp;
mod dart;
mod declared;
mod dialect;
pub mod embedded;
mod extract;
mod go;
pub mod grammar;
mod idiom;
mod idioms;
mod java;
mod javascript;
mod kotlin;
pub mod library;
mod lua;
pub mod named;
mod nesting;
mod options;
mod outline;
mod patience;
mod php;
mod powershell;
mod prose;
mod python;
mod r;
mod ruby;
mod rust;
mod syntax;
mod value;
mod words;

use std::cell::RefCell;
use std::sync::OnceLock;

use dialect::{Dialect, Role};
use idiom::IdiomTable;
use library::Services;
use outline::Outline;
use patience::Patience;
use syntax::{Room, Syntax};
use tree_sitter::{ParseOptions, ParseState, Parser, Tree};

use crate::budget::Budget;
use crate::facts::code::CodeFacts;
use crate::facts::{FileFacts, Language};
use crate::source::Source;

/// How many languages there are.
const COUNT: usize = Language::Lua as usize + 1;

thread_local! {
    static PARSER: RefCell<Parser> = RefCell::new(Parser::new());
    static ROOM: RefCell<Room> = RefCell::default();
}

/// Parses code: what people read in it, and its calls when they are wanted.
pub fn parse(source: &Source, language: Language, calls: bool, facts: &mut FileFacts) {
    let tree = if nesting::is_too_deep(&source.text, language) {
        None
    } else {
        syntax_tree(&source.text, language, &source.budget)
    };
    let Some(tree) = tree else {
        source.budget.end(patience::GAVE_UP);
        return;
    };
    // The tree lives to the end: freed before, its many small pieces would be put together
    // again by the allocator, for the next tree to break up.
    let syntax = Syntax::new(&tree, language, ROOM.take(), source.budget.left());
    if syntax.look(0) {
        prose::collect(source, language, &syntax, facts);
    }
    if calls {
        read_calls(source, language, &syntax, facts);
    }
    if !source.budget.spend(syntax.taken()) {
        // Half of what a program does says nothing: what would pace it may come later.
        facts.code = CodeFacts::default();
    }
    ROOM.set(syntax.into_room());
}

fn read_calls(source: &Source, language: Language, syntax: &Syntax, facts: &mut FileFacts) {
    let dialect = dialect::dialect(language);
    let Some(tables) = tables(language, dialect) else {
        return;
    };
    let mut outline = Outline::new(syntax, &source.text, dialect, tables);
    facts.code = extract::extract(source, language, syntax.root(), &mut outline);
}

/// What is known of a library, for the manual.
pub struct Known {
    /// The library.
    pub library: &'static str,
    /// The callees by which it is known.
    pub callees: &'static [&'static str],
    /// What a call of them means.
    pub meaning: &'static str,
}

/// The libraries that are known of a language, without its named units of time.
pub fn libraries(language: Language) -> impl Iterator<Item = Known> {
    let dialect = dialect::dialect(language);
    let options = dialect.pacing();
    dialect
        .idioms()
        .iter()
        .chain(library::of(language))
        .chain(options)
        .filter(|idiom| !idiom.library.is_empty())
        .map(|idiom| Known {
            library: idiom.library,
            callees: idiom.callees,
            meaning: idiom.does.meaning(),
        })
}

/// What is made once for each language.
struct Tables {
    /// What each node kind is, by the grammar's number for it.
    roles: Vec<Role>,
    /// The libraries that it knows.
    idioms: IdiomTable,
    /// The services that these ask.
    services: Services,
}

fn tables(language: Language, dialect: &'static dyn Dialect) -> Option<&'static Tables> {
    static TABLES: [OnceLock<Tables>; COUNT] = [const { OnceLock::new() }; COUNT];
    let make = || {
        let grammar = grammar::grammar(language);
        let mut roles = vec![Role::None; grammar.node_kind_count()];
        for &(kind, role) in dialect.roles() {
            for (id, entry) in roles.iter_mut().enumerate() {
                let id = id as u16;
                if grammar.node_kind_is_named(id) && grammar.node_kind_for_id(id) == Some(kind) {
                    *entry = role;
                }
            }
        }
        Tables {
            roles,
            idioms: IdiomTable::new(
                dialect.idioms().iter().chain(library::of(language)),
                dialect.ignores_case(),
            ),
            services: Services::new(language),
        }
    };
    Some(TABLES.get(language as usize)?.get_or_init(make))
}

/// The syntax tree of `text`; `None` when it took too much. One parser a thread.
fn syntax_tree(text: &str, language: Language, budget: &Budget) -> Option<Tree> {
    PARSER.with_borrow_mut(|parser| {
        parser.set_language(&grammar::grammar(language)).ok()?;
        let mut patience = Patience::new();
        let mut check = |_: &ParseState| patience.goes_on(budget);
        let masked;
        let bytes = if language == Language::Bash && !text.is_ascii() {
            masked = mask(text);
            masked.as_slice()
        } else {
            text.as_bytes()
        };
        let tree = parser.parse_with_options(
            &mut |at, _| bytes.get(at..).unwrap_or_default(),
            None,
            Some(ParseOptions::new().progress_callback(&mut check)),
        );
        // A parser that was stopped would go on where it was.
        parser.reset();
        tree
    })
}

/// Letters beyond ASCII as `x`, byte for byte: the scanner of the Bash grammar looks
/// every letter up in a table that ends with Latin-1.
fn mask(text: &str) -> Vec<u8> {
    text.bytes()
        .map(|byte| if byte.is_ascii() { byte } else { b'x' })
        .collect()
}

#[cfg(test)]
mod tests;
