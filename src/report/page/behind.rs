//! The numbers behind the figures of a service: tables that are also what pointing at a figure tells.

use super::figure::Hover;
use super::table::{Cell, Column, Place, Row, Table};
use crate::measure::{CURVE_CLOCKS, Scope, Unit};
use crate::report::answer::show;
use crate::report::figures::{BINS, Months};
use crate::report::number::{for_file, grouped, percent_to_a_decimal};
use crate::report::tables::{Variant, week_begins};

/// The numbers behind a figure of a service, and how the pointer finds them.
pub(super) fn behind(name: &str, service: &Variant) -> Option<(Table, Hover)> {
    match name {
        "waiting_list" => Some((waiting_list(service), Hover::Rows)),
        "contacted" => Some((contacted(service), Hover::Rows)),
        "caseload" | "strain" => Some((of_posts(name, service), Hover::RowsByPanel)),
        "practices_by_month" => Some((by_month(service), Hover::Grid)),
        "cases_a_year" => Some((bins(service), Hover::None)),
        "outcomes" => Some((outcomes(service), Hover::None)),
        _ => None,
    }
}

/// Weeks that a table has at most; of longer periods every second week is shown, or fewer.
const MOST_WEEKS: usize = 157;
/// Practices that the heat map has rows for.
const MOST_PRACTICES: usize = crate::report::plots::heat_map::MOST_ROWS;
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
        place: Place::of_pcn(service.option)
            .and("wait", CURVE_CLOCKS[0].1)
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

/// People waiting per 1,000 patients, practice by month; the practices in the order of the figure.
fn by_month(service: &Variant) -> Table {
    let months = Months::of(service.model, service.replications.weeks());
    let practices = &service.model.practices;
    let thousands = |practice: usize| practices[practice].list_size / 1_000.0;
    let whole = |practice: usize| {
        let row = service
            .estimates
            .of_entity(Scope::Practice, practice, "waiting_list_mean");
        let mean = row.and_then(crate::experiment::SummaryRow::mean);
        mean.map_or(f64::NEG_INFINITY, |mean| mean / thousands(practice))
    };
    let mut order: Vec<usize> = (0..practices.len()).collect();
    order.sort_by(|one, other| whole(*other).total_cmp(&whole(*one)));
    let columns = months.columns.iter().enumerate().map(|(at, (first, _))| {
        let next = months.columns.get(at + 1).map(|(next, _)| next.to_string());
        let place = Place::by(&[
            ("from", &first.to_string()),
            ("to", &next.unwrap_or_default()),
        ]);
        Column::of_numbers(&first.strftime("%b %Y").to_string(), place)
    });
    let rows = order.iter().take(MOST_PRACTICES).map(|practice| Row {
        name: practices[*practice].name.clone(),
        place: Place::by(&[
            ("name", &practices[*practice].name),
            ("over", &for_file(thousands(*practice))),
        ]),
        cells: (0..months.columns.len())
            .map(|at| {
                let people = months.waiting(service.replications, *practice, at);
                let people = people.filter(|_| thousands(*practice) > 0.0);
                people.map_or(Cell::Nothing, |it| {
                    let value = it / thousands(*practice);
                    Cell::value(value, grouped(value, 2))
                })
            })
            .collect(),
    });
    Table {
        id: "behind-practices-by-month".to_owned(),
        caption: format!("People on the waiting list per 1,000 patients, mean of the weeks that begin in each {}", months.word),
        file: Some("weekly.csv"),
        place: Place::by(&[("option", service.option), ("scope", "practice"), ("measure", "waiting_list")]),
        columns: std::iter::once(Column::of_words("Practice")).chain(columns).collect(),
        rows: rows.collect(),
        note: "The file has people week by week; here they are put together and divided by thousands of patients.".to_owned(),
    }
}

/// Posts in each bin of the national survey.
fn bins(service: &Variant) -> Table {
    let rows = BINS.iter().map(|(measure, label, _)| Row {
        name: (*label).to_owned(),
        place: Place::by(&[("measure", measure)]),
        cells: vec![Cell::of(service.estimates.of_pcn(measure))],
    });
    let rows = rows.collect();
    of_pcn(
        "behind-cases-a-year",
        "Posts by cases a year per WTE",
        "Cases a year per WTE",
        "Posts",
        service,
        rows,
    )
}

/// What became of the people.
fn outcomes(service: &Variant) -> Table {
    let rows = OUTCOMES.iter().filter_map(|(measure, label)| {
        let row = service
            .estimates
            .of_pcn(measure)
            .filter(|row| row.mean() > Some(0.0))?;
        Some(Row {
            name: (*label).to_owned(),
            place: Place::by(&[("measure", measure)]),
            cells: vec![Cell::of(Some(row))],
        })
    });
    let rows = rows.collect();
    of_pcn(
        "behind-outcomes",
        "People who came in, and what became of them",
        "Who",
        "People",
        service,
        rows,
    )
}

/// The counts that the figure of outcomes adds up.
const OUTCOMES: [(&str, &str); 13] = [
    ("referrals_received", "Referred"),
    ("waiting_at_start", "Waiting at the beginning"),
    ("open_at_start", "Open at the beginning"),
    ("completed", "Completed"),
    ("open_at_end", "Open at the end"),
    ("still_waiting_at_end", "Waiting at the end"),
    ("dropped_out", "Ended the case early"),
    ("inappropriate", "Inappropriate, returned"),
    ("refused", "Refused while paused"),
    ("disengaged", "Closed after missed contacts"),
    ("lost_at_handover", "Lost at handover"),
    ("not_reached", "Not reached by phone"),
    ("lapsed", "Gave up waiting"),
];

/// A table of means of the PCN, one a row.
fn of_pcn(
    id: &str,
    caption: &str,
    what: &str,
    unit: &str,
    service: &Variant,
    rows: Vec<Row>,
) -> Table {
    Table {
        id: id.to_owned(),
        caption: format!("{caption}: means with 95% intervals"),
        file: Some("summary.csv"),
        place: Place::of_pcn(service.option),
        columns: vec![
            Column::of_words(what),
            Column::of_numbers(unit, Place::default()),
        ],
        rows,
        note: String::new(),
    }
}
