//! Declared and implied call rates against the documented limits.

mod claim;
mod compare;
pub mod docs;
pub mod evasion;
mod place;
mod topic;
mod words;
