//! What the other keys mean for the model.

use super::{refused_for, scenario, small_and, small_with};
use splw_sim::model::{CalendarKind, OpeningHours, Pattern, PracticeId, SimDuration, SimTime};

const DAY: u64 = 86_400;

fn days(count: u64) -> SimTime {
    SimTime::from_seconds(count * DAY)
}

#[test]
fn always_open_has_defaults_of_its_own() {
    let text = small_with(
        "start = 2026-10-05\nweeks = 52",
        "calendar = \"always-open\"\ndays = 162.5",
    );
    let scenario = scenario(&text);
    let model = &scenario.model;
    assert_eq!(model.calendar.kind(), CalendarKind::AlwaysOpen);
    assert_eq!(model.calendar.first().to_string(), "2000-01-03");
    assert_eq!(model.period.closes, SimTime::from_seconds(14_040_000));
    let post = &model.posts[0];
    assert_eq!(post.contracted_time, [SimDuration::DAY; 7]);
    assert_eq!(post.client_time, [SimDuration::DAY; 7]);
    assert_eq!(post.window_opens, SimDuration::ZERO);
    assert_eq!(
        (
            post.annual_leave_days,
            post.training_days,
            post.sickness_share
        ),
        (0.0, 0.0, 0.0)
    );
    assert_eq!(model.practices[0].opening, OpeningHours::ALL_DAY);
    let Pattern::Factors { weekday, .. } = model.demand.pattern else {
        panic!("factors");
    };
    assert_eq!(weekday, [1.0; 7]);
    let keys: Vec<&str> = scenario.defaults.iter().map(|it| it.key.as_str()).collect();
    assert!(!keys.contains(&"posts.*.client_share"), "{keys:?}");
    let half = text.replace("wte = 1.0", "wte = 0.5");
    assert_eq!(
        super::scenario(&half).model.posts[0].contracted_time[6].hours(),
        12.0
    );
    let hours = text.replace("wte = 1.0", "hours = { monday = 16.8 }");
    assert_eq!(super::scenario(&hours).model.posts[0].wte, 0.1);
}

#[test]
fn closed_days_are_closed() {
    let model = scenario(&small_with(
        "weeks = 52",
        "weeks = 52\nclosed_days = [2026-10-06]",
    ))
    .model;
    let worked: Vec<bool> = (0..3)
        .map(|day| model.calendar.is_working_day(splw_sim::model::Day(day)))
        .collect();
    assert_eq!(worked, [true, false, true]);
}

#[test]
fn shocks_hold_from_their_first_day_to_their_last() {
    let shock = |dates: &str| {
        let more =
            format!("[[demand.shocks]]\nfactor = 1.7\n{dates}\npractices = [\"High Street\"]");
        scenario(&small_and(&more).replace("weeks = 52", "weeks = 52\nwarm_up_days = 10"))
    };
    let within = &shock("starts = 2026-10-05\nends = 2026-10-06")
        .model
        .demand
        .shocks;
    assert_eq!((within[0].starts, within[0].ends), (days(10), days(12)));
    assert_eq!(within[0].practices, [PracticeId(1)]);
    // One that began earlier still holds; one that is over leaves nothing but a note.
    let begun = &shock("starts = 2020-01-01\nends = 2026-09-25")
        .model
        .demand
        .shocks;
    assert_eq!((begun[0].starts, begun[0].ends), (SimTime::ZERO, days(1)));
    let over = shock("starts = 2020-01-01\nends = 2026-09-24");
    assert!(over.model.demand.shocks.is_empty());
    assert_eq!(
        over.notes,
        ["demand.shocks.0 lies outside the simulated time and has no effect."]
    );
}

#[test]
fn ramps_keep_their_slope_when_they_began_earlier() {
    let ramp = |starts: &str| {
        let more = format!(
            "[[demand.ramps]]\nfrom_factor = 1\nto_factor = 2\nstarts = {starts}\nweeks = 10"
        );
        scenario(&small_and(&more)).model.demand.ramps.remove(0)
    };
    let within = ramp("2026-10-06");
    assert_eq!((within.starts, within.ends), (days(1), days(71)));
    assert_eq!((within.from_factor, within.to_factor), (1.0, 2.0));
    assert_eq!(within.practices, [PracticeId(0), PracticeId(1)]);
    // 35 of its 70 days lie before the clock's zero.
    let begun = ramp("2026-08-31");
    assert_eq!((begun.starts, begun.ends), (SimTime::ZERO, days(35)));
    assert_eq!((begun.from_factor, begun.to_factor), (1.5, 2.0));
    let over = ramp("2020-01-01");
    assert_eq!((over.from_factor, over.to_factor), (2.0, 2.0));
    assert!(over.starts < over.ends);
}

#[test]
fn sources_have_priorities_and_shares_of_their_own() {
    let more = "[demand]\ninappropriate_share = 0.2
[[sources]]\nname = \"GP\"\nshare = 0.7
[[sources]]\nname = \"Outreach\"\nshare = 0.3\ninappropriate_share = 0\npriority = 3";
    let sources = scenario(&small_and(more)).model.demand.sources;
    assert_eq!((sources[0].priority, sources[1].priority), (0, 2));
    assert_eq!(
        (
            sources[0].inappropriate_share,
            sources[1].inappropriate_share
        ),
        (0.2, 0.0)
    );
}

