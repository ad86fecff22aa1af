//! The page of a study: what the points say, what the results depend on, and how far to trust it.

use super::checklist::Told;
use super::figure::{Hover, Shown};
use super::lead::{Figure, Key};
use super::table::{Cell, Column, Number, Place, Row, Table, range};
use super::whole::{Page, Part, Section};
use super::{About, again, checklist, rests, study_tables, trust};
use crate::experiment::Sensitivity;
use crate::measure::{Better, Measure};
use crate::model::Model;
use crate::report::Story;
use crate::report::answer::show;
use crate::report::apart::Foremost;
use crate::report::comparison::words;
use crate::report::number::{counted, grouped, percent_to_a_decimal};
use crate::report::prose::listed;
use crate::report::sweep::{
    CONSTANT, Grid, Sweep, is_too_much, measure_of, off, ranked, short, surest,
};

/// Keys that the question names; more are counted.
const KEYS_NAMED: usize = 4;

/// What a study is told with.
pub struct SweepTold<'a> {
    /// The study and what came of it.
    pub sweep: &'a Sweep<'a>,
    /// What a reader should know of the scenario.
    pub story: &'a Story,
    /// The model of the scenario as it stands.
    pub model: &'a Model,
}

/// The page of a whole study.
#[must_use]
pub fn of_sweep(told: &SweepTold, about: &About) -> Page {
    let sweep = told.sweep;
    let about = &About {
        manifest: about.manifest,
        inputs: study_tables::inputs_as_run(sweep, &about.inputs),
        changes: about.changes.clone(),
        uncertain: about.uncertain.clone(),
        figures: about.figures,
    };
    let sections = vec![
        what_matters(sweep),
        metamodel(sweep),
        study_tables::best_and_worst(sweep),
        study_tables::what_varies(sweep),
        rests::section(about, &told.story.notes),
        trust(told),
        checklist::section(),
        again::section(about.manifest),
    ];
    let figures = about.figures.iter().map(|(name, svg)| Shown {
        name: name.clone(),
        svg: svg.clone(),
        behind: behind(sweep, name),
    });
    Page {
        title: told.story.title.clone(),
        question: Some(question(sweep)),
        answer: sweep.answer(&told.story.targets),
        cautions: sweep.cautions(),
        keys: keys(told),
        keys_file: "sweep.csv",
        figures: figures.collect(),
        sections: sections.into_iter().flatten_empty(),
        checklist: Told {
            story: told.story,
            model: told.model,
            estimation: vec![format!(
                "{} with seed {}; 95% confidence intervals (Student's t; shares bounded by 0 and 1), one point at a time.",
                replications(sweep),
                sweep.facts.seed
            )],
            about,
            options: vec![sweep.what_was_run()],
            design: Some(format!("Design of experiments: {}.", sweep.facts.design)),
            methods: Some(super::study_tables::methods(sweep)),
        }
        .items(),
        program: format!("{} {}", about.manifest.program, about.manifest.version),
    }
}

/// Sections without those that say nothing.
trait FlattenEmpty {
    fn flatten_empty(self) -> Vec<Section>;
}

impl<I: Iterator<Item = Section>> FlattenEmpty for I {
    fn flatten_empty(self) -> Vec<Section> {
        self.filter(|it| !it.parts.is_empty()).collect()
    }
}

fn question(sweep: &Sweep) -> String {
    let keys = match sweep.facts.keys.len() {
        many if many > KEYS_NAMED => counted(many, "key"),
        _ => listed(&sweep.facts.keys),
    };
    let what = sweep.facts.measures.first();
    let what = what.map_or_else(|| "the result".to_owned(), |it| words::measure(it).phrase);
    format!("How does {what} depend on {keys}?")
}

/// "1,250 replications, 50 of each of 25 points".
fn replications(sweep: &Sweep) -> String {
    let each = sweep.facts.replications as usize;
    let points = sweep.facts.points;
    format!(
        "{}, {} of each of {}",
        counted(each * points, "replication"),
        grouped(each as f64, 0),
        counted(points, "point")
    )
}

