//! Pictures that are drawn, and those in folders.

use std::fmt::Write as _;
use std::io::Cursor;
use std::path::Path;

use image::{DynamicImage, ImageFormat, Rgba, RgbaImage};
use tiny_skia::{Pixmap, Transform};

pub const SIZES: [u32; 12] = [16, 20, 24, 32, 40, 48, 64, 96, 128, 192, 256, 512];
/// Shares of the side.
pub const MARGINS: [f32; 5] = [0.0, 0.05, 0.1, 0.2, 0.3];
pub const BACKGROUNDS: [Option<[u8; 3]>; 4] = [
    None,
    Some([255, 255, 255]),
    Some([24, 26, 31]),
    Some([228, 236, 244]),
];
pub const FORMATS: [ImageFormat; 3] = [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::WebP];

/// One way to draw a picture.
#[derive(Clone, Copy, Debug)]
pub struct Variant {
    size: u32,
    margin: f32,
    background: Option<[u8; 3]>,
    format: ImageFormat,
}

impl Variant {
    /// All that can be drawn in at least `least` pixels besides the margin: JPEG has no clear
    /// background.
    pub fn all(least: f32) -> impl Iterator<Item = Self> {
        SIZES.into_iter().flat_map(move |size| {
            MARGINS.into_iter().flat_map(move |margin| {
                BACKGROUNDS.into_iter().flat_map(move |background| {
                    FORMATS.into_iter().filter_map(move |format| {
                        let clear = background.is_none() && format == ImageFormat::Jpeg;
                        let small = size as f32 * (1.0 - 2.0 * margin) < least;
                        (!clear && !small).then_some(Self {
                            size,
                            margin,
                            background,
                            format,
                        })
                    })
                })
            })
        })
    }
}

/// Each mark as it is drawn: a name, the mark, the drawing.
pub fn marks(folders: &[String]) -> Vec<(String, String, String)> {
    let squares = |gap: f32, words: bool| {
        let side = 100.0;
        let far = side + gap;
        let mut out = String::new();
        let width = if words { 1000.0 } else { side + far };
        let _ = write!(
            out,
            "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {width} {}'>",
            side + far
        );
        for (at, colour) in ["f25022", "7fba00", "00a4ef", "ffb900"].iter().enumerate() {
            let (x, y) = ([0.0, far][at % 2], [0.0, far][at / 2]);
            let _ = write!(
                out,
                "<path fill='#{colour}' d='M{x} {y}h{side}v{side}h-{side}z'/>"
            );
        }
        if words {
            // Strokes of letters.
            for at in 0..9 {
                let x = 280 + at * 80;
                let _ = write!(
                    out,
                    "<path fill='#737373' d='M{x} 40h22v130h-22zM{x} 90h50v20h-50z'/>"
                );
            }
        }
        out + "</svg>"
    };
    let mut all = vec![
        (
            "four squares".to_owned(),
            "Microsoft".to_owned(),
            squares(10.0, false),
        ),
        (
            "four squares, wider gap".to_owned(),
            "Microsoft".to_owned(),
            squares(16.0, false),
        ),
        (
            "four squares and words".to_owned(),
            "Microsoft".to_owned(),
            squares(10.0, true),
        ),
    ];
    for drawn in crate::packs().pictures {
        // The source ends with the path in its package.
        let Some((package, file)) = drawn.source.rsplit_once(' ') else {
            continue;
        };
        let text = folders
            .iter()
            .map(|folder| Path::new(folder).join(file))
            .find_map(|path| std::fs::read_to_string(path).ok());
        if let Some(text) = text {
            let package = package.rsplit_once('@').map_or(package, |(name, _)| name);
            let name = format!("{file} ({package})");
            all.push((name, drawn.mark, text));
        }
    }
    all
}

