//! Made-up figures for the tests: a solo post that drowns and a comfortable team.

use jiff::Span;
use jiff::civil::Date;

use super::*;

pub(super) fn monday(week: u32) -> Date {
    Date::constant(2026, 10, 5).saturating_add(Span::new().days(i64::from(week) * 7))
}

/// A band around `mean` that reaches `spread` below and above.
pub(super) fn band(mean: f64, spread: f64) -> Band {
    Band {
        mean,
        p10: (mean - spread).max(0.0),
        p90: mean + spread,
    }
}

/// A little roughness between -1 and 1, the same every time.
fn rough(week: u32, salt: u32) -> f64 {
    let mixed = (week * 7_919 + salt * 104_729).wrapping_mul(2_654_435_761) >> 8;
    f64::from(mixed % 2_001) / 1_000.0 - 1.0
}

pub(super) fn waiting(weeks: u32, at: impl Fn(u32) -> Band) -> WaitingListFigure {
    WaitingListFigure {
        title: "The waiting list keeps growing: about 250 people by September 2028".to_owned(),
        subtitle:
            "People waiting for a first contact with the link worker, Ashdown PCN, each Monday"
                .to_owned(),
        points: (0..weeks).map(|week| (monday(week), at(week))).collect(),
        target: None,
        replications: 200,
    }
}

pub(super) fn solo_waiting() -> WaitingListFigure {
    waiting(104, |week| {
        let share = f64::from(week) / 103.0;
        let mean = 255.0 * (1.0 - (-2.6 * share).exp()) + 3.0 * rough(week, 1);
        band(mean.max(0.0), 4.0 + 42.0 * share.sqrt())
    })
}

pub(super) fn team_waiting() -> WaitingListFigure {
    let figure = waiting(104, |week| {
        let mean = 1.4 + 0.5 * rough(week, 2);
        band(mean, 1.6)
    });
    WaitingListFigure {
        title: "Hardly anybody waits".to_owned(),
        ..figure
    }
}

pub(super) fn contacted(last: u32, reach: f64, pace: f64, targets: bool) -> ContactedFigure {
    let share = |day: f64| reach * (1.0 - (-(day / pace).powf(0.9)).exp());
    let never = (1.0 - share(f64::from(last)) * 1.04).max(0.0);
    let mark = |day: f64, target: f64| Mark {
        day,
        share: share(day),
        target: targets.then_some(target),
    };
    ContactedFigure {
        title: "Fewer than four in ten people are ever contacted".to_owned(),
        subtitle: "Share of people referred who have had a first contact, by days since their referral, Ashdown PCN".to_owned(),
        days: (0..=last)
            .map(|day| {
                let mean = share(f64::from(day));
                let spread = 0.05 * (mean * (1.0 - mean)).sqrt() * 2.0;
                (f64::from(day), Band { p90: (mean + spread).min(1.0), ..band(mean, spread) })
            })
            .collect(),
        marks: vec![mark(7.0, 0.43), mark(14.0, 0.75), mark(28.0, 0.95)],
        never: Some(Band { mean: never, p10: (never - 0.04).max(0.0), p90: (never + 0.04).min(1.0) }),
        replications: 200,
    }
}

pub(super) fn post(name: &str, cap: Option<f64>, level: f64, salt: u32) -> PostSeries {
    let weeks = (0..104).map(|week| {
        let mean = level * (1.0 - (-f64::from(week) / 9.0).exp()) + 1.5 * rough(week, salt);
        let vacant = salt == 3 && (40..58).contains(&week);
        (
            monday(week),
            (!vacant).then(|| band(mean.max(0.0), 1.0 + level * 0.09)),
        )
    });
    PostSeries {
        name: name.to_owned(),
        cap,
        guidance: (46.0, 58.0),
        weeks: weeks.collect(),
    }
}

pub(super) fn caseload(posts: Vec<PostSeries>) -> PostsFigure {
    PostsFigure {
        measure: "Open cases",
        limit_word: "cap",
        is_ratio: false,
        title: "The post is at its cap of 80 open cases from the fourth month on".to_owned(),
        subtitle:
            "Open cases of each link worker, each Monday, against what published guidance implies"
                .to_owned(),
        posts,
        guidance_note:
            "Guidance: 200 to 250 cases a year for a full-time post, open for 12 weeks each."
                .to_owned(),
        replications: 200,
    }
}

