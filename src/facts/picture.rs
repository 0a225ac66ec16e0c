//! Pictures: what one looks like, reduced to what can be compared, and where a file uses
//! one.

use std::fmt::Write as _;

use crate::source::Span;

/// Cells in a row and in a column of [`Look::cover`]. 12: a picture of 16 pixels still
/// gives each cell more than one of them.
pub const GRID: usize = 12;

/// Cells in a row and in a column of [`Look::tones`].
pub const TONE_GRID: usize = 4;

/// What a picture looks like, whatever its size, its margin and what it stands on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Look {
    /// How much of each cell is drawn on, 0 to 15, by rows.
    pub cover: [u8; GRID * GRID],
    /// The colour of what is drawn, by rows.
    pub tones: [Tone; TONE_GRID * TONE_GRID],
    /// Width by height of what is drawn, in hundredths.
    pub aspect: u16,
}

/// A colour, told roughly.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Hardly anything is drawn there.
    Empty,
    /// Black or nearly.
    Dark,
    /// Grey.
    Grey,
    /// White or nearly.
    Light,
    /// A colour: twelve of them around the circle of hues.
    Hue(u8),
}

/// Hues that are told apart.
pub const HUES: u8 = 12;

impl Tone {
    fn letter(self) -> char {
        match self {
            Self::Empty => '.',
            Self::Dark => 'x',
            Self::Grey => 'y',
            Self::Light => 'z',
            Self::Hue(hue) => char::from(b'a' + hue % HUES),
        }
    }

    fn of(letter: char) -> Option<Self> {
        Some(match letter {
            '.' => Self::Empty,
            'x' => Self::Dark,
            'y' => Self::Grey,
            'z' => Self::Light,
            'a'..='l' => Self::Hue(letter as u8 - b'a'),
            _ => return None,
        })
    }

    /// Whether two are the same but for a shade.
    pub fn is_like(self, other: Self) -> bool {
        match (self, other) {
            (Self::Hue(one), Self::Hue(two)) => {
                let apart = one.abs_diff(two);
                apart.min(HUES - apart) <= 1
            }
            (Self::Grey, Self::Dark | Self::Light) | (Self::Dark | Self::Light, Self::Grey) => true,
            (one, two) => one == two,
        }
    }
}

impl Look {
    /// How much of two drawings is the same, 0 to 1: what both cover by what either does.
    pub fn likeness(&self, other: &Self) -> f32 {
        let (mut both, mut either) = (0_u32, 0_u32);
        for (one, two) in self.cover.iter().zip(&other.cover) {
            both += u32::from(*one.min(two));
            either += u32::from(*one.max(two));
        }
        if either == 0 {
            return 0.0;
        }
        both as f32 / either as f32
    }

    /// The share of places drawn on in both whose colours are the same but for a shade.
    pub fn tone_likeness(&self, other: &Self) -> f32 {
        let (mut same, mut all) = (0_u32, 0_u32);
        for (one, two) in self.tones.iter().zip(&other.tones) {
            if *one != Tone::Empty && *two != Tone::Empty {
                all += 1;
                same += u32::from(one.is_like(*two));
            }
        }
        if all == 0 {
            return 0.0;
        }
        same as f32 / all as f32
    }

    /// How much its outline says: the sum of steps between neighbouring cells by the
    /// length of the sides of the grid. A square and a disc say little.
    pub fn detail(&self) -> f32 {
        let at = |row: usize, column: usize| i32::from(self.cover[row * GRID + column]);
        let mut steps = 0;
        for row in 0..GRID {
            for column in 0..GRID {
                if column + 1 < GRID {
                    steps += (at(row, column) - at(row, column + 1)).abs();
                }
                if row + 1 < GRID {
                    steps += (at(row, column) - at(row + 1, column)).abs();
                }
            }
        }
        steps as f32 / 15.0 / GRID as f32
    }

    /// Whether more than one colour stands in it.
    pub fn is_coloured(&self) -> bool {
        let mut hues = self.tones.iter().filter(|tone| **tone != Tone::Empty);
        let first = hues.next();
        hues.any(|tone| first.is_some_and(|first| !first.is_like(*tone)))
    }

