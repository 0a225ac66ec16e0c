//! Code by tree-sitter: comments and string literals as prose, call sites,
//! loops, limiters and retries as facts. One file a language.

mod grammar;
mod prose;

use std::cell::RefCell;
use std::ops::ControlFlow;
use std::time::{Duration, Instant};

use tree_sitter::{ParseOptions, ParseState, Parser, Tree};

use crate::facts::{FileFacts, Language, Problem};
use crate::source::Source;

/// Longest that one file may take; generated code beyond it is said not to be checked.
const TIME_LIMIT: Duration = Duration::from_secs(5);

thread_local! {
    static PARSER: RefCell<Parser> = RefCell::new(Parser::new());
}

/// Parses code.
pub fn parse(source: &Source, language: Language, facts: &mut FileFacts) {
    let Some(tree) = syntax_tree(&source.text, language) else {
        facts.problems.push(Problem {
            span: None,
            message: format!(
                "code not checked: parsing took longer than {} s",
                TIME_LIMIT.as_secs()
            ),
        });
        return;
    };
    prose::collect(source, language, &tree, facts);
}

/// The syntax tree of `text`; `None` when it took too long. One parser a thread.
fn syntax_tree(text: &str, language: Language) -> Option<Tree> {
    PARSER.with_borrow_mut(|parser| {
        parser.set_language(&grammar::grammar(language)).ok()?;
        let started = Instant::now();
        let mut check = |_: &ParseState| {
            if started.elapsed() > TIME_LIMIT {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        };
        let bytes = text.as_bytes();
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

#[cfg(test)]
mod tests;
