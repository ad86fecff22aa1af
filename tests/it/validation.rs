//! What the program says of the workers of a country like England, held against what is known of them:
//! the tables of `docs/validation.md`.

mod ensemble;

use ensemble::Service;
use splw_sim::experiment::{Experiment, Replications, Stopping, run};
use splw_sim::measure::Scope;
use splw_sim::model::Model;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::atomic::AtomicBool;

use crate::support::read;

const SEED: u64 = 20_261_005;

/// Replications of each service: about 1,070 workers.
const REPLICATIONS: u64 = 4;

/// What the shipped scenarios assume, with referrals alike in all networks that have a worker.
const SHIPPED: Service = Service {
    referrals_follow_workers: false,
    cap_per_wte: 80,
    client_hundredths: 60,
};
const FOLLOWING: Service = Service {
    referrals_follow_workers: true,
    ..SHIPPED
};
/// The client share is the one of whole hundredths that comes nearest to 43%.
const CALIBRATED: Service = Service {
    cap_per_wte: 100,
    client_hundredths: 61,
    ..FOLLOWING
};

/// A row of the table in the document: shares of workers in percent, the share of people ever
/// contacted in percent, and first contacts a year and WTE.
struct Row {
    step: &'static str,
    service: Service,
    within_7_days: f64,
    under_14_days: f64,
    over_300_cases: f64,
    contacted: f64,
    cases_per_wte: f64,
}

const ROWS: [Row; 3] = [
    Row {
        step: "as shipped",
        service: SHIPPED,
        within_7_days: 48.7,
        under_14_days: 54.1,
        over_300_cases: 33.2,
        contacted: 64.0,
        cases_per_wte: 292.0,
    },
    Row {
        step: "referrals go with workers",
        service: FOLLOWING,
        within_7_days: 26.5,
        under_14_days: 49.3,
        over_300_cases: 57.7,
        contacted: 77.7,
        cases_per_wte: 359.0,
    },
    Row {
        step: "and 100 places per WTE, client share 0.61",
        service: CALIBRATED,
        within_7_days: 41.9,
        under_14_days: 76.3,
        over_300_cases: 66.4,
        contacted: 82.7,
        cases_per_wte: 385.0,
    },
];

/// Standard deviations between replications of the columns of [`ROWS`], from 4 replications of the least
/// precise service, rounded up.
const BETWEEN_REPLICATIONS: [f64; 5] = [4.1, 4.1, 2.4, 0.9, 3.1];

fn text(service: &Service) -> String {
    let (head, tail) = (
        include_str!("validation/head.toml"),
        include_str!("validation/tail.toml"),
    );
    ensemble::file(head, tail, service)
}

/// A share of workers in percent, and standard errors.
#[derive(Clone, Copy)]
struct Share {
    percent: f64,
    /// Of what other replications of the same networks would say.
    chance: f64,
    /// Of what other networks would say; more than that, as each part of a distribution is drawn once.
    networks: f64,
}

impl Share {
    /// Whether a survey's share, with its standard error, differs by no more than chance (95%).
    fn agrees_with(self, survey: f64, error: f64) -> bool {
        let errors = [error, self.chance, self.networks];
        let variance: f64 = errors.iter().map(|error| error * error).sum();
        (self.percent - survey).abs() < 1.96 * variance.sqrt()
    }
}

/// One worker of one replication.
struct Worker {
    network: String,
    replication: usize,
    mean_wait: f64,
    cases: f64,
}

fn replications(model: &Model) -> Replications {
    let experiment = Experiment {
        seed: SEED,
        stopping: Stopping::Range(0..REPLICATIONS),
        threads: 2,
    };
    run(model, &experiment, &AtomicBool::new(false), &|_, _| {}).expect("it runs")
}

fn workers(all: &Replications, model: &Model) -> Vec<Worker> {
    let columns_of = |name: &str| -> Vec<usize> {
        let columns = all.columns.iter().enumerate();
        columns
            .filter(|(_, it)| it.scope == Scope::Post && it.measure.name == name)
            .map(|(index, _)| index)
            .collect()
    };
    let waits = columns_of("wait_to_first_contact_days_mean");
    let cases = columns_of("cases_a_year_per_wte");
    assert_eq!(
        (waits.len(), cases.len()),
        (model.posts.len(), model.posts.len())
    );
    let mut found = Vec::new();
    for (replication, row) in all.rows().enumerate() {
        for (nth, post) in model.posts.iter().enumerate() {
            let wait = row[waits[nth]].defined();
            let cases = row[cases[nth]].defined();
            if let (Some(mean_wait), Some(cases)) = (wait, cases) {
                found.push(Worker {
                    network: post.name[..7].to_owned(),
                    replication,
                    mean_wait,
                    cases: cases * post.wte,
                });
            }
        }
    }
    found
}

