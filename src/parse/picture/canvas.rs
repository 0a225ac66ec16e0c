//! A picture in memory, small, and what of it is drawn on what background.

/// Longest side that is looked at, in pixels: enough for the grids of a look, and cheap.
pub(super) const SIDE: u32 = 96;

/// Red, green, blue and opacity, not multiplied.
pub(super) type Pixel = [u8; 4];

/// A picture in memory.
#[derive(Clone, Debug)]
pub(super) struct Canvas {
    pub width: usize,
    pub height: usize,
    pub pixels: Vec<Pixel>,
}

/// A rectangle of pixels; the ends are not part of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Area {
    pub left: usize,
    pub top: usize,
    pub right: usize,
    pub bottom: usize,
}

impl Area {
    pub fn width(&self) -> usize {
        self.right - self.left
    }

    pub fn height(&self) -> usize {
        self.bottom - self.top
    }
}

/// How much of each pixel belongs to the drawing, 0 to 1.
#[derive(Clone, Debug)]
pub(super) struct Mask {
    pub width: usize,
    pub weights: Vec<f32>,
}

/// Opacity under which a pixel counts as clear.
const CLEAR: u8 = 40;
/// Share of the border that one colour takes where it is a background. At half a drawing
/// that touches the border on one side is still told from it.
const BACKGROUND: f32 = 0.5;
/// Steps of a channel within which colours are one; noise of JPEG at middling quality
/// stays below.
const NEAR: u8 = 28;
/// Least steps at which a pixel wholly belongs to the drawing.
const APART: f32 = 64.0;

impl Canvas {
    pub fn at(&self, x: usize, y: usize) -> Pixel {
        self.pixels[y * self.width + x]
    }

    pub fn whole(&self) -> Area {
        Area {
            left: 0,
            top: 0,
            right: self.width,
            bottom: self.height,
        }
    }

    /// From bytes of red, green, blue and opacity: what is drawn and a little of what it
    /// stands on, made small by the mean of areas.
    pub fn of(width: usize, height: usize, bytes: &[u8]) -> Option<Self> {
        if width == 0 || height == 0 || bytes.len() < width * height * 4 {
            return None;
        }
        let pixels = bytes.chunks_exact(4).take(width * height);
        let raw = Raw {
            width,
            height,
            bytes,
        };
        let area = raw.drawn();
        if area == raw.whole() && longest_of(area) <= side_for(area) {
            return Some(Self {
                width,
                height,
                pixels: pixels.map(|p| [p[0], p[1], p[2], p[3]]).collect(),
            });
        }
        Some(raw.shrunk(area))
    }

    /// What belongs to the drawing inside an area: what differs from the colour that
    /// most of the area's border has. Everything, where no colour does.
    pub fn mask(&self, area: Area) -> Mask {
        let background = background(&self.border(area));
        let full = match background {
            Background::Colour(colour) => self.contrast(area, colour),
            _ => 1.0,
        };
        let mut weights = vec![0.0; self.width * self.height];
        for y in area.top..area.bottom {
            for x in area.left..area.right {
                let pixel = self.at(x, y);
                weights[y * self.width + x] = match background {
                    Background::Clear => f32::from(pixel[3]) / 255.0,
                    Background::Colour(colour) => {
                        let opaque = f32::from(pixel[3]) / 255.0;
                        (f32::from(apart(pixel, colour)) / full).min(1.0) * opaque
                    }
                    Background::None => 1.0,
                };
            }
        }
        Mask {
            width: self.width,
            weights,
        }
    }

    /// All that is not clear.
    pub fn opaque(&self) -> Mask {
        let opacity = |pixel: &Pixel| f32::from(pixel[3]) / 255.0;
        Mask {
            width: self.width,
            weights: self.pixels.iter().map(opacity).collect(),
        }
    }

    /// Steps at which a pixel wholly belongs to the drawing: four fifths of the greatest
    /// difference, so that what lies between it and the background counts in part.
    fn contrast(&self, area: Area, colour: Pixel) -> f32 {
        let rows = area.top..area.bottom;
        let pixels = rows.flat_map(|y| (area.left..area.right).map(move |x| (x, y)));
        let greatest = pixels.map(|(x, y)| apart(self.at(x, y), colour)).max();
        (f32::from(greatest.unwrap_or(0)) * 0.8).max(APART)
    }

    fn border(&self, area: Area) -> Vec<Pixel> {
        let mut border = Vec::new();
        for x in area.left..area.right {
            border.push(self.at(x, area.top));
            border.push(self.at(x, area.bottom - 1));
        }
        for y in area.top..area.bottom {
            border.push(self.at(area.left, y));
            border.push(self.at(area.right - 1, y));
        }
        border
    }
}

