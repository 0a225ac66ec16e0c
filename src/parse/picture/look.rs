//! From pixels to what can be compared.

use super::canvas::{Area, Canvas, Mask, for_part};
use crate::facts::picture::{GRID, HUES, Look, TONE_GRID, Tone};

/// Shortest side of a drawing that says something, in pixels.
const SMALLEST: usize = 8;
/// Share of its own area that a tile fills, corners aside.
const TILE: f32 = 0.9;
/// What is cut off each side of a tile, so that its rounded corners are gone.
const RIM: f32 = 0.1;

/// The looks of a drawing: as it is, and that of what stands on it where it is a tile.
pub(super) fn looks(canvas: &Canvas) -> Vec<Look> {
    let whole = canvas.whole();
    let mask = canvas.mask(whole);
    let Some(area) = mask.extent(whole) else {
        return Vec::new();
    };
    let mut looks: Vec<Look> = look(canvas, &mask, area).into_iter().collect();
    if is_tile(&mask, area) {
        let inner = cut(area);
        let mask = canvas.mask(inner);
        if let Some(area) = mask.extent(inner) {
            looks.extend(look(canvas, &mask, area));
        }
    }
    looks
}

/// Whether a drawing fills its area but for its corners: a tile that something stands on.
fn is_tile(mask: &Mask, area: Area) -> bool {
    let cross = mask.share(area, (0.15, 0.85), (0.0, 1.0));
    let bar = mask.share(area, (0.0, 1.0), (0.15, 0.85));
    cross.min(bar) >= TILE
}

fn cut(area: Area) -> Area {
    let rim = |length: usize| ((length as f32 * RIM).ceil() as usize).min(length / 3);
    Area {
        left: area.left + rim(area.width()),
        top: area.top + rim(area.height()),
        right: area.right - rim(area.width()),
        bottom: area.bottom - rim(area.height()),
    }
}

fn look(canvas: &Canvas, mask: &Mask, area: Area) -> Option<Look> {
    if area.width().min(area.height()) < SMALLEST {
        return None;
    }
    let mut cover = [0; GRID * GRID];
    for (at, cell) in cover.iter_mut().enumerate() {
        let share = mask.share(area, part(at % GRID, GRID), part(at / GRID, GRID));
        *cell = (share * 15.0).round() as u8;
    }
    let mut tones = [Tone::Empty; TONE_GRID * TONE_GRID];
    for (at, tone) in tones.iter_mut().enumerate() {
        let (columns, rows) = (
            part(at % TONE_GRID, TONE_GRID),
            part(at / TONE_GRID, TONE_GRID),
        );
        *tone = mean_tone(canvas, mask, area, columns, rows);
    }
    let aspect = area.width() as f32 / area.height() as f32 * 100.0;
    Some(Look {
        cover,
        tones,
        aspect: aspect.round() as u16,
    })
}

/// The sides of the cell `at` of `count`, in shares.
fn part(at: usize, count: usize) -> (f32, f32) {
    (at as f32 / count as f32, (at + 1) as f32 / count as f32)
}

/// The mean colour of what is drawn in a part of an area.
fn mean_tone(
    canvas: &Canvas,
    mask: &Mask,
    area: Area,
    columns: (f32, f32),
    rows: (f32, f32),
) -> Tone {
    /// Share of a part that must be drawn on.
    const DRAWN: f32 = 0.15;
    let (mut sums, mut drawn, mut all) = ([0.0; 3], 0.0, 0.0);
    for_part(area, columns, rows, |x, y, part| {
        let weight = mask.at(x, y) * part;
        let pixel = canvas.at(x, y);
        for (sum, channel) in sums.iter_mut().zip(pixel) {
            *sum += f32::from(channel) * weight;
        }
        drawn += weight;
        all += part;
    });
    if all <= 0.0 || drawn / all < DRAWN {
        return Tone::Empty;
    }
    tone(sums.map(|sum| sum / drawn))
}

/// The tone of a colour whose channels go to 255.
fn tone(colour: [f32; 3]) -> Tone {
    let [red, green, blue] = colour;
    let high = red.max(green).max(blue);
    let low = red.min(green).min(blue);
    let range = high - low;
    // Less than this between the channels is grey to the eye.
    if range < 40.0 {
        return match high {
            high if high < 70.0 => Tone::Dark,
            high if high > 205.0 => Tone::Light,
            _ => Tone::Grey,
        };
    }
    let sector = f32::from(HUES) / 6.0;
    let hue = hue([red, green, blue]) / 60.0 * sector;
    Tone::Hue((hue.round() as u8) % HUES)
}

/// The hue of a colour in degrees.
pub(super) fn hue([red, green, blue]: [f32; 3]) -> f32 {
    let high = red.max(green).max(blue);
    let range = high - red.min(green).min(blue);
    if range <= 0.0 {
        return 0.0;
    }
    let sixth = if high <= red {
        (green - blue) / range
    } else if high <= green {
        (blue - red) / range + 2.0
    } else {
        (red - green) / range + 4.0
    };
    (sixth * 60.0).rem_euclid(360.0)
}
