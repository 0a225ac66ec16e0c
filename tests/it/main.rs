//! The library and the binary from outside, one module a subject.

mod rules;
