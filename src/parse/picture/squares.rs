//! Four equal squares, two by two, as a mark of them is drawn: alone, or before words.

use super::canvas::{Area, Canvas, Mask, apart, for_part};
use crate::facts::picture::FourSquares;

/// Shortest side of the four together, in pixels; icons of 16 pixels hold them.
pub(super) const SMALLEST: usize = 11;
/// Side up to which a pixel more or less is looked for, in pixels: beyond it a pixel is nothing.
const FUZZY: usize = 400;
/// How far the sides of the four may differ, in shares.
pub(super) const SQUARE: f32 = 0.12;
/// Steps of a channel that a square's pixels may lie from their middle.
const FLAT: u8 = 26;
/// Share of a square's inner pixels that must lie within that.
const FLAT_SHARE: f32 = 0.92;
/// The inner part of a square, in shares of the four together: neither its rim nor the
/// gap, which is a twentieth of the side at most on each side of the middle.
const INNER: [(f32, f32); 2] = [(0.08, 0.40), (0.60, 0.92)];

/// The four squares of a picture, if it is that.
pub(super) fn four_squares(canvas: &Canvas) -> Option<FourSquares> {
    let whole = canvas.whole();
    let mask = canvas.mask(whole);
    let drawn = mask.extent(whole)?;
    if drawn.width().min(drawn.height()) < SMALLEST {
        return None;
    }
    // What lies between a square and the background may count as drawn or not.
    let inset = |by: [usize; 4]| Area {
        left: drawn.left + by[0],
        top: drawn.top + by[1],
        right: drawn.right - by[2],
        bottom: drawn.bottom - by[3],
    };
    let fuzzy = drawn.width().min(drawn.height()) <= FUZZY;
    let insets = (0..16_usize).map(|bits| [bits & 1, bits >> 1 & 1, bits >> 2 & 1, bits >> 3]);
    insets
        .take(if fuzzy { 16 } else { 1 })
        .find_map(|by| four_of(canvas, &mask, inset(by)))
}

fn four_of(canvas: &Canvas, mask: &Mask, drawn: Area) -> Option<FourSquares> {
    let box_of_four = before_words(mask, drawn)?;
    if box_of_four.width().min(box_of_four.height()) < SMALLEST {
        return None;
    }
    let mut colours = [[0; 3]; 4];
    for (at, colour) in colours.iter_mut().enumerate() {
        let (columns, rows) = (INNER[at % 2], INNER[at / 2]);
        *colour = flat_colour(canvas, box_of_four, &[(columns, rows)], FLAT, FLAT_SHARE)?;
    }
    if !has_corners(canvas, box_of_four, &colours) {
        return None;
    }
    let gap = gap(canvas, mask, box_of_four, &colours);
    Some(FourSquares { colours, gap })
}

/// The area of the four: all that is drawn, or the square at its left where words follow
/// after a gap.
fn before_words(mask: &Mask, drawn: Area) -> Option<Area> {
    /// Width by height from which words may stand beside the four.
    const BESIDE: f32 = 2.0;
    /// Width by height that words may reach: the longest line of a mark with words.
    const LONGEST: f32 = 9.0;
    let aspect = drawn.width() as f32 / drawn.height() as f32;
    if (aspect - 1.0).abs() <= SQUARE {
        return Some(drawn);
    }
    if !(BESIDE..=LONGEST).contains(&aspect) {
        return None;
    }
    let side = drawn.height();
    let four = Area {
        right: drawn.left + side,
        ..drawn
    };
    let rest = Area {
        left: four.right,
        ..drawn
    };
    // A column of nothing beside the four, and then strokes rather than a plane.
    let clear = mask.share(rest, (0.0, 0.04), (0.0, 1.0));
    let words = mask.share(rest, (0.04, 1.0), (0.0, 1.0));
    (clear < 0.1 && words < 0.5).then_some(four)
}

