//! Laws that every figure keeps, whatever it is given.

use resvg::usvg::{Group, Node};

use super::edges::all;
use super::examples::{contacted, outcomes, solo_waiting};
use super::raster::parse;
use super::*;

/// The texts of a picture with their boxes, in user units.
fn texts(group: &Group, found: &mut Vec<(String, [f32; 4])>) {
    for node in group.children() {
        match node {
            Node::Group(inner) => texts(inner, found),
            Node::Text(text) => {
                let words: String = text.chunks().iter().map(|chunk| chunk.text()).collect();
                let area = node.abs_bounding_box();
                found.push((
                    words,
                    [area.left(), area.top(), area.right(), area.bottom()],
                ));
            }
            _ => {}
        }
    }
}

fn texts_of(svg: &str) -> (Vec<(String, [f32; 4])>, f32, f32) {
    let tree = parse(svg).expect("a figure is well formed");
    let mut found = Vec::new();
    texts(tree.root(), &mut found);
    (found, tree.size().width(), tree.size().height())
}

#[test]
fn every_figure_is_a_picture_with_all_its_text_inside() {
    for (name, svg) in all() {
        let (texts, width, height) = texts_of(&svg);
        assert!(texts.len() >= 2, "{name} says something");
        for (words, [left, top, right, bottom]) in texts {
            let inside = left >= 0.0 && top >= 0.0 && right <= width && bottom <= height;
            assert!(inside, "{name}: '{words}' at {left} {top} {right} {bottom}");
        }
    }
}

#[test]
fn no_text_covers_another() {
    for (name, svg) in all() {
        let (texts, _, _) = texts_of(&svg);
        for (nth, (words, one)) in texts.iter().enumerate() {
            for (others, other) in texts.iter().skip(nth + 1) {
                // Boxes are those of lines; letters of neighbouring lines stay clear of the rim.
                let rim = 2.0;
                let clear = one[2] - rim <= other[0]
                    || other[2] - rim <= one[0]
                    || one[3] - rim <= other[1] + rim
                    || other[3] - rim <= one[1] + rim;
                assert!(clear, "{name}: '{words}' {one:?} and '{others}' {other:?}");
            }
        }
    }
}

#[test]
fn every_named_day_is_labelled_wherever_the_curve_runs() {
    for reach in [0.0, 0.02, 0.3, 0.6, 0.9, 1.0] {
        for pace in [0.5, 4.0, 15.0, 60.0] {
            for last in [28, 90, 182] {
                let svg =
                    super::contacted::draw(&contacted(last, reach, pace, true)).expect("it draws");
                let (texts, _, _) = texts_of(&svg);
                for day in ["7 days: ", "14 days: ", "28 days: "] {
                    let said = texts.iter().any(|(words, _)| words.starts_with(day));
                    assert!(said, "{day} with {reach} {pace} {last}");
                }
                let targets = texts.iter().filter(|(words, _)| words.contains("target"));
                assert_eq!(targets.count(), 3, "with {reach} {pace} {last}");
            }
        }
    }
}

#[test]
fn the_same_figure_gives_the_same_bytes() {
    for ((name, first), (_, second)) in all().into_iter().zip(all()) {
        assert_eq!(first, second, "{name}");
    }
    let svg = waiting_list::draw(&solo_waiting()).expect("it draws");
    assert_eq!(rasterise(&svg), rasterise(&svg));
}

#[test]
fn every_figure_can_be_read_aloud() {
    for (name, svg) in all() {
        assert!(svg.contains("role=\"img\""), "{name}");
        assert!(svg.contains("<title>") && svg.contains("<desc>"), "{name}");
        assert!(!svg.contains("NaN") && !svg.contains("inf"), "{name}");
    }
}

#[test]
fn names_are_text_and_never_markup() {
    let mut figure = outcomes([5.0; 7]);
    "<script>&\"'".clone_into(&mut figure.outcomes[0].label);
    let svg = outcome::draw(&figure).expect("it draws");
    assert!(!svg.contains("<script>"));
    assert!(
        texts_of(&svg)
            .0
            .iter()
            .any(|(words, _)| words == "<script>&\"'")
    );
}

#[test]
fn one_run_has_no_band() {
    let single = WaitingListFigure {
        replications: 1,
        ..solo_waiting()
    };
    let svg = waiting_list::draw(&single).expect("it draws");
    assert!(!svg.contains("<polygon") && !svg.contains("8 in 10"));
    let many = waiting_list::draw(&solo_waiting()).expect("it draws");
    assert!(many.contains("<polygon") && many.contains("8 in 10"));
}

#[test]
fn widths_are_those_that_the_picture_has() {
    let svg = waiting_list::draw(&solo_waiting()).expect("it draws");
    for (words, [left, _, right, _]) in texts_of(&svg).0 {
        let drawn = f64::from(right - left);
        let near = |size: f64, weight| {
            let measured = glyphs::width(&words, size, weight);
            (measured - drawn).abs() < 0.02 * drawn + 0.5
        };
        let plain = [style::NOTE, style::LABEL, style::SUBTITLE];
        let bold = [style::TITLE, style::DIRECT];
        let plain = plain.iter().any(|size| near(*size, style::Weight::Regular));
        let bold = bold.iter().any(|size| near(*size, style::Weight::Bold));
        assert!(plain || bold, "'{words}' is drawn {drawn} wide");
    }
}

#[test]
fn the_png_is_1600_pixels_wide() {
    let svg = outcome::draw(&outcomes([5.0; 7])).expect("it draws");
    let png = rasterise(&svg).expect("it is a picture");
    assert_eq!(png.get(16..20), Some(&1_600_u32.to_be_bytes()[..]));
    assert!(matches!(rasterise("not svg"), Err(FigureError::NotSvg(_))));
}

/// Writes every example to the folder named by `FIGURES`, to be looked at.
#[test]
fn examples_can_be_looked_at() {
    let Ok(folder) = std::env::var("FIGURES") else {
        return;
    };
    for (name, svg) in all() {
        let png = rasterise(&svg).expect("it is a picture");
        let path = std::path::Path::new(&folder).join(name);
        std::fs::write(path.with_extension("svg"), svg).expect("the folder can be written");
        std::fs::write(path.with_extension("png"), png).expect("the folder can be written");
    }
}
