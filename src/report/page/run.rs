//! The page of `run`: one service, or one with and without the effects of strain.

use super::figure::{Hover, Shown};
use super::lead::Key;
use super::service::{case_types, posts, practices};
use super::stress::Told;
use super::table::{Cell, Column, Place, Row, Table};
use super::whole::{Page, Part, Section};
use super::{About, again, rests, trust};
use crate::experiment::bad_years;
use crate::measure::{Scope, Unit};
use crate::report::answer::bad_years::SHOWN as BAD_YEARS;
use crate::report::answer::money::rests_on;
use crate::report::answer::{Answer, asked, show};
use crate::report::comparison::words::signed;
use crate::report::number::percent_to_a_decimal;
use crate::report::tables::{Variant, week_begins};
use crate::report::unknowns::Unknowns;

/// Key figures: measure and words. That of the file's last target comes in place of the third.
const KEYS: [(&str, &str); 5] = [
    ("share_contacted_ever", "Ever contacted"),
    (
        "wait_to_first_contact_days_mean",
        "Mean wait to first contact, days",
    ),
    ("contacted_within_28_days", "Contacted within 28 days"),
    ("waiting_list_mean", "People on the waiting list"),
    ("cases_a_year_per_wte", "Cases a year per WTE"),
];

/// What a run is told with.
pub struct RunTold<'a> {
    /// The answer and all that it is made from.
    pub answer: &'a Answer<'a>,
    /// The service under the name of its option.
    pub service: Variant<'a>,
    /// The same with the effects of strain, where it was run both ways.
    pub with_effects: Option<Variant<'a>>,
    /// What is not known and what is chance, where inputs are uncertain.
    pub unknowns: Option<&'a Unknowns>,
    /// Names of the options of the file that were not run.
    pub other_options: Vec<String>,
}

/// The page of a run.
#[must_use]
pub fn of_run(told: &RunTold, about: &About) -> Page {
    let (answer, service) = (told.answer, &told.service);
    let targets = &answer.story.targets;
    let mut sentences = answer.sentences();
    sentences.extend(told.unknowns.iter().flat_map(|it| it.sentences(targets)));
    let differing = told.with_effects.map(|it| (it, answer.effects));
    let sections = vec![
        whole_service(answer, service),
        practices(service, differing.as_slice()),
        posts(service),
        case_types(service),
        options(told),
        costs(answer, service),
        rests::section(about, &answer.story.notes),
        trust::section(answer.model, answer.replications, answer.estimates),
        checklist(),
        again::section(about.manifest),
    ];
    let figures = about.figures.iter().map(|(name, svg)| Shown {
        name: name.clone(),
        svg: svg.clone(),
        behind: behind(name, service),
    });
    Page {
        title: answer.story.title.clone(),
        question: answer.story.question.clone(),
        answer: sentences,
        cautions: answer.cautions(),
        keys: keys(answer, service),
        keys_file: "summary.csv",
        figures: figures.collect(),
        sections,
        checklist: Told {
            story: answer.story,
            model: answer.model,
            replications: answer.replications,
            estimates: answer.estimates,
            about,
            options: told
                .with_effects
                .iter()
                .map(|it| {
                    format!(
                        "\"{}\": strain makes people leave and fall ill more often",
                        it.option
                    )
                })
                .collect(),
            design: None,
        }
        .items(),
        program: format!("{} {}", about.manifest.program, about.manifest.version),
    }
}

/// The section of the checklist.
pub(super) fn checklist() -> Section {
    Section {
        id: "stress-des",
        heading: "Reporting checklist (STRESS-DES)".to_owned(),
        parts: vec![
            Part::Words(
                "For whoever publishes this: the checklist of Monks et al. (2019), filled in from the scenario and the run. \
                 stress-des.md has it as text to work on."
                    .to_owned(),
            ),
            Part::Checklist,
        ],
    }
}

/// The key figures of a service.
fn keys(answer: &Answer, service: &Variant) -> Vec<Key> {
    let target = answer
        .story
        .targets
        .iter()
        .rev()
        .map(|(name, _)| name.as_str());
    let within = target
        .clone()
        .find(|name| name.starts_with("contacted_within_"));
    let wanted = KEYS.map(|(measure, words)| match (measure, within) {
        ("contacted_within_28_days", Some(within)) => {
            let words = crate::report::comparison::words::measure(within).heading;
            (within, words)
        }
        _ => (measure, words.to_owned()),
    });
    let key = |(measure, words): (&str, String)| {
        let place = place_of_pcn(service.option, measure);
        Key::of(&words, service.estimates.of_pcn(measure), place)
    };
    wanted.into_iter().filter_map(key).collect()
}

