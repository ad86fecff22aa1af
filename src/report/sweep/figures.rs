//! Which figures a study has, which numbers they show, and the finding in each title.

use super::grid::Grid;
use super::metamodel::{Metamodels, is_of_use, number, off};
use super::{Sweep, measure_of};
use crate::experiment::{KeyValues, Metamodel, Sensitivity, Value};
use crate::measure::Unit;
use crate::report::apart::Foremost;
use crate::report::comparison::words;
use crate::report::number::{counted, readable};
use crate::report::page::Drawing;
use crate::report::plots::{
    EffectsFigure, EffectsPoint, FigureError, RankingBar, RankingFigure, RankingRow,
    ResponseFigure, ResponsePoint, ScatterFigure, ScatterPanel, SurfaceAxis, SurfaceCell,
    SurfaceFigure, SurfacePanel, effects, ranking, response, scatter, surface,
};

/// Marks of a panel at most: more hide each other.
const MOST_MARKS: usize = 250;
/// Places of the metamodel's line.
const LINE: u32 = 40;
/// Letters of a value at most where several stand in one line.
const VALUE_LETTERS: usize = 40;

/// Targets of the scenario: measure and value.
type Targets<'a> = &'a [(String, f64)];

impl Sweep<'_> {
    /// Every figure of a whole study: its name and its SVG. Of a grid the measure over its keys, of a design
    /// for sensitivity the keys by how much they matter, of the others the measure against each key.
    ///
    /// # Errors
    /// When a figure cannot be drawn.
    pub fn figures(&self, targets: Targets) -> Result<Vec<Drawing>, FigureError> {
        let mut figures = Vec::new();
        if !self.is_whole() || self.told_by().is_none() {
            return Ok(figures);
        }
        let mut add = |name: &str, svg: Result<String, FigureError>| {
            svg.map(|svg| figures.push((name.to_owned(), svg)))
        };
        match (self.grid(), self.sensitivities(0)) {
            (Some(grid), _) if grid.keys.len() == 1 => {
                add("response", response::draw(&self.response(&grid, targets)))?;
            }
            (Some(grid), _) => {
                add("surface", surface::draw(&self.surface(&grid, targets)))?;
            }
            (None, Some(found)) => {
                add("what_matters", ranking::draw(&self.ranking(&found)))?;
                if let Some(figure) = self.effects(&found) {
                    add("effects", effects::draw(&figure))?;
                }
            }
            (None, None) if !self.is_for_sensitivity() => {
                add("scatter", scatter::draw(&self.scatter(targets)))?;
            }
            _ => {}
        }
        Ok(figures)
    }

    /// The first measure: its name, its unit, what it is called.
    fn told_by(&self) -> Option<(&str, Unit, String)> {
        let name = self.facts.measures.first()?;
        let unit = measure_of(name)?.unit;
        let heading = words::measure(name).heading;
        Some((name, unit, heading))
    }

    fn heading_and_unit(&self) -> (String, bool) {
        let told = self.told_by();
        let is_share = told
            .as_ref()
            .is_some_and(|(_, unit, _)| *unit == Unit::Share);
        let heading = told.map(|(_, unit, heading)| match unit {
            Unit::Share | Unit::Ratio => heading,
            other => format!("{heading}, {}", words::unit(other)),
        });
        (heading.unwrap_or_default(), is_share)
    }

    fn surface(&self, grid: &Grid, targets: Targets) -> SurfaceFigure {
        let (measure, is_share) = self.heading_and_unit();
        let name = |at: usize| self.facts.keys[grid.keys[at]].clone();
        // Beyond three keys the others stand at a value in the middle.
        let held: Vec<usize> = (3..grid.keys.len())
            .map(|at| grid.values[at].len() / 2)
            .collect();
        let fixed = held.iter().enumerate().map(|(nth, value)| {
            format!(
                "{} = {}",
                name(nth + 3),
                short(&grid.values[nth + 3][*value])
            )
        });
        let fixed: Vec<String> = fixed.collect();
        let fixed = match fixed.is_empty() {
            true => String::new(),
            false => format!(" Where {}.", fixed.join(", ")),
        };
        let panels = match grid.keys.len() {
            2 => vec![self.panel(grid, String::new(), &[], targets)],
            _ => (0..grid.values[2].len())
                .map(|value| {
                    let heading = format!("{} = {}", name(2), short(&grid.values[2][value]));
                    let rest: Vec<usize> = std::iter::once(value).chain(held.clone()).collect();
                    self.panel(grid, heading, &rest, targets)
                })
                .collect(),
        };
        SurfaceFigure {
            title: self.finding(targets),
            subtitle: format!("{}{fixed} {}", self.behind_each(), self.facts.title),
            measure,
            is_share,
            across: SurfaceAxis {
                name: name(0),
                values: grid.values[0].clone(),
            },
            down: SurfaceAxis {
                name: name(1),
                values: grid
                    .upwards(1)
                    .map(|at| grid.values[1][at].clone())
                    .collect(),
            },
            panels,
            goal: self.target(targets).map(|it| it.words),
        }
    }

    fn panel(
        &self,
        grid: &Grid,
        heading: String,
        rest: &[usize],
        targets: Targets,
    ) -> SurfacePanel {
        let target = self.target(targets);
        let cell = |row: usize, column: usize| {
            let choice: Vec<usize> = [column, row].iter().chain(rest).copied().collect();
            let (mean, ends) = self.done.get(&grid.point(&choice)?)?.measured(0)?;
            let judged = target.as_ref().map(|it| it.judge(mean, ends));
            Some(SurfaceCell {
                mean,
                is_met: judged.map(|it| it.0),
                is_sure: judged.is_some_and(|it| it.1),
            })
        };
        let columns = grid.values[0].len();
        let rows = grid.upwards(1);
        SurfacePanel {
            heading,
            cells: rows
                .map(|row| (0..columns).map(|column| cell(row, column)).collect())
                .collect(),
        }
    }

    fn response(&self, grid: &Grid, targets: Targets) -> ResponseFigure {
        let (up, is_share) = self.heading_and_unit();
        let is_ordered = grid.are_numbers(0);
        let point = |at: usize| {
            let label = grid.values[0][at].clone();
            let done = grid.point(&[at]).and_then(|point| self.done.get(&point));
            ResponsePoint {
                at: match number(&label).filter(|_| is_ordered) {
                    Some(number) => number,
                    None => at as f64,
                },
                label,
                value: done.and_then(|done| {
                    let (mean, ends) = done.measured(0)?;
                    let (low, high) = ends.unwrap_or((mean, mean));
                    let [p10, p90] = done.spread(0).unwrap_or([mean, mean]);
                    Some([mean, low, high, p10, p90])
                }),
            }
        };
        ResponseFigure {
            title: self.finding(targets),
            subtitle: format!("{} {}", self.behind_each(), self.facts.title),
            across: self.facts.keys[grid.keys[0]].clone(),
            up,
            is_share,
            is_ordered,
            points: (0..grid.values[0].len()).map(point).collect(),
            goal: self
                .target(targets)
                .map(|it| (it.goal.value, format!("target: {}", it.words))),
            replications: self.facts.replications as usize,
        }
    }

    /// The keys by their indices or effects.
    fn ranking(&self, found: &[Sensitivity]) -> RankingFigure {
        let (heading, unit) = self.told_by().map_or_else(
            || (String::new(), Unit::Ratio),
            |(_, unit, heading)| (heading, unit),
        );
        let order = super::sensitivity::ranked(found);
        let row = |key: &usize| RankingRow {
            label: self.facts.keys[*key].clone(),
            range: self.range(*key),
            bars: bars(&found[*key], unit),
        };
        let (what, note) = match found.first() {
            Some(Sensitivity::Indices(_)) => (
                "Shares of the variance over",
                "Dark bar: by itself, what would go if the key were known (first order). Pale bar: in all, with what it does \
                 together with others (total). Line and brackets: 95% interval. Bars and lines end at 0% and 100%, numbers are as estimated: \
                 beyond 110% there are too few points to tell.",
            ),
            _ => (
                "Mean absolute effect of moving a key from one end to the other, mu*, over",
                "Line and brackets: 95% interval over the walks.",
            ),
        };
        RankingFigure {
            title: match self.foremost(found) {
                None => heading,
                Some(Foremost::One(key)) => format!("{heading} depends most on {key}"),
                Some(Foremost::Either(keys)) => {
                    format!("{heading} depends most on {keys}, which cannot be told apart")
                }
                Some(Foremost::Many(many)) => {
                    format!("{heading}: which of {many} keys matters most cannot be told")
                }
            },
            subtitle: format!(
                "{what} {}. {}",
                counted(self.facts.points, "point"),
                self.facts.title
            ),
            rows: order.iter().map(row).collect(),
            note: note.to_owned(),
        }
    }

    /// From what to what a key goes, in words.
    pub(in crate::report) fn range(&self, key: usize) -> String {
        let points: Vec<usize> = (0..self.values.len()).collect();
        match &self.key_values(&points)[key] {
            KeyValues::Numbers(values) => {
                let low = values.iter().copied().fold(f64::INFINITY, f64::min);
                let high = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
                format!("{} to {}", readable(low), readable(high))
            }
            KeyValues::Words(words, _) => match words.as_slice() {
                [one, other] => format!("{} or {}", short(one), short(other)),
                words => counted(words.len(), "value"),
            },
        }
    }

    /// The plane of effects, of a Morris design.
    fn effects(&self, found: &[Sensitivity]) -> Option<EffectsFigure> {
        let (name, unit, _) = self.told_by()?;
        let phrase = words::measure(name).phrase;
        let scale = if unit == Unit::Share { 100.0 } else { 1.0 };
        let mut points = Vec::new();
        for key in super::sensitivity::ranked(found) {
            let Sensitivity::Effects { screening, .. } = &found[key] else {
                return None;
            };
            points.push(EffectsPoint {
                name: self.facts.keys[key].clone(),
                effect: scale * screening.mu_star,
                spread: scale * screening.sigma,
            });
        }
        let most = points.first()?;
        let how = match most.spread / most.effect.max(f64::MIN_POSITIVE) {
            ratio if ratio > 1.0 => "and how much depends on where one stands",
            ratio if ratio > 0.5 => "but not alike everywhere",
            _ => "much the same wherever one stands",
        };
        Some(EffectsFigure {
            title: match self.foremost(found)? {
                Foremost::One(key) => format!("{key} matters most to {phrase}, {how}"),
                Foremost::Either(keys) => {
                    format!("{keys} matters most to {phrase}; they cannot be told apart")
                }
                Foremost::Many(many) => {
                    format!("Which of {many} keys matters most to {phrase} cannot be told")
                }
            },
            subtitle: format!(
                "How much each key matters, and how much that differs from place to place. {}",
                self.facts.title
            ),
            unit: match unit {
                Unit::Share => "percentage points".to_owned(),
                Unit::Ratio => "as the measure".to_owned(),
                other => words::unit(other),
            },
            is_share: false,
            points,
        })
    }

    /// The first measure against each key.
    fn scatter(&self, targets: Targets) -> ScatterFigure {
        let (up, is_share) = self.heading_and_unit();
        let metamodels = self.metamodels().ok();
        let metamodel = metamodels
            .as_ref()
            .and_then(|it| Some((it, it.of.first()?.as_ref()?)))
            .filter(|(_, it)| is_of_use(it));
        let name = self.facts.measures.first().map_or("", String::as_str);
        let points: Vec<usize> = (0..self.values.len()).collect();
        let keys = self.key_values(&points);
        let step = self.values.len().div_ceil(MOST_MARKS).max(1);
        let panels = keys.iter().enumerate().map(|(key, values)| ScatterPanel {
            name: self.facts.keys[key].clone(),
            points: self.marks(values, step),
            line: metamodel.map_or_else(Vec::new, |it| line(it, key)),
            words: match values {
                KeyValues::Numbers(_) => Vec::new(),
                KeyValues::Words(words, _) => words.iter().map(|it| short(it)).collect(),
            },
        });
        let foretold = metamodel.map(|(_, it)| {
            let off = off(name, it.left_out_rmse);
            format!(" The line foretells a point left out to within {off}.")
        });
        let marks = match step {
            1 => "Marks: points.".to_owned(),
            step => format!("Marks: one point in {step}."),
        };
        let lines = match metamodel {
            Some(_) => " Line: the quadratic fitted to all points, the other keys in their middle.",
            None => "",
        };
        ScatterFigure {
            title: self.finding(targets),
            subtitle: format!(
                "{} Against each key, whatever the others are.{} {}",
                self.behind_each(),
                foretold.unwrap_or_default(),
                self.facts.title
            ),
            up,
            is_share,
            panels: panels.collect(),
            note: format!("{marks}{lines}"),
        }
    }

    fn marks(&self, values: &KeyValues, step: usize) -> Vec<(f64, f64)> {
        let done = self.done.iter().step_by(step);
        let marks = done.filter_map(|(point, done)| {
            let (mean, _) = done.measured(0)?;
            Some((place(values.at(*point)), mean))
        });
        marks.collect()
    }

    /// "Mean of 50 runs at each point."
    fn behind_each(&self) -> String {
        match self.facts.replications {
            1 => "One run of each point.".to_owned(),
            many => format!("Mean of {} at each point.", counted(many as usize, "run")),
        }
    }
}

