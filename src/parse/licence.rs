//! Licence texts, by the spdx crate's detection.

use crate::facts::FileFacts;
use crate::source::Source;

/// Parses a file that is a licence by its name.
pub fn parse(_source: &Source, _facts: &mut FileFacts) {}
