//! Branches around a wait that ask for the time: in the rounds in which they are not taken
//! the time has passed already.

use foldhash::HashSet;

use super::Extractor;
use super::blocks::{identifiers, is_word};
use crate::facts::code::{BlockKind, CodeFacts, Watches};
use crate::facts::links;
use crate::parse::code::outline::RawKind;
use crate::source::Span;

impl<'t> Extractor<'_, 't> {
    /// Branches that wait for as long as they looked at, or look at a clock:
    /// `if left > 0 { sleep(left) }`. What a length is computed from counts, too:
    /// `if last.is_some() { let left = gap - last.elapsed(); sleep(left) }`.
    pub fn timed(&self, facts: &mut CodeFacts) {
        let mut found = Vec::new();
        for sleep in &facts.sleeps {
            let waited = match sleep.seconds.value {
                None => self.computed_from(sleep.span),
                Some(_) => HashSet::default(),
            };
            let before = sleep.span.start as usize;
            for (id, block) in facts.within_function(sleep.block) {
                let head = self.words(block.head.range());
                if matches!(
                    block.kind,
                    BlockKind::Arm {
                        watches: Watches::Other,
                        ..
                    }
                ) && (links::is_clock(head)
                    || identifiers(head).any(|name| waited.contains(name))
                    || self.compares_times(head, before))
                {
                    found.push(id);
                }
            }
        }
        for id in found {
            if let BlockKind::Arm { watches, .. } = &mut facts.blocks[id as usize].kind {
                *watches = Watches::Progress;
            }
        }
    }

    /// The names that the length of a wait is computed from, over the values that they
    /// are given before it.
    fn computed_from(&self, wait: Span) -> HashSet<&str> {
        // `t = NewTimer(left)`, `left = gap - since`, `since = now - last` are three.
        const MAX_STEPS: usize = 4;
        const MAX_NAMES: usize = 24;
        let mut names: HashSet<&str> = identifiers(self.words(wait.range()))
            .filter(|name| !is_word(name))
            .collect();
        let mut next: Vec<&str> = names.iter().copied().collect();
        for _ in 0..MAX_STEPS {
            let mut found: Vec<&str> = Vec::new();
            for name in next {
                if let Some(value) = self.given_before(name, wait.start as usize) {
                    found.extend(values(value).filter(|name| !is_word(name)));
                }
            }
            found.sort_unstable();
            found.retain(|name| names.len() < MAX_NAMES && names.insert(name));
            next = found;
        }
        names
    }

    /// The words of the latest value of a variable before a byte, where they are short.
    fn given_before(&self, name: &str, before: usize) -> Option<&'t str> {
        const LONGEST: usize = 200;
        let bound = self.outline.latest_bound(name, before)?;
        let own = self.outline.function_at(before);
        let range = bound.binding.value.byte_range();
        (bound.function == own && range.len() <= LONGEST)
            .then(|| self.outline.text.get(range))
            .flatten()
    }

    /// Whether a condition compares the time that has passed, by a name for it:
    /// `const since = Date.now() - last; if (since < 1000)`.
    fn compares_times(&self, head: &str, before: usize) -> bool {
        let compares = head.contains(['<', '>']) || head.contains("-lt") || head.contains("-gt");
        compares
            && identifiers(head)
                .filter(|name| !is_word(name))
                .take(6)
                .filter_map(|name| self.given_before(name, before))
                .any(|value| value.contains('-') && links::is_clock(value))
    }

    /// Whether a branch compares the variable of a loop that counts its rounds beside its
    /// items: `each_with_index { |place, index| … if index < total - 1 }`.
    pub(super) fn compares_counter(&self, head: &str, around: Option<usize>) -> bool {
        const SIGNS: [&str; 7] = ["<", ">", "!=", "==", "-lt", "-ne", ".positive?"];
        let Some(RawKind::Loop(parts)) = around.map(|raw| &self.outline.blocks[raw].kind) else {
            return false;
        };
        // Rounds that don't wait for each other are not held by a wait in each.
        if parts.variables.len() < 2 || parts.at_once.is_some() || parts.wide.is_some() {
            return false;
        }
        let words: String = head.chars().filter(|c| !c.is_whitespace()).collect();
        let counters = parts.variables.iter().filter(|name| counts(name));
        counters
            .filter(|name| identifiers(head).any(|own| own == **name))
            .filter_map(|name| words.split_once(name.as_str()))
            .any(|(_, behind)| {
                let behind = behind.strip_prefix("+1").unwrap_or(behind);
                SIGNS.iter().any(|sign| behind.starts_with(sign))
            })
    }
}

/// Whether a variable is a counter by its name.
fn counts(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    matches!(lower.as_str(), "i" | "j" | "k" | "n" | "nr" | "no")
        || ["idx", "index", "count", "num", "pos"]
            .iter()
            .any(|word| lower.contains(word))
}

/// Names of an expression that stand for values: neither functions nor what others are
/// members of.
fn values(words: &str) -> impl Iterator<Item = &str> {
    identifiers(words).filter(move |name| {
        let end = name.as_ptr() as usize - words.as_ptr() as usize + name.len();
        let behind = words.get(end..).unwrap_or_default().trim_start();
        !behind.starts_with(['(', '.']) && !behind.starts_with("->") && !behind.starts_with("::")
    })
}
