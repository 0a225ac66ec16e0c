//! Which level the configuration gives a finding's rule where it stands.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;

use super::finish::path_of;
use crate::config::{Config, Level};
use crate::finding::Finding;
use crate::source::FileId;

/// A file and a rule.
type Place = (Option<FileId>, String);

/// The levels of rules in files, each looked up once.
pub(super) struct Levels<'c> {
    config: &'c Config,
    known: RefCell<HashMap<Place, Option<Level>>>,
}

impl<'c> Levels<'c> {
    pub fn new(config: &'c Config) -> Self {
        Self {
            config,
            known: RefCell::default(),
        }
    }

    /// The level of a finding's rule where it stands.
    pub fn of(&self, finding: &Finding, paths: &[Arc<str>]) -> Option<Level> {
        let file = finding.primary.map(|span| span.file);
        let key = (file, finding.rule.qualified());
        let look = || {
            self.config
                .level(path_of(finding, paths), &finding.rule.names)
        };
        *self.known.borrow_mut().entry(key).or_insert_with(look)
    }
}
