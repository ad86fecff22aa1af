//! The page of `compare`: options beside the service as it is, pair by pair.

use super::checklist::Told;
use super::figure::Shown;
use super::lead::Key;
use super::service::{Differing, case_types, posts, practices};
use super::table::{Cell, Column, Number, Place, Row, Table, range};
use super::whole::{Page, Part, Section};
use super::{About, again, checklist, money, rests, trust};
use crate::experiment::{DifferenceRow, TargetRow};
use crate::measure::Unit;
use crate::report::answer::show;
use crate::report::comparison::targets::{asked, verdict};
use crate::report::comparison::{Compared, Comparison, words};
use crate::report::number::readable;

/// Key figures at most.
const MOST_KEYS: usize = 5;

/// The page of a comparison.
#[must_use]
pub fn of_comparison(comparison: &Comparison, about: &About) -> Page {
    let base = &comparison.base;
    let options = comparison.options;
    let differing: Vec<Differing> = options
        .iter()
        .map(|it| (it.variant, it.rows.as_slice()))
        .collect();
    let ran = trust::Ran::of(base, " as things are");
    let sections = vec![
        practices((base, " as things are"), &differing),
        posts((base, " as things are")),
        case_types((base, " as things are")),
        side_by_side(comparison),
        money::of_options(comparison),
        rests::section(about, &comparison.story.notes),
        ran.section(trust::warm_up(base.model)),
        checklist::section(),
        again::section(about.manifest),
    ];
    let figures = about.figures.iter().map(|(name, svg)| Shown {
        name: name.clone(),
        svg: svg.clone(),
        behind: None,
    });
    Page {
        title: comparison.story.title.clone(),
        question: comparison.story.question.clone(),
        answer: comparison.sentences(),
        cautions: comparison.cautions(),
        keys: keys(comparison),
        keys_file: "summary.csv",
        figures: figures.collect(),
        sections,
        checklist: Told {
            story: comparison.story,
            model: base.model,
            estimation: checklist::estimation(about.manifest.seed, &ran),
            about,
            options: options.iter().map(changes).collect(),
            design: Some(comparison.how_to_read()),
            methods: None,
        }
        .items(),
        program: format!("{} {}", about.manifest.program, about.manifest.version),
    }
}

/// An option and what it changes, in words.
fn changes(option: &Compared) -> String {
    let yardstick = if option.what_if {
        " (a yardstick, not a choice)"
    } else {
        ""
    };
    let nothing = match option.changes_nothing() {
        true => ". It changes nothing: in every run all is as it was",
        false => "",
    };
    format!(
        "{}{yardstick}: {}{nothing}",
        option.variant.option,
        option.changes.join("; ")
    )
}

/// The chosen measures as things are, each with the option that changes it most for the better.
fn keys(comparison: &Comparison) -> Vec<Key> {
    let base = &comparison.base;
    let measures = comparison.family.measures.iter().take(MOST_KEYS);
    let key = |name: &String| {
        let label = format!("{}, as things are", words::measure(name).heading);
        let mut key = Key::of(
            &label,
            base.estimates.of_pcn(name),
            Place::of_pcn(base.option).and("measure", name),
        )?;
        key.more.truncate(1);
        key.more
            .extend(comparison.options.iter().take(3).filter_map(|option| {
                let row = option.row(name)?;
                let (mean, unit) = (row.option_mean?, row.column.unit());
                Some(format!("{}: {}", option.variant.option, show(unit, mean)))
            }));
        Some(key)
    };
    measures.filter_map(key).collect()
}

/// Targets, then a table for each chosen measure.
fn side_by_side(comparison: &Comparison) -> Section {
    let mut parts = vec![Part::List(comparison.options.iter().map(changes).collect())];
    if !comparison.base_targets.is_empty() {
        parts.push(Part::Table(targets(comparison)));
    }
    parts.push(Part::Words(comparison.how_to_read()));
    let measures = comparison.family.measures.iter();
    parts.extend(
        measures
            .filter_map(|it| measure(comparison, it))
            .map(Part::Table),
    );
    parts.extend(comparison.what_it_depends_on().map(Part::Words));
    parts.extend(ranking(comparison).map(Part::Table));
    Section {
        id: "options",
        heading: "Options side by side".to_owned(),
        parts,
    }
}

fn targets(comparison: &Comparison) -> Table {
    let columns = comparison.base_targets.iter().map(|row| {
        let heading = format!(
            "{}, {}",
            words::measure(row.measure.name).heading,
            asked(row)
        );
        Column::of_numbers(&heading, Place::by(&[("measure", row.measure.name)]))
    });
    let cell = |row: &TargetRow| {
        row.judged.mean.map_or(Cell::Nothing, |mean| {
            let shown = words::with_unit(row.measure.unit, mean);
            Cell::value(mean, format!("{shown} {}", verdict(row)))
        })
    };
    let row = |name: &str, option: &str, rows: &[TargetRow]| Row {
        name: name.to_owned(),
        place: Place::by(&[("option", option)]),
        cells: rows.iter().map(cell).collect(),
    };
    let base = row(
        "As things are",
        comparison.base.option,
        comparison.base_targets,
    );
    let options = comparison.options.iter();
    let options = options.map(|it| row(it.variant.option, it.variant.option, &it.targets));
    Table {
        id: "targets".to_owned(),
        caption: "Targets of the file: what each reaches, and whether it is surely met".to_owned(),
        file: Some("targets.csv"),
        place: Place::default(),
        columns: std::iter::once(Column::of_words(""))
            .chain(columns)
            .collect(),
        rows: std::iter::once(base).chain(options).collect(),
        note: format!(
            "Met and missed are sure: all verdicts hold at once with {} confidence, of the mean over all runs.",
            words::confidence(comparison.family.confidence)
        ),
    }
}

