//! The tables of an import: what was fitted, the counts, what was set aside.

use super::aside::Aside;
use super::counts::Counts;
use super::input::{Estimate, Input, Verdict, fewer_than};
use crate::import::words::number;
use crate::stats::chi_squared::Goodness;
use csv::Writer;

const FITS: [&str; 17] = [
    "key",
    "input",
    "estimate",
    "unit",
    "value",
    "standard_error",
    "ci95_low",
    "ci95_high",
    "method",
    "rows",
    "rows_needed",
    "test",
    "chi_squared",
    "degrees_of_freedom",
    "p_value",
    "used",
    "remark",
];

/// A row an estimate, or a key that keeps its own value.
#[must_use]
pub fn fits_csv(inputs: &[Input], counts: &Counts) -> Vec<u8> {
    let mut rows = vec![FITS.map(str::to_owned)];
    for input in inputs {
        match input.estimates.is_empty() {
            true => rows.push(fit(input, None, counts)),
            false => rows.extend(
                input
                    .estimates
                    .iter()
                    .map(|it| fit(input, Some(it), counts)),
            ),
        }
    }
    written(&rows)
}

fn fit(input: &Input, estimate: Option<&Estimate>, counts: &Counts) -> [String; 17] {
    let of = |what: fn(&Estimate) -> String| estimate.map(what).unwrap_or_default();
    let goodness = input.test.map(|(_, it)| it);
    let tested = |what: fn(&Goodness) -> String| goodness.as_ref().map(what).unwrap_or_default();
    let used = if input.is_used() { "yes" } else { "no" };
    [
        input.key.clone(),
        input.label.clone(),
        of(|it| it.name.clone()),
        input.unit.to_owned(),
        of(Estimate::shown),
        of(Estimate::error_shown),
        of(|it| it.to_error(it.interval.0)),
        of(|it| it.to_error(it.interval.1)),
        input.method.to_owned(),
        rows_behind(input, counts),
        input.needed.to_string(),
        input
            .test
            .map(|(what, _)| what.to_owned())
            .unwrap_or_default(),
        tested(|it| number((it.statistic * 100.0).round() / 100.0)),
        tested(|it| it.degrees.to_string()),
        tested(|it| number((it.p * 10_000.0).round() / 10_000.0)),
        used.to_owned(),
        remark(input),
    ]
}

/// How many rows are behind an input; nothing where none were looked at.
fn rows_behind(input: &Input, counts: &Counts) -> String {
    match input.needed {
        0 => String::new(),
        _ => counts.rows(input.rows).to_string(),
    }
}

/// Why the scenario's own value stays, if it does; else what the fitted one rests on besides the log.
#[must_use]
pub fn remark(input: &Input) -> String {
    match &input.verdict {
        Verdict::Used(_) => input.assumption.as_ref().map_or_else(String::new, |it| {
            format!(
                "{}; {}; the interval holds nothing of that",
                it.what, it.effect
            )
        }),
        Verdict::Stays(why) => format!("default stays: {why}"),
        Verdict::TooFew => {
            let why = match input.rows.count() < input.needed {
                true => fewer_than(input.needed),
                false => "it cannot be estimated from these rows".to_owned(),
            };
            format!("default stays: {why}")
        }
    }
}

/// A row an estimate of the table of counts.
#[must_use]
pub fn counts_csv(counts: &Counts) -> Vec<u8> {
    let header = ["practice", "year", "referrals"].map(str::to_owned);
    let rows: Vec<[String; 3]> = std::iter::once(header).chain(counts.each()).collect();
    written(&rows)
}

/// A row a thing that was set aside: where and why, never what stood there.
#[must_use]
pub fn set_aside_csv(asides: &[Aside]) -> Vec<u8> {
    let mut rows = vec![["row", "column", "set_aside", "reason"].map(str::to_owned)];
    rows.extend(asides.iter().map(|it| {
        [
            it.row.to_string(),
            it.column.unwrap_or_default().to_lowercase(),
            it.lost.words().to_owned(),
            it.reason.to_owned(),
        ]
    }));
    written(&rows)
}

fn written<const COLUMNS: usize>(rows: &[[String; COLUMNS]]) -> Vec<u8> {
    let mut writer = Writer::from_writer(Vec::new());
    for row in rows {
        // Nothing fails that is written into memory.
        let _ = writer.write_record(row);
    }
    writer.into_inner().unwrap_or_default()
}
