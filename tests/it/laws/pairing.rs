//! Law 8, the other half: because base and option meet the same people and the same absences, their
//! difference is known from fewer runs. How many fewer is measured and told in docs/statistics.md,
//! also where it is little.
//!
//! `SPLW_SIM_REFRESH=1 cargo test --release laws::pairing` writes the table anew before comparing.

use std::fs;
use std::path::PathBuf;
use std::sync::atomic::AtomicBool;

use splw_sim::experiment::{Estimates, Experiment, Replications, Side, Stopping, differences, run};
use splw_sim::measure::Scope;
use splw_sim::model::Model;

use crate::support::read;

const REPLICATIONS: u64 = 200;
const SEED: u64 = 20_261_005;

/// Shipped scenario, and the name of its first post.
const SCENARIOS: [(&str, &str); 2] = [
    ("rayleigh", "Link worker 1"),
    ("team-of-five-50k", "Link workers 1 to 4"),
];

const OPTIONS: [&str; 3] = [
    "5% fewer missed appointments",
    "Half as many missed",
    "One link worker more",
];

const MEASURES: [&str; 3] = [
    "share_contacted_ever",
    "wait_to_first_contact_days_mean",
    "waiting_list_mean",
];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn replications(model: &Model) -> Replications {
    let experiment = Experiment {
        seed: SEED,
        stopping: Stopping::Range(0..REPLICATIONS),
        threads: 2,
    };
    run(model, &experiment, &AtomicBool::new(false), &|_, _| {}).expect("it runs")
}

/// For each option the variance reduction of each measure.
fn factors(scenario: &str, first_post: &str) -> Vec<Vec<f64>> {
    let path = root().join(format!("scenarios/{scenario}.toml"));
    let text = fs::read_to_string(path).expect("it is shipped");
    let [fewer, half, more] = OPTIONS;
    let text = format!(
        "{text}\n[[options]]\nname = \"{fewer}\"\nscale.\"case_types.*.dna_share\" = 0.95\n\
         [[options]]\nname = \"{half}\"\nscale.\"case_types.*.dna_share\" = 0.5\n\
         [[options]]\nname = \"{more}\"\nadd.posts = [{{ name = \"One more\", like = \"{first_post}\", wte = 1.0 }}]\n"
    );
    let scenario = read(&text, &[]);
    let base = replications(&scenario.model);
    let base_estimates = Estimates::of(&base, false);
    let base = Side {
        model: &scenario.model,
        replications: &base,
        estimates: &base_estimates,
    };
    OPTIONS
        .iter()
        .map(|name| {
            let option = scenario.options.iter().find(|it| it.name == *name);
            let model = &option.expect("it was written").scenario.model;
            let runs = replications(model);
            let estimates = Estimates::of(&runs, false);
            let side = Side {
                model,
                replications: &runs,
                estimates: &estimates,
            };
            let rows = differences(&side, &base, None);
            let factor = |measure: &&str| {
                let mut rows = rows.iter().filter(|it| it.column.scope == Scope::Pcn);
                let row = rows.find(|it| it.column.measure.name == *measure);
                let factor = row.and_then(|it| it.variance_reduction);
                factor.expect("both vary")
            };
            MEASURES.iter().map(factor).collect()
        })
        .collect()
}

/// Two digits that count.
fn shown(factor: f64) -> String {
    let decimals = usize::from(factor < 9.95);
    format!("{factor:.decimals$}")
}

#[test]
fn pairs_are_worth_as_many_runs_as_the_documents_say() {
    let mut table = format!(
        "| scenario | option | {} |\n| --- | --- | --- | --- | --- |\n",
        MEASURES.map(|it| format!("`{it}`")).join(" | ")
    );
    for (scenario, first_post) in SCENARIOS {
        let factors = factors(scenario, first_post);
        // The change is small: the same interval takes a fifth of the runs, or fewer.
        assert!(
            factors[0][..2].iter().all(|factor| *factor >= 5.0),
            "{scenario}: {factors:?}"
        );
        for (option, factors) in OPTIONS.iter().zip(&factors) {
            let cells: Vec<String> = factors.iter().map(|it| shown(*it)).collect();
            table += &format!("| {scenario} | {option} | {} |\n", cells.join(" | "));
        }
    }
    let path = root().join("docs/statistics.md");
    let text = fs::read_to_string(&path).expect("it is there");
    let begins = "<!-- pairing: made by tests/it/laws/pairing.rs -->\n";
    let (before, rest) = text.split_once(begins).expect("the mark");
    let (told, after) = rest
        .split_once("<!-- end of pairing -->")
        .expect("the end mark");
    if std::env::var_os("SPLW_SIM_REFRESH").is_some() {
        let text = format!("{before}{begins}{table}<!-- end of pairing -->{after}");
        fs::write(&path, text).expect("it can be written");
    } else {
        assert_eq!(told, table);
    }
}
