//! The tables of a study's page: what matters, how good a formula is, the best and worst points, what
//! varies.

use super::InputRow;
use super::sweep::{number_of, told_by};
use super::table::{Cell, Column, Number, Place, Row, Table, range};
use super::whole::{Part, Section};
use crate::experiment::{Sensitivity, Spread};
use crate::measure::{Better, Measure, Unit};
use crate::report::answer::show;
use crate::report::comparison::words;
use crate::report::number::{counted, grouped, percent_to_a_decimal};
use crate::report::sweep::{CONSTANT, Metamodels, Sweep, measure_of, number, ranked, said, short};

/// Points of either end that are told.
const EACH_END: usize = 5;
/// Keys whose values have a column; more would be wider than any page.
const MOST_KEYS: usize = 8;

/// Points with a value from the best to the worst; from the highest where neither side is better. Of equal
/// ones the first in the order of the design is the best; of the worst the first is the last here.
fn in_order(sweep: &Sweep) -> Vec<usize> {
    let is_lower = told_by(sweep).and_then(|it| it.better) == Some(Better::Lower);
    let mut told = sweep.told();
    told.sort_by(|one, other| match is_lower {
        true => one.mean.total_cmp(&other.mean),
        false => other.mean.total_cmp(&one.mean),
    });
    if let Some(worst) = told.last().map(|it| it.mean) {
        let tied = told.partition_point(|it| it.mean.total_cmp(&worst).is_ne());
        if tied > 0 {
            told[tied..].reverse();
        }
    }
    told.iter().map(|it| it.point).collect()
}

/// The best and the worst point; `None` where all are the same.
pub(super) fn ends(sweep: &Sweep) -> Option<(usize, usize)> {
    let order = in_order(sweep);
    let (best, worst) = (*order.first()?, *order.last()?);
    (sweep.tied(best) < order.len()).then_some((best, worst))
}

/// The columns of a point's mean with its interval and what 8 in 10 runs give.
pub(super) fn value_columns() -> [Column; 3] {
    let number =
        |heading: &str, field| Column::of_numbers(heading, Place::default().in_field(field));
    [
        number("Mean", "mean"),
        number("1 run in 10 is below", "p10"),
        number("1 run in 10 is above", "p90"),
    ]
}

/// A row of a point: its own cells, then its mean and spread.
pub(super) fn row_of_point(
    sweep: &Sweep,
    measure: &Measure,
    point: usize,
    name: String,
    before: Vec<Cell>,
) -> Row {
    let mean = number_of(sweep, point, measure).map_or(Cell::Nothing, Cell::Number);
    let spread = sweep.done.get(&point).and_then(|it| it.spread(0));
    let end = |at: usize| {
        spread.map_or(Cell::Nothing, |it| {
            Cell::value(it[at], show(measure.unit, it[at]))
        })
    };
    Row {
        name,
        place: Place::by(&[("point", &(point + 1).to_string())]),
        cells: before.into_iter().chain([mean, end(0), end(1)]).collect(),
    }
}

/// The points at both ends.
pub(super) fn best_and_worst(sweep: &Sweep) -> Section {
    let order = in_order(sweep);
    let heading = match told_by(sweep).and_then(|it| it.better) {
        Some(_) => "The best and the worst points",
        None => "The highest and the lowest points",
    };
    let mut parts = Vec::new();
    if let Some(measure) = told_by(sweep).filter(|_| !order.is_empty()) {
        parts.push(Part::Words(
            "The best of many points is best by luck as well: before its value is relied on, run it again with another `--seed`. \
             Neighbours in this table are mostly not surely different."
                .to_owned(),
        ));
        parts.push(Part::Table(points(sweep, measure, &order)));
    }
    Section {
        id: "points",
        heading: heading.to_owned(),
        parts,
    }
}

