//! A mean and its band over an axis, as ink.
//!
//! Gaps stay gaps; a value with no neighbour is a dot with its band as an upright line. Must
//! not know what the values are.

use super::Band;
use super::geometry::Point;
use super::panel::Ink;
use super::style::{BAND_OPACITY, Colour, MEAN_LINE};

/// Values with their positions on the horizontal axis; `None` where undefined.
#[derive(Clone, Debug, Default)]
pub(super) struct Series {
    runs: Vec<Vec<(f64, Band)>>,
}

impl Series {
    /// The series of `points`, which are in order of position.
    pub(super) fn new(points: impl IntoIterator<Item = (f64, Option<Band>)>) -> Self {
        let mut runs: Vec<Vec<(f64, Band)>> = Vec::new();
        let mut open = false;
        for (x, band) in points {
            match (band.and_then(Band::defined), runs.last_mut()) {
                (Some(band), Some(run)) if open => run.push((x, band)),
                (Some(band), _) => runs.push(vec![(x, band)]),
                (None, _) => {}
            }
            open = band.and_then(Band::defined).is_some();
        }
        Self { runs }
    }

    /// The last value and its position.
    pub(super) fn last(&self) -> Option<(f64, Band)> {
        self.runs.last().and_then(|run| run.last()).copied()
    }

    /// The highest value of mean or band, or 0 where nothing is defined.
    pub(super) fn highest(&self) -> f64 {
        let values = self.runs.iter().flatten();
        values.fold(0.0, |top, (_, band)| top.max(band.p90).max(band.mean))
    }

    /// The lines that a label should keep off: the mean and the edges of the band.
    pub(super) fn curves(&self) -> Vec<Vec<Point>> {
        let each = |pick: fn(Band) -> f64| {
            let along = move |run: &Vec<(f64, Band)>| {
                let points = run.iter().map(|(x, band)| (*x, pick(*band)));
                points.collect::<Vec<Point>>()
            };
            self.runs.iter().map(along).collect::<Vec<_>>()
        };
        let mut curves = each(|band| band.mean);
        curves.extend(each(|band| band.p10));
        curves.extend(each(|band| band.p90));
        curves
    }

    /// The bands, then the lines of the means.
    pub(super) fn inks(&self, banded: bool) -> Vec<Ink> {
        let bands = self.runs.iter().filter(|_| banded).map(|run| band(run));
        let means = self.runs.iter().map(|run| mean(run));
        bands.chain(means).collect()
    }
}

fn band(run: &[(f64, Band)]) -> Ink {
    if let [(x, only)] = run {
        return Ink::Line {
            points: vec![(*x, only.p10), (*x, only.p90)],
            colour: Colour::Main,
            width: 1.5,
        };
    }
    let upper = run.iter().map(|(x, band)| (*x, band.p90));
    let lower = run.iter().rev().map(|(x, band)| (*x, band.p10));
    Ink::Area {
        outline: upper.chain(lower).collect(),
        colour: Colour::Main,
        opacity: BAND_OPACITY,
    }
}

fn mean(run: &[(f64, Band)]) -> Ink {
    if let [(x, only)] = run {
        return Ink::Dot {
            at: (*x, only.mean),
            colour: Colour::Main,
        };
    }
    Ink::Line {
        points: run.iter().map(|(x, band)| (*x, band.mean)).collect(),
        colour: Colour::Main,
        width: MEAN_LINE,
    }
}
