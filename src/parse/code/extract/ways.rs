//! The ways out of loops: jumps, and the branches that they stand in.

use std::sync::LazyLock;

use foldhash::HashMap;
use regex::Regex;

use super::{Extractor, Places, regex};
use crate::facts::Language;
use crate::facts::code::{BlockId, BlockKind, CodeFacts, Watches};
use crate::parse::code::outline::RawKind;

/// Heads of branches that are taken when the answer is there: `if r.ok`, `err == nil`.
static SUCCEEDS: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r#"(?x)
        (?i-u: \berr\w*\s*(?:==|===|-eq)\s*\$?(?:nil|null|none) | \berr\w*\s+is\s+(?:nil|none)
        | \.ok\b | \bok\b\s*$ | is_?success | \bsuccess(?:ful)?\? | ->successful\(
        | (?:==|===|-eq|\bis)\s*["']?(?:2\d\d\b|\w+(?:\.|::)(?:ok|created|accepted)\b|http\.Status(?:OK|Accepted|Created)\b)
        | \b2\d\d\s*(?:==|===|-eq)
        | (?:<|-lt)\s*(?:300|400)\b | (?:<=|-le)\s*(?:299|399)\b
        | (?:!=|!==|-ne)\s*["']?(?:429\b|\w+(?:\.|::)too_?many_?requests) | \$\?\s*(?:-eq|==)\s*0
        | ^\(*\s*\$\?\s*\)*$ )
        | ^\s*(?:(?:let\s+)?Ok\s*\(|(?:curl|wget)\s)"#,
    )
});

/// The same, denied: `!r.ok`, `not response.ok`, `status != 200`.
pub(super) static DENIES: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r#"(?i-u)(?:!\s*\(?\s*|\bnot\s+|-not\s*\(?\s*|\bunless\b\s*)[$\w.?>-]*(?:\bok\b|success)|(?:!=|!==|-ne|is not)\s*["']?(?:2\d\d\b|\w+(?:\.|::)ok\b|http\.StatusOK)|\berr\w*\s*(?:!=|!==|-ne|is not)\s*\$?(?:nil|null|none)|(?:>=|-ge)\s*["']?[34]00\b|(?:>|-gt)\s*["']?[23]99\b|^\s*!\s*(?:curl|wget)\b"#,
    )
});

/// Functions of Kotlin that call a closure for each item.
static REPEATS: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)each|repeat|map|filter|fold|reduce|collect|associate|group|any|all|none|find|first|sum",
    )
});

/// What a jump does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Jump {
    /// Leaves the function.
    Returns,
    /// Leaves the loop.
    Breaks,
    /// Starts the next round.
    Next,
    /// Hands a failure on, or ends the program.
    Fails,
}

/// What a branch or a part of one stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// Taken however the call went.
    Always,
    /// Taken when it went well.
    Success,
    /// Taken when it went wrong.
    Failure,
    /// Taken when too many calls were made.
    Throttled,
    /// Taken as far as the loop has come.
    Progress,
    /// Anything else.
    Other,
}

/// A jump of a loop's own, and on which way it stands.
pub(super) struct Exit {
    pub(super) jump: Jump,
    pub(super) way: Way,
    pub(super) block: BlockId,
}

impl Extractor<'_, '_> {
    /// All jumps with their blocks.
    pub(super) fn all_jumps(&self, places: &Places) -> Vec<(usize, BlockId, Jump)> {
        let mut found: Vec<(usize, Jump)> = self
            .outline
            .jumps
            .iter()
            .filter_map(|&at| Some((at, jump_at(self.outline.text.get(at..)?)?)))
            .collect();
        for site in &self.outline.calls {
            let at = site.node.start_byte();
            let words = self.outline.text.get(at..).unwrap_or_default();
            let first: String = words
                .chars()
                .take_while(|c| c.is_alphanumeric() || matches!(c, '.' | '_' | ':' | '!'))
                .take(40)
                .collect();
            let jump = match first.as_str() {
                "break" if self.language == Language::Bash => Jump::Breaks,
                "continue" if self.language == Language::Bash => Jump::Next,
                "return" if self.language == Language::Bash => Jump::Returns,
                "exit" | "sys.exit" | "os.Exit" | "process.exit" | "Environment.Exit"
                | "System.exit" | "exitProcess" | "std::process::exit" | "process::exit"
                | "panic" | "log.Fatal" | "log.Fatalf" | "abort" | "quit" => Jump::Fails,
                "raise" => jump_at(words).unwrap_or(Jump::Fails),
                _ => continue,
            };
            found.push((at, jump));
        }
        found.sort_unstable_by_key(|&(at, _)| at);
        found.dedup_by_key(|&mut (at, _)| at);
        found
            .into_iter()
            .map(|(at, jump)| (at, places.at(at), jump))
            .collect()
    }

    /// `break outer`, `continue@pages`.
    fn is_labelled(&self, at: usize) -> bool {
        let line = self.outline.text.get(at..).unwrap_or_default();
        let line = line.lines().next().unwrap_or_default();
        let rest = line
            .strip_prefix("break")
            .or_else(|| line.strip_prefix("continue"))
            .unwrap_or_default();
        let rest = rest.trim_start_matches(['@', ' ', '\'', ':']);
        rest.starts_with(|c: char| c.is_alphanumeric())
            && !rest.starts_with("if ")
            && !rest.starts_with("unless ")
            && self.language != Language::Rust
    }

