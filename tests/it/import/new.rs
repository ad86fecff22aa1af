//! A scenario to begin with.

use super::scenario_of;
use crate::program::{done, files};
use std::fs;
use std::path::Path;
use tempfile::tempdir;

#[test]
fn every_shipped_scenario_is_in_the_program() {
    let folder = tempdir().expect("a temporary folder");
    let (code, listed, _) = done(folder.path(), &["new", "--list"]);
    assert_eq!(code, Some(0));
    let shipped = files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios"));
    let mut count = 0;
    for (file, content) in shipped.iter().filter(|(file, _)| !file.contains('/')) {
        let name = file.strip_suffix(".toml").expect("a scenario");
        assert!(listed.contains(name), "{name} is not listed");
        let (code, _, errors) = done(folder.path(), &["new", name, "--out", file]);
        assert_eq!(code, Some(0), "{errors}");
        let written = fs::read(folder.path().join(file)).expect("it is written");
        assert_eq!(&written, content, "{name}");
        count += 1;
    }
    assert_eq!(
        listed.lines().filter(|line| !line.starts_with(' ')).count(),
        count
    );
}

#[test]
fn a_starter_says_what_was_given() {
    let folder = tempdir().expect("a temporary folder");
    let typed = [
        "new",
        "--title",
        "Mill \"Lane\"",
        "--lists",
        "9500,8200",
        "--wte",
        "1,0.6",
    ];
    let typed = [&typed[..], &["--rate", "25", "--start", "2027-01-04"]].concat();
    let (code, text, errors) = done(folder.path(), &typed);
    assert_eq!(code, Some(0), "{errors}");
    let scenario = scenario_of(&text);
    assert_eq!(scenario.title, "Mill \"Lane\"");
    let lists: Vec<f64> = scenario
        .model
        .practices
        .iter()
        .map(|it| it.list_size)
        .collect();
    assert_eq!(lists, [9_500.0, 8_200.0]);
    let wte: Vec<f64> = scenario.model.posts.iter().map(|it| it.wte).collect();
    assert_eq!(wte, [1.0, 0.6]);
    let rates = scenario
        .model
        .practices
        .iter()
        .map(|it| it.referrals_per_1000_a_year);
    assert!(rates.into_iter().all(|rate| (rate - 25.0).abs() < 1e-9));
    let key = "demand.referrals_per_1000_a_year";
    let source = scenario
        .provenance
        .iter()
        .find(|it| it.key == key)
        .expect("it has a source");
    assert_eq!(
        (source.source.as_str(), source.grade),
        ("given when the file was made", None)
    );
    assert!(!text.contains("Bu et al. 2025, derived"));
    assert!(text.contains("start = 2027-01-04"));
    // Nobody to see anybody is a service too.
    let (code, text, _) = done(folder.path(), &["new", "--lists", "9500", "--wte", "0"]);
    assert_eq!(code, Some(0));
    assert!(scenario_of(&text).model.posts.is_empty());
}

#[test]
fn the_usual_numbers_are_those_of_rayleigh() {
    let folder = tempdir().expect("a temporary folder");
    let typed = ["new", "--lists", "7993,4313,6521,20868,13908,3874"];
    let (_, text, _) = done(folder.path(), &typed);
    let shipped = fs::read_to_string(crate::program::rayleigh()).expect("it is shipped");
    let (ours, theirs) = (scenario_of(&text), scenario_of(&shipped));
    assert_eq!(
        format!("{:?}", ours.model.case_types),
        format!("{:?}", theirs.model.case_types)
    );
    assert_eq!(
        format!("{:?}", ours.model.posts),
        format!("{:?}", theirs.model.posts)
    );
    assert_eq!(
        format!("{:?}", ours.model.demand),
        format!("{:?}", theirs.model.demand)
    );
    let keys = |it: &splw_sim::scenario::Scenario| -> Vec<_> {
        let usual = it
            .provenance
            .iter()
            .filter(|it| !it.key.ends_with("list_size") && !it.key.ends_with("wte"));
        usual
            .map(|it| (it.key.clone(), it.source.clone(), it.grade))
            .collect()
    };
    assert_eq!(keys(&ours), keys(&theirs));
}

#[test]
fn too_little_or_nonsense_is_refused() {
    let folder = tempdir().expect("a temporary folder");
    for (typed, told) in [
        (&["new"][..], "say what the service is"),
        (&["new", "rayleihg"], "did you mean rayleigh?"),
        (&["new", "--wte", "1"], "say what the service is"),
        (
            &["new", "--lists", "0"],
            "registered patients of each practice",
        ),
        (&["new", "--lists", "5,x"], "invalid value"),
        (
            &["new", "--lists", "500", "--wte", "NaN"],
            "WTE of each link worker",
        ),
        (
            &["new", "--lists", "500", "--wte", "51"],
            "WTE of each link worker",
        ),
        (
            &["new", "--lists", "500", "--rate", "inf"],
            "referrals per 1,000",
        ),
        (&["new", "rayleigh", "--rate", "5"], "cannot be used with"),
    ] {
        let (code, told_instead, errors) = done(folder.path(), typed);
        assert_eq!(code, Some(2), "{typed:?}: {errors}");
        assert!(errors.contains(told), "{typed:?}: {errors}");
        assert_eq!(told_instead, "");
    }
    let (code, _, errors) = done(folder.path(), &["new", "--lists", "500", "--title", "=1+1"]);
    assert_eq!(code, Some(1), "{errors}");
    fs::write(folder.path().join("mine.toml"), "mine").expect("it is written");
    let (code, _, errors) = done(folder.path(), &["new", "rayleigh", "--out", "mine.toml"]);
    assert_eq!(code, Some(3), "{errors}");
    let kept = fs::read_to_string(folder.path().join("mine.toml"));
    assert_eq!(kept.expect("it is there"), "mine");
}