#[derive(Clone, Copy)]
enum Background {
    Clear,
    Colour(Pixel),
    None,
}

fn background(border: &[Pixel]) -> Background {
    let all = border.len() as f32;
    let clear = border.iter().filter(|pixel| pixel[3] < CLEAR).count() as f32;
    if clear / all >= BACKGROUND {
        return Background::Clear;
    }
    // The commonest colour, told by three bits a channel, and its neighbours.
    let mut counts = [0_u16; 512];
    let bin = |pixel: &Pixel| {
        let part = |channel: u8| usize::from(channel >> 5);
        part(pixel[0]) << 6 | part(pixel[1]) << 3 | part(pixel[2])
    };
    for pixel in border.iter().filter(|pixel| pixel[3] >= CLEAR) {
        counts[bin(pixel)] = counts[bin(pixel)].saturating_add(1);
    }
    let most = (0..counts.len()).max_by_key(|&at| (counts[at], usize::MAX - at));
    let Some(colour) = most.and_then(|most| {
        let of_most = border.iter().filter(|p| p[3] >= CLEAR && bin(p) == most);
        middle(of_most)
    }) else {
        return Background::None;
    };
    let near = border
        .iter()
        .filter(|pixel| pixel[3] >= CLEAR && apart(**pixel, colour) <= NEAR);
    if near.count() as f32 / all >= BACKGROUND {
        Background::Colour(colour)
    } else {
        Background::None
    }
}

/// A picture as it was decoded.
struct Raw<'a> {
    width: usize,
    height: usize,
    bytes: &'a [u8],
}

impl Raw<'_> {
    fn at(&self, x: usize, y: usize) -> Pixel {
        let at = (y * self.width + x) * 4;
        let part = |channel: usize| self.bytes.get(at + channel).copied().unwrap_or(0);
        [part(0), part(1), part(2), part(3)]
    }

    fn whole(&self) -> Area {
        Area {
            left: 0,
            top: 0,
            right: self.width,
            bottom: self.height,
        }
    }

    /// What is drawn, and enough around it that the background is still the border. Of a
    /// large picture some rows and columns stand for all.
    fn drawn(&self) -> Area {
        /// Rows and columns that are looked at.
        const LINES: usize = 256;
        let step = (self.width.max(self.height) / LINES).max(1);
        let mut border = Vec::new();
        for x in (0..self.width).step_by(step) {
            border.push(self.at(x, 0));
            border.push(self.at(x, self.height - 1));
        }
        for y in (0..self.height).step_by(step) {
            border.push(self.at(0, y));
            border.push(self.at(self.width - 1, y));
        }
        let below = background(&border);
        let is_drawn = |pixel: Pixel| match below {
            Background::Clear => pixel[3] >= CLEAR,
            // What is clear differs from a colour, too: the gap between panes.
            Background::Colour(colour) => pixel[3] < CLEAR || apart(pixel, colour) > NEAR,
            Background::None => true,
        };
        if matches!(below, Background::None) {
            return self.whole();
        }
        let (mut left, mut right) = (self.width, 0);
        let (mut top, mut bottom) = (self.height, 0);
        for y in (0..self.height).step_by(step) {
            for x in (0..self.width).step_by(step) {
                if is_drawn(self.at(x, y)) {
                    left = left.min(x);
                    right = right.max(x + 1);
                    top = top.min(y);
                    bottom = bottom.max(y + 1);
                }
            }
        }
        if left >= right {
            return self.whole();
        }
        let rim = step + (right - left).max(bottom - top) / 24 + 1;
        Area {
            left: left.saturating_sub(rim),
            top: top.saturating_sub(rim),
            right: (right + rim).min(self.width),
            bottom: (bottom + rim).min(self.height),
        }
    }

    fn shrunk(&self, area: Area) -> Canvas {
        let (longest, side) = (longest_of(area), side_for(area));
        let scaled = |length: usize| {
            if longest <= side {
                length
            } else {
                (length * side / longest).max(1)
            }
        };
        let (width, height) = (scaled(area.width()), scaled(area.height()));
        let mut pixels = Vec::with_capacity(width * height);
        let part = |at: usize, of: usize, start: usize, length: usize| {
            start + at * length / of..start + ((at + 1) * length / of).max(at * length / of + 1)
        };
        for y in 0..height {
            let rows = part(y, height, area.top, area.height());
            for x in 0..width {
                let columns = part(x, width, area.left, area.width());
                pixels.push(mean(self.bytes, self.width, columns, rows.clone()));
            }
        }
        Canvas {
            width,
            height,
            pixels,
        }
    }
}