/// Where a measure of the PCN stands in `summary.csv`.
pub(super) fn place_of_pcn(option: &str, measure: &str) -> Place {
    Place::by(&[
        ("option", option),
        ("scope", "pcn"),
        ("name", "PCN"),
        ("measure", measure),
    ])
}

/// Targets, the measures that matter, and bad years.
fn whole_service(answer: &Answer, service: &Variant) -> Section {
    let mut parts = Vec::new();
    if !answer.story.targets.is_empty() {
        parts.push(Part::Table(targets(answer, service)));
    }
    parts.push(Part::Table(measures(answer, service)));
    parts.push(Part::Table(worse_years(answer, service)));
    Section {
        id: "service",
        heading: "The service as a whole".to_owned(),
        parts,
    }
}

fn targets(answer: &Answer, service: &Variant) -> Table {
    let rows = answer
        .targets_told()
        .into_iter()
        .map(|(row, target, verdict)| Row {
            name: crate::report::comparison::words::measure(row.column.measure.name).heading,
            place: Place::by(&[("measure", row.column.measure.name)]),
            cells: vec![
                Cell::Words(asked(row, target)),
                Cell::of(Some(row)),
                Cell::Words(verdict.to_owned()),
            ],
        });
    Table {
        id: "targets".to_owned(),
        caption: "Targets of the file: what is asked, what is reached, the verdict".to_owned(),
        file: Some("summary.csv"),
        place: Place::by(&[
            ("option", service.option),
            ("scope", "pcn"),
            ("name", "PCN"),
        ]),
        columns: vec![
            Column::of_words("Target"),
            Column::of_words("Asked"),
            Column::of_numbers("Reached", Place::default()),
            Column::of_words("Verdict"),
        ],
        rows: rows.collect(),
        note: "Met or missed is said where the whole 95% interval is on one side.".to_owned(),
    }
}

fn measures(answer: &Answer, service: &Variant) -> Table {
    let rows = answer.shown().into_iter().map(|(label, row)| {
        let point = |at: usize| row.spread.filter(|_| row.n > 1).map(|it| it[at]);
        let unit = row.column.unit();
        Row {
            name: label.to_owned(),
            place: Place::by(&[("measure", row.column.measure.name)]),
            cells: vec![
                Cell::of(Some(row)),
                Cell::optional(unit, point(0)),
                Cell::optional(unit, point(1)),
                Cell::optional(unit, point(2)),
            ],
        }
    });
    let point =
        |heading: &str, field| Column::of_numbers(heading, Place::default().in_field(field));
    Table {
        id: "measures".to_owned(),
        caption: format!(
            "{}: mean with 95% interval, and the spread over runs",
            answer.so_many_runs()
        ),
        file: Some("summary.csv"),
        place: Place::by(&[
            ("option", service.option),
            ("scope", "pcn"),
            ("name", "PCN"),
        ]),
        columns: vec![
            Column::of_words("Measure"),
            Column::of_numbers("Mean", Place::default()),
            point("1 run in 10 is below", "p10"),
            point("Half of runs are below", "p50"),
            point("1 run in 10 is above", "p90"),
        ],
        rows: rows.collect(),
        note: String::new(),
    }
}

fn worse_years(answer: &Answer, service: &Variant) -> Table {
    let years = bad_years(answer.replications, answer.estimates);
    let told = BAD_YEARS.into_iter().filter_map(|(measure, words)| {
        let of = |it: &&crate::experiment::BadYear| {
            it.column.measure.name == measure && it.column.scope == Scope::Pcn
        };
        let of: Vec<_> = years.iter().filter(of).collect();
        let is_told = of.iter().any(|it| it.value.is_some());
        is_told.then_some((measure, words, of))
    });
    let rows = told.map(|(measure, words, of)| Row {
        name: words.to_owned(),
        place: Place::by(&[("measure", measure)]),
        cells: of
            .iter()
            .map(|year| {
                let unit = year.column.unit();
                year.value.map_or(Cell::Nothing, |it| {
                    Cell::Number(super::table::Number {
                        shown: show(unit, it.value),
                        exact: it.value,
                        ends: Some((
                            super::table::range(&show(unit, it.low), &show(unit, it.high)),
                            it.low,
                            it.high,
                        )),
                    })
                })
            })
            .collect(),
    });
    let one_in = |heading: &str, one_in: &str| {
        Column::of_numbers(heading, Place::by(&[("one_in", one_in)]).in_field("value"))
    };
    Table {
        id: "bad-years".to_owned(),
        caption: "Bad years: what one run in ten, and one in twenty, is worse than".to_owned(),
        file: Some("bad_years.csv"),
        place: Place::by(&[
            ("option", service.option),
            ("scope", "pcn"),
            ("name", "PCN"),
        ]),
        columns: vec![
            Column::of_words("Measure"),
            one_in("1 in 10", "10"),
            one_in("1 in 20", "20"),
        ],
        rows: rows.collect(),
        note: "With 95% intervals.".to_owned(),
    }
}