/// The measure that points are told by.
pub(super) fn told_by(sweep: &Sweep) -> Option<&'static Measure> {
    measure_of(sweep.facts.measures.first()?)
}

/// A mean of a point as a number of the page.
pub(super) fn number_of(sweep: &Sweep, point: usize, measure: &Measure) -> Option<Number> {
    let (mean, ends) = sweep.done.get(&point)?.measured(0)?;
    let write = |value: f64| show(measure.unit, value);
    Some(Number {
        shown: write(mean),
        exact: mean,
        ends: ends.map(|(low, high)| (range(&write(low), &write(high)), low, high)),
    })
}

fn keys(told: &SweepTold) -> Vec<Key> {
    let sweep = told.sweep;
    let runs = counted(sweep.facts.replications as usize, "run");
    let runs = vec![format!("{runs} of each")];
    let points = grouped(sweep.facts.points as f64, 0);
    let mut keys = vec![Key::of_words("Points", points, runs)];
    if let Some(target) = sweep.target(&told.story.targets) {
        let met = sweep.met(&target);
        let words = format!("{} of {}", met.by_mean, sweep.facts.points);
        let more = vec![
            format!("asked: {}", target.words),
            format!("surely, one at a time: {}", met.surely),
        ];
        keys.push(Key::of_words("Points that meet the target", words, more));
    }
    keys.extend(extremes(sweep));
    keys.extend(most_of_all(sweep));
    keys.extend(measure_next(sweep));
    keys.extend(foretold(sweep));
    keys
}

/// The best and the worst point; the highest and the lowest where neither side is better.
fn extremes(sweep: &Sweep) -> Vec<Key> {
    let Some((measure, (first, last))) = told_by(sweep).zip(study_tables::ends(sweep)) else {
        return Vec::new();
    };
    let names = match measure.better {
        Some(_) => ["Best point", "Worst point"],
        None => ["Highest", "Lowest"],
    };
    let key = |(label, point): (&str, usize)| {
        let number = number_of(sweep, point, measure)?;
        let place = Place::by(&[
            ("point", &(point + 1).to_string()),
            ("measure", measure.name),
        ]);
        let heading = words::measure(measure.name).heading;
        let at = match sweep.tied(point) {
            0 | 1 => format!("at point {}", point + 1),
            many => format!("at {}, the first is {}", counted(many, "point"), point + 1),
        };
        let mut more = vec![format!("{heading}, {at}")];
        more.extend(
            number
                .ends
                .iter()
                .map(|(said, ..)| format!("95% interval {said}")),
        );
        let ends = number.ends.map(|(_, low, high)| (String::new(), low, high));
        Some(Key {
            label: label.to_owned(),
            figure: Figure::Number(Number { ends, ..number }, place, None),
            more,
        })
    };
    names
        .into_iter()
        .zip([first, last])
        .filter_map(key)
        .collect()
}

/// How much the key that matters most does.
fn most_of_all(sweep: &Sweep) -> Option<Key> {
    let (found, measure) = (sweep.sensitivities(0)?, told_by(sweep)?);
    let most = *ranked(&found).first()?;
    let name = &sweep.facts.keys[most];
    let (index, exact, ends) = match &found[most] {
        Sensitivity::Indices(it) => ("total", it.total.value, Some((it.total.low, it.total.high))),
        Sensitivity::Effects {
            screening,
            interval,
        } => ("mu_star", screening.mu_star, *interval),
    };
    let (shown, said) = match index {
        "total" => (
            percent_to_a_decimal(exact),
            format!("of the variance over the points depends on {name}, by itself or with others"),
        ),
        _ => (
            show(measure.unit, exact),
            format!("is what moving {name} from end to end changes, on average"),
        ),
    };
    let mut place = Place::by(&[("measure", measure.name), ("key", name), ("index", index)]);
    place.keys.push(("file", "sensitivity.csv".to_owned()));
    let number = Number {
        shown,
        exact,
        ends: ends.map(|(low, high)| (String::new(), low, high)),
    };
    let label = match index {
        "total" => "Matters most, in all",
        _ => "Matters most",
    };
    let doubt = match sweep.foremost(&found) {
        _ if is_too_much(&found[most]) => Some("too few points to tell".to_owned()),
        Some(Foremost::Either(_) | Foremost::Many(_)) => {
            Some("others cannot be told from it".to_owned())
        }
        _ => None,
    };
    Some(Key {
        label: label.to_owned(),
        figure: Figure::Number(number, place.in_field("value"), None),
        more: std::iter::once(said).chain(doubt).collect(),
    })
}

