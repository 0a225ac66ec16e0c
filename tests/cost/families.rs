//! Families of input that somebody might make to cost more than its size: a format, and
//! a piece that is repeated in it. Each is a folder of its own with one file, so that a
//! cost that grows faster than the file shows.

#[path = "formats.rs"]
mod formats;
#[path = "more_shapes.rs"]
mod more_shapes;
#[path = "shapes.rs"]
mod shapes;

use formats::ADDRESS;
pub use formats::FORMATS;
pub use shapes::SHAPES;

/// A format: its file, what stands before the repeated pieces, between and after them.
pub struct Format {
    pub path: &'static str,
    head: &'static str,
    tail: &'static str,
}

/// A piece that is repeated; `#` stands for its number, `~` for the one before.
pub struct Shape {
    pub name: &'static str,
    piece: &'static str,
    /// Formats by the ending of their path; empty for all.
    only: &'static [&'static str],
}

pub const fn format(path: &'static str, head: &'static str, tail: &'static str) -> Format {
    Format { path, head, tail }
}

pub const fn shape(
    name: &'static str,
    piece: &'static str,
    only: &'static [&'static str],
) -> Shape {
    Shape { name, piece, only }
}

impl Format {
    /// The text of a family at a size, in bytes.
    pub fn text(&self, shape: &Shape, size: usize) -> String {
        let mut text = self.head.replace("{A}", ADDRESS);
        // What asks nothing of a file does not read it.
        if !text.contains("Defender") && !text.contains(ADDRESS) && self.tail.is_empty() {
            text.push_str(if self.path.contains('.') {
                ""
            } else {
                "Defender\n"
            });
        }
        // Each above the limits that are documented, so that pieces give findings alike.
        let mut number = 2000;
        while text.len() < size {
            if shape.piece.contains('#') && !shape.piece.starts_with("# ") {
                let own = shape.piece.replace('#', &number.to_string());
                text.push_str(&own.replace('~', &(number - 1).to_string()));
            } else {
                text.push_str(shape.piece);
            }
            number += 1;
        }
        text.push_str(self.tail);
        text
    }
}

/// Every family.
pub fn all() -> impl Iterator<Item = (&'static Format, &'static Shape)> {
    FORMATS.iter().flat_map(|format| {
        let fits = |shape: &&Shape| {
            shape.only.is_empty() || shape.only.iter().any(|end| format.path.ends_with(end))
        };
        SHAPES
            .iter()
            .chain(more_shapes::MORE)
            .filter(fits)
            .map(move |shape| (format, shape))
    })
}