fn share(workers: &[Worker], is_it: impl Fn(&Worker) -> bool) -> Share {
    let hits = workers.iter().filter(|it| is_it(it)).count() as f64;
    let mean = hits / workers.len() as f64;
    // Workers of one network, and all of one replication, go together: the groups are what varies.
    let deviation = |key: &dyn Fn(&Worker) -> String| {
        let mut sums: BTreeMap<String, f64> = BTreeMap::new();
        for worker in workers {
            *sums.entry(key(worker)).or_default() += f64::from(u8::from(is_it(worker))) - mean;
        }
        let groups = sums.len() as f64;
        let squares: f64 = sums.values().map(|sum| sum * sum).sum();
        100.0 * (squares * groups / (groups - 1.0)).sqrt() / workers.len() as f64
    };
    Share {
        percent: 100.0 * mean,
        chance: deviation(&|it| it.replication.to_string()),
        networks: deviation(&|it| it.network.clone()),
    }
}

/// The mean over replications of a measure of all networks together.
fn of_all(all: &Replications, name: &str) -> f64 {
    let mut columns = all.columns.iter();
    let column = columns.position(|it| it.scope == Scope::Pcn && it.measure.name == name);
    let values = all.column(column.expect("the measure exists"));
    let sum: f64 = values.map(|it| it.defined().expect("defined")).sum();
    sum / all.count() as f64
}

fn document() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/validation.md");
    fs::read_to_string(path).expect("the document is there")
}

#[test]
fn the_file_is_what_the_generator_writes() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let path = root.join("scenarios/validation/england-2023.toml");
    let text = text(&CALIBRATED);
    if std::env::var_os("SPLW_SIM_REFRESH").is_some() {
        fs::write(&path, &text).expect("the file can be written");
    }
    let there = fs::read_to_string(path).expect("it is there");
    assert!(there == text, "SPLW_SIM_REFRESH=1 writes it anew");
}

/// Three standard errors of the difference of two such runs: if the engine drew its chance anew, one of
/// the fifteen numbers would be further off with probability 0.04; as it does not, none is off at all.
#[test]
fn the_document_says_what_the_program_says() {
    let document = document();
    let mut verdicts = Vec::new();
    for row in ROWS {
        let model = read(&text(&row.service), &[]).model;
        let all = replications(&model);
        let workers = workers(&all, &model);
        let within_7_days = share(&workers, |it| it.mean_wait <= 7.0);
        let under_14_days = share(&workers, |it| it.mean_wait < 14.0);
        let over_300_cases = share(&workers, |it| it.cases.round() > 300.0);
        let ours = [
            within_7_days.percent,
            under_14_days.percent,
            over_300_cases.percent,
            100.0 * of_all(&all, "share_contacted_ever"),
            of_all(&all, "cases_a_year_per_wte"),
        ];
        for share in [within_7_days, under_14_days, over_300_cases] {
            // Sharp enough that a figure of the survey could be told from its neighbour.
            assert!(share.chance < 3.0, "{}: {}", row.step, share.chance);
        }
        let shown = [
            row.within_7_days,
            row.under_14_days,
            row.over_300_cases,
            row.contacted,
            row.cases_per_wte,
        ];
        for (nth, (ours, shown)) in ours.iter().zip(shown).enumerate() {
            let allowed = 3.0 * BETWEEN_REPLICATIONS[nth] * (2.0 / REPLICATIONS as f64).sqrt();
            assert!(
                (ours - shown).abs() < allowed,
                "{}: {nth} {ours} {shown}",
                row.step
            );
        }
        verdicts.push([
            within_7_days.agrees_with(43.0, 1.78),
            under_14_days.agrees_with(75.0, 1.55),
        ]);
        let [within, under, over, contacted, cases] = shown;
        let line = format!(
            "| {} | {within:.1} | {under:.1} | {over:.1} | {contacted:.1} | {cases:.0} |",
            row.step
        );
        assert!(document.contains(&line), "docs/validation.md lacks\n{line}");
    }
    assert_eq!(verdicts, [[true, false], [false, false], [true, true]]);
}

/// The bins of the survey are of workers, and so are ours: over 300 is the fullest.
#[test]
fn most_workers_are_in_the_highest_bin() {
    let model = read(&text(&CALIBRATED), &[]).model;
    let experiment = Experiment {
        seed: SEED,
        stopping: Stopping::Range(0..1),
        threads: 1,
    };
    let all = run(&model, &experiment, &AtomicBool::new(false), &|_, _| {}).expect("it runs");
    let mut bins = [0; 7];
    for worker in workers(&all, &model) {
        let bin = ((worker.cases.round() / 50.0).ceil() - 1.0).clamp(0.0, 6.0);
        bins[bin as usize] += 1;
    }
    let others = bins[..6].iter().max().expect("six bins");
    assert!(bins[6] > 2 * others, "{bins:?}");
}
