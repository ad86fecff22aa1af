//! The page of `recommend`: the plan, why not a cheaper one, and the service with it and without.

use super::checklist::Told;
use super::figure::Shown;
use super::lead::Key;
use super::service::{Differing, MOST_ROWS, case_types, posts, practices};
use super::table::{Cell, Column, Number, Place, Row, Table, range};
use super::whole::{Page, Part, Section};
use super::{About, again, checklist, money, rests, trust};
use crate::experiment::DifferenceRow;
use crate::experiment::recommend::{Ending, Examined};
use crate::report::comparison::words;
use crate::report::number::{grouped, percent};
use crate::report::recommendation::table::{verdict, word};
use crate::report::recommendation::words::{bare, wte};
use crate::report::recommendation::{Advice, Staff};
use crate::report::tables::Variant;

/// Key figures of targets at most.
const MOST_TARGETS: usize = 3;

/// Measures of which base and plan are held side by side, besides the targets.
const BESIDE: [&str; 6] = [
    "share_contacted_ever",
    "contacted_within_28_days",
    "wait_to_first_contact_days_mean",
    "waiting_list_mean",
    "caseload_mean",
    "weeks_at_risk_a_post_year",
];

/// What a recommendation is told with.
pub struct RecommendTold<'a> {
    /// What was found.
    pub advice: &'a Advice<'a>,
    /// The service as it is.
    pub base: Variant<'a>,
    /// The plan recommended, or known to be enough, and how it differs from the base.
    pub chosen: Option<(Variant<'a>, &'a [DifferenceRow])>,
}

/// The page of a recommendation.
#[must_use]
pub fn of_recommendation(told: &RecommendTold, about: &About) -> Page {
    let (advice, base) = (told.advice, &told.base);
    let differing: Vec<Differing> = told.chosen.into_iter().collect();
    let shown = match &told.chosen {
        Some((variant, _)) => (variant, " with that plan"),
        None => (base, " as things are"),
    };
    let ran = trust::Ran {
        how_often: how_often(advice, base),
        ..trust::Ran::of(base, " as things are")
    };
    let sections = vec![
        plans_section(advice),
        practices(shown, &differing),
        posts(shown),
        case_types(shown),
        side_by_side(told),
        money::of_plan(advice),
        rests::section(about, &advice.story.notes),
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
        title: advice.story.title.clone(),
        question: advice.story.question.clone(),
        answer: advice.sentences(),
        cautions: advice.cautions(),
        keys: keys(told),
        keys_file: "plans.csv",
        figures: figures.collect(),
        sections,
        checklist: Told {
            story: advice.story,
            model: base.model,
            estimation: checklist::estimation(about.manifest.seed, &ran),
            about,
            options: vec![format!(
                "{} plans over {}",
                advice.plans,
                advice.keys.join(", ")
            )],
            design: Some(search(advice)),
            methods: None,
        }
        .items(),
        program: format!("{} {}", about.manifest.program, about.manifest.version),
    }
}

/// How it was decided how often to run the service and the plans.
fn how_often(advice: &Advice, base: &Variant) -> String {
    let plan = advice.recommended_plan().and_then(|it| advice.examined(it));
    let plan = plan.map_or(String::new(), |it| {
        format!(
            "; the one recommended {} times",
            grouped(it.replications as f64, 0)
        )
    });
    format!(
        "It was run {} times because the file says so; plans were run until every verdict was sure or the budget spent, {} times in \
         all{plan} (plans.csv).",
        grouped(base.replications.count() as f64, 0),
        grouped(advice.found.replications as f64, 0)
    )
}

/// How plans were searched, for the checklist.
fn search(advice: &Advice) -> String {
    format!(
        "Simulation optimisation: the cheapest plan that meets every target, with {} confidence that all verdicts hold at once \
         (Bonferroni over plans, targets and looks), looking after 20, 40, 80 and more replications; {} replications were used.",
        percent(advice.question.confidence),
        grouped(advice.found.replications as f64, 0)
    )
}

