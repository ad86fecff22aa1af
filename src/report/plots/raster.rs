//! A figure's SVG as a PNG, with the embedded font only.
//!
//! Reads no file and no system font, so that every machine gives the same picture. Must not know
//! any figure.

use std::io::Write;
use std::sync::{Arc, OnceLock};

use resvg::tiny_skia::{IntSize, Pixmap, Transform};
use resvg::usvg::{Options, Tree, fontdb};

use super::FigureError;
use super::style::{EMBEDDED, PNG_SCALE};

/// Pixels of a strip from top to bottom.
const STRIP: u32 = 256;

/// The PNG of a figure, 1,600 pixels wide for the figures of this module.
///
/// # Errors
///
/// When `svg` is not SVG, or is too large to hold as a picture.
pub fn rasterise(svg: &str) -> Result<Vec<u8>, FigureError> {
    let tree = parse(svg)?;
    let size = tree.size().to_int_size().scale_by(PNG_SCALE);
    let size = size.ok_or_else(|| FigureError::Png("the picture has no size".to_owned()))?;
    encoded(&tree, size).map_err(|error| FigureError::Png(error.to_string()))
}

/// A picture as PNG, drawn a strip at a time: as a whole it would take more memory than a simulation.
fn encoded(tree: &Tree, size: IntSize) -> Result<Vec<u8>, png::EncodingError> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, size.width(), size.height());
    encoder.set_color(png::ColorType::Rgba);
    encoder.set_depth(png::BitDepth::Eight);
    let mut writer = encoder.write_header()?;
    let mut stream = writer.stream_writer()?;
    for top in (0..size.height()).step_by(STRIP as usize) {
        let height = STRIP.min(size.height() - top);
        let mut strip = Pixmap::new(size.width(), height).expect("a strip has a size");
        let scale = Transform::from_scale(PNG_SCALE, PNG_SCALE);
        let place = scale.post_translate(0.0, -(top as f32));
        resvg::render(tree, place, &mut strip.as_mut());
        stream.write_all(&strip.take_demultiplied())?;
    }
    stream.finish()?;
    writer.finish()?;
    Ok(bytes)
}

/// The picture that `svg` describes.
pub(super) fn parse(svg: &str) -> Result<Tree, FigureError> {
    let options = Options {
        font_family: EMBEDDED.to_owned(),
        fontdb: embedded_fonts(),
        ..Options::default()
    };
    Tree::from_str(svg, &options).map_err(|error| FigureError::NotSvg(error.to_string()))
}

fn embedded_fonts() -> Arc<fontdb::Database> {
    static FONTS: OnceLock<Arc<fontdb::Database>> = OnceLock::new();
    let load = || {
        let mut fonts = fontdb::Database::new();
        fonts.load_font_data(dejavu::sans::regular().to_vec());
        fonts.load_font_data(dejavu::sans::bold().to_vec());
        fonts.set_sans_serif_family(EMBEDDED);
        Arc::new(fonts)
    };
    Arc::clone(FONTS.get_or_init(load))
}
