//! `provenance.yaml`: evidence that a page is derived from the licensed documentation.

use serde::Deserialize;

use super::Vocabulary;

/// `provenance.yaml`: evidence that a page is derived from the licensed documentation.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Provenance {}

impl Vocabulary for Provenance {
    const FILE: &'static str = "provenance.yaml";
}
