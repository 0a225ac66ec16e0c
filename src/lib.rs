//! Checks a repository's docs and code against the terms of a vendor's licence
//! page. Data flows one way: [`tree`] → [`walk`] → [`prefilter`] → [`source`] → [`parse`] →
//! [`facts`] and their signals → [`checks`] → [`aggregate`] → [`suppress`] and [`baseline`] →
//! [`report`]; [`scan`] leads it. docs/architecture.md says what is where.

pub mod aggregate;
pub mod baseline;
pub mod budget;
pub mod changes;
pub mod checks;
pub mod cli;
mod clock;
pub mod commands;
pub mod config;
pub mod derive;
pub mod facts;
pub mod finding;
pub mod fix;
pub mod git;
pub mod grants;
pub mod index;
pub mod licensing;
pub mod operator;
pub mod pack;
pub mod parse;
pub mod prefilter;
pub mod report;
pub mod revision;
pub mod scan;
pub mod schema;
pub mod selection;
pub mod source;
pub mod suppress;
pub mod tree;
pub mod trial;
pub mod verdict;
pub mod walk;
