//! Every made-up figure of the tests with its name: the realistic ones, and the edges.

use super::examples::*;
use super::*;

/// Every example with its name: the realistic ones, then the edges.
pub(super) fn all() -> Vec<(String, String)> {
    let mut drawn = Vec::new();
    let mut add = |name: &str, svg: Result<String, FigureError>| {
        drawn.push((name.to_owned(), svg.expect("every example draws")));
    };
    for (name, figure) in waiting_examples() {
        add(name, waiting_list::draw(&figure));
    }
    for (name, figure) in contacted_examples() {
        add(name, contacted::draw(&figure));
    }
    for (name, figure) in caseload_examples() {
        add(name, posts::draw(&figure));
    }
    for (name, figure) in outcome_examples() {
        add(name, outcome::draw(&figure));
    }
    for (name, figure) in forest_examples() {
        add(name, forest::draw(&figure));
    }
    for (name, figure) in plane_examples() {
        add(name, plane::draw(&figure));
    }
    for (name, figure) in quantiles_examples() {
        add(name, quantiles::draw(&figure));
    }
    for (name, figure) in tornado_examples() {
        add(name, tornado::draw(&figure));
    }
    for (name, figure) in frontier_examples() {
        add(name, frontier::draw(&figure));
    }
    for (name, figure) in spread_examples() {
        add(name, spread::draw(&figure));
    }
    for (name, figure) in heat_map_examples() {
        add(name, heat_map::draw(&figure));
    }
    for (name, figure) in bins_examples() {
        add(name, bins::draw(&figure));
    }
    for (name, svg) in super::study_examples::all() {
        add(&name, svg);
    }
    drawn
}

fn quantiles_examples() -> Vec<(&'static str, QuantilesFigure)> {
    let figure = |pairs: Vec<(f64, f64)>| QuantilesFigure {
        title: "Days until people give up waiting: the exponential law fits".to_owned(),
        subtitle: "Quantiles of the log against those of the law, p = 0.42".to_owned(),
        unit: "days".to_owned(),
        pairs,
        note: "Each dot stands for 8 rows at least.".to_owned(),
    };
    let even = |of: f64| (1..20).map(move |it| (f64::from(it) * of, f64::from(it) * of * 1.1));
    vec![
        ("quantiles", figure(even(9.0).collect())),
        ("quantiles-small", figure(even(0.01).collect())),
        ("quantiles-huge", figure(even(1e14).collect())),
        ("quantiles-none", figure(Vec::new())),
        (
            "quantiles-undefined",
            figure(vec![(f64::NAN, 1.0), (1.0, -1.0)]),
        ),
    ]
}

fn spread_examples() -> Vec<(&'static str, Spread)> {
    let row = |name: &str, mean: f64| SpreadRow {
        name: name.to_owned(),
        mean: Some(mean),
        interval: Some((mean * 0.9, mean * 1.1)),
        instead: "no value",
    };
    let none = SpreadRow {
        mean: None,
        interval: None,
        instead: "no post",
        ..row(
            "U00001 with a very long name that has to be cut somewhere",
            0.0,
        )
    };
    let undefined = row("undefined", f64::NAN);
    let figure = |unit, rows| {
        Spread {
        title: "In half of 3 scenarios at most 17% are contacted within 28 days".to_owned(),
        subtitle: "Share of people contacted within 28 days of referral. Scenarios of \u{2018}scenarios\u{2019}".to_owned(),
        unit,
        rows,
    }
    };
    let few = vec![row("U30335", 0.31), row("U41591", 0.9), none, undefined];
    let many = |most: f64| {
        (0..500)
            .map(|nth| row("U", f64::from(nth) / 499.0 * most))
            .collect()
    };
    vec![
        ("spread-few", figure(SpreadUnit::Share, few)),
        (
            "spread-one",
            figure(SpreadUnit::Ratio, vec![row("one", 32.16)]),
        ),
        ("spread-empty", figure(SpreadUnit::Share, vec![])),
        ("spread-many", figure(SpreadUnit::Share, many(0.9))),
        ("spread-loads", figure(SpreadUnit::Ratio, many(12.0))),
        (
            "spread-times",
            figure(
                SpreadUnit::Times,
                (0..500)
                    .map(|nth| row("U", 1.0 + f64::from(nth) / 100.0))
                    .collect(),
            ),
        ),
        (
            "spread-forty",
            figure(
                SpreadUnit::Ratio,
                (0..40).map(|_| row("forty", 1.5)).collect(),
            ),
        ),
    ]
}