fn points(sweep: &Sweep, measure: &Measure, order: &[usize]) -> Table {
    let is_told = |place: usize| place < EACH_END || place + EACH_END >= order.len();
    let keys = sweep.facts.keys.len().min(MOST_KEYS);
    let rows = order
        .iter()
        .enumerate()
        .filter(|(place, _)| is_told(*place));
    let rows = rows.map(|(_, point)| {
        let values = sweep.values[*point].iter().take(keys);
        let values = values.map(|it| value_cell(it)).collect();
        row_of_point(
            sweep,
            measure,
            *point,
            format!("Point {}", point + 1),
            values,
        )
    });
    let keyed = sweep.facts.keys.iter().take(keys).enumerate();
    let keyed = keyed.map(|(at, key)| Column {
        is_number: sweep
            .values
            .iter()
            .all(|values| number(&values[at]).is_some()),
        ..Column::of_words(key)
    });
    let more = match sweep.facts.keys.len() - keys {
        0 => String::new(),
        many => format!(" {} more are in points.csv.", counted(many, "key")),
    };
    let told = order.len().min(2 * EACH_END);
    Table {
        id: "points-table".to_owned(),
        caption: format!(
            "{} at {} of {}",
            words::measure(measure.name).heading,
            told,
            counted(order.len(), "point")
        ),
        file: Some("sweep.csv"),
        place: Place::by(&[("measure", measure.name)]),
        columns: std::iter::once(Column::of_words("Point"))
            .chain(keyed)
            .chain(value_columns())
            .collect(),
        rows: rows.collect(),
        note: format!(
            "The mean with its 95% interval; all points and measures exactly in sweep.csv.{more}"
        ),
    }
}

/// A value of a key, which is an input.
fn value_cell(value: &str) -> Cell {
    match number(value) {
        Some(number) => Cell::Input(said(value), number),
        None => Cell::Words(short(value)),
    }
}

/// What varies, and between what.
pub(super) fn what_varies(sweep: &Sweep) -> Section {
    let row = |(at, key): (usize, &String)| {
        let mut distinct: Vec<&str> = Vec::new();
        let mut known = std::collections::BTreeSet::new();
        for values in sweep.values {
            if known.insert(values[at].as_str()) {
                distinct.push(&values[at]);
            }
        }
        let are_numbers = distinct.iter().all(|it| number(it).is_some());
        let range = match are_numbers {
            true => sweep.range(at),
            false => {
                let few: Vec<String> = distinct.iter().take(6).map(|it| short(it)).collect();
                few.join("; ")
            }
        };
        let many = distinct.len() as f64;
        Row {
            name: key.clone(),
            place: Place::default(),
            cells: vec![Cell::Words(range), Cell::Input(grouped(many, 0), many)],
        }
    };
    let values = Column {
        is_number: true,
        ..Column::of_words("Different values")
    };
    let table = Table {
        id: "keys-table".to_owned(),
        caption: "Keys of the scenario that differ from point to point".to_owned(),
        columns: vec![Column::of_words("Key"), Column::of_words("Over the points"), values],
        rows: sweep.facts.keys.iter().enumerate().map(row).collect(),
        note: "points.csv has the values of every point; study.toml says how they were chosen. docs/scenario-reference.md says \
               what each key is and in which unit."
            .to_owned(),
        ..Table::default()
    };
    Section {
        id: "what-varies",
        heading: "What varies".to_owned(),
        parts: vec![Part::Words(sweep.what_was_run()), Part::Table(table)],
    }
}

/// The inputs of the scenario as the study ran them: keys that vary say so, and replications are its own.
pub(super) fn inputs_as_run(sweep: &Sweep, inputs: &[InputRow]) -> Vec<InputRow> {
    let varied = |input: &InputRow| {
        let keys = sweep.facts.keys.iter().enumerate();
        let keys = keys.filter(|(_, key)| is_of(key, &input.key));
        let said = keys.map(|(at, key)| match *key == input.key {
            true => format!("varied: {}", sweep.range(at)),
            false => format!("varied by {key}: {}", sweep.range(at)),
        });
        said.collect::<Vec<String>>().join("; ")
    };
    let as_run = |input: &InputRow| {
        let value = match (input.key.as_str(), varied(input)) {
            ("experiment.replications", _) => {
                let each = grouped(sweep.facts.replications as f64, 0);
                format!(
                    "{each} at each point, by the study; the scenario has {}",
                    input.value
                )
            }
            (_, said) if said.is_empty() => return input.clone(),
            (_, said) => format!("{said}; the scenario has {}", input.value),
        };
        InputRow {
            value,
            summary: None,
            ..input.clone()
        }
    };
    inputs.iter().map(as_run).collect()
}

