//! Looks at the answer 429 that are never reached: the request before them throws at
//! every answer that is no success.

use std::sync::LazyLock;

use regex::Regex;

use super::blocks::{identifiers, is_word};
use super::{Extractor, Places, regex};
use crate::facts::Language;
use crate::facts::code::{Backoff, BackoffKind, BlockId, BlockKind, CodeFacts};
use crate::parse::code::words::last_name;

/// Requests that throw where the answer is no success, in lower case
/// (throttling--unbounded-loop/bad/powershell-429-never-seen.ps1).
static THROWS: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"^(?:invoke-restmethod|invoke-webrequest|irm|iwr|axios(?:\.(?:get|post|put|patch|delete|head|request))?|(?:urllib\.)?(?:request\.)?urlopen)$",
    )
});
/// Options by which they don't (good/hard-powershell-429-is-let-through.ps1).
static TOLERANT: LazyLock<Regex> =
    LazyLock::new(|| regex(r"(?i)skiphttperrorcheck|validatestatus|httperrorprocessor"));
/// What makes an answer that is no success throw.
const ENSURES: &[&str] = &[
    "raise_for_status",
    "ensuresuccessstatuscode",
    "error_for_status",
];

impl Extractor<'_, '_> {
    /// Leaves out comparisons with 429 of an answer that cannot be one.
    pub(super) fn drop_unreached(&self, places: &Places, facts: &mut CodeFacts) {
        let tolerant = || TOLERANT.is_match(self.outline.text);
        let unreached: Vec<bool> = facts
            .backoffs
            .iter()
            .map(|backoff| self.is_unreached(backoff, places, facts))
            .collect();
        if unreached.contains(&true) && !tolerant() {
            let mut unreached = unreached.into_iter();
            facts
                .backoffs
                .retain(|_| !unreached.next().unwrap_or_default());
        }
    }

    fn is_unreached(&self, backoff: &Backoff, places: &Places, facts: &CodeFacts) -> bool {
        let looks = matches!(backoff.kind, BackoffKind::Checked | BackoffKind::Reported)
            && matches!(
                facts.blocks[backoff.block as usize].kind,
                BlockKind::Arm { .. }
            );
        // A handler looks at what was thrown.
        let caught = facts
            .ancestors(backoff.block)
            .any(|(_, block)| matches!(block.kind, BlockKind::Handler));
        if !looks || caught {
            return false;
        }
        let head = self.words(backoff.span.range());
        let at = backoff.span.start as usize;
        let function = self.outline.function_at(at);
        let Some(name) = identifiers(head).find(|name| !is_word(name)) else {
            return false;
        };
        let name = if self.language == Language::PowerShell {
            name.to_ascii_lowercase()
        } else {
            name.to_owned()
        };
        let bound = self
            .outline
            .bound(&name)
            .rfind(|bound| bound.at < at && bound.function == function);
        let Some(bound) = bound else { return false };
        let value = self.reader.bare(bound.binding.value);
        let Some(call) = self.outline.dialect.invocation(value, self.outline.text) else {
            return false;
        };
        THROWS.is_match(&call.callee.to_ascii_lowercase())
            || self.is_ensured(&name, bound.at..at, backoff.block, places, facts)
    }

    /// Whether something on every way to a look throws at what is no success:
    /// `response.raise_for_status()`.
    fn is_ensured(
        &self,
        name: &str,
        between: std::ops::Range<usize>,
        look: BlockId,
        places: &Places,
        facts: &CodeFacts,
    ) -> bool {
        self.calls_within(&between).any(|(range, callee)| {
            let ensures = ENSURES
                .iter()
                .any(|word| last_name(&callee).eq_ignore_ascii_case(word));
            ensures
                && callee.rsplit_once('.').is_some_and(|(of, _)| of == name)
                && facts.encloses(places.at(range.start), look)
        })
    }
}
