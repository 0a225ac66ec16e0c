//! `termscheck pack`.

use super::{CommandError, Exit};
use crate::cli::VerifyArgs;

/// Checks quotations against pages at hand.
pub(crate) fn verify(_args: &VerifyArgs) -> miette::Result<Exit> {
    Err(CommandError::new("todo").into())
}