pub(super) fn team(posts: u32) -> PostsFigure {
    let names = [
        "Priya (Ashdown)",
        "Tom (Beacon Hill)",
        "Link worker 3",
        "Grace",
        "Samira",
    ];
    let one = |nth: u32| {
        let name = names
            .get(nth as usize)
            .map_or(format!("Post {}", nth + 1), |name| (*name).to_owned());
        post(
            &name,
            (nth != 4).then_some(60.0),
            38.0 + 4.0 * f64::from(nth % 5),
            nth + 1,
        )
    };
    caseload((0..posts).map(one).collect())
}

pub(super) fn outcome(label: &str, mean: f64, kind: OutcomeKind) -> Outcome {
    Outcome {
        label: label.to_owned(),
        count: band(mean, mean.sqrt() * 1.8),
        kind,
    }
}

pub(super) fn outcomes(counts: [f64; 7]) -> OutcomeFigure {
    use OutcomeKind::{Bad, Good, Neutral};
    let [
        goals,
        signposted,
        open,
        declined,
        gave_up,
        returned,
        inappropriate,
    ] = counts;
    OutcomeFigure {
        title: "More people give up waiting than are helped".to_owned(),
        subtitle:
            "What became of everybody referred to Ashdown PCN, October 2026 to September 2028"
                .to_owned(),
        received: band(counts.iter().sum(), 40.0),
        received_label: "people referred".to_owned(),
        outcomes: vec![
            outcome("Supported to the end", goals, Good),
            outcome("Signposted after a first contact", signposted, Good),
            outcome("Still being supported at the end", open, Neutral),
            outcome(
                "Not suitable, sent back to the practice",
                inappropriate,
                Neutral,
            ),
            outcome("Declined when contacted", declined, Neutral),
            outcome("Still waiting at the end", returned, Bad),
            outcome("Gave up waiting", gave_up, Bad),
        ],
        replications: 200,
    }
}

/// So many options on two measures, their differences in this unit.
pub(super) fn differences(options: u32, unit: f64) -> Forest {
    let row = |at: u32| {
        let mean = unit * (f64::from(at % 7) * 4.5 - 6.0);
        ForestRow {
            name: format!("Option {}", at + 1),
            mean: Some(mean),
            said: super::forest::signed(mean),
            is_better: [Some(true), Some(false), None][at as usize % 3],
            interval: Some((mean - unit, mean + unit)),
            together: Some((mean - 2.0 * unit, mean + 2.0 * unit)),
        }
    };
    let panel = |heading: &str, is_more_better| ForestPanel {
        heading: heading.to_owned(),
        unit: "percentage points".to_owned(),
        is_more_better,
        rows: (0..options).map(row).collect(),
    };
    Forest {
        title: "2 of 3 options surely improve people contacted within 14 days".to_owned(),
        subtitle: "Difference from things as they are, each option".to_owned(),
        panels: vec![
            panel("Contacted within 14 days, 12.1% as things are", Some(true)),
            panel("Mean wait to first contact", Some(false)),
            panel("Open cases", None),
        ],
        note: "Upright: mean difference of 200 pairs of runs.".to_owned(),
    }
}

/// So many options on the plane, in these units of gain and cost.
pub(super) fn costs(options: u32, people: f64, pounds: f64) -> Plane {
    let point = |at: u32| {
        let gain = people * (f64::from(at * 37 % 11) * 60.0 - 100.0);
        let cost = pounds * (f64::from(at * 5 % 4) - 1.0);
        PlanePoint {
            name: format!("Option {} with a longer name", at + 1),
            each: at.is_multiple_of(2).then(|| "£199 each".to_owned()),
            gain: (gain, gain - 20.0 * people.abs(), gain + 20.0 * people.abs()),
            cost: (cost, cost - 0.2 * pounds.abs(), cost + 0.2 * pounds.abs()),
        }
    };
    Plane {
        title: "What each option costs, and whom it reaches in time".to_owned(),
        subtitle: "Pounds a year and people contacted within 14 days a year".to_owned(),
        across: "More people contacted within 14 days a year than as things are".to_owned(),
        points: (0..options).map(point).collect(),
        worth: None,
        note: "Lines: 95% intervals of the means over 200 pairs of runs.".to_owned(),
    }
}

pub(super) fn input(label: &str, change: f64, half: f64) -> TornadoRow {
    TornadoRow {
        label: label.to_owned(),
        range: "0.53 to 0.67".to_owned(),
        change,
        low: change - half,
        high: change + half,
        said: format!("{change:+.1} points"),
        interval: format!("{:.1} to {:.1}", change - half, change + half),
    }
}

