//! What a written scenario says.

use super::{ELM, Files, WORKFORCE, scenario_of};
use crate::program::done;

#[test]
fn a_scenario_says_what_the_files_say() {
    let import = Files::new().import(&ELM).succeeded();
    let scenario = import.scenario("out.toml");
    assert_eq!(
        scenario.title,
        "Elm Valley PCN: 4.94 WTE of link workers, three practices"
    );
    let practices = scenario.model.practices.iter();
    let told: Vec<(&str, f64)> = practices.map(|it| (&*it.name, it.list_size)).collect();
    let wanted = [
        ("The Surgery (P90001)", 8_000.0),
        ("The Surgery (P90002)", 6_000.0),
        ("The \"Old\" Mill @ Elm-on-Sea", 12_500.0),
    ];
    assert_eq!(told, wanted);
    let posts = scenario.model.posts.iter();
    let told: Vec<(&str, f64)> = posts.map(|it| (&*it.name, it.wte)).collect();
    let wanted = [
        ("Link worker 1", 1.0),
        ("Link worker 2", 0.786_667),
        ("Link worker 3", 0.8),
        ("Link worker 4", 0.8),
        ("Link worker 5", 0.8),
        ("Mental health link worker 1", 0.5),
        ("Young people's mental health link worker 1", 0.25),
    ];
    assert_eq!(told, wanted);
    let cap = |at: usize| scenario.model.posts[at].caseload_cap;
    assert_eq!((cap(0), cap(1), cap(5)), (Some(80), Some(63), Some(40)));
    let sources = scenario.provenance.iter();
    let dated: Vec<_> = sources
        .filter_map(|it| Some((it.key.as_str(), it.date?.to_string())))
        .filter(|(key, _)| !key.starts_with("case_types") && !key.starts_with("demand"))
        .collect();
    let wanted = [
        ("practices.*.list_size", "2026-07-01".to_owned()),
        ("posts.*.wte", "2026-06-30".to_owned()),
    ];
    assert_eq!(dated, wanted);
    let text = import.text("out.toml");
    for fragment in [
        "# 29.5 hours a week. A",
        "# 30 hours a week; 1 of 3 of a contracted service. A",
        "A contracted service of 2.4 WTE stands as 3 posts of 0.8",
        "start = 2026-10-05",
        "all.csv (1 July 2026)",
    ] {
        assert!(text.contains(fragment), "{fragment:?} is not in\n{text}");
    }
}

#[test]
fn a_scenario_runs_and_its_options_compare() {
    for code in ["U90001", "U90002", "U90003"] {
        let import = Files::new().import(&["--pcn", code, "--out", "out.toml"]);
        let import = import.succeeded();
        for command in ["run", "compare"] {
            let typed = [
                command,
                "out.toml",
                "--replications",
                "3",
                "--out",
                "results",
            ];
            let typed = [&typed[..], &["--overwrite"]].concat();
            let (status, _, errors) = done(import.folder.path(), &typed);
            assert_eq!(status, Some(0), "{code} {command}: {errors}");
        }
    }
}

#[test]
fn nothing_of_a_person_is_copied() {
    let import = Files::new()
        .import(&["--england", "--out", "all"])
        .succeeded();
    for entry in std::fs::read_dir(import.path("all")).expect("the folder is there") {
        let path = entry.expect("an entry").path();
        let text = std::fs::read_to_string(&path).expect("it is text");
        assert!(!text.contains("77700"), "{}", path.display());
    }
}

#[test]
fn missing_is_not_zero() {
    let ash = Files::new().import(&["--pcn", "U90002", "--out", "out.toml"]);
    let ash = ash.succeeded();
    assert!(ash.scenario("out.toml").model.posts.is_empty());
    let text = ash.text("out.toml");
    assert!(text.contains("title = \"Ash and Oak PCN: link workers not known, two practices\""));
    assert!(text.contains("its posts are not known, which is not none"));
    assert!(ash.told.contains("Link workers not known"), "{}", ash.told);
    // Where it says to put the posts, posts can be put.
    let (before, rest) = text.split_once("# [[posts]]").expect("there is a place");
    let (table, after) = rest.split_once("\n\n").expect("the place ends");
    let filled = format!(
        "{before}[[posts]]{}\n\n{after}",
        table.replace("\n# ", "\n")
    );
    assert_eq!(scenario_of(&filled).model.posts.len(), 1);

    let twin = Files::new().import(&["--pcn", "U90003", "--out", "out.toml"]);
    let twin = twin.succeeded();
    let text = twin.text("out.toml");
    assert!(text.contains("no link worker recorded"), "{text}");
    assert!(
        twin.told
            .contains("returned its workforce of 30 June 2026 without a link worker")
    );
}

