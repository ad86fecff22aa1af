//! What a service, its options or a plan cost, and what each pound buys.

use super::table::{Cell, Column, Number, Place, Row, Table, range};
use super::whole::{Part, Section};
use crate::measure::Unit;
use crate::report::answer::money::rests_on;
use crate::report::answer::{Answer, show};
use crate::report::comparison::money::whom;
use crate::report::comparison::{Comparison, words};
use crate::report::number::for_file;
use crate::report::recommendation::Advice;
use crate::report::tables::{Variant, gain_name};
use crate::stats::Estimate;

/// What the service costs, where the scenario counts money.
pub(super) fn of_service(answer: &Answer, service: &Variant) -> Section {
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
            let divided = row.estimate.map(|it| Estimate {
                mean: it.mean / by,
                low: it.low.map(|low| low / by),
                high: it.high.map(|high| high / by),
                ..it
            });
            Row {
                name: label.to_owned(),
                place: Place::by(&[
                    ("measure", row.column.measure.name),
                    ("over", &for_file(by)),
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
        place: Place::of_pcn(service.option),
        columns: vec![
            Column::of_words("What"),
            Column::of_numbers("Pounds a year", Place::default()),
        ],
        rows: rows.collect(),
        note: "The file has totals of the whole period; these are divided by its years.".to_owned(),
    }
}

/// What each option costs, and what each pound buys.
pub(super) fn of_options(comparison: &Comparison) -> Section {
    let mut parts = Vec::new();
    if comparison.options.iter().any(|it| it.has_cost) {
        parts.push(Part::List(in_words(comparison)));
        parts.push(Part::Table(effects(comparison)));
        parts.extend(comparison.steps().into_iter().map(Part::Words));
        parts.push(Part::Words(comparison.what_money_means()));
        parts.extend(comparison.too_few_in_time().map(Part::Words));
    } else {
        parts.push(Part::Words(
            "Of no option the cost is known, so that no money is compared.".to_owned(),
        ));
    }
    parts.extend(comparison.no_cost().map(Part::Words));
    Section {
        id: "costs",
        heading: "What it costs".to_owned(),
        parts,
    }
}

/// Each option's cost and what it gains, as on the terminal.
fn in_words(comparison: &Comparison) -> Vec<String> {
    let options = comparison.options.iter().filter_map(|option| {
        let first = option.money.first()?;
        let cost = comparison.cost(option, &first.cost);
        let gains = comparison.in_order(option).into_iter();
        let gains: Vec<String> = gains.map(|it| comparison.worth(option, it)).collect();
        Some(format!(
            "{}: {cost}. {}",
            option.variant.option,
            gains.join(" ")
        ))
    });
    options.collect()
}

fn effects(comparison: &Comparison) -> Table {
    let rows = comparison.options.iter().flat_map(|option| {
        comparison.in_order(option).into_iter().map(move |effect| {
            let ratio = effect.ratio.map_or(Cell::Nothing, |it| {
                Cell::Number(Number {
                    shown: words::pounds(it.ratio),
                    exact: it.ratio,
                    ends: Some((
                        range(&words::pounds(it.low), &words::pounds(it.high)),
                        it.low,
                        it.high,
                    )),
                })
            });
            Row {
                name: format!("{}: {}", option.variant.option, whom(effect.gain)),
                place: Place::by(&[
                    ("option", option.variant.option),
                    ("gain", &gain_name(effect.gain)),
                ]),
                cells: vec![
                    Cell::of_estimate(&effect.cost, words::pounds),
                    Cell::of_estimate(&effect.gained, |value| words::signed(Unit::People, value)),
                    ratio,
                ],
            }
        })
    });
    let column = |heading: &str, field, ends| {
        Column::of_numbers(heading, Place::default().in_field(field).between(ends))
    };
    Table {
        id: "cost-effectiveness".to_owned(),
        caption: "What each option costs and gains a year, compared with things as they are"
            .to_owned(),
        file: Some("cost_effectiveness.csv"),
        place: Place::default(),
        columns: vec![
            Column::of_words("Option and gain"),
            column(
                "Pounds a year more",
                "cost_pounds_a_year",
                "cost_ci95_low cost_ci95_high",
            ),
            column(
                "Gained a year",
                "gained_a_year",
                "gained_ci95_low gained_ci95_high",
            ),
            column(
                "Pounds for each",
                "pounds_per_unit",
                "ratio_ci95_low ratio_ci95_high",
            ),
        ],
        rows: rows.collect(),
        note: "With 95% intervals. Where the gain may be nothing there are no pounds for each."
            .to_owned(),
    }
}

/// What the plan costs, and which costs these are.
pub(super) fn of_plan(advice: &Advice) -> Section {
    let plan = advice.recommended_plan();
    let told = plan.and_then(|plan| advice.what_it_costs(plan));
    let said = plan.map(|plan| format!("Recommended: {}.", advice.name(plan)));
    let all = said
        .into_iter()
        .chain(told)
        .chain(std::iter::once(advice.which_costs().to_owned()));
    Section {
        id: "costs",
        heading: "What it costs".to_owned(),
        parts: all.map(Part::Words).collect(),
    }
}