/// A value in few letters.
pub(in crate::report) fn short(value: &str) -> String {
    // A table of the file, such as a distribution, by its words and numbers.
    let value = match value.starts_with('{') {
        true => value.replace(['{', '}', '='], " "),
        false => value.to_owned(),
    };
    let value = value.split_whitespace().collect::<Vec<&str>>().join(" ");
    match value.chars().count() > VALUE_LETTERS {
        true => {
            let head: String = value.chars().take(VALUE_LETTERS).collect();
            format!("{head}…")
        }
        false => value,
    }
}

fn place(value: Value) -> f64 {
    match value {
        Value::Number(number) => number,
        Value::Word(at) => at as f64,
    }
}

/// The bars of a key.
fn bars(found: &Sensitivity, unit: Unit) -> Vec<RankingBar> {
    let said = |what: &str, value: String, ends: Option<(String, String)>| {
        let ends = ends.map(|(low, high)| format!(" ({low} to {high})"));
        format!("{what}{value}{}", ends.unwrap_or_default())
    };
    match found {
        Sensitivity::Indices(it) => [("by itself ", &it.first), ("in all ", &it.total)]
            .map(|(what, index)| {
                let write = super::sensitivity::share;
                let ends = (write(index.low), write(index.high));
                // Estimates of shares may lie beyond 0 and 1: the bar ends there, the words do not.
                let within = |value: f64| value.clamp(0.0, 1.0);
                RankingBar {
                    value: within(index.value),
                    interval: Some((within(index.low), within(index.high))),
                    said: said(what, write(index.value), Some(ends)),
                }
            })
            .to_vec(),
        Sensitivity::Effects {
            screening,
            interval,
        } => {
            let write = |value: f64| words::value(unit, value);
            let ends = interval.map(|(low, high)| (write(low), write(high)));
            let value = match unit {
                Unit::Share => format!("{} points", write(screening.mu_star)),
                _ => write(screening.mu_star),
            };
            vec![RankingBar {
                value: screening.mu_star,
                interval: *interval,
                said: said("", value, ends),
            }]
        }
    }
}

/// What a metamodel says along one key, the others in their middle; words at their first.
fn line((all, metamodel): (&Metamodels, &Metamodel), key: usize) -> Vec<(f64, f64)> {
    let middle = |values: &KeyValues| match values.ends() {
        Some((low, high)) => Value::Number(f64::midpoint(low, high)),
        None if values.is_empty() => Value::Number(0.0),
        None => match values.at(0) {
            Value::Number(number) => Value::Number(number),
            Value::Word(_) => Value::Word(0),
        },
    };
    let middles: Vec<Value> = all.keys.iter().map(middle).collect();
    let Some((low, high)) = all.keys[key].ends() else {
        return Vec::new();
    };
    let at = |nth: u32| {
        let x = low + (high - low) * f64::from(nth) / f64::from(LINE);
        let mut values = middles.clone();
        values[key] = Value::Number(x);
        (x, metamodel.at(&values))
    };
    (0..=LINE).map(at).collect()
}