/// Whether a key that varies is the input, or one of those that the input stands for.
fn is_of(key: &str, input: &str) -> bool {
    let (mut steps, mut others) = (key.split('.'), input.split('.'));
    loop {
        match (steps.next(), others.next()) {
            (None, None) => return true,
            (Some(one), Some(other)) if one == other || one == "*" || other == "*" => {}
            _ => return false,
        }
    }
}

/// The methods behind a study of this design.
pub(super) fn methods(sweep: &Sweep) -> String {
    let of_design = match sweep.facts.spread {
        Some(Spread::Sobol(_)) => {
            "Points: Owen-scrambled Sobol' sequence, laid out after Saltelli et al. (2010). Indices: first-order after Saltelli et al. \
             (2010), total after Jansen (1999), with percentile bootstrap intervals over base points. "
        }
        Some(Spread::Morris(..)) => {
            "Points: walks through levels (Morris 1991). Effects: elementary effects; mean absolute effect mu* after Campolongo et al. \
             (2007), with Student's t intervals over walks. "
        }
        Some(Spread::LatinHypercube(_)) => "Points: a maximin Latin hypercube. ",
        None => "",
    };
    let metamodel = match sweep.metamodels() {
        Ok(_) => {
            "Metamodel: full quadratic by least squares, of the measure, its logarithm or its log odds, chosen and judged by its \
             leave-one-out error (Allen 1974). "
        }
        Err(_) => "",
    };
    let streams = match sweep.facts.is_independent {
        true => "random numbers of its own",
        false => "common random numbers",
    };
    format!(
        "{of_design}{metamodel}Each point: a fixed number of replications with {streams}. Waits of everyone accepted: cumulative \
         incidence (Aalen-Johansen). docs/statistics.md has all of them."
    )
}

/// How to read a table of effects.
pub(super) const SCREENING: &str = "A Morris design says which keys matter, by few runs; how large a part of the variance each has, \
                                    a Sobol' design of those that matter would tell.";

/// The columns of indices or effects: heading and index of the file.
fn columns(found: &[Sensitivity]) -> &'static [(&'static str, &'static str)] {
    match found.first() {
        Some(Sensitivity::Indices(_)) => &[("By itself", "first_order"), ("In all", "total")],
        _ => &[
            ("Effect, mu*", "mu_star"),
            ("With its sign, mu", "mu"),
            ("From place to place, sigma", "sigma"),
        ],
    }
}

/// The cells of a key, as many as there are columns.
fn cells(found: &Sensitivity, unit: Unit) -> Vec<Cell> {
    let cell = |value: f64, ends: Option<(f64, f64)>, write: &dyn Fn(f64) -> String| {
        Cell::Number(Number {
            shown: write(value),
            exact: value,
            ends: ends.map(|(low, high)| (range(&write(low), &write(high)), low, high)),
        })
    };
    match found {
        Sensitivity::Indices(it) => [&it.first, &it.total]
            .map(|it| cell(it.value, Some((it.low, it.high)), &percent_to_a_decimal))
            .to_vec(),
        Sensitivity::Effects {
            screening,
            interval,
        } => {
            let write = |value: f64| words::value(unit, value);
            vec![
                cell(screening.mu_star, *interval, &write),
                cell(screening.mu, None, &write),
                cell(screening.sigma, None, &write),
            ]
        }
    }
}

/// How much the first measure depends on each key.
pub(super) fn sensitivity(sweep: &Sweep, found: &[Sensitivity], measure: &Measure) -> Table {
    let headed = columns(found).iter().map(|(heading, index)| {
        Column::of_numbers(heading, Place::by(&[("index", index)]).in_field("value"))
    });
    let rows = ranked(found).into_iter().map(|key| Row {
        name: sweep.facts.keys[key].clone(),
        place: Place::by(&[("key", &sweep.facts.keys[key])]),
        cells: std::iter::once(Cell::Words(sweep.range(key)))
            .chain(cells(&found[key], measure.unit))
            .collect(),
    });
    let note = match (found.first(), measure.unit) {
        (Some(Sensitivity::Indices(_)), _) => {
            "Shares of the variance over the points, with 95% bootstrap intervals. By itself: what would go if the key were known; in \
             all: what would stay if all others were; the difference is what it does together with others. They are as \
             estimated, and may lie a little below nothing or above 100%; far above, there are too few points to tell."
        }
        (_, Unit::Share) => {
            "In percentage points, of moving the key from one end to the other; mu* with its 95% interval over the walks."
        }
        _ => {
            "In the unit of the measure, of moving the key from one end to the other; mu* with its 95% interval over the walks."
        }
    };
    Table {
        id: "sensitivity".to_owned(),
        caption: format!(
            "{}: how much it depends on each key, the one that matters most first",
            words::measure(measure.name).heading
        ),
        file: Some("sensitivity.csv"),
        place: Place::by(&[("measure", measure.name)]),
        columns: [Column::of_words("Key"), Column::of_words("Over the points")]
            .into_iter()
            .chain(headed)
            .collect(),
        rows: rows.collect(),
        note: note.to_owned(),
    }
}

