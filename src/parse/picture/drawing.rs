//! Drawings (SVG), painted small. Shapes are painted where their transforms put them and
//! in the colours of their styles; filters, masks and patterns are left out, for a mark
//! is told by its shapes.

use std::sync::Arc;

use tiny_skia::{
    Color, FillRule, GradientStop, LinearGradient, Paint, Pixmap, PixmapPaint, Point,
    RadialGradient, Shader, Transform,
};
use usvg::{ImageHrefResolver, ImageKind, Node, Options, Tree};

use super::canvas::Canvas;
use super::{Refusal, raster};

/// Side that a drawing is painted at, in pixels; a long one has more.
const SIDE: f32 = 160.0;
/// Longest drawing that is read, in bytes: logos are smaller, maps and plots are not.
pub(super) const LONGEST: usize = 256 * 1024;
/// Most elements that repeat others: nested, they may stand for three to the power of a
/// third of them.
const REPEATS: usize = 24;
/// Most that is read of a drawing, in bytes of outlines, an element counted as
/// [`ELEMENT`]: the marks that packs know have 5,000 at most. Coats of arms, maps and plots
/// have more, and would cost more than all other icons of a tree together.
const OUTLINES: usize = 24 * 1024;
const ELEMENT: usize = 64;
/// Most shapes that are painted.
const SHAPES: usize = 4000;
/// Most parts of outlines that are painted.
const SEGMENTS: usize = 120_000;
/// Deepest nesting of groups.
const DEPTH: usize = 64;

/// Paints a drawing.
pub(super) fn paint(bytes: &[u8]) -> Result<Canvas, Refusal> {
    if bytes.len() > LONGEST {
        return Err(Refusal::TooLarge);
    }
    let text = std::str::from_utf8(bytes).map_err(|_| Refusal::Damaged)?;
    if outlines(text) > OUTLINES
        || repeats(text) > REPEATS
        || depth(text) > DEPTH
        || multiplies(text)
    {
        return Err(Refusal::TooLarge);
    }
    let options = Options {
        image_href_resolver: ImageHrefResolver {
            resolve_data: Box::new(|mime, data, _| pixels(mime, data)),
            // Nothing is opened.
            resolve_string: Box::new(|_, _| None),
        },
        ..Options::default()
    };
    let tree = Tree::from_str(text, &options).map_err(|_| Refusal::Damaged)?;
    let (width, height) = (tree.size().width(), tree.size().height());
    let long = SIDE * (width.max(height) / width.min(height)).clamp(1.0, 4.0);
    let scale = long / width.max(height);
    let side = |length: f32| ((length * scale).round() as u32).clamp(1, long as u32);
    let mut pixmap = Pixmap::new(side(width), side(height)).ok_or(Refusal::Damaged)?;
    paint_tree(&tree, Transform::from_scale(scale, scale), &mut pixmap)?;
    let (width, height) = (pixmap.width() as usize, pixmap.height() as usize);
    Canvas::of(width, height, &pixmap.take_demultiplied()).ok_or(Refusal::Damaged)
}

/// Paints what was read.
pub fn paint_tree(tree: &Tree, scale: Transform, pixmap: &mut Pixmap) -> Result<(), Refusal> {
    let mut painter = Painter {
        pixmap,
        scale,
        shapes: SHAPES,
        segments: SEGMENTS,
    };
    painter.nodes(tree.root().children(), 1.0)
}

/// How much a drawing draws, told from its text: bytes of outlines, and elements.
fn outlines(text: &str) -> usize {
    let bytes = text.as_bytes();
    let begins = |at: &usize| bytes.get(at + 1).is_some_and(u8::is_ascii_alphabetic);
    let elements = memchr::memchr_iter(b'<', bytes).filter(begins).count();
    let mut sum = elements * ELEMENT;
    for key in ["d=", "points="] {
        let mut rest = text;
        while let Some(at) = rest.find(key) {
            let is_key = rest[..at].ends_with(char::is_whitespace);
            rest = &rest[at + key.len()..];
            let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''));
            if let (true, Some(quote)) = (is_key, quote) {
                let end = rest[1..].find(quote).unwrap_or(rest.len() - 1);
                sum += end;
                rest = &rest[1 + end..];
            }
        }
    }
    sum
}

