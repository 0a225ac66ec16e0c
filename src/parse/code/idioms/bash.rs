//! Libraries of Bash.

use crate::parse::code::idiom::{Does, Idiom, Over, RateOf};

/// The idioms.
pub const IDIOMS: &[Idiom] = &[
    Idiom::new("sleep", &["sleep"], Does::Sleep(&["#0"], 1.0)),
    Idiom::new(
        "xargs",
        &["xargs.curl"],
        Does::Repeat(Over::Pipeline, &["-P", "=1"]),
    ),
    Idiom::new(
        "parallel",
        &["parallel.curl"],
        Does::Repeat(Over::Pipeline, &["-P"]),
    ),
    Idiom::new(
        "curl --parallel",
        &["curl.parallel"],
        Does::Repeat(Over::Receiver, &["--parallel-max", "=50"]),
    ),
    Idiom::new(
        "curl",
        &["curl.many"],
        Does::Repeat(Over::Receiver, &["=1"]),
    ),
    Idiom::new("curl", &["curl", "wget"], Does::Request(&["url"])),
];

/// Options that pace the requests of one command.
pub const PACING: &[Idiom] = &[
    Idiom::new(
        "curl --rate",
        &["--rate"],
        Does::Limits(&[RateOf::new(&["--rate"], &["--rate"], 1.0)]),
    ),
    Idiom::new(
        "parallel --delay",
        &["--delay"],
        Does::Limits(&[RateOf::new(&["=1"], &["--delay"], 1.0)]),
    ),
    Idiom::new(
        "wget --wait",
        &["--wait"],
        Does::Limits(&[RateOf::new(&["=1"], &["--wait"], 1.0)]),
    ),
];