    /// A loop of the language's own, not a closure that a library repeats.
    fn is_statement(&self, raws: &[Option<usize>], id: BlockId) -> bool {
        let raw = raws.get(id as usize).copied().flatten();
        let Some(RawKind::Loop(parts)) = raw.map(|raw| &self.outline.blocks[raw].kind) else {
            return false;
        };
        let words = self.words(parts.whole.clone());
        let words = words.trim_start_matches(['\'', ':', '@']);
        let first: &str = words
            .split(|c: char| !c.is_alphanumeric())
            .next()
            .unwrap_or_default();
        matches!(
            first.to_ascii_lowercase().as_str(),
            "for" | "foreach" | "while" | "do" | "until" | "loop" | "repeat" | "async" | "await"
        ) && parts.at_once.is_none()
            && !words.starts_with("loop do")
            || parts.again
    }

    /// What a branch stands for.
    pub(super) fn way_of(&self, facts: &CodeFacts, id: BlockId) -> Way {
        let block = &facts.blocks[id as usize];
        let BlockKind::Arm { group, watches } = &block.kind else {
            return Way::Always;
        };
        let head = self.words(block.head.range());
        if !head.trim().is_empty() {
            return way_of(head, *watches);
        }
        // The other branch: the opposite of those before it.
        let others: Vec<Way> = facts
            .blocks
            .iter()
            .take(id as usize)
            .rev()
            .take(200)
            .filter(|other| other.parent == block.parent)
            .filter_map(|other| match &other.kind {
                BlockKind::Arm {
                    group: own,
                    watches,
                } if own == group => {
                    let head = self.words(other.head.range());
                    (!head.trim().is_empty()).then(|| way_of(head, *watches))
                }
                _ => None,
            })
            .collect();
        if others.contains(&Way::Success) {
            Way::Failure
        } else if !others.is_empty()
            && others
                .iter()
                .all(|way| matches!(way, Way::Failure | Way::Throttled))
        {
            Way::Success
        } else {
            Way::Other
        }
    }

    /// Notes a jump with each loop that it leaves, or starts anew.
    pub(super) fn lay(
        &self,
        facts: &CodeFacts,
        raws: &[Option<usize>],
        at: usize,
        block: BlockId,
        jump: Jump,
        own: &mut HashMap<BlockId, Vec<Exit>>,
    ) {
        let mut way = Way::Always;
        let mut handled = false;
        for (id, around) in facts.ancestors(block) {
            match &around.kind {
                BlockKind::File
                | BlockKind::Function(_)
                | BlockKind::Closure(_)
                | BlockKind::Spawned => return,
                BlockKind::Handler => {
                    handled = true;
                    way = join(way, Way::Failure);
                }
                BlockKind::Arm { .. } => way = join(way, self.way_of(facts, id)),
                BlockKind::Loop(_) => {
                    let closure = !self.is_statement(raws, id);
                    let jump = match jump {
                        Jump::Returns if closure => Jump::Next,
                        other => other,
                    };
                    own.entry(id).or_default().push(Exit {
                        jump,
                        way: if handled {
                            join(Way::Failure, way)
                        } else {
                            way
                        },
                        block,
                    });
                    // A jump with a label is taken for one without.
                    let labelled = self.is_labelled(at);
                    if closure || matches!(jump, Jump::Breaks | Jump::Next) && !labelled {
                        return;
                    }
                }
            }
        }
    }
}

/// The way of a branch within another's.
fn join(inner: Way, outer: Way) -> Way {
    match (inner, outer) {
        (Way::Always, way) | (way, Way::Always) => way,
        (Way::Failure | Way::Throttled, _) => inner,
        (_, Way::Failure | Way::Throttled) => outer,
        (Way::Success, way) | (way, Way::Success) => way,
        (Way::Progress, _) | (_, Way::Progress) => Way::Progress,
        _ => Way::Other,
    }
}

fn way_of(head: &str, watches: Watches) -> Way {
    if DENIES.is_match(head) {
        return Way::Failure;
    }
    if SUCCEEDS.is_match(head) {
        return Way::Success;
    }
    match watches {
        Watches::Throttling => Way::Throttled,
        Watches::Failure => Way::Failure,
        Watches::Progress | Watches::Again => Way::Progress,
        Watches::Other => Way::Other,
    }
}

/// What words that start with a jump do.
pub(super) fn jump_at(words: &str) -> Option<Jump> {
    let first: &str = words
        .split(|c: char| !c.is_alphanumeric() && c != '@')
        .next()?;
    let (first, label) = first.split_once('@').unwrap_or((first, ""));
    let second = words.split_ascii_whitespace().nth(1);
    let second = second.map(|word| word.trim_end_matches([';', ')', '}']));
    Some(match first.to_ascii_lowercase().as_str() {
        // Kotlin's way to go on with the next item, or to end what makes items.
        "return" if REPEATS.is_match(label) => Jump::Next,
        "return" => Jump::Returns,
        // C#'s way to end what makes items; `yield return` goes on.
        "yield" if second == Some("break") => Jump::Returns,
        // Ruby's: `loop` ends at it.
        "raise" if second == Some("StopIteration") => Jump::Breaks,
        "break" | "goto" => Jump::Breaks,
        "continue" | "next" | "redo" | "retry" => Jump::Next,
        "throw" | "raise" | "exit" | "die" => Jump::Fails,
        _ => return None,
    })
}
