//! Whether the owner's names are used as its trademark policy asks.

pub mod logo;
pub mod name_in_product;
pub mod names;
pub mod notice;
pub mod own_names;
pub(in crate::checks) mod spoken;