/// The plan, its cost, and what it reaches.
fn keys(told: &RecommendTold) -> Vec<Key> {
    let advice = told.advice;
    let (label, plan) = match advice.found.ending {
        Ending::Recommended(plan) => ("Recommended", Some(plan)),
        Ending::Undecided { surely, .. } => ("Surely enough; less is undecided", surely),
        Ending::NoneMeets { .. } => ("Recommended", None),
    };
    let Some(it) = plan.and_then(|plan| advice.examined(plan)) else {
        return base_keys(told);
    };
    let plan = (advice.plan)(it.plan);
    let set: Vec<&str> = plan.values.iter().map(|it| bare(it)).collect();
    let staff = plan
        .staff
        .map_or_else(|| set.join(", "), |staff| format!("{} WTE", wte(staff.wte)));
    let mut keys = vec![Key::of_words(
        label,
        staff,
        vec![
            plan.staff
                .map_or_else(|| set.join(", "), |staff: Staff| staff.words()),
        ],
    )];
    if let Some(cost) = advice.known(plan.cost_pounds_a_year) {
        let number = Number {
            shown: words::pounds(cost),
            exact: cost,
            ends: None,
        };
        let place =
            Place::by(&[("plan", &(it.plan + 1).to_string())]).in_field("cost_pounds_a_year");
        keys.push(Key {
            label: "Cost a year".to_owned(),
            figure: super::lead::Figure::Number(number, place, None),
            more: Vec::new(),
        });
    }
    let targets = 0..advice.measures.len().min(MOST_TARGETS);
    keys.extend(targets.filter_map(|at| key_of_target(advice, it, at)));
    keys
}

fn key_of_target(advice: &Advice, it: &Examined, at: usize) -> Option<Key> {
    let (judged, measure) = (it.requirements.get(at)?, advice.measures.get(at)?);
    let mean = judged.mean?;
    let show = |value: f64| advice.show(at, value);
    let ends = judged.low.zip(judged.high);
    let mut more = vec![format!("asked: {}", advice.asked(at))];
    more.extend(ends.map(|(low, high)| format!("surely {}", range(&show(low), &show(high)))));
    let number = Number {
        shown: show(mean),
        exact: mean,
        ends: ends.map(|(low, high)| (String::new(), low, high)),
    };
    let place = Place::by(&[
        ("plan", &(it.plan + 1).to_string()),
        ("measure", measure.name),
    ]);
    Some(Key {
        label: words::measure(measure.name).heading,
        figure: super::lead::Figure::Number(number, place.between("low high"), None),
        more,
    })
}

/// Where no plan is recommended: that none is, and how the service stands.
fn base_keys(told: &RecommendTold) -> Vec<Key> {
    let said = match told.advice.found.ending {
        Ending::NoneMeets { .. } => "None meets",
        _ => "Undecided",
    };
    let plans = format!("of {} plans", grouped(told.advice.plans as f64, 0));
    let first = Key::of_words("Recommended", said.to_owned(), vec![plans]);
    let rest = told
        .advice
        .measures
        .iter()
        .take(MOST_TARGETS)
        .filter_map(|measure| {
            let place = Place::of_pcn(told.base.option).and("measure", measure.name);
            let mut place = place;
            place.keys.push(("file", "summary.csv".to_owned()));
            let label = format!("{}, as things are", words::measure(measure.name).heading);
            Key::of(&label, told.base.estimates.of_pcn(measure.name), place)
        });
    std::iter::once(first).chain(rest).collect()
}

/// Each plan that was looked at.
fn plans_section(advice: &Advice) -> Section {
    let mut parts = vec![Part::Table(plans(advice))];
    parts.extend(advice.ways_of_sharing().map(Part::Words));
    Section {
        id: "plans",
        heading: "The plans that were looked at".to_owned(),
        parts,
    }
}

fn plans(advice: &Advice) -> Table {
    let requirements = advice.requirements().len();
    let heading = |at: usize| {
        let heading = advice
            .measures
            .get(at)
            .map(|it| words::measure(it.name).heading);
        let heading = heading.unwrap_or_else(|| "Runs that meet every target".to_owned());
        let name = advice
            .measures
            .get(at)
            .map_or("share_of_replications_meeting_all", |it| it.name);
        Column::of_numbers(
            &format!("{heading}, {}", advice.asked(at)),
            Place::by(&[("measure", name)]).between("low high"),
        )
    };
    let number =
        |heading: &str, field| Column::of_numbers(heading, Place::default().in_field(field));
    let columns = [
        Column::of_words(&format!("Plan: {}", advice.keys.join(", "))),
        number("WTE in all", "wte_in_all"),
        number("Pounds a year", "cost_pounds_a_year"),
        Column::of_words("Verdict"),
    ];
    let rows = advice
        .found
        .examined
        .iter()
        .take(MOST_ROWS)
        .map(|it| row(advice, it, requirements));
    Table {
        id: "plans-table".to_owned(),
        caption: "Plans, the cheapest first: what each reaches of the targets".to_owned(),
        file: Some("plans.csv"),
        place: Place::default(),
        columns: columns
            .into_iter()
            .chain((0..requirements).map(heading))
            .chain(std::iter::once(number("Runs", "replications")))
            .collect(),
        rows: rows.collect(),
        note: "The bounds of all plans and targets hold at once with the confidence asked."
            .to_owned(),
    }
}

