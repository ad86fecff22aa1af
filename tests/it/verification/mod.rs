//! The proof against closed forms: what it covers, that its files say what it checks, and that it
//! would notice an engine that is wrong.

mod known_answers;
mod poisson;
mod table;

use splw_sim::verification::{FIRST_SEED, Form, Reading, System, Verdict, all_systems, prove};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::atomic::AtomicBool;

/// Files of the folder that are no proof against theory: answers of other programs.
const NOT_THEORY: [&str; 1] = ["peer-model.toml"];

fn points<'s>(systems: impl Iterator<Item = &'s System>) -> usize {
    systems.map(|system| system.points.len()).sum()
}

#[test]
fn the_quick_form_covers_what_it_should() {
    let systems = all_systems();
    let quick = || systems.iter().filter(|system| !system.long);
    let models: BTreeSet<&str> = quick().map(|system| system.family).collect();
    assert!(points(quick()) >= 60, "{} points", points(quick()));
    assert!(models.len() >= 14, "{models:?}");
}

#[test]
fn every_verification_scenario_is_proved_with_chance_of_its_own() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/verification");
    let there: BTreeSet<String> = fs::read_dir(folder)
        .expect("the folder is there")
        .map(|entry| {
            entry
                .expect("an entry")
                .file_name()
                .to_string_lossy()
                .into_owned()
        })
        .filter(|name| !NOT_THEORY.contains(&name.as_str()))
        .collect();
    let systems = all_systems();
    let proved: BTreeSet<String> = systems.iter().map(|it| it.file.to_owned()).collect();
    assert_eq!(there, proved);
    let mut seeds = BTreeSet::new();
    for system in &systems {
        let experiment = system.scenario().experiment;
        assert_eq!(experiment.seed, FIRST_SEED, "{}", system.file);
        assert!(
            seeds.insert(system.seed(FIRST_SEED)),
            "{}: a seed twice",
            system.name
        );
        let quick = system.replications(Form::Quick);
        assert!(quick >= 30, "{}: {quick} replications", system.file);
        assert!(!system.points.is_empty(), "{}", system.file);
    }
}

/// The proof of one system with its answers multiplied by `factor`.
fn verdicts(mut system: System, factor: f64) -> Vec<Verdict> {
    for point in &mut system.points {
        point.theory *= factor;
    }
    let never = AtomicBool::new(false);
    let proof = prove(
        vec![system],
        100,
        (Form::Quick, FIRST_SEED),
        2,
        &never,
        &|_, _| {},
    )
    .expect("it runs");
    proof.findings().map(|finding| finding.verdict).collect()
}

/// The least of Erlang B's systems: two seconds of it tell a right answer from one that is 6% off.
#[test]
fn a_wrong_answer_is_noticed() {
    let system = || {
        let is_it = |it: &System| it.file == "erlang-b.toml" && it.name.starts_with("c = 10");
        all_systems().into_iter().find(is_it).expect("it is there")
    };
    assert_eq!(verdicts(system(), 1.0), [Verdict::Holds; 2]);
    assert_eq!(verdicts(system(), 1.06), [Verdict::Fails; 2]);
    assert_eq!(verdicts(system(), 0.94), [Verdict::Fails; 2]);
}

#[test]
fn a_measure_that_does_not_exist_proves_nothing() {
    let is_it = |it: &System| it.file == "erlang-b.toml" && it.name.starts_with("c = 5");
    let mut system = all_systems().into_iter().find(is_it).expect("it is there");
    system.points.truncate(1);
    system.points[0].reading = Reading::Pcn("no_such_measure");
    assert_eq!(verdicts(system, 1.0), [Verdict::TooWide]);
}
