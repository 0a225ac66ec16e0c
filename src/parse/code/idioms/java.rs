//! Libraries of Java.

use std::sync::LazyLock;

use super::jvm;
use crate::parse::code::idiom::{Does, Idiom, Over};

/// The idioms, those of the JVM included.
pub static ALL: LazyLock<Vec<Idiom>> = LazyLock::new(|| [IDIOMS, jvm::IDIOMS].concat());

const IDIOMS: &[Idiom] = &[
    Idiom::new(
        "Stream",
        &["~forEach", "~map", "~flatMap", "~forEachOrdered", "~peek"],
        Does::Each(Over::Receiver),
    ),
    Idiom::new(
        "Optional",
        &[
            "Single.map",
            "Single.flatMap",
            "Single.peek",
            "Single.filter",
        ],
        Does::Same(&["@"]),
    ),
];