/// A part of an area, by shares of its columns and of its rows.
type Part = ((f32, f32), (f32, f32));

/// The mean colour of parts of an area, where a share `most` of their pixels is opaque and
/// no more than `steps` of a channel from it.
pub(super) fn flat_colour(
    canvas: &Canvas,
    area: Area,
    parts: &[Part],
    steps: u8,
    most: f32,
) -> Option<[u8; 3]> {
    let each = |visit: &mut dyn FnMut([u8; 4], f32)| {
        for &(columns, rows) in parts {
            for_part(area, columns, rows, |x, y, part| {
                visit(canvas.at(x, y), part);
            });
        }
    };
    let (mut sums, mut all) = ([0.0; 3], 0.0);
    each(&mut |pixel, part| {
        for (sum, channel) in sums.iter_mut().zip(pixel) {
            *sum += f32::from(channel) * part;
        }
        all += part;
    });
    if all <= 0.0 {
        return None;
    }
    let mean = sums.map(|sum| (sum / all).round() as u8);
    let [red, green, blue] = mean;
    let mut flat = 0.0;
    each(&mut |pixel, part| {
        if pixel[3] > 180 && apart(pixel, [red, green, blue, 255]) <= steps {
            flat += part;
        }
    });
    (flat / all >= most).then_some(mean)
}

/// Whether the squares reach their outer corners: discs and rounded tiles do not.
fn has_corners(canvas: &Canvas, area: Area, colours: &[[u8; 3]; 4]) -> bool {
    /// Side of a corner, in shares; a pixel of the smallest icons.
    const CORNER: f32 = 0.05;
    let ends = [(0.0, CORNER), (1.0 - CORNER, 1.0)];
    (0..4).all(|at| {
        // A pixel that a square covers half lies half-way to the background.
        let here = (ends[at % 2], ends[at / 2]);
        share_within(canvas, area, here, colours[at], 255.0) >= 0.3
    })
}

/// The share of a part that has a colour, half of it counted for half the way.
pub(super) fn share_of(
    canvas: &Canvas,
    area: Area,
    columns: (f32, f32),
    rows: (f32, f32),
    colour: [u8; 3],
) -> f32 {
    /// Steps of a channel at which nothing of a colour is left.
    const OTHER: f32 = 160.0;
    share_within(canvas, area, (columns, rows), colour, OTHER)
}

/// The same, where nothing of the colour is left at so many steps of a channel.
fn share_within(
    canvas: &Canvas,
    area: Area,
    (columns, rows): ((f32, f32), (f32, f32)),
    [red, green, blue]: [u8; 3],
    steps: f32,
) -> f32 {
    let (mut sum, mut all) = (0.0, 0.0);
    for_part(area, columns, rows, |x, y, part| {
        let pixel = canvas.at(x, y);
        let near = 1.0 - (f32::from(apart(pixel, [red, green, blue, 255])) / steps).min(1.0);
        sum += near * part * f32::from(pixel[3]) / 255.0;
        all += part;
    });
    if all > 0.0 { sum / all } else { 0.0 }
}

/// Whether something else than the squares is seen along the middle in both directions.
fn gap(canvas: &Canvas, mask: &Mask, area: Area, colours: &[[u8; 3]; 4]) -> bool {
    /// The middle, in shares.
    const MIDDLE: (f32, f32) = (0.475, 0.525);
    let is_gap = |columns, rows, beside: [usize; 2]| {
        let clear = mask.share(area, columns, rows) < 0.75;
        let other = beside
            .iter()
            .map(|&at| share_of(canvas, area, columns, rows, colours[at]))
            .fold(0.0, f32::max);
        clear || other < 0.75
    };
    let (first, second) = (INNER[0], INNER[1]);
    is_gap(MIDDLE, first, [0, 1])
        && is_gap(MIDDLE, second, [2, 3])
        && is_gap(first, MIDDLE, [0, 2])
        && is_gap(second, MIDDLE, [1, 3])
}
