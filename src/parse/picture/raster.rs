//! Pictures of pixels, decoded within limits.

use std::io::Cursor;

use image::{ImageDecoder, ImageError, ImageFormat, ImageReader, Limits};

use super::Refusal;
use super::canvas::Canvas;

/// Longest side of a picture that is decoded, in pixels: logos and icons are smaller, and
/// a picture that is larger is a screenshot or a photograph.
pub(super) const LONGEST: u32 = 4096;
/// Most pixels of a picture that is decoded.
pub(super) const PIXELS: u64 = 3 * 512 * 1024;
/// Most memory that a decoder may take, in bytes.
const MEMORY: u64 = 24 * 1024 * 1024;

/// Decodes a picture; of one that moves the first frame.
pub(super) fn decode(bytes: &[u8]) -> Result<Canvas, Refusal> {
    let format = image::guess_format(bytes).map_err(|_| Refusal::Unknown)?;
    let wanted = [
        ImageFormat::Png,
        ImageFormat::Jpeg,
        ImageFormat::WebP,
        ImageFormat::Gif,
        ImageFormat::Ico,
    ];
    if !wanted.contains(&format) {
        return Err(Refusal::Unknown);
    }
    let mut limits = Limits::default();
    limits.max_image_width = Some(LONGEST);
    limits.max_image_height = Some(LONGEST);
    limits.max_alloc = Some(MEMORY);
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits.clone());
    let mut decoder = reader.into_decoder().map_err(refusal)?;
    let (width, height) = decoder.dimensions();
    let pixels = u64::from(width) * u64::from(height);
    if width.max(height) > LONGEST || pixels > PIXELS {
        return Err(Refusal::TooLarge);
    }
    decoder.set_limits(limits).map_err(refusal)?;
    let picture = image::DynamicImage::from_decoder(decoder).map_err(refusal)?;
    let picture = picture.into_rgba8();
    let (width, height) = (picture.width() as usize, picture.height() as usize);
    Canvas::of(width, height, picture.as_raw()).ok_or(Refusal::Damaged)
}

fn refusal(error: ImageError) -> Refusal {
    match error {
        ImageError::Limits(_) => Refusal::TooLarge,
        ImageError::Unsupported(_) => Refusal::Unknown,
        _ => Refusal::Damaged,
    }
}
