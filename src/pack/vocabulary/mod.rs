//! The vocabularies of a pack: words, names, limits, hosts. One file of YAML and
//! one file here for each.

mod limits;
mod logos;
mod mark_names;
mod marks;
mod names;
mod notices;
pub mod phrases;
mod provenance;

pub(crate) use limits::is_host;
pub use limits::{Family, HostGroup, Limit, LimitSource, Limits, Window};
pub use logos::{Badge, DETAIL as TELLING, IconClass, Logos};
pub use mark_names::{Lead, NameShape, NameUse, Spelling, told};
pub use marks::{Managing, Mark, MarkFinder, MarkHit, Marks};
pub use names::{Abbreviated, Altered, Feature, Names, Outdated, Replacing, Translated};
pub use notices::{Attribution, Notices};
pub use provenance::{Provenance, normalise_key};

/// Every vocabulary's file name.
pub(super) const FILES: &[&str] = &[
    Logos::FILE,
    Marks::FILE,
    Names::FILE,
    Limits::FILE,
    Provenance::FILE,
    Notices::FILE,
    super::page::PageFacts::FILE,
];

/// A vocabulary file of a pack. All are optional; a missing one is the default.
pub trait Vocabulary: serde::de::DeserializeOwned + Default {
    /// Its file name inside the pack's folder.
    const FILE: &'static str;

    /// Judges what serde can't: returns the key path at fault (`marks.3.name`, for
    /// the error to point at) and what is wrong with it.
    fn validate(&self) -> Result<(), (String, String)> {
        Ok(())
    }
}
