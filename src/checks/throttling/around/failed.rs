//! Waits that happen only after a failure.

use super::{Repeated, is_failure};
use crate::checks::throttling::program::Program;
use crate::facts::code::{BlockId, CodeFacts};

/// Waits of a loop that come after a failure.
pub(in crate::checks::throttling) struct Failed {
    top: BlockId,
    /// There is one.
    any: bool,
}

impl Failed {
    pub(in crate::checks::throttling) fn new(
        program: &Program<'_>,
        file: usize,
        top: BlockId,
    ) -> Self {
        let code = program.code(file);
        // Where there are too many to be looked at, none is taken for one.
        let (sleeps, _) = program.index(file).all_sleeps_below(top);
        let mut sleeps = sleeps.iter().map(|&sleep| code.sleeps[sleep].block);
        Self {
            top,
            any: sleeps.any(|block| Self::is_one(code, top, block)),
        }
    }

    fn is_one(code: &CodeFacts, top: BlockId, block: BlockId) -> bool {
        code.ancestors(block)
            .take_while(|(id, _)| *id != top)
            .any(|(_, block)| is_failure(&block.kind))
    }

    /// Whether all waits that a call of the loop meets only sometimes come after a failure;
    /// `None` where it meets none.
    pub(in crate::checks::throttling) fn waits_after(
        &self,
        program: &Program<'_>,
        call: &Repeated,
    ) -> Option<bool> {
        let code = program.code(call.id.file);
        let index = program.index(call.id.file);
        let mut any = self.any;
        for span in &call.reach.pace.sometimes {
            // One that waits in another file is met whether or not something failed.
            let Some(sleep) = index.sleep_at(*span) else {
                return Some(false);
            };
            let block = code.sleeps[sleep].block;
            if code.encloses(self.top, block) {
                any = true;
                if !Self::is_one(code, self.top, block) {
                    return Some(false);
                }
            }
        }
        any.then_some(true)
    }
}
