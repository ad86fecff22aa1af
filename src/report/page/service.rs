//! The service by practice, by post, by case type and by source: who waits longest, who holds how
//! much.

use super::losing;
use super::table::{Cell, Column, Place, Row, Table};
use super::whole::{Part, Section};
use crate::experiment::{DifferenceRow, SummaryRow};
use crate::measure::Scope;
use crate::report::entity_name;
use crate::report::number::{grouped, percent, readable};
use crate::report::tables::Variant;

/// Rows of a table at most; the file has the rest.
pub(super) const MOST_ROWS: usize = 150;

/// A gap that at most this share of shuffles reaches is more than chance.
const RARE: f64 = 0.01;

/// The wait by which practices are put in order.
pub(super) const WAIT: &str = "wait_to_first_contact_days_mean";

/// A column of results: its heading, its measure, and whether its interval is shown.
type Result = (&'static str, &'static str, bool);

const OF_PRACTICES: [Result; 7] = [
    ("Wait to first contact, days", WAIT, true),
    ("Ever contacted", "share_contacted_ever", true),
    ("Within 28 days", "contacted_within_28_days", true),
    ("Referrals accepted", "referrals_accepted", false),
    ("Gave up waiting", "lapsed", false),
    ("On the waiting list", "waiting_list_mean", false),
    ("Waiting at the end", "still_waiting_at_end", false),
];

const OF_POSTS: [Result; 9] = [
    ("Open cases", "caseload_mean", true),
    ("Most open cases", "caseload_max", false),
    ("Cases a year per WTE", "cases_a_year_per_wte", true),
    ("Client time in use (1 is all)", "utilisation", false),
    ("Strain (above 1 is too much)", "strain_mean", true),
    ("Weeks at risk", "weeks_at_risk", false),
    ("People who left", "leavers", false),
    ("Weeks of vacancy", "vacancy_weeks", false),
    ("Sick days", "sickness_days", false),
];

const OF_CASE_TYPES: [Result; 6] = [
    ("Wait to first contact, days", WAIT, true),
    ("Ever contacted", "share_contacted_ever", true),
    ("Referrals accepted", "referrals_accepted", false),
    ("Completed", "completed", false),
    ("Open at a time", "caseload_mean", false),
    (
        "Days from assignment to the end",
        "case_duration_days_mean",
        false,
    ),
];

const OF_SOURCES: [Result; 5] = [
    ("Wait to first contact, days", WAIT, true),
    ("Ever contacted", "share_contacted_ever", true),
    ("Within 28 days", "contacted_within_28_days", true),
    ("Referrals received", "referrals_received", false),
    ("Gave up waiting", "lapsed", false),
];

/// A service, and which it is where there are several: " as things are".
pub(super) type Told<'a, 'v> = (&'a Variant<'v>, &'a str);

/// An option and how it differs, for the table of differences by practice.
pub(super) type Differing<'a> = (Variant<'a>, &'a [DifferenceRow]);

/// By practice: who waits longest, and with options who gains and who loses.
pub(super) fn practices((variant, whose): Told, options: &[Differing]) -> Section {
    let model = variant.model;
    let mut order: Vec<usize> = (0..model.practices.len()).collect();
    let wait = |at: usize| of(variant, Scope::Practice, at, WAIT).and_then(SummaryRow::mean);
    let slowest_first = |one: &usize, other: &usize| {
        let missing = |at: usize| wait(at).is_none();
        let longer = wait(*other)
            .unwrap_or_default()
            .total_cmp(&wait(*one).unwrap_or_default());
        missing(*one).cmp(&missing(*other)).then(longer)
    };
    order.sort_by(slowest_first);
    let inputs = |at: usize| {
        let people = model.practices[at].list_size;
        vec![Cell::Input(grouped(people, 0), people)]
    };
    let table = table(
        variant,
        (
            Scope::Practice,
            &format!("Practices{whose}, the longest wait first"),
        ),
        &order,
        (&["People on its list"], &inputs),
        &OF_PRACTICES,
    );
    let mut parts: Vec<Part> = gap(variant).map(Part::Words).into_iter().collect();
    parts.push(Part::Table(table));
    parts.extend(losing::parts(variant, options, &order));
    Section {
        id: "practices",
        heading: "By practice".to_owned(),
        parts,
    }
}

/// By post: caseload and strain.
pub(super) fn posts((variant, whose): Told) -> Section {
    let model = variant.model;
    let order: Vec<usize> = (0..model.posts.len()).collect();
    let inputs = |at: usize| {
        let post = &model.posts[at];
        let cap = post.caseload_cap.map(f64::from);
        let cap = cap.map_or(Cell::Words("none".to_owned()), |cap| {
            Cell::Input(grouped(cap, 0), cap)
        });
        vec![Cell::Input(readable(post.wte), post.wte), cap]
    };
    let table = table(
        variant,
        (Scope::Post, &format!("Posts{whose}")),
        &order,
        (&["WTE", "Cap on open cases"], &inputs),
        &OF_POSTS,
    );
    let parts = match model.posts.is_empty() {
        true => vec![Part::Words("There is no post: nobody is ever contacted.".to_owned())],
        false => vec![
            Part::Words(
                "Strain is the load of a post, averaged over the weeks before; a post whose strain has been above 1 for \
                 four weeks running is at risk. That is said of a caseload, not of whoever holds the post."
                    .to_owned(),
            ),
            Part::Table(table),
        ],
    };
    Section {
        id: "posts",
        heading: "By post".to_owned(),
        parts,
    }
}

/// By case type, and by source where there are several.
pub(super) fn case_types((variant, whose): Told) -> Section {
    let model = variant.model;
    let inputs = |at: usize| {
        let share = model.case_types[at].share;
        vec![Cell::Input(percent(share), share)]
    };
    let order: Vec<usize> = (0..model.case_types.len()).collect();
    let mut parts = vec![Part::Table(table(
        variant,
        (Scope::CaseType, &format!("Case types{whose}")),
        &order,
        (&["Share of people"], &inputs),
        &OF_CASE_TYPES,
    ))];
    let sources = model.demand.sources_told_apart().len();
    if sources > 0 {
        let order: Vec<usize> = (0..sources).collect();
        let none = |_: usize| Vec::new();
        parts.push(Part::Table(table(
            variant,
            (Scope::Source, &format!("Sources of referrals{whose}")),
            &order,
            (&[], &none),
            &OF_SOURCES,
        )));
    }
    Section {
        id: "case-types",
        heading: "By case type".to_owned(),
        parts,
    }
}

fn of<'a>(
    variant: &Variant<'a>,
    scope: Scope,
    entity: usize,
    measure: &str,
) -> Option<&'a SummaryRow> {
    variant.estimates.of_entity(scope, entity, measure)
}

