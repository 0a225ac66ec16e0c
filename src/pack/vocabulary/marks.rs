//! `marks.yaml`: names that the owner keeps as trademarks.

use serde::Deserialize;

use super::Vocabulary;

/// `marks.yaml`: names that the owner keeps as trademarks.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Marks {}

impl Vocabulary for Marks {
    const FILE: &'static str = "marks.yaml";
}