/// Elements that repeat others, `use` with or without a prefix.
fn repeats(text: &str) -> usize {
    let count = |name: &str| memchr::memmem::find_iter(text.as_bytes(), name).count();
    count("<use") + count(":use")
}

/// Whether a drawing holds what is drawn again at every corner of a line, or matched
/// against every shape: its cost is not bound by its length.
fn multiplies(text: &str) -> bool {
    /// Longest drawing with a style sheet.
    const STYLED: usize = 128 * 1024;
    let holds = |name: &str| memchr::memmem::find(text.as_bytes(), name.as_bytes()).is_some();
    holds("<marker") || holds(":marker") || (text.len() > STYLED && holds("<style"))
}

/// How deep elements are nested, roughly: every tag that is not closed counts.
fn depth(text: &str) -> usize {
    let bytes = text.as_bytes();
    let (mut open, mut deepest) = (0_usize, 0);
    for at in memchr::memchr_iter(b'<', bytes) {
        match bytes.get(at + 1) {
            Some(b'/') => open = open.saturating_sub(1),
            Some(byte) if byte.is_ascii_alphabetic() => {
                let end = memchr::memchr(b'>', &bytes[at..]).map(|end| at + end);
                let closed = end.is_some_and(|end| bytes[end - 1] == b'/');
                open += usize::from(!closed);
                deepest = deepest.max(open);
            }
            _ => {}
        }
    }
    deepest
}

fn pixels(mime: &str, data: Arc<Vec<u8>>) -> Option<ImageKind> {
    match mime {
        "image/png" => Some(ImageKind::PNG(data)),
        "image/jpeg" | "image/jpg" => Some(ImageKind::JPEG(data)),
        "image/webp" => Some(ImageKind::WEBP(data)),
        "image/gif" => Some(ImageKind::GIF(data)),
        _ => None,
    }
}

struct Painter<'a> {
    pixmap: &'a mut Pixmap,
    scale: Transform,
    shapes: usize,
    segments: usize,
}