/// A table of entities: what is given of each, then what came out.
fn table(
    variant: &Variant,
    (scope, what): (Scope, &str),
    order: &[usize],
    (given, inputs): (&[&str], &dyn Fn(usize) -> Vec<Cell>),
    results: &[Result],
) -> Table {
    let given = given.iter().map(|heading| Column {
        is_number: true,
        ..Column::of_words(heading)
    });
    let measured = results.iter().map(|(heading, measure, _)| {
        Column::of_numbers(heading, Place::by(&[("measure", measure)]))
    });
    let first = Column::of_words(one_of(scope));
    let row = |entity: &usize| {
        let name = entity_name(variant.model, scope, *entity);
        let cells = results.iter().map(|(_, measure, has_interval)| {
            let row = of(variant, scope, *entity, measure);
            if *has_interval {
                Cell::of(row)
            } else {
                Cell::bare(row)
            }
        });
        Row {
            name: name.to_owned(),
            place: Place::by(&[("name", name)]),
            cells: inputs(*entity).into_iter().chain(cells).collect(),
        }
    };
    let many = order.len();
    let cut = match many > MOST_ROWS {
        true => format!(" The first {MOST_ROWS} of {many} are shown."),
        false => String::new(),
    };
    Table {
        id: format!("by-{}", scope.name().replace('_', "-")),
        caption: format!("{what}: means over all runs, with 95% intervals"),
        file: Some("summary.csv"),
        place: Place::by(&[("option", variant.option), ("scope", scope.name())]),
        columns: std::iter::once(first)
            .chain(given)
            .chain(measured)
            .collect(),
        rows: order.iter().take(MOST_ROWS).map(row).collect(),
        note: format!("Counts are of the whole period.{cut}"),
    }
}

const fn one_of(scope: Scope) -> &'static str {
    match scope {
        Scope::Pcn => "PCN",
        Scope::Practice => "Practice",
        Scope::Post => "Post",
        Scope::CaseType => "Case type",
        Scope::Source => "Source",
    }
}

/// Who waits longest and who least, and how much of that is chance.
fn gap(variant: &Variant) -> Option<String> {
    let gap = variant.gaps.iter().find(|it| it.measure == WAIT)?;
    let name = |at: usize| entity_name(variant.model, Scope::Practice, at);
    let [least, _, most] = gap.by_chance.1;
    let said = match gap.share_by_chance <= RARE {
        true => "That is more than chance.",
        false => "That may be chance.",
    };
    Some(format!(
        "People of {} wait longest and those of {} least, {} days apart on average. If all practices were alike, chance would \
         put {} to {} days between the two ends in 8 of 10 shuffles. {said}",
        name(gap.greatest),
        name(gap.least),
        readable(gap.gap),
        readable(least),
        readable(most)
    ))
}