/// How much would go if the key were known that surely takes away most by itself.
fn measure_next(sweep: &Sweep) -> Option<Key> {
    let (found, measure) = (sweep.sensitivities(0)?, told_by(sweep)?);
    let (key, index) = surest(&found)?;
    let name = &sweep.facts.keys[key];
    let mut place = Place::by(&[
        ("measure", measure.name),
        ("key", name),
        ("index", "first_order"),
    ]);
    place.keys.push(("file", "sensitivity.csv".to_owned()));
    let number = Number {
        shown: percent_to_a_decimal(index.value),
        exact: index.value,
        ends: Some((String::new(), index.low, index.high)),
    };
    Some(Key {
        label: "Measure this next, by itself".to_owned(),
        figure: Figure::Number(number, place.in_field("value"), None),
        more: vec![format!(
            "of the variance over the points would go if {name} were known"
        )],
    })
}

fn foretold(sweep: &Sweep) -> Option<Key> {
    let all = sweep.metamodels().ok()?;
    let (found, name) = (all.of.first()?.as_ref()?, sweep.facts.measures.first()?);
    let mut place = Place::by(&[("measure", name.as_str()), ("term", CONSTANT)]);
    place.keys.push(("file", "metamodel.csv".to_owned()));
    let number = Number {
        shown: format!("{:.1}%", 100.0 * found.foretold),
        exact: found.foretold,
        ends: None,
    };
    Some(Key {
        label: "Foretold by a formula".to_owned(),
        figure: Figure::Number(number, place.in_field("r2_left_out"), None),
        more: vec![format!(
            "of what differs between points{}; off by {} at a point left out",
            match found.foretold < 0.0 {
                true => ": worse than the mean of all points",
                false => "",
            },
            off(name, found.left_out_rmse)
        )],
    })
}

/// What the results depend on, and what to measure next.
fn what_matters(sweep: &Sweep) -> Section {
    let mut parts = Vec::new();
    if let Some((found, measure)) = sweep.sensitivities(0).zip(told_by(sweep)) {
        match sweep.to_find_out(&found) {
            Some(next) if surest(&found).is_some() => {
                parts.push(Part::Words(format!("Measure this next: {next}")));
            }
            Some(none) => parts.push(Part::Words(none)),
            None => parts.push(Part::Words(study_tables::SCREENING.to_owned())),
        }
        parts.extend(sweep.too_few(&found).map(Part::Words));
        parts.push(Part::Table(study_tables::sensitivity(
            sweep, &found, measure,
        )));
        parts.extend(study_tables::of_other_measures(sweep).map(Part::Table));
    } else if sweep.is_for_sensitivity() {
        parts.push(Part::Words(
            "The measure that points are told by does not vary, or has no value at some point: nothing can be said of what it \
             depends on. sensitivity.csv has the other measures."
                .to_owned(),
        ));
    }
    Section {
        id: "what-matters",
        heading: "What it depends on".to_owned(),
        parts,
    }
}

/// How good a formula in place of the simulation is.
fn metamodel(sweep: &Sweep) -> Section {
    let mut parts = Vec::new();
    match sweep.metamodels() {
        Ok(all) => {
            parts.push(Part::Words(sweep.foretold().unwrap_or_else(|why| why)));
            parts.push(Part::Table(study_tables::metamodels(sweep, &all)));
        }
        Err(why) => parts.push(Part::Words(why)),
    }
    Section {
        id: "metamodel",
        heading: "A formula in its place".to_owned(),
        parts,
    }
}