pub(super) fn inputs(rows: Vec<TornadoRow>) -> TornadoFigure {
    TornadoFigure {
        title: "Of the inputs that are not known, posts.*.client_share matters most".to_owned(),
        subtitle: "Change of contacted within 28 days of the PCN when an input goes from its 10% to its 90% point, the \
                   others held fixed. Ashdown PCN"
            .to_owned(),
        rows,
        draws: 100,
        method: "Straight lines fitted to the draws; together they explain 93% of what differs between draws."
            .to_owned(),
    }
}

pub(super) fn usual_inputs() -> TornadoFigure {
    inputs(vec![
        input("posts.*.client_share", 12.4, 2.1),
        input("waiting_list.patience_days.exponential.mean", -7.9, 1.8),
        input("case_types.full.contacts", -4.2, 2.0),
        input("first_contact.answered_share", 2.6, 1.9),
        input("posts.*.lost_at_handover_share", -0.3, 1.7),
    ])
}

pub(super) fn plans_by_cost() -> FrontierFigure {
    let plan = |wte: f64| {
        let kind = match wte {
            wte if wte < 4.4 => PlanKind::Fails,
            wte if wte < 4.6 => PlanKind::Undecided,
            _ => PlanKind::Meets,
        };
        PlanMark {
            name: format!("{wte}, pooled"),
            cost_pounds_a_year: 42_575.0 * wte,
            values: vec![
                Some(band(100.0 - 60.0 / wte.powi(2), 1.0)),
                Some(band(3.0 + 60.0 / wte.powi(2), 1.0)),
                Some(band(3.5 / wte, 0.05)),
            ],
            kind,
            is_recommended: (4.9..5.1).contains(&wte),
        }
    };
    FrontierFigure {
        title: "5 WTE is the cheapest plan that meets every target".to_owned(),
        subtitle:
            "Plans looked at: what they cost, how long people wait and how strained posts are"
                .to_owned(),
        sides: vec![
            FrontierSide {
                name: "Contacted within 7 days, %".to_owned(),
                limit: Some((80.0, "at least 80%".to_owned())),
            },
            FrontierSide {
                name: "Mean wait, days".to_owned(),
                limit: None,
            },
            FrontierSide {
                name: "Strain".to_owned(),
                limit: Some((1.0, "limit 1".to_owned())),
            },
        ],
        plans: (4..=16).map(|half| plan(f64::from(half) / 2.0)).collect(),
    }
}

/// So many practices over so many months, one with a name that takes all the room.
pub(super) fn practices_by_month(practices: u32, months: u32) -> HeatMapFigure {
    let row = |practice: u32| HeatRow {
        name: match practice {
            1 => "The Very Long Name of a <Medical> Centre & Its Branch Surgery at the Crossroads"
                .to_owned(),
            _ => format!("Practice {practice}"),
        },
        values: (0..months)
            .map(|at| Some(2.0 + f64::from(practice % 7) * 0.3 + 0.5 * rough(at, practice)))
            .collect(),
        whole: Some(band(2.0 + f64::from(practice % 7) * 0.3, 0.4)),
    };
    HeatMapFigure {
        title: "For its size, most people wait at Practice 6".to_owned(),
        subtitle: "People on the waiting list for each 1,000 patients, mean of each month"
            .to_owned(),
        measure: "People waiting per 1,000 patients".to_owned(),
        column_word: "month",
        months: (0..months).map(|at| monday(at * 4)).collect(),
        rows: (0..practices).map(row).collect(),
        replications: 200,
    }
}

/// Posts in the bins of the survey.
pub(super) fn cases_a_year(shares: [f64; 7]) -> BinsFigure {
    let known = |at: usize| match at {
        4 => Some((
            "guidance: 200 to 250 full cases".to_owned(),
            Known::Guidance,
        )),
        6 => Some(("largest group in England, 2023".to_owned(), Known::Survey)),
        _ => None,
    };
    let labels = [
        "0 to 50",
        "51 to 100",
        "101 to 150",
        "151 to 200",
        "201 to 250",
        "251 to 300",
        "over 300",
    ];
    let bin = |(at, share): (usize, f64)| Bin {
        label: labels[at].to_owned(),
        share: Some(band(share, 0.05)),
        known: known(at),
    };
    BinsFigure {
        title: "Most posts have 201 to 250 cases a year".to_owned(),
        subtitle: "Posts by first contacts a year per WTE".to_owned(),
        across: "Cases a year per WTE".to_owned(),
        bins: shares.into_iter().enumerate().map(bin).collect(),
        note: "Survey: NHS England, 2023.".to_owned(),
        replications: 200,
    }
}