impl Painter<'_> {
    fn nodes(&mut self, nodes: &[Node], opacity: f32) -> Result<(), Refusal> {
        for node in nodes {
            match node {
                Node::Group(group) => {
                    self.nodes(group.children(), opacity * group.opacity().get())?;
                }
                Node::Path(path) if path.is_visible() => self.path(path, opacity)?,
                Node::Image(image) if image.is_visible() => self.image(image, opacity)?,
                _ => {}
            }
        }
        Ok(())
    }

    /// Takes a shape off what may be painted.
    fn count(&mut self, segments: usize) -> Result<(), Refusal> {
        self.shapes = self.shapes.checked_sub(1).ok_or(Refusal::TooLarge)?;
        let left = self.segments.checked_sub(segments);
        self.segments = left.ok_or(Refusal::TooLarge)?;
        Ok(())
    }

    fn path(&mut self, path: &usvg::Path, opacity: f32) -> Result<(), Refusal> {
        self.count(path.data().len())?;
        let transform = self.scale.pre_concat(path.abs_transform());
        if let Some(fill) = path.fill()
            && let Some(paint) = paint_of(fill.paint(), fill.opacity().get() * opacity)
        {
            let rule = match fill.rule() {
                usvg::FillRule::NonZero => FillRule::Winding,
                usvg::FillRule::EvenOdd => FillRule::EvenOdd,
            };
            self.pixmap
                .fill_path(path.data(), &paint, rule, transform, None);
        }
        if let Some(stroke) = path.stroke()
            && let Some(paint) = paint_of(stroke.paint(), stroke.opacity().get() * opacity)
        {
            let mut outline = stroke.to_tiny_skia();
            // Dashes may be as many as the line is long.
            outline.dash = None;
            self.pixmap
                .stroke_path(path.data(), &paint, &outline, transform, None);
        }
        Ok(())
    }

    /// A picture of pixels inside the drawing.
    fn image(&mut self, image: &usvg::Image, opacity: f32) -> Result<(), Refusal> {
        self.count(1)?;
        let (ImageKind::PNG(data)
        | ImageKind::JPEG(data)
        | ImageKind::WEBP(data)
        | ImageKind::GIF(data)) = image.kind()
        else {
            return Ok(());
        };
        let inner = raster::decode(data)?;
        let size = tiny_skia::IntSize::from_wh(inner.width as u32, inner.height as u32);
        let bytes = inner.pixels.iter().flat_map(|&[red, green, blue, alpha]| {
            let times = |channel: u8| (u16::from(channel) * u16::from(alpha) / 255) as u8;
            [times(red), times(green), times(blue), alpha]
        });
        let Some(picture) = size.and_then(|size| Pixmap::from_vec(bytes.collect(), size)) else {
            return Ok(());
        };
        let fit = Transform::from_scale(
            image.size().width() / inner.width as f32,
            image.size().height() / inner.height as f32,
        );
        let transform = self.scale.pre_concat(image.abs_transform()).pre_concat(fit);
        let paint = PixmapPaint {
            opacity,
            quality: tiny_skia::FilterQuality::Bilinear,
            ..PixmapPaint::default()
        };
        self.pixmap
            .draw_pixmap(0, 0, picture.as_ref(), &paint, transform, None);
        Ok(())
    }
}

/// How a shape is painted; nothing for a pattern.
fn paint_of(paint: &usvg::Paint, opacity: f32) -> Option<Paint<'static>> {
    let shader = match paint {
        usvg::Paint::Color(colour) => Shader::SolidColor(colour_of(*colour, opacity)),
        usvg::Paint::LinearGradient(gradient) => LinearGradient::new(
            Point::from_xy(gradient.x1(), gradient.y1()),
            Point::from_xy(gradient.x2(), gradient.y2()),
            stops(gradient.stops(), opacity),
            spread(gradient.spread_method()),
            gradient.transform(),
        )?,
        usvg::Paint::RadialGradient(gradient) => RadialGradient::new(
            Point::from_xy(gradient.fx(), gradient.fy()),
            gradient.fr().get(),
            Point::from_xy(gradient.cx(), gradient.cy()),
            gradient.r().get(),
            stops(gradient.stops(), opacity),
            spread(gradient.spread_method()),
            gradient.transform(),
        )?,
        usvg::Paint::Pattern(_) => return None,
    };
    Some(Paint {
        shader,
        anti_alias: true,
        ..Paint::default()
    })
}

fn colour_of(colour: usvg::Color, opacity: f32) -> Color {
    let alpha = (opacity.clamp(0.0, 1.0) * 255.0).round() as u8;
    Color::from_rgba8(colour.red, colour.green, colour.blue, alpha)
}

fn stops(stops: &[usvg::Stop], opacity: f32) -> Vec<GradientStop> {
    let stops = stops.iter().map(|stop| {
        let colour = colour_of(stop.color(), stop.opacity().get() * opacity);
        GradientStop::new(stop.offset().get(), colour)
    });
    stops.collect()
}

fn spread(method: usvg::SpreadMethod) -> tiny_skia::SpreadMode {
    match method {
        usvg::SpreadMethod::Pad => tiny_skia::SpreadMode::Pad,
        usvg::SpreadMethod::Reflect => tiny_skia::SpreadMode::Reflect,
        usvg::SpreadMethod::Repeat => tiny_skia::SpreadMode::Repeat,
    }
}
