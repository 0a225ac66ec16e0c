//! `names.yaml`: outdated, altered and translated product names.

use serde::Deserialize;

use super::Vocabulary;

/// `names.yaml`: outdated, altered and translated product names.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Names {}

impl Vocabulary for Names {
    const FILE: &'static str = "names.yaml";
}
