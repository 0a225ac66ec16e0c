//! Libraries of Bash.

use crate::parse::code::idiom::{Does, Idiom, Over};

/// The idioms.
pub const IDIOMS: &[Idiom] = &[
    Idiom::new("sleep", &["sleep"], Does::Sleep(&["#0"], 1.0)),
    Idiom::new(
        "xargs",
        &["xargs.curl", "parallel.curl"],
        Does::Repeat(Over::Pipeline, &["-P"]),
    ),
    Idiom::new("curl", &["curl", "wget"], Does::Request(&["url"])),
];