/// The same service with the effects of strain; else which options the file has.
fn options(told: &RunTold) -> Section {
    let heading = "Options side by side".to_owned();
    let id = "options";
    let Some(with) = &told.with_effects else {
        let words = match told.other_options.is_empty() {
            true => "The file has no options: nothing is compared here. An option in it says what would change; `splw-sim compare` \
                     then tells the difference, pair by pair."
                .to_owned(),
            false => {
                let names: Vec<String> = told.other_options.iter().map(|it| format!("\"{it}\"")).collect();
                format!(
                    "Not compared here: {}. `splw-sim compare` tells how each differs, pair by pair.",
                    crate::report::prose::listed(&names)
                )
            }
        };
        return Section {
            id,
            heading,
            parts: vec![Part::Words(words)],
        };
    };
    let rows = told.answer.effects_shown().into_iter().map(|(words, row)| {
        let unit = row.column.unit();
        let bare = |mean: Option<f64>| Cell::optional(unit, mean);
        let difference = row.estimate.map_or(Cell::Nothing, |it| {
            Cell::of_estimate(&it, |value| in_points(unit, value))
        });
        Row {
            name: words.to_owned(),
            place: Place::by(&[("measure", row.column.measure.name)]),
            cells: vec![bare(row.base_mean), bare(row.option_mean), difference],
        }
    });
    let number =
        |heading: &str, field| Column::of_numbers(heading, Place::default().in_field(field));
    let table = Table {
        id: "effects".to_owned(),
        caption: "Without and with the effects of strain, and the paired difference".to_owned(),
        file: Some("differences.csv"),
        place: Place::by(&[("option", with.option), ("scope", "pcn"), ("name", "PCN")]),
        columns: vec![
            Column::of_words("Measure"),
            number("Without", "base_mean"),
            number("With", "option_mean"),
            number("Difference", "mean_difference"),
        ],
        rows: rows.collect(),
        note:
            "With 95% intervals of the difference; differences of shares are in percentage points."
                .to_owned(),
    };
    let notes = told.answer.on_effects().into_iter().map(Part::Words);
    let parts = std::iter::once(Part::Table(table)).chain(notes).collect();
    Section { id, heading, parts }
}

/// A difference with its sign; of shares in percentage points.
pub(super) fn in_points(unit: Unit, difference: f64) -> String {
    signed(unit, difference)
}

/// What the service costs, where the scenario counts money.
fn costs(answer: &Answer, service: &Variant) -> Section {
    let parts = match &answer.model.costs {
        None => vec![Part::Words(
            "No money is counted: the scenario has no [costs].".to_owned(),
        )],
        Some(costs) => vec![
            Part::Table(pounds(answer, service, &costs.price_year.to_string())),
            Part::Words(rests_on(costs)),
        ],
    };
    Section {
        id: "costs",
        heading: "What it costs".to_owned(),
        parts,
    }
}

fn pounds(answer: &Answer, service: &Variant, price_year: &str) -> Table {
    let years = answer.model.period.years();
    let rows = answer
        .money_shown(years)
        .into_iter()
        .map(|(label, row, by)| {
            let divided = row.estimate.map(|it| crate::stats::Estimate {
                mean: it.mean / by,
                low: it.low.map(|low| low / by),
                high: it.high.map(|high| high / by),
                ..it
            });
            Row {
                name: label.to_owned(),
                place: Place::by(&[
                    ("measure", row.column.measure.name),
                    ("over", &crate::report::number::for_file(by)),
                ]),
                cells: vec![divided.map_or(Cell::Nothing, |it| {
                    Cell::of_estimate(&it, |value| show(row.column.unit(), value))
                })],
            }
        });
    Table {
        id: "pounds".to_owned(),
        caption: format!("Pounds a year, in prices of {price_year}: means with 95% intervals"),
        file: Some("summary.csv"),
        place: Place::by(&[
            ("option", service.option),
            ("scope", "pcn"),
            ("name", "PCN"),
        ]),
        columns: vec![
            Column::of_words("What"),
            Column::of_numbers("Pounds a year", Place::default()),
        ],
        rows: rows.collect(),
        note: "The file has totals of the whole period; these are divided by its years.".to_owned(),
    }
}

/// The numbers behind a figure of a service, and how the pointer finds them.
pub(super) fn behind(name: &str, service: &Variant) -> Option<(Table, Hover)> {
    match name {
        "waiting_list" => Some((waiting_list(service), Hover::Rows)),
        "contacted" => Some((contacted(service), Hover::Rows)),
        "caseload" | "strain" => Some((of_posts(name, service), Hover::RowsByPanel)),
        _ => None,
    }
}