/// Draws in one way.
#[expect(clippy::cast_sign_loss, reason = "a width is never below one")]
pub fn render(drawing: &str, variant: Variant) -> Vec<u8> {
    let options = usvg::Options::default();
    let tree = usvg::Tree::from_str(drawing, &options).expect("a drawing");
    let (width, height) = (tree.size().width(), tree.size().height());
    let aspect = width / height;
    let size = variant.size as f32;
    let wide = if aspect > 1.5 { size * aspect } else { size };
    let mut pixmap = Pixmap::new(wide.round().max(1.0) as u32, variant.size).expect("a picture");
    let inner = size * (1.0 - 2.0 * variant.margin);
    let scale = if aspect > 1.5 {
        inner / height
    } else {
        inner / width.max(height)
    };
    let left = (wide - width * scale) / 2.0;
    let top = (size - height * scale) / 2.0;
    let transform = Transform::from_translate(left, top).pre_scale(scale, scale);
    termscheck::parse::picture::paint_tree(&tree, transform, &mut pixmap).expect("painted");
    let (width, height) = (pixmap.width(), pixmap.height());
    let picture =
        RgbaImage::from_raw(width, height, pixmap.take_demultiplied()).expect("a picture");
    let picture = on(picture, variant.background);
    let mut out = Cursor::new(Vec::new());
    let picture = DynamicImage::from(picture);
    let written = match variant.format {
        ImageFormat::Jpeg => {
            let encoder = image::codecs::jpeg::JpegEncoder::new_with_quality(&mut out, 75);
            picture.to_rgb8().write_with_encoder(encoder)
        }
        format => picture.write_to(&mut out, format),
    };
    written.expect("written");
    out.into_inner()
}

/// On a background, with a little noise.
fn on(mut picture: RgbaImage, background: Option<[u8; 3]>) -> RgbaImage {
    // A drawing in black is drawn in white where it is dark.
    let black = picture
        .pixels()
        .all(|pixel| pixel[3] == 0 || pixel.0[..3].iter().all(|channel| *channel < 60));
    let night = background.is_some_and(|below| below[0] < 60);
    if black && night {
        for pixel in picture.pixels_mut() {
            *pixel = Rgba([255, 255, 255, pixel[3]]);
        }
    }
    let mut seed = 7_u32;
    for pixel in picture.pixels_mut() {
        let Rgba([red, green, blue, alpha]) = *pixel;
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let noise = i32::try_from(seed >> 29).unwrap_or(0) - 3;
        let Some(below) = background else { continue };
        let mix = |own: u8, below: u8| {
            let alpha = i32::from(alpha);
            let mixed = (i32::from(own) * alpha + i32::from(below) * (255 - alpha)) / 255;
            u8::try_from((mixed + noise).clamp(0, 255)).unwrap_or(u8::MAX)
        };
        *pixel = Rgba([
            mix(red, below[0]),
            mix(green, below[1]),
            mix(blue, below[2]),
            255,
        ]);
    }
    picture
}

/// Shapes that are made here: boards, palettes, tiles, flags, window icons, codes.
pub fn shapes() -> impl Iterator<Item = (String, Vec<u8>)> {
    const PALETTES: [[&str; 4]; 9] = [
        ["#ff0000", "#00ff00", "#0000ff", "#ffff00"],
        ["#ea4335", "#34a853", "#4285f4", "#fbbc05"],
        ["#fbbc05", "#ea4335", "#34a853", "#4285f4"],
        ["#e74c3c", "#2ecc71", "#3498db", "#f1c40f"],
        ["#f44336", "#4caf50", "#2196f3", "#ffeb3b"],
        ["#00a4ef", "#f25022", "#ffb900", "#7fba00"],
        ["#000000", "#ffffff", "#ffffff", "#000000"],
        ["#0078d4", "#0078d4", "#0078d4", "#0078d4"],
        ["#e01e5a", "#36c5f0", "#2eb67d", "#ecb22e"],
    ];
    let mut all = Vec::new();
    for (number, palette) in PALETTES.iter().enumerate() {
        for gap in [0, 4, 10, 20, 40] {
            for radius in [0, 10, 30, 50] {
                for count in [2, 3, 4] {
                    let text = grid(palette, gap, radius, count);
                    all.push((format!("grid-{number}-{gap}-{radius}-{count}.svg"), text));
                }
            }
        }
    }
    // The colours of the mark in other shapes.
    let own = ["#f25022", "#7fba00", "#00a4ef", "#ffb900"];
    for (gap, radius, count) in [(10, 50, 2), (10, 30, 2), (60, 0, 2), (10, 0, 3), (0, 0, 4)] {
        all.push((
            format!("own-{gap}-{radius}-{count}.svg"),
            grid(&own, gap, radius, count),
        ));
    }
    for seed in 0..400_u32 {
        all.push((format!("code-{seed}.svg"), code(seed)));
    }
    all.into_iter()
        .map(|(name, text)| (name, text.into_bytes()))
}