/// Of each other measure the key that matters most.
pub(super) fn of_other_measures(sweep: &Sweep) -> Option<Table> {
    let others = sweep.facts.measures.iter().enumerate().skip(1);
    let mut headed: &[(&str, &str)] = &[];
    let rows = others.filter_map(|(position, name)| {
        let (found, measure) = (sweep.sensitivities(position)?, measure_of(name)?);
        headed = columns(&found);
        let key = *ranked(&found).first()?;
        let cells = cells(&found[key], measure.unit);
        Some(Row {
            name: words::measure(name).heading,
            place: Place::by(&[("measure", name), ("key", &sweep.facts.keys[key])]),
            cells: std::iter::once(Cell::Words(sweep.facts.keys[key].clone()))
                .chain(cells)
                .collect(),
        })
    });
    let rows: Vec<Row> = rows.collect();
    let headed = headed.iter().map(|(heading, index)| {
        Column::of_numbers(heading, Place::by(&[("index", index)]).in_field("value"))
    });
    let table = Table {
        id: "sensitivity-of-others".to_owned(),
        caption: "Other measures: the key that matters most to each".to_owned(),
        file: Some("sensitivity.csv"),
        columns: [Column::of_words("Measure"), Column::of_words("Key")]
            .into_iter()
            .chain(headed)
            .collect(),
        rows,
        ..Table::default()
    };
    (!table.rows.is_empty()).then_some(table)
}

/// How good each metamodel is.
pub(super) fn metamodels(sweep: &Sweep, all: &Metamodels) -> Table {
    let number =
        |heading: &str, field| Column::of_numbers(heading, Place::default().in_field(field));
    let rows = sweep
        .facts
        .measures
        .iter()
        .zip(&all.of)
        .filter_map(|(name, found)| {
            let (found, measure) = (found.as_ref()?, measure_of(name)?);
            let share = |value: f64| Cell::value(value, percent_to_a_decimal(value));
            let rmse = match measure.unit {
                Unit::Share => format!("{:.2} points", 100.0 * found.left_out_rmse),
                unit => words::with_unit(unit, found.left_out_rmse),
            };
            let points = found.points as f64;
            Some(Row {
                name: words::measure(name).heading,
                place: Place::by(&[("measure", name)]),
                cells: vec![
                    Cell::Words(found.transform.name().to_owned()),
                    Cell::value(points, grouped(points, 0)),
                    share(found.explained),
                    share(found.foretold),
                    Cell::value(found.left_out_rmse, rmse),
                ],
            })
        });
    Table {
        id: "metamodel-table".to_owned(),
        caption: "How well a quadratic in the keys stands in for the simulation".to_owned(),
        file: Some("metamodel.csv"),
        place: Place::by(&[("term", CONSTANT)]),
        columns: vec![
            Column::of_words("Measure"),
            Column::of_words("Taken by"),
            number("Points", "points"),
            number("Explained", "r2"),
            number("Foretold", "r2_left_out"),
            number("Off by", "left_out_rmse"),
        ],
        rows: rows.collect(),
        note: "Explained: the part of what differs between points that the formula has. Foretold: the same for points left out one by \
               one; off by: root mean square at those. Taken by log or logit where that foretells better. metamodel.csv has the \
               terms. It says nothing of values beyond the points; far below 100% foretold, do not use it; below 0% the mean of all \
               points foretells better."
            .to_owned(),
    }
}