    /// The look in letters and digits, as packs keep it: aspect, tones, cover.
    pub fn written(&self) -> String {
        let mut out = format!("{}:", self.aspect);
        out.extend(self.tones.iter().map(|tone| tone.letter()));
        out.push(':');
        for cell in &self.cover {
            // Writing to a string does not fail.
            let _ = write!(out, "{cell:x}");
        }
        out
    }

    /// Reads what [`Self::written`] wrote.
    pub fn read(text: &str) -> Option<Self> {
        let mut parts = text.split(':');
        let aspect = parts.next()?.parse().ok()?;
        let tones: Option<Vec<Tone>> = parts.next()?.chars().map(Tone::of).collect();
        let cover: Option<Vec<u8>> = parts
            .next()?
            .chars()
            .map(|digit| Some(digit.to_digit(16)? as u8))
            .collect();
        let look = Self {
            cover: cover?.try_into().ok()?,
            tones: tones?.try_into().ok()?,
            aspect,
        };
        parts.next().is_none().then_some(look)
    }
}

/// Four equal squares, two by two, with nothing else but perhaps words beside them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FourSquares {
    /// Red, green and blue of each, by rows.
    pub colours: [[u8; 3]; 4],
    /// A gap is seen between them.
    pub gap: bool,
}

/// What is seen in a picture.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Picture {
    /// Its looks: as it is, and without the tile that it may stand on.
    pub looks: Vec<Look>,
    /// The four squares that it is.
    pub squares: Option<FourSquares>,
    /// The colours, by rows, of the four panes of a window that it is, where they are of
    /// about one colour, whatever lies over their middle.
    pub panes: Option<[[u8; 3]; 4]>,
}

/// The mark that a picture shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Logo {
    /// The mark.
    pub mark: String,
    /// Others draw the like: it counts where the repository speaks of the mark.
    pub common: bool,
}

/// What a picture is used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PictureRole {
    /// A manifest gives it as the icon of what is published to others.
    PublishedIcon,
    /// A manifest or a page gives it as the icon of the project.
    Icon,
    /// It stands above what a README says of the project.
    Emblem,
    /// It stands in a document.
    Shown,
    /// It stands in a document as a sign of a font, known by the classes of its element.
    Glyph,
}

/// One use of a picture.
#[derive(Clone, Debug)]
pub struct PictureUse {
    /// What for.
    pub role: PictureRole,
    /// The field of a manifest that gives it: `package.json "icon"`; empty in documents.
    pub field: String,
    /// Path or address as written, without what follows `?` or `#` in a path; of a sign of
    /// a font its classes.
    pub target: String,
    /// Alternative text.
    pub alt: String,
    /// The picture itself, where the use holds it as data.
    pub data: Option<Box<Picture>>,
    /// Where.
    pub span: Span,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn look(cover: impl Fn(usize, usize) -> u8, tone: Tone) -> Look {
        let cells: Vec<u8> = (0..GRID * GRID)
            .map(|at| cover(at / GRID, at % GRID))
            .collect();
        Look {
            cover: cells.try_into().expect("a grid"),
            tones: [tone; TONE_GRID * TONE_GRID],
            aspect: 100,
        }
    }

    #[test]
    fn what_is_written_is_read() {
        let look = look(|row, column| ((row * column) % 16) as u8, Tone::Hue(11));
        assert_eq!(Look::read(&look.written()), Some(look.clone()));
        for broken in ["", "100", "100:a:1", &look.written()[1..40], "x:y:z"] {
            assert_eq!(Look::read(broken), None, "{broken}");
        }
        let longer = format!("{}:1", look.written());
        assert_eq!(Look::read(&longer), None);
    }

    #[test]
    fn looks_are_compared_by_what_both_cover() {
        let left = look(|_, column| if column < 6 { 15 } else { 0 }, Tone::Hue(0));
        let right = look(|_, column| if column < 6 { 0 } else { 15 }, Tone::Hue(6));
        assert!((left.likeness(&left) - 1.0).abs() < f32::EPSILON);
        assert!(left.likeness(&right) < 0.01);
        assert!(left.tone_likeness(&right) < 0.01);
        assert!(Tone::Hue(0).is_like(Tone::Hue(11)) && !Tone::Hue(0).is_like(Tone::Hue(2)));
        let board = look(
            |row, column| if (row + column) % 2 == 0 { 15 } else { 0 },
            Tone::Dark,
        );
        assert!(board.detail() > 4.0 * left.detail());
    }
}
