//! The page of `run`: one service, or one with and without the effects of strain.

use super::behind::behind;
use super::checklist::Told;
use super::figure::Shown;
use super::lead::Key;
use super::service::{case_types, posts, practices};
use super::table::{Cell, Column, Place, Row, Table};
use super::whole::{Page, Part, Section};
use super::{About, again, checklist, money, overall, rests, trust};
use crate::measure::Unit;
use crate::report::answer::Answer;
use crate::report::comparison::words::signed;
use crate::report::tables::Variant;
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
    let ran = trust::Ran::of(service, "");
    let sections = vec![
        overall::section(answer, service),
        practices((service, ""), differing.as_slice()),
        posts((service, "")),
        case_types((service, "")),
        options(told),
        money::of_service(answer, service),
        rests::section(about, &answer.story.notes),
        ran.section(trust::warm_up_judged(answer.model)),
        checklist::section(),
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
            estimation: checklist::estimation(about.manifest.seed, &ran),
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
            methods: None,
        }
        .items(),
        program: format!("{} {}", about.manifest.program, about.manifest.version),
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
        let place = Place::of_pcn(service.option).and("measure", measure);
        Key::of(&words, service.estimates.of_pcn(measure), place)
    };
    wanted.into_iter().filter_map(key).collect()
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
        place: Place::of_pcn(with.option),
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