fn trust(told: &SweepTold) -> Section {
    let facts = told.sweep.facts;
    let luck = match facts.is_independent {
        true => "each point has random numbers of its own",
        false => {
            "all points meet the same people and the same absences, replication by replication"
        }
    };
    let runs = format!(
        "Replications: {} of {}, {} events in all; {luck}. The result does not depend on how many threads ran them, nor on whether \
         the work was stopped or done in parts.",
        replications(told.sweep),
        counted(told.model.period.weeks(), "week"),
        grouped(told.sweep.events() as f64, 0)
    );
    let intervals = "Intervals: a 95% interval says how well the mean at one point has been worked out; with so many points some \
                     intervals miss. They say nothing of how right the other inputs are.";
    let best = match told_by(told.sweep).and_then(|it| it.better) {
        Some(Better::Higher | Better::Lower) => Some(
            "The best of many points is best by luck as well, and its mean flatters it: run that point again with another \
             `--seed`."
                .to_owned(),
        ),
        None => None,
    };
    let points = [
        Some(runs),
        Some(intervals.to_owned()),
        best,
        Some(trust::warm_up(told.model)),
    ];
    trust::of_points(points.into_iter().flatten().collect())
}

/// The numbers behind a figure, and how the pointer finds them.
fn behind(sweep: &Sweep, name: &str) -> Option<(Table, Hover)> {
    let (grid, measure) = (sweep.grid()?, told_by(sweep)?);
    match name {
        "surface" if grid.keys.len() == 2 => Some((surface(sweep, &grid, measure), Hover::Grid)),
        "response" => {
            let hover = if grid.are_even() {
                Hover::Rows
            } else {
                Hover::None
            };
            Some((response(sweep, &grid, measure), hover))
        }
        _ => None,
    }
}

/// The cells of a surface, rows from the top.
fn surface(sweep: &Sweep, grid: &Grid, measure: &Measure) -> Table {
    let name = |at: usize| sweep.facts.keys[grid.keys[at]].as_str();
    let cell = |row: usize, column: usize| {
        let point = grid.point(&[column, row]);
        let found = point.and_then(|point| Some((point, number_of(sweep, point, measure)?)));
        found.map_or(Cell::Nothing, |(point, number)| {
            Cell::OfPoint(number, (point + 1).to_string())
        })
    };
    let rows = grid.upwards(1).map(|row| Row {
        name: short(&grid.values[1][row]),
        place: Place::default(),
        cells: (0..grid.values[0].len())
            .map(|column| cell(row, column))
            .collect(),
    });
    let column = |value: &String| Column::of_numbers(&short(value), Place::default());
    let columns = std::iter::once(Column::of_words(&format!(
        "{} down, {} across",
        name(1),
        name(0)
    )));
    Table {
        id: "behind-surface".to_owned(),
        caption: format!(
            "{}: {} over {}",
            words::measure(measure.name).heading,
            name(1),
            name(0)
        ),
        file: Some("sweep.csv"),
        place: Place::by(&[("measure", measure.name)]),
        columns: columns.chain(grid.values[0].iter().map(column)).collect(),
        rows: rows.collect(),
        note: "With 95% intervals, one point at a time.".to_owned(),
    }
}

/// The points along one key.
fn response(sweep: &Sweep, grid: &Grid, measure: &Measure) -> Table {
    let rows = grid.values[0].iter().enumerate().filter_map(|(at, value)| {
        let point = grid.point(&[at])?;
        Some(study_tables::row_of_point(
            sweep,
            measure,
            point,
            short(value),
            Vec::new(),
        ))
    });
    Table {
        id: "behind-response".to_owned(),
        caption: format!(
            "{} along {}",
            words::measure(measure.name).heading,
            sweep.facts.keys[grid.keys[0]]
        ),
        file: Some("sweep.csv"),
        place: Place::by(&[("measure", measure.name)]),
        columns: std::iter::once(Column::of_words(&sweep.facts.keys[grid.keys[0]]))
            .chain(study_tables::value_columns())
            .collect(),
        rows: rows.collect(),
        note: String::new(),
    }
}