fn heat_map_examples() -> Vec<(&'static str, HeatMapFigure)> {
    let usual = practices_by_month(6, 24);
    let undefined = HeatRow {
        name: "Nobody ever".to_owned(),
        values: vec![None, Some(f64::NAN)],
        whole: None,
    };
    vec![
        ("heat-map", usual.clone()),
        ("heat-map-many", practices_by_month(60, 40)),
        ("heat-map-one-month", practices_by_month(2, 1)),
        ("heat-map-empty", practices_by_month(0, 0)),
        (
            "heat-map-undefined",
            HeatMapFigure {
                rows: vec![undefined],
                ..usual.clone()
            },
        ),
        (
            "heat-map-one-run",
            HeatMapFigure {
                replications: 1,
                ..usual
            },
        ),
    ]
}

fn bins_examples() -> Vec<(&'static str, BinsFigure)> {
    let usual = cases_a_year([0.0, 0.02, 0.1, 0.2, 0.4, 0.2, 0.08]);
    let nothing = Bin {
        share: None,
        ..usual.bins[0].clone()
    };
    vec![
        ("bins", usual.clone()),
        (
            "bins-all-in-one",
            cases_a_year([0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0]),
        ),
        (
            "bins-one-run",
            BinsFigure {
                replications: 1,
                ..usual.clone()
            },
        ),
        (
            "bins-undefined",
            BinsFigure {
                bins: vec![nothing],
                ..usual
            },
        ),
    ]
}

fn frontier_examples() -> Vec<(&'static str, FrontierFigure)> {
    let of = |plans: Vec<PlanMark>| FrontierFigure {
        plans,
        ..plans_by_cost()
    };
    let odd = |cost: f64, wait: f64| PlanMark {
        cost_pounds_a_year: cost,
        values: vec![Some(band(wait, wait / 9.0)), None],
        is_recommended: true,
        ..plans_by_cost().plans[0].clone()
    };
    vec![
        ("frontier-usual", plans_by_cost()),
        ("frontier-empty", of(Vec::new())),
        ("frontier-one", of(vec![odd(0.0, 0.0)])),
        (
            "frontier-saves",
            of(vec![odd(-42_575.0, 30.0), odd(85_150.0, 3.0)]),
        ),
        ("frontier-huge", of(vec![odd(1e9, 9e5), odd(-1e9, 4.0)])),
        ("frontier-undefined", of(vec![odd(9e4, f64::NAN)])),
    ]
}

fn tornado_examples() -> Vec<(&'static str, TornadoFigure)> {
    let many = (0..30).map(|nth| {
        let name = format!(
            "case_types.\"People with <complex> & long-standing needs of type {nth}\".days_between_contacts.gamma.mean"
        );
        input(&name, 30.0 / f64::from(nth + 1), 2.0)
    });
    let wordy = TornadoRow {
        range: "0.000123 to 1,234,567.8".repeat(4),
        said: "+123,456,789.1 cases a year per WTE".to_owned(),
        interval: "123,456,789.1 to 123,456,790.1".to_owned(),
        ..input("a", 1e9, 1e8)
    };
    vec![
        ("tornado", usual_inputs()),
        ("tornado-one", inputs(vec![input("posts.*.wte", -3.0, 4.0)])),
        ("tornado-many", inputs(many.collect())),
        ("tornado-wordy", inputs(vec![wordy, input("b", 0.0, 0.0)])),
        ("tornado-nothing", inputs(vec![input("a", 0.0, 0.0)])),
        ("tornado-undefined", inputs(vec![input("a", f64::NAN, 1.0)])),
        ("tornado-empty", inputs(vec![])),
    ]
}