#[test]
fn practices_without_a_list_are_left_out_and_told() {
    let twin = Files::new().import(&["--pcn", "U90003", "--out", "out.toml"]);
    let twin = twin.succeeded();
    assert_eq!(twin.scenario("out.toml").model.practices.len(), 1);
    let told = twin.told.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        told.contains("New Build Practice (P90007) has no list size"),
        "{told}"
    );
    assert!(
        told.contains("Closing Practice (P90008) has nobody on its list"),
        "{told}"
    );
}

#[test]
fn a_name_that_a_spreadsheet_would_calculate_gives_way_to_its_code() {
    let ash = Files::new().import(&["--pcn", "U90002", "--out", "out.toml"]);
    let ash = ash.succeeded();
    assert_eq!(ash.scenario("out.toml").model.practices[0].name, "P90004");
    assert!(!ash.text("out.toml").contains("=ELM"));
    let elm = Files::new().import(&ELM).succeeded();
    assert!(!elm.told.contains("P90004"), "{}", elm.told);
    let all = Files::new()
        .import(&["--england", "--out", "all"])
        .succeeded();
    assert!(all.told.contains("The name of P90004"), "{}", all.told);
    assert!(
        ash.told.contains("The name of P90004 begins with ="),
        "{}",
        ash.told
    );
}

#[test]
fn mental_health_link_workers_can_be_left_out() {
    let arguments = [&ELM[..], &["--without-mental-health"]].concat();
    let import = Files::new().import(&arguments).succeeded();
    let wte: f64 = import
        .scenario("out.toml")
        .model
        .posts
        .iter()
        .map(|it| it.wte)
        .sum();
    assert!((wte - 4.186_667).abs() < 1e-6, "{wte}");
    assert!(
        !import.told.contains("are in mental health"),
        "{}",
        import.told
    );
    let with = Files::new().import(&ELM).succeeded();
    let told = with.told.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        told.contains("Of these 0.75 WTE are in mental health."),
        "{told}"
    );
    assert!(
        import
            .told
            .contains("2 records of link workers in mental health")
    );
}

/// A PCN whose link workers are all left out is not one without link workers, and counts its own records.
#[test]
fn a_pcn_tells_only_of_its_own_link_workers_left_out() {
    let moved = WORKFORCE.replace(
        "Social Prescribing Link Worker",
        "Social Prescribing Link Worker - Mental Health",
    );
    let files = Files::new().with_workforce(moved);
    let arguments = [&ELM[..], &["--without-mental-health"]].concat();
    let import = files.import(&arguments).succeeded();
    let told = import.told.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        told.contains("5 records of link workers in mental health are left out"),
        "{told}"
    );
    assert!(
        told.contains("It returned link workers in mental health alone"),
        "{told}"
    );
    let text = import.text("out.toml");
    assert!(
        text.contains("Elm Valley PCN: link workers in mental health left out"),
        "{text}"
    );
    assert!(!text.contains("without a link worker"), "{text}");
    assert!(!text.contains("the workforce file has none"), "{text}");
}

#[test]
fn a_post_of_more_than_full_time_keeps_its_hours() {
    let twin = Files::new().import(&["--pcn", "U90004", "--out", "out.toml"]);
    let twin = twin.succeeded();
    let scenario = twin.scenario("out.toml");
    let wte: Vec<f64> = scenario.model.posts.iter().map(|it| it.wte).collect();
    assert_eq!(wte, [0.533_333, 0.533_333]);
}

#[test]
fn the_order_of_rows_does_not_matter() {
    let mut rows: Vec<&str> = WORKFORCE.lines().collect();
    rows[1..].reverse();
    let turned = rows.join("\n");
    let one = Files::new().import(&ELM).succeeded().text("out.toml");
    let other = Files::new().with_workforce(turned).import(&ELM).succeeded();
    assert_eq!(one, other.text("out.toml"));
}