#[test]
fn a_season_replaces_the_factors() {
    let more = "[demand]\nseasonal = { amplitude = 0.2, period_days = 365.25, peak_day = -30 }";
    let season = scenario(&small_and(more));
    let expected = Pattern::Seasonal {
        amplitude: 0.2,
        period_days: 365.25,
        peak_day: -30.0,
    };
    assert_eq!(season.model.demand.pattern, expected);
    assert!(
        !season
            .defaults
            .iter()
            .any(|it| it.key == "demand.month_factors")
    );
}

#[test]
fn case_types_are_tilted_by_practice_and_normalised() {
    let text = small_with("guidance", "observed-mix").replace(
        "list_size = 6000",
        "list_size = 6000\ncase_type_tilt = { full = 2 }",
    );
    let practices = scenario(&text).model.practices;
    assert_eq!(practices[0].case_type_shares, [0.10, 0.52, 0.38]);
    let tilted = &practices[1].case_type_shares;
    for (share, expected) in tilted.iter().zip([0.10 / 1.38, 0.52 / 1.38, 0.76 / 1.38]) {
        assert!((share - expected).abs() < 1e-15);
    }
}

#[test]
fn a_practice_may_refer_and_open_as_it_likes() {
    let keys =
        "list_size = 6000\nreferrals_per_1000_a_year = 33\nopening_hours = [\"09:15\", \"24:00\"]";
    let practices = scenario(&small_with("list_size = 6000", keys))
        .model
        .practices;
    assert_eq!(practices[0].referrals_per_1000_a_year, 20.0);
    assert_eq!(practices[0].opening.length().hours(), 10.5);
    assert_eq!(practices[1].referrals_a_year(), 198.0);
    assert_eq!(practices[1].opening.opens.hours(), 9.25);
    assert_eq!(practices[1].opening.closes, SimDuration::DAY);
}

#[test]
fn words_for_never_are_understood() {
    let more = "[waiting_list]\npatience_days = \"none\"";
    assert_eq!(scenario(&small_and(more)).model.policy.patience_days, None);
    let text = small_with("pathway = \"guidance\"\n", "")
        + "[[case_types]]\nname = \"only\"\ncontacts = 3\ndna_limit = \"none\"\n";
    let only = &scenario(&text).model.case_types[0];
    assert_eq!((only.dna_limit, only.share), (None, 1.0));
    assert_eq!(
        (only.dna_minutes.as_ref(), only.days_after_dna.as_ref()),
        (None, None)
    );
}

#[test]
fn the_experiment_has_a_budget_only_with_a_precision() {
    let experiment = |keys: &str| scenario(&small_and(&format!("[experiment]\n{keys}"))).experiment;
    assert_eq!(experiment("").replications, 100);
    assert_eq!(experiment("replications = 3000").max_replications, 3_000);
    let precise = experiment("precision = 0.05\nmax_replications = 500");
    assert_eq!(
        (precise.precision, precise.max_replications),
        (Some(0.05), 500)
    );
    let text = small_and("[experiment]\nprecision = 0.05\nmax_replications = 50");
    refused_for(&text, "experiment.max_replications", "at least 100");
}

#[test]
fn fractions_of_weeks_and_unknown_practices_of_shocks() {
    let half = scenario(&small_with("weeks = 52", "weeks = 0.5")).model;
    assert_eq!(half.period.length().days(), 3.5);
    let shock = "[[demand.shocks]]\nfactor = 2\nstarts = 2026-12-01\nends = 2026-12-01\npractices = [\"Hill Lane\"]";
    refused_for(
        &small_and(shock),
        "demand.shocks.0.practices.0",
        "did you mean `Mill Lane`?",
    );
}

/// Factors of the fifth as written; a practice with a rate of its own keeps it, and its own tilt
/// comes on top.
#[test]
fn deprivation_multiplies_rates_and_shares() {
    let text = small_with("guidance", "observed-mix")
        .replace(
            "list_size = 9000",
            "list_size = 9000\ndeprivation_fifth = 1",
        )
        .replace(
            "list_size = 6000",
            "list_size = 6000\ndeprivation_fifth = 5\nreferrals_per_1000_a_year = 33\n\
             case_type_tilt = { full = 2 }",
        );
    let tilt = "[demand.deprivation]\nrate_factors = [1.5, 1, 1, 1, 0.5]\n\
                dna_factors = [1.25, 1, 1, 1, 0.75]\ncase_type_factors = { full = [3, 1, 1, 1, 0.5] }\n";
    let practices = scenario(&(text + tilt)).model.practices;
    let rates = [&practices[0], &practices[1]].map(|it| it.referrals_per_1000_a_year);
    assert_eq!(rates, [30.0, 33.0]);
    assert_eq!(
        [&practices[0], &practices[1]].map(|it| it.dna_factor),
        [1.25, 0.75]
    );
    for (practice, full) in practices.iter().zip([0.38 * 3.0, 0.38 * 2.0 * 0.5]) {
        let sum = 0.62 + full;
        for (share, expected) in practice.case_type_shares.iter().zip([0.10, 0.52, full]) {
            assert!(
                (share - expected / sum).abs() < 1e-15,
                "{share} of {expected}"
            );
        }
    }
    let without = scenario(&small_and(
        "[demand.deprivation]\nrate_factors = [2, 2, 2, 2, 2]",
    ));
    let note = "`demand.deprivation` has no effect: no practice gives its `deprivation_fifth`.";
    assert_eq!(without.notes, [note]);
    assert_eq!(without.model.practices[0].referrals_per_1000_a_year, 20.0);
}