/// Weeks that a table has at most; of longer periods every second week is shown, or fewer.
const MOST_WEEKS: usize = 157;
/// Posts that a figure has panels for.
const MOST_POSTS: usize = 12;

/// The weeks of a table, and the words for them.
fn weeks(service: &Variant) -> impl Iterator<Item = (usize, String)> {
    let all = service.replications.weeks();
    let step = all.div_ceil(MOST_WEEKS).max(1);
    let model = service.model;
    (0..all)
        .step_by(step)
        .map(move |week| (week, week_begins(model, week).to_string()))
}

fn series(service: &Variant, scope: Scope, entity: usize, measure: &str) -> Option<usize> {
    let mut columns = service.replications.weekly_columns.iter();
    columns.position(|it| it.scope == scope && it.entity == entity && it.measure == measure)
}

fn waiting_list(service: &Variant) -> Table {
    let column = series(service, Scope::Pcn, 0, "waiting_list");
    let rows = weeks(service).filter_map(|(week, date)| {
        let point = service.replications.week(week, column?)?;
        let cell = |value: f64| Cell::value(value, show(Unit::People, value));
        Some(Row {
            name: date.clone(),
            place: Place::by(&[("date", &date)]),
            cells: vec![
                cell(point.mean),
                cell(point.spread[0]),
                cell(point.spread[2]),
            ],
        })
    });
    weekly_table(
        "behind-waiting-list",
        "People on the waiting list, week by week",
        service,
        ("pcn", "PCN", "waiting_list"),
        rows.collect(),
    )
}

/// A table of a weekly series: mean, 10% and 90% point.
fn weekly_table(
    id: &str,
    caption: &str,
    service: &Variant,
    (scope, name, measure): (&str, &str, &str),
    rows: Vec<Row>,
) -> Table {
    let number =
        |heading: &str, field| Column::of_numbers(heading, Place::default().in_field(field));
    Table {
        id: id.to_owned(),
        caption: caption.to_owned(),
        file: Some("weekly.csv"),
        place: Place::by(&[
            ("option", service.option),
            ("scope", scope),
            ("name", name),
            ("measure", measure),
        ]),
        columns: vec![
            Column::of_words("Week from"),
            number("Mean", "mean"),
            number("1 run in 10 is below", "p10"),
            number("1 run in 10 is above", "p90"),
        ],
        rows,
        note: String::new(),
    }
}

/// The share contacted by each week since referral.
fn contacted(service: &Variant) -> Table {
    let days = (0..=service.replications.curve_days).step_by(7);
    let rows = days.filter_map(|day| {
        let share = service.replications.share_at(0, 0, day)?;
        Some(Row {
            name: format!("{day} days"),
            place: Place::by(&[("day", &day.to_string())]),
            cells: vec![Cell::value(share, percent_to_a_decimal(share))],
        })
    });
    Table {
        id: "behind-contacted".to_owned(),
        caption: "Share of people contacted by days since referral, every seventh day".to_owned(),
        file: Some("waits.csv"),
        place: Place::by(&[
            ("option", service.option),
            ("scope", "pcn"),
            ("name", "PCN"),
            ("wait", crate::measure::CURVE_CLOCKS[0].1),
        ])
        .in_field("share_contacted"),
        columns: vec![
            Column::of_words("Since referral"),
            Column::of_numbers("Contacted", Place::default()),
        ],
        rows: rows.collect(),
        note: String::new(),
    }
}

fn of_posts(measure: &str, service: &Variant) -> Table {
    let model = service.model;
    let shown = model.posts.iter().take(MOST_POSTS);
    let columns = shown
        .clone()
        .map(|post| Column::of_numbers(&post.name, Place::by(&[("name", &post.name)])));
    let unit = if measure == "strain" {
        Unit::Ratio
    } else {
        Unit::People
    };
    let rows = weeks(service).map(|(week, date)| {
        let cells = (0..shown.len()).map(|post| {
            let column = series(service, Scope::Post, post, measure);
            let mean = column.and_then(|it| service.replications.week_mean(week, it));
            Cell::optional(unit, mean)
        });
        Row {
            name: date.clone(),
            place: Place::by(&[("date", &date)]),
            cells: cells.collect(),
        }
    });
    let what = if measure == "strain" {
        "Strain"
    } else {
        "Open cases"
    };
    Table {
        id: format!("behind-{measure}"),
        caption: format!("{what} of each post, mean of each week"),
        file: Some("weekly.csv"),
        place: Place::by(&[
            ("option", service.option),
            ("scope", "post"),
            ("measure", measure),
        ]),
        columns: std::iter::once(Column::of_words("Week from"))
            .chain(columns)
            .collect(),
        rows: rows.collect(),
        note: String::new(),
    }
}
