//! The tables beside the scenarios of a folder: `pcns.csv` and `not_matched.csv`.

use super::joined::NotMatched;
use super::network::{Network, Returned};
use crate::import::words::number;
use csv::Writer;
use std::fmt::Display;

const NETWORKS: [&str; 17] = [
    "code",
    "name",
    "icb_code",
    "icb_name",
    "sub_icb_codes",
    "practices",
    "patients",
    "in_workforce_file",
    "posts",
    "fte",
    "mental_health_wte",
    "fte_per_10000",
    "deprivation_score",
    "deprivation_fifth",
    "practices_with_a_score",
    "scenario",
    "warnings",
];

/// One row a PCN, in the order given. What is not known is empty, never 0.
#[must_use]
pub fn networks_csv(networks: &[&Network]) -> Vec<u8> {
    let mut table = vec![NETWORKS.map(str::to_owned).to_vec()];
    table.extend(networks.iter().map(|network| network_row(network)));
    csv(&table)
}

fn network_row(network: &Network) -> Vec<String> {
    let is_known = network.returned != Returned::Missing;
    let icb = network.icbs.first();
    let patients = network.patients();
    let rate = network.fte / patients as f64 * 10_000.0;
    let scored = network
        .practices
        .iter()
        .filter(|it| it.deprivation.is_some());
    let scored = scored.count();
    vec![
        network.code.clone(),
        network.name.clone(),
        icb.map(|it| it.code.clone()).unwrap_or_default(),
        icb.map(|it| it.name.clone()).unwrap_or_default(),
        network.sub_icbs.join(" "),
        network.practices.len().to_string(),
        patients.to_string(),
        if is_known { "yes" } else { "no" }.to_owned(),
        shown(is_known.then_some(network.posts.len())),
        shown(is_known.then(|| number(network.fte))),
        shown(is_known.then(|| number(network.mental_health_wte()))),
        shown(is_known.then(|| number((rate * 1e4).round() / 1e4))),
        shown(
            network
                .score
                .map(|score| number((score * 1e3).round() / 1e3)),
        ),
        shown(network.fifth),
        shown(network.score.map(|_| scored)),
        format!("{}.toml", network.code),
        network.remarks.join(" "),
    ]
}

/// One row for each thing that did not match.
#[must_use]
pub fn not_matched_csv(not_matched: &[&NotMatched]) -> Vec<u8> {
    let header = [
        "what", "code", "name", "pcn_code", "icb_code", "patients", "fte", "why",
    ];
    let mut table = vec![header.map(str::to_owned).to_vec()];
    table.extend(not_matched.iter().map(|it| {
        vec![
            it.what.to_owned(),
            it.code.clone(),
            it.name.clone(),
            it.network.clone().unwrap_or_default(),
            it.icb.clone(),
            shown(it.patients),
            shown(it.fte.map(number)),
            it.why.to_owned(),
        ]
    }));
    csv(&table)
}

/// A value, or nothing where it is not known.
fn shown(value: Option<impl Display>) -> String {
    value.map(|it| it.to_string()).unwrap_or_default()
}

fn csv(table: &[Vec<String>]) -> Vec<u8> {
    let mut writer = Writer::from_writer(Vec::new());
    for row in table {
        // Writing to memory does not fail, and every row is as long as the first.
        let _ = writer.write_record(row);
    }
    writer.into_inner().unwrap_or_default()
}
