//! The library and the binary from outside, one module a subject.

mod cli;
mod config;
mod rules;
mod support;
mod suppression;
