//! `limits.yaml`: documented limits and governed hosts.

use serde::Deserialize;

use super::Vocabulary;

/// `limits.yaml`: documented limits and governed hosts.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Limits {}

impl Vocabulary for Limits {
    const FILE: &'static str = "limits.yaml";
}