fn longest_of(area: Area) -> usize {
    area.width().max(area.height())
}

/// The longest side of what is looked at: more for a long line of a mark and words.
fn side_for(area: Area) -> usize {
    let short = area.width().min(area.height()).max(1);
    SIDE as usize * (longest_of(area) / short).clamp(1, 4)
}

impl Mask {
    pub fn at(&self, x: usize, y: usize) -> f32 {
        self.weights[y * self.width + x]
    }

    /// The smallest area that holds what is drawn.
    pub fn extent(&self, area: Area) -> Option<Area> {
        /// Weight from which a pixel counts.
        const DRAWN: f32 = 0.4;
        let mut extent: Option<Area> = None;
        for y in area.top..area.bottom {
            for x in area.left..area.right {
                if self.at(x, y) < DRAWN {
                    continue;
                }
                let found = extent.get_or_insert(Area {
                    left: x,
                    top: y,
                    right: x + 1,
                    bottom: y + 1,
                });
                found.left = found.left.min(x);
                found.right = found.right.max(x + 1);
                found.bottom = y + 1;
            }
        }
        extent
    }

    /// The mean weight over a part of an area, whose sides are given in shares of it;
    /// pixels that lie in it in part count in part.
    pub fn share(&self, area: Area, columns: (f32, f32), rows: (f32, f32)) -> f32 {
        let (mut sum, mut all) = (0.0, 0.0);
        for_part(area, columns, rows, |x, y, part| {
            sum += self.at(x, y) * part;
            all += part;
        });
        if all > 0.0 { sum / all } else { 0.0 }
    }
}

/// Calls `visit` with each pixel of a part of an area and how much of it lies there.
pub(super) fn for_part(
    area: Area,
    columns: (f32, f32),
    rows: (f32, f32),
    mut visit: impl FnMut(usize, usize, f32),
) {
    let side = |start: usize, length: usize, part: (f32, f32)| {
        let start = start as f32;
        (
            start + part.0 * length as f32,
            start + part.1 * length as f32,
        )
    };
    let (left, right) = side(area.left, area.width(), columns);
    let (top, bottom) = side(area.top, area.height(), rows);
    let overlap = |at: usize, from: f32, to: f32| ((at + 1) as f32).min(to) - (at as f32).max(from);
    let last = |end: f32, limit: usize| (end.ceil().max(0.0) as usize).min(limit);
    for y in (top.max(0.0) as usize)..last(bottom, area.bottom) {
        let high = overlap(y, top, bottom);
        for x in (left.max(0.0) as usize)..last(right, area.right) {
            let part = overlap(x, left, right) * high;
            if part > 0.0 {
                visit(x, y, part);
            }
        }
    }
}

/// The largest difference of a channel.
pub(super) fn apart(one: Pixel, two: Pixel) -> u8 {
    let channel = |at: usize| one[at].abs_diff(two[at]);
    channel(0).max(channel(1)).max(channel(2))
}

fn middle<'a>(pixels: impl Iterator<Item = &'a Pixel>) -> Option<Pixel> {
    let mut sums = [0_u32; 3];
    let mut all = 0;
    for pixel in pixels {
        for (sum, channel) in sums.iter_mut().zip(pixel) {
            *sum += u32::from(*channel);
        }
        all += 1;
    }
    (all > 0).then(|| {
        [
            (sums[0] / all) as u8,
            (sums[1] / all) as u8,
            (sums[2] / all) as u8,
            255,
        ]
    })
}

/// The mean of an area; clear pixels lend no colour. Of a large area some rows and
/// columns stand for all.
fn mean(
    bytes: &[u8],
    width: usize,
    columns: std::ops::Range<usize>,
    rows: std::ops::Range<usize>,
) -> Pixel {
    /// Pixels of a row or column that are read of one area.
    const SAMPLES: usize = 6;
    let step = |length: usize| length.div_ceil(SAMPLES).max(1);
    let (mut sums, mut opacity, mut count) = ([0_u32; 3], 0_u32, 0_u32);
    for y in rows.clone().step_by(step(rows.len())) {
        for x in columns.clone().step_by(step(columns.len())) {
            let at = (y * width + x) * 4;
            let alpha = u32::from(bytes[at + 3]);
            for (sum, channel) in sums.iter_mut().zip(&bytes[at..at + 3]) {
                *sum += u32::from(*channel) * alpha;
            }
            opacity += alpha;
            count += 1;
        }
    }
    if opacity == 0 || count == 0 {
        return [0; 4];
    }
    [
        (sums[0] / opacity) as u8,
        (sums[1] / opacity) as u8,
        (sums[2] / opacity) as u8,
        (opacity / count) as u8,
    ]
}