fn row(advice: &Advice, it: &Examined, requirements: usize) -> Row {
    let plan = (advice.plan)(it.plan);
    let values: Vec<&str> = plan.values.iter().map(|it| bare(it)).collect();
    let is_answer = advice.recommended_plan() == Some(it.plan);
    let said = match is_answer {
        true => "recommended".to_owned(),
        false => verdict(it).to_owned(),
    };
    let reached = (0..requirements).map(|at| {
        let judged = it.requirements.get(at);
        let found = judged.and_then(|judged| Some((judged, judged.mean?)));
        found.map_or(Cell::Nothing, |(judged, mean)| {
            let show = |value: f64| advice.show(at, value);
            let ends = judged.low.zip(judged.high);
            Cell::Number(Number {
                shown: format!("{} {}", show(mean), word(judged.verdict)),
                exact: mean,
                ends: ends.map(|(low, high)| (range(&show(low), &show(high)), low, high)),
            })
        })
    });
    let staff = plan
        .staff
        .map_or(Cell::Nothing, |it| Cell::value(it.wte, wte(it.wte)));
    let cost = advice.known(plan.cost_pounds_a_year);
    let cost = cost.map_or(Cell::Nothing, |it| Cell::value(it, words::pounds(it)));
    let runs = it.replications as f64;
    let first = [staff, cost, Cell::Words(said)];
    Row {
        name: values.join(", "),
        place: Place::by(&[("plan", &(it.plan + 1).to_string())]),
        cells: first
            .into_iter()
            .chain(reached)
            .chain(std::iter::once(Cell::value(runs, grouped(runs, 0))))
            .collect(),
    }
}

/// The plan beside the service as it is.
fn side_by_side(told: &RecommendTold) -> Section {
    let heading = "Options side by side".to_owned();
    let Some((chosen, rows)) = told.chosen else {
        return Section {
            id: "options",
            heading,
            parts: vec![Part::Words(
                "No plan is known to be enough, so none is held against things as they are."
                    .to_owned(),
            )],
        };
    };
    let targets = told.advice.measures.iter().map(|it| it.name);
    let mut names: Vec<&str> = targets.collect();
    names.extend(BESIDE.into_iter().filter(|it| {
        !told
            .advice
            .measures
            .iter()
            .any(|measure| measure.name == *it)
    }));
    let found = |name: &&str| {
        let of_pcn = |row: &&DifferenceRow| row.column.scope == crate::measure::Scope::Pcn;
        rows.iter()
            .filter(of_pcn)
            .find(|row| row.column.measure.name == *name)
    };
    let rows = names.iter().filter_map(found).map(|row| {
        let unit = row.column.unit();
        let signed = |value: f64| words::signed(unit, value);
        Row {
            name: words::measure(row.column.measure.name).heading,
            place: Place::by(&[("measure", row.column.measure.name)]),
            cells: vec![
                Cell::optional(unit, row.base_mean),
                Cell::optional(unit, row.option_mean),
                row.estimate
                    .map_or(Cell::Nothing, |it| Cell::of_estimate(&it, signed)),
            ],
        }
    });
    let number =
        |heading: &str, field| Column::of_numbers(heading, Place::default().in_field(field));
    let table = Table {
        id: "plan-beside-base".to_owned(),
        caption: "The plan beside the service as it is, and the paired difference".to_owned(),
        file: Some("differences.csv"),
        place: Place::of_pcn(chosen.option),
        columns: vec![
            Column::of_words("Measure"),
            number("As things are", "base_mean"),
            number("With the plan", "option_mean"),
            number("Difference", "mean_difference"),
        ],
        rows: rows.collect(),
        note: format!(
            "With 95% intervals of the difference, one by one; differences of shares are in percentage points. All of the first {} runs \
             of each: a verdict may rest on more, and its mean differ a little.",
            grouped(chosen.replications.count() as f64, 0)
        ),
    };
    Section {
        id: "options",
        heading,
        parts: vec![Part::Table(table)],
    }
}
