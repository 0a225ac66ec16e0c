//! How long a parse may go on. The generated parsers take input that is broken or means
//! several things along several ways at once; what is nested without end, as in
//! `a=>a=>a=>` for Java, takes them the square in time and in memory, though their own
//! count of steps stays linear. What a step costs tells it: memory that is filled is
//! time that is spent.

use std::ops::ControlFlow;
use std::time::Duration;

use crate::budget::Budget;
use crate::clock::worked;

/// Why a parse was given up, after "not checked beyond a part: ".
pub(super) const GAVE_UP: &str = "it cannot be parsed in reasonable time and memory";

/// Steps of the parser after which it asks whether to go on.
const STEPS: u64 = 100;

/// The longest that one file may take, of the thread's own time.
const LIMIT: Duration = Duration::from_secs(5);

/// What a hundred steps of the parser may take from one time to the next. Of 9,000 files
/// of all languages from 156 repositories they take 10 to 60 µs.
const USUAL: Duration = Duration::from_micros(300);

/// What they may take beyond that in all, at a stretch: at the rate at which the worst
/// input fills memory, some 40 MB.
const BEYOND: Duration = Duration::from_millis(150);

/// What is left of it.
pub(super) struct Patience {
    started: Duration,
    last: Duration,
    beyond: Duration,
}

impl Patience {
    pub(super) fn new() -> Self {
        let now = worked();
        Self {
            started: now,
            last: now,
            beyond: Duration::ZERO,
        }
    }

    /// Asked every so many steps.
    pub(super) fn goes_on(&mut self, budget: &Budget) -> ControlFlow<()> {
        if !budget.spend(STEPS) {
            return ControlFlow::Break(());
        }
        let now = worked();
        let taken = now.saturating_sub(self.last);
        self.last = now;
        self.beyond = (self.beyond + taken).saturating_sub(USUAL);
        if self.beyond > BEYOND || now.saturating_sub(self.started) > LIMIT {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::syntax_tree;
    use super::Budget;
    use crate::facts::Language;

    #[test]
    fn what_is_nested_without_end_is_given_up_and_what_is_long_is_not() {
        let syntax_tree =
            |text: &str, language| syntax_tree(text, language, &Budget::without_end());
        let signs = format!("x = {}", "+<".repeat(1500));
        assert!(syntax_tree(&signs, Language::Python).is_none());
        let plain = "x = call(1, 'two', [3])\n".repeat(20_000);
        assert!(syntax_tree(&plain, Language::Python).is_some());
        // The parser is as good as new.
        assert!(syntax_tree("class A { int x = 1; }", Language::Java).is_some());
    }

    #[test]
    fn steps_of_the_parser_are_counted() {
        let budget = Budget::new(2000);
        let text = "x = call(1, 'two', [3])\n".repeat(500);
        assert!(syntax_tree(&text, Language::Python, &budget).is_none());
        assert!(budget.is_spent());
    }
}