/// Writes so many of the shapes, one in four as a drawing and the others in pixels, a
/// hundred to a folder.
pub fn write(folder: &Path, count: usize) {
    let shapes: Vec<_> = shapes().collect();
    let variants: Vec<_> = Variant::all(8.0).collect();
    for at in 0..count {
        let (name, drawing) = &shapes[at % shapes.len()];
        let below = folder.join(format!("{:03}", at / 100));
        std::fs::create_dir_all(&below).expect("a folder");
        let stem = name.trim_end_matches(".svg");
        let (bytes, ending) = if at % 4 == 0 {
            (drawing.clone(), "svg")
        } else {
            // A step that shares no divisor with the number of variants goes through all.
            let variant = variants[at * 7 % variants.len()];
            let text = std::str::from_utf8(drawing).expect("a drawing");
            let ending = variant.format.extensions_str()[0];
            (render(text, variant), ending)
        };
        std::fs::write(below.join(format!("{stem}-{at}.{ending}")), bytes).expect("written");
    }
}

fn grid(palette: &[&str; 4], gap: u32, radius: u32, count: u32) -> String {
    let side = count * 100 + (count - 1) * gap;
    let mut out = format!("<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {side} {side}'>");
    for at in 0..count * count {
        let (column, row) = (at % count, at / count);
        let colour = palette[((column % 2) + 2 * (row % 2)) as usize];
        let (x, y) = (column * (100 + gap), row * (100 + gap));
        let _ = write!(
            out,
            "<rect x='{x}' y='{y}' width='100' height='100' rx='{radius}' fill='{colour}'/>"
        );
    }
    out + "</svg>"
}

/// Random modules, as codes and identicons have them.
fn code(seed: u32) -> String {
    let side = 5 + seed % 20;
    let mut out = format!("<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {side} {side}'>");
    let mut state = seed.wrapping_mul(2_654_435_761).wrapping_add(1);
    for at in 0..side * side {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        if state >> 31 == 1 {
            let (x, y) = (at % side, at / side);
            let _ = write!(out, "<path d='M{x} {y}h1v1h-1z'/>");
        }
    }
    out + "</svg>"
}

/// The icons in a folder, by path.
pub fn icons(folder: &str) -> impl Iterator<Item = (String, Vec<u8>)> {
    let mut paths: Vec<_> = walkdir::WalkDir::new(folder)
        .into_iter()
        .flatten()
        .filter(|entry| entry.file_type().is_file())
        .map(walkdir::DirEntry::into_path)
        .filter(|path| {
            let extension = path.extension().unwrap_or_default().to_string_lossy();
            ["svg", "png", "ico", "gif", "jpg", "webp"].contains(&&*extension.to_lowercase())
        })
        .collect();
    paths.sort();
    paths.into_iter().filter_map(|path| {
        let bytes = std::fs::read(&path).ok()?;
        Some((path.to_string_lossy().into_owned(), bytes))
    })
}