fn waiting_examples() -> Vec<(&'static str, WaitingListFigure)> {
    let huge = waiting(520, |week| band(4.2e6 * f64::from(week), 2e8));
    let odd = WaitingListFigure {
        title: "Quotes \" and ' & <b>markup</b> in a long title that has to be wrapped over more than one line, since it goes on and on".repeat(3),
        ..waiting(9, |week| band(f64::from(week) * 3.0, 4.0))
    };
    vec![
        ("waiting-solo", solo_waiting()),
        ("waiting-team", team_waiting()),
        (
            "waiting-target",
            WaitingListFigure {
                target: Some((120.0, "target for the mean: 120".to_owned())),
                ..solo_waiting()
            },
        ),
        (
            "waiting-far-target",
            WaitingListFigure {
                target: Some((12_000.0, "target: never more: 12,000".to_owned())),
                ..team_waiting()
            },
        ),
        (
            "waiting-one-run",
            WaitingListFigure {
                replications: 1,
                ..solo_waiting()
            },
        ),
        ("waiting-one-week", waiting(1, |_| band(31.0, 6.0))),
        ("waiting-zero", waiting(52, |_| band(0.0, 0.0))),
        ("waiting-empty", waiting(0, |_| band(0.0, 0.0))),
        ("waiting-undefined", waiting(52, |_| band(f64::NAN, 0.0))),
        ("waiting-huge", huge),
        ("waiting-odd", odd),
        (
            "waiting-enormous",
            waiting(52, |week| band(1e300 * f64::from(week), 1e299)),
        ),
    ]
}

fn contacted_examples() -> Vec<(&'static str, ContactedFigure)> {
    let usual = contacted(90, 0.42, 38.0, true);
    let same = |figure: ContactedFigure| ContactedFigure {
        marks: figure
            .marks
            .iter()
            .map(|mark| Mark {
                target: Some(0.95),
                ..*mark
            })
            .collect(),
        ..figure
    };
    let mut bunched = contacted(365, 0.8, 90.0, true);
    bunched.marks.extend((1..=6).map(|day| Mark {
        day: f64::from(day),
        share: 0.02 * f64::from(day),
        target: Some(0.5),
    }));
    vec![
        ("contacted-solo", usual.clone()),
        ("contacted-solo-same-target", same(usual)),
        ("contacted-half-year", contacted(182, 0.42, 38.0, true)),
        ("contacted-tight", contacted(182, 0.9, 4.0, true)),
        ("contacted-team", same(contacted(90, 0.985, 1.7, true))),
        (
            "contacted-team-half-year",
            same(contacted(182, 0.985, 1.7, true)),
        ),
        ("contacted-middling", contacted(90, 0.93, 12.0, true)),
        ("contacted-no-target", contacted(90, 0.7, 20.0, false)),
        ("contacted-near-zero", contacted(90, 0.01, 40.0, true)),
        ("contacted-bunched", bunched),
        (
            "contacted-one-run",
            ContactedFigure {
                replications: 1,
                ..contacted(90, 0.7, 20.0, true)
            },
        ),
        (
            "contacted-empty",
            ContactedFigure {
                days: vec![],
                marks: vec![],
                never: None,
                ..contacted(1, 0.1, 1.0, false)
            },
        ),
        (
            "contacted-undefined",
            ContactedFigure {
                days: vec![(f64::NAN, band(0.1, 0.1)), (3.0, band(f64::NAN, 0.0))],
                ..contacted(1, f64::NAN, 1.0, true)
            },
        ),
    ]
}

