//! Four panes of a window: one colour, a narrow cross between them, and perhaps something
//! else laid over the middle.

use super::canvas::{Area, Canvas};
use super::squares::{SMALLEST, SQUARE, flat_colour, share_of};

/// What of a pane is looked at along its outer sides, in shares of the four together: clear
/// of what lies over the middle and of a rounded corner.
const ALONG: [(f32, f32); 2] = [(0.12, 0.42), (0.58, 0.88)];
const RIM: [(f32, f32); 2] = [(0.02, 0.12), (0.88, 0.98)];
/// The middle of a side, and what lies close beside it: the gap is narrow, so that tiles
/// with room between them and with round corners are none.
const MIDDLE: (f32, f32) = (0.488, 0.512);
const BESIDE: [(f32, f32); 2] = [(0.42, 0.46), (0.54, 0.58)];
/// The very edge, where round corners leave what lies beside the gap clear.
const EDGE: [(f32, f32); 2] = [(0.0, 0.05), (0.95, 1.0)];
/// Steps of a channel that a pane's pixels may lie from their mean: panes are shaded.
const SHADED: u8 = 70;
/// Share of a pane's pixels that must lie within that.
const FLAT: f32 = 0.95;
/// Share of the gap that may have the colour of the panes, and of what lies beside it that
/// must have it.
const GAP: f32 = 0.5;
const PANE: f32 = 0.7;

/// The colours of the panes of a picture, if it is that.
pub(super) fn panes(canvas: &Canvas) -> Option<[[u8; 3]; 4]> {
    // Panes that fill the picture are taken for its background where the gap is clear.
    let whole = canvas.whole();
    let drawn = canvas.mask(whole).extent(whole);
    let inked = canvas
        .opaque()
        .extent(whole)
        .filter(|area| drawn != Some(*area));
    drawn
        .into_iter()
        .chain(inked)
        .find_map(|area| panes_of(canvas, area))
}

fn panes_of(canvas: &Canvas, drawn: Area) -> Option<[[u8; 3]; 4]> {
    let (width, height) = (drawn.width(), drawn.height());
    let aspect = width as f32 / height as f32;
    if width.min(height) < 2 * SMALLEST || (aspect - 1.0).abs() > SQUARE {
        return None;
    }
    let mut colours = [[0; 3]; 4];
    for (at, colour) in colours.iter_mut().enumerate() {
        let (column, row) = (at % 2, at / 2);
        let parts = [(ALONG[column], RIM[row]), (RIM[column], ALONG[row])];
        *colour = flat_colour(canvas, drawn, &parts, SHADED, FLAT)?;
    }
    // Each side, with the panes before and after its middle.
    let sides = [
        (true, 0, 0, 1),
        (true, 1, 2, 3),
        (false, 0, 0, 2),
        (false, 1, 1, 3),
    ];
    sides
        .into_iter()
        .all(|(level, end, first, second)| {
            let share = |along: (f32, f32), across: (f32, f32), pane: usize| {
                let (columns, rows) = if level {
                    (along, across)
                } else {
                    (across, along)
                };
                share_of(canvas, drawn, columns, rows, colours[pane])
            };
            share(MIDDLE, RIM[end], first) < GAP
                && share(MIDDLE, RIM[end], second) < GAP
                && share(BESIDE[0], EDGE[end], first) >= PANE
                && share(BESIDE[1], EDGE[end], second) >= PANE
        })
        .then_some(colours)
}