/// One measure: the mean of each, the paired difference, and the interval that holds with all others.
fn measure(comparison: &Comparison, name: &str) -> Option<Table> {
    let measure = words::of_name(name)?;
    let unit = measure.unit;
    let is_drawn = comparison.draws().is_some();
    let mean = comparison.base_mean(name);
    let base = Row {
        name: "As things are".to_owned(),
        place: Place::by(&[("option", comparison.base.option)]),
        cells: vec![optional(unit, mean), Cell::Words(String::new())],
    };
    let options = comparison.options.iter().map(|option| {
        let row = option.row(name);
        Row {
            name: option.variant.option.to_owned(),
            place: Place::by(&[("option", option.variant.option)]),
            cells: vec![
                optional(unit, row.and_then(|it| it.option_mean)),
                difference(unit, row, is_drawn),
            ],
        }
    });
    let ends = if is_drawn {
        "draws_p10 draws_p90"
    } else {
        "simultaneous_low simultaneous_high"
    };
    let by = match is_drawn {
        true => "8 in 10 draws".to_owned(),
        false => format!(
            "{} interval",
            words::confidence(comparison.family.confidence)
        ),
    };
    let at = Place::by(&[("file", "differences.csv")])
        .in_field("mean_difference")
        .between(ends);
    Some(Table {
        id: format!("differences-{}", name.replace('_', "-")),
        caption: format!(
            "{}, {}; {}",
            words::measure(name).heading,
            words::unit(unit),
            words::better(measure.better)
        ),
        file: Some("summary.csv"),
        place: Place::by(&[("scope", "pcn"), ("name", "PCN"), ("measure", name)]),
        columns: vec![
            Column::of_words(""),
            Column::of_numbers("Mean", Place::default()),
            Column::of_numbers(&format!("Difference, with its {by}"), at),
        ],
        rows: std::iter::once(base).chain(options).collect(),
        note: "Exactly in summary.csv (means) and differences.csv.".to_owned(),
    })
}

fn optional(unit: Unit, value: Option<f64>) -> Cell {
    value.map_or(Cell::Nothing, |it| Cell::value(it, words::value(unit, it)))
}

/// A paired difference; where inputs were drawn with its spread over draws.
fn difference(unit: Unit, row: Option<&DifferenceRow>, is_drawn: bool) -> Cell {
    let Some((row, estimate)) = row.and_then(|row| Some((row, row.estimate?))) else {
        return Cell::Nothing;
    };
    let together = row.simultaneous.and_then(|it| it.low.zip(it.high));
    let drawn = row.over_draws.map(|it| (it[0], it[2]));
    let ends = if is_drawn { drawn } else { together };
    let write = |value: f64| words::signed(unit, value);
    Cell::Number(Number {
        shown: write(estimate.mean),
        exact: estimate.mean,
        ends: ends.map(|(low, high)| (range(&write(low), &write(high)), low, high)),
    })
}

/// How far each came in the search for the best.
fn ranking(comparison: &Comparison) -> Option<Table> {
    let ranked = comparison.ranking?;
    let outcome = ranked.outcome?;
    let base = std::iter::once(("As things are", comparison.base.option));
    let options = comparison
        .options
        .iter()
        .map(|it| (it.variant.option, it.variant.option));
    let names: Vec<(&str, &str)> = base.chain(options).collect();
    let of = words::of_name(ranked.measure);
    let write = |value: f64| {
        of.map_or_else(
            || words::pounds(value),
            |it| words::with_unit(it.unit, value),
        )
    };
    let rows = names.iter().zip(&outcome.standings).enumerate();
    let rows = rows.map(|(at, ((name, option), standing))| {
        let how = match standing.behind {
            Some(by) => format!("behind {}", names[by].0),
            None if outcome.best == Some(at) => "the best".to_owned(),
            None => "left".to_owned(),
        };
        let runs = standing.replications as f64;
        Row {
            name: (*name).to_owned(),
            place: Place::by(&[("option", option)]),
            cells: vec![
                Cell::value(standing.mean, write(standing.mean)),
                Cell::value(runs, readable(runs)),
                Cell::Words(how),
            ],
        }
    });
    Some(Table {
        id: "ranking".to_owned(),
        caption: format!("The best by {}", words::measure(ranked.measure).phrase),
        file: Some("ranking.csv"),
        place: Place::default(),
        columns: vec![
            Column::of_words(""),
            Column::of_numbers("Mean", Place::default()),
            Column::of_numbers("Runs", Place::default().in_field("n")),
            Column::of_words("Standing"),
        ],
        rows: rows.collect(),
        note: "Kim and Nelson's procedure (2001): whoever is clearly behind is run no more."
            .to_owned(),
    })
}
