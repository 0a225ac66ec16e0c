//! `notices.yaml`: words of attributions, trademark notices and denials of affiliation.

use serde::Deserialize;

use super::Vocabulary;

/// `notices.yaml`: words of attributions, trademark notices and denials of affiliation.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Notices {}

impl Vocabulary for Notices {
    const FILE: &'static str = "notices.yaml";
}
