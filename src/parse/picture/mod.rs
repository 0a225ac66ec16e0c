//! Pictures: what is to be seen in one, and where documents use one.
#![allow(
    clippy::cast_sign_loss,
    reason = "lengths, shares and channels are never negative"
)]

mod canvas;
mod drawing;
mod look;
mod panes;
mod raster;
mod squares;
mod uses;

use std::fmt;

pub use drawing::paint_tree;
pub use uses::{documents, embedded, target};

use crate::facts::picture::Picture;

/// Largest file of pixels that is decoded, in bytes.
pub const MAX_BYTES: u64 = 2 * 1024 * 1024;

/// Why nothing is seen in a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It has more pixels, shapes or bytes than are looked at.
    TooLarge,
    /// Its bytes break off or contradict each other.
    Damaged,
    /// Its bytes are of no format that is read.
    Unknown,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::TooLarge => "a picture larger than logos are",
            Self::Damaged => "a damaged picture",
            Self::Unknown => "no picture of a kind that is read",
        })
    }
}

/// What is to be seen in a picture of pixels.
pub fn pixels(bytes: &[u8]) -> Result<Picture, Refusal> {
    raster::decode(bytes).map(|canvas| seen(&canvas))
}

/// What is to be seen in a picture, whose path tells its kind.
pub fn of(path: &str, bytes: &[u8]) -> Result<Picture, Refusal> {
    let drawn = path
        .rsplit_once('.')
        .is_some_and(|(_, extension)| extension.eq_ignore_ascii_case("svg"));
    if drawn { drawing(bytes) } else { pixels(bytes) }
}

/// What is to be seen in a drawing.
pub fn drawing(bytes: &[u8]) -> Result<Picture, Refusal> {
    drawing::paint(bytes).map(|canvas| seen(&canvas))
}

fn seen(canvas: &canvas::Canvas) -> Picture {
    Picture {
        looks: look::looks(canvas),
        squares: squares::four_squares(canvas),
        panes: panes::panes(canvas),
    }
}