fn caseload_examples() -> Vec<(&'static str, PostsFigure)> {
    let long = "Bartholomew-Featherstonehaugh of Ashdown & Beacon <Hill> \"Surgery\"";
    let undefined = PostSeries {
        weeks: (0..104).map(|week| (monday(week), None)).collect(),
        ..post("Vacant", None, 1.0, 9)
    };
    let one_week = PostSeries {
        weeks: vec![(monday(0), Some(band(44.0, 6.0)))],
        ..post("One week", Some(80.0), 1.0, 9)
    };
    let solo = caseload(vec![post("Link worker", Some(80.0), 79.0, 1)]);
    vec![
        ("caseload-solo", solo.clone()),
        (
            "caseload-solo-one-run",
            PostsFigure {
                replications: 1,
                ..solo
            },
        ),
        ("caseload-two", team(2)),
        ("caseload-three", team(3)),
        ("caseload-four", team(4)),
        ("caseload-team", team(5)),
        ("caseload-nine", team(9)),
        ("caseload-seventeen", team(17)),
        (
            "caseload-long-names",
            caseload(
                (0..5)
                    .map(|salt| post(long, Some(55.0), 50.0, salt))
                    .collect(),
            ),
        ),
        (
            "caseload-undefined",
            caseload(vec![undefined, post("Filled", Some(80.0), 52.0, 3)]),
        ),
        ("caseload-one-week", caseload(vec![one_week])),
        (
            "caseload-zero",
            caseload(vec![PostSeries {
                guidance: (0.0, 0.0),
                ..post("Nobody", Some(0.0), 0.0, 9)
            }]),
        ),
        ("caseload-none", caseload(vec![])),
        (
            "caseload-huge",
            caseload(vec![
                post("Huge", Some(2e7), 1e7, 1),
                post("Huge too", None, 2e7, 2),
            ]),
        ),
    ]
}

fn outcome_examples() -> Vec<(&'static str, OutcomeFigure)> {
    let solo = outcomes([302.0, 121.0, 78.0, 34.0, 412.0, 251.0, 55.0]);
    let long = OutcomeFigure {
        outcomes: (0..12)
            .map(|nth| outcome("An outcome with a label that is far too long for the space & has <markup>, wherever it is put", f64::from(nth), OutcomeKind::Neutral))
            .collect(),
        ..solo.clone()
    };
    vec![
        ("outcome-solo", solo.clone()),
        (
            "outcome-team",
            outcomes([1_530.0, 402.0, 196.0, 75.0, 2.0, 0.3, 0.0]),
        ),
        (
            "outcome-one",
            outcomes([120.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0]),
        ),
        ("outcome-zero", outcomes([0.0; 7])),
        ("outcome-undefined", outcomes([f64::NAN; 7])),
        (
            "outcome-huge",
            outcomes([1e9, 5e8, 3.0, 2e7, 1e6, 4e8, 2.0]),
        ),
        (
            "outcome-one-run",
            OutcomeFigure {
                replications: 1,
                ..solo
            },
        ),
        ("outcome-long-labels", long),
    ]
}

fn forest_examples() -> Vec<(&'static str, Forest)> {
    let usual = differences(3, 1.0);
    let empty = Forest {
        panels: Vec::new(),
        ..usual.clone()
    };
    let mut odd = differences(30, 1e300);
    odd.title = "A <b>long</b> title & more".repeat(9);
    odd.panels[0].heading = "m".repeat(400);
    odd.panels[0].unit = "units of something that is long to say ".repeat(5);
    odd.panels[0].rows[0].name = "An option with a name that nobody could fit in here".repeat(4);
    let mut undefined = differences(2, f64::NAN);
    undefined.panels[0].rows[1].mean = None;
    undefined.panels[0].rows[1].said = "no value".to_owned();
    vec![
        ("forest", usual),
        ("forest-one", differences(1, 0.001)),
        ("forest-nothing", differences(3, 0.0)),
        ("forest-no-option", differences(0, 1.0)),
        ("forest-no-panel", empty),
        ("forest-odd", odd),
        ("forest-undefined", undefined),
    ]
}

fn plane_examples() -> Vec<(&'static str, Plane)> {
    let usual = costs(4, 1.0, 42_575.0);
    let same = Plane {
        points: vec![usual.points[0].clone(); 12],
        ..usual.clone()
    };
    let below = costs(3, -1.0, -1_000.0);
    vec![
        (
            "plane-worth",
            Plane {
                worth: Some(150.0),
                ..usual.clone()
            },
        ),
        (
            "plane-steep",
            Plane {
                worth: Some(1e12),
                ..usual.clone()
            },
        ),
        ("plane", usual),
        ("plane-below", below),
        ("plane-same", same),
        ("plane-many", costs(40, 3.0, 17_000.0)),
        ("plane-nothing", costs(1, 0.0, 0.0)),
        ("plane-none", costs(0, 1.0, 1.0)),
        ("plane-huge", costs(3, 1e200, 1e200)),
        ("plane-undefined", costs(2, f64::NAN, 1.0)),
    ]
}
