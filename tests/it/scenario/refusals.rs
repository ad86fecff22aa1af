//! Each kind of wrong value, one at a time: exactly one problem, about the right key.

use super::{refused_for, scenario, small_and, small_with, try_read};

#[test]
fn numbers_must_lie_in_their_ranges() {
    for bad in [
        "nan",
        "inf",
        "-inf",
        "-0.1",
        "0",
        "51",
        "99999999999999999999",
    ] {
        let text = small_with("wte = 1.0", &format!("wte = {bad}"));
        assert!(try_read(&text).is_err(), "accepted wte = {bad}");
    }
    refused_for(
        &small_with("9000", "0"),
        "practices.0.list_size",
        "a number above 0 and at most 10,000,000",
    );
    refused_for(
        &small_and("[demand]\ninappropriate_share = 1.1"),
        "demand.inappropriate_share",
        "a number from 0 to 1",
    );
    refused_for(
        &small_and("[demand]\ngrowth_a_year = -1"),
        "demand.growth_a_year",
        "above -1",
    );
    refused_for(
        &small_and("[experiment]\nprecision = 1"),
        "experiment.precision",
        "above 0 and below 1",
    );
    for bad in ["nan", "inf", "-inf"] {
        let target = format!("[targets]\ncontacted_within_7_days = {bad}");
        let key = "targets.contacted_within_7_days";
        refused_for(&small_and(&target), key, "is out of range");
    }
    refused_for(
        &small_and("[experiment]\nseed = -1"),
        "experiment.seed",
        "9,223,372,036,854,775,807",
    );
}

#[test]
fn counts_are_whole_but_may_have_a_decimal_point() {
    let set = |value: &str| small_and(&format!("[first_contact]\nattempts = {value}"));
    assert_eq!(scenario(&set("4.0")).model.first_contact.attempts, 4);
    for bad in ["4.5", "0", "101", "-1", "\"3\"", "true", "nan"] {
        refused_for(
            &set(bad),
            "first_contact.attempts",
            "a whole number from 1 to 100",
        );
    }
}

#[test]
fn values_must_be_of_their_kind() {
    refused_for(
        &small_with("9000", "\"9000\""),
        "practices.0.list_size",
        "write the number without quotes",
    );
    refused_for(
        &small_with("2026-10-05", "2026-10-05T09:00:00"),
        "period.start",
        "found the time",
    );
    refused_for(
        &small_with("wte = 1.0", "wte = 1.0\nserves = \"Mill Lane\""),
        "posts.0.serves",
        "write one name as a list of one",
    );
    refused_for(
        &small_and("[[demand]]\ndispersion = 1"),
        "demand",
        "is not a table",
    );
    refused_for(&small_with("[[posts]]", "[posts]"), "posts", "[[posts]]");
    refused_for(
        &small_with("guidance", "gidance"),
        "pathway",
        "did you mean `guidance`?",
    );
    refused_for(
        &small_and("[demand]\nmonth_factors = [1, 2, 3]"),
        "demand.month_factors",
        "a list of 12",
    );
    refused_for(
        &small_and("[demand]\nmonth_factors = [0,0,0,0,0,0,0,0,0,0,0,0]"),
        "demand.month_factors",
        "at least one is above 0",
    );
    refused_for(
        &small_and("[demand]\nweekday_factors = [1,1,1,1,1,1,1]"),
        "demand.weekday_factors",
        "5 factors",
    );
    refused_for(
        &small_and("[demand]\nopening_hours = [\"18:30\", \"08:00\"]"),
        "demand.opening_hours",
        "a later closing time",
    );
    refused_for(
        &small_and("[demand]\nopening_hours = [\"8:00\", \"18:30\"]"),
        "demand.opening_hours.0",
        "\"00:00\" to \"24:00\"",
    );
}

#[test]
fn distributions_are_checked_by_name_and_parameter() {
    let set = |value: &str| small_and(&format!("[waiting_list]\npatience_days = {value}"));
    let key = "waiting_list.patience_days";
    refused_for(
        &set("{ exponental = { mean = 9 } }"),
        &format!("{key}.exponental"),
        "did you mean `exponential`?",
    );
    refused_for(
        &set("{ exponential = { men = 9 } }"),
        &format!("{key}.exponential.men"),
        "did you mean `mean`?",
    );
    refused_for(
        &set("{ exponential = { mean = 9, cv = 2 } }"),
        &format!("{key}.exponential.cv"),
        "`mean`",
    );
    refused_for(
        &set("{ gamma = { mean = 9 } }"),
        &format!("{key}.gamma.cv"),
        "is missing",
    );
    refused_for(
        &set("{ exponential = { mean = inf } }"),
        &format!("{key}.exponential.mean"),
        "found inf",
    );
    refused_for(
        &set("{ exponential = { mean = 9 }, poisson = { mean = 9 } }"),
        key,
        "found 2 names",
    );
    refused_for(&set("{ }"), key, "found 0 names");
    refused_for(
        &set("{ uniform = { min = 9, max = 3 } }"),
        key,
        "min must be below max",
    );
    refused_for(
        &set("{ exponential = { mean = 100000 } }"),
        key,
        "at most 36,525",
    );
    refused_for(
        &set("{ discrete = { values = [1, 2], shares = [0.5, 0.6] } }"),
        key,
        "sum to 1",
    );
    refused_for(&set("-3"), key, "found -3");
    refused_for(&set("nan"), key, "found nan");
    refused_for(&set("\"nobody\""), key, "\"none\"");
}

#[test]
fn shares_sum_to_one() {
    let types = |a: &str, b: &str| {
        small_with("pathway = \"guidance\"\n", "")
            + &format!(
                "[[case_types]]\nname = \"a\"\ncontacts = 2\n{a}\n[[case_types]]\nname = \"b\"\ncontacts = 8\n{b}\n"
            )
    };
    scenario(&types("share = 0.3333333", "share = 0.6666667"));
    refused_for(
        &types("share = 0.5", "share = 0.6"),
        "case_types.0.share",
        "found a sum of 1.1",
    );
    refused_for(
        &types("share = 0.5", ""),
        "case_types.1.share",
        "is missing",
    );
    refused_for(
        &small_and("[[sources]]\nname = \"GP\"\nshare = 0.9"),
        "sources.0.share",
        "a sum of 0.9",
    );
}

#[test]
fn dates_lie_where_bank_holidays_are_known() {
    refused_for(
        &small_with("2026-10-05", "1999-12-31"),
        "period",
        "2000 to 2100",
    );
    refused_for(
        &small_with("2026-10-05", "2100-06-01"),
        "period",
        "2000 to 2100",
    );
    refused_for(
        &small_with("start = 2026-10-05\n", ""),
        "period.start",
        "is missing",
    );
    refused_for(
        &small_with("weeks = 52\n", ""),
        "period.weeks",
        "one of `weeks` and `days`",
    );
    refused_for(
        &small_with("weeks = 52", "days = 0.000001"),
        "period.days",
        "shorter than a second",
    );
    refused_for(
        &small_with(
            "weeks = 52",
            "calendar = \"always-open\"\nweeks = 5217\nwarm_up_days = 365",
        ),
        "period",
        "longer than 100 years",
    );
    refused_for(
        &small_and("starts = 2026-12-01\nends = 2026-12-01"),
        "posts.0.ends",
        "not after the post's first day",
    );
    let shock = "[[demand.shocks]]\nfactor = 2\nstarts = 2026-12-02\nends = 2026-12-01";
    refused_for(&small_and(shock), "demand.shocks.0.ends", "before `starts`");
}

#[test]
fn batches_come_on_working_days_to_practices_that_are_known() {
    let batch = |keys: &str| small_and(&format!("[[demand.batches]]\nreferrals = 30\n{keys}"));
    for (date, next) in [
        ("2026-10-10", "2026-10-12"),
        ("2026-12-25", "2026-12-29"),
        ("2026-12-31", "2027-01-04"),
    ] {
        let text = batch(&format!("date = {date}"))
            .replace("weeks = 52", "weeks = 52\nclosed_days = [2026-12-31]");
        let words = format!("found {date}; allowed: a working day; the next one is {next}");
        refused_for(&text, "demand.batches.0.date", &words);
    }
    refused_for(
        &batch("practices = \"all\""),
        "demand.batches.0.date",
        "is missing",
    );
    let day = "date = 2026-10-07\n";
    refused_for(
        &batch(&(day.to_owned() + "practices = [\"Hill Lane\"]")),
        "demand.batches.0.practices.0",
        "did you mean `Mill Lane`?",
    );
    refused_for(
        &batch(&(day.to_owned() + "practices = []")),
        "demand.batches.0.practices",
        "names no practice",
    );
    refused_for(
        &batch(&(day.to_owned() + "source = \"outreach\"")),
        "demand.batches.0.source",
        "is no source of this file",
    );
    refused_for(
        &batch(day).replace("referrals = 30", "referrals = 50001"),
        "demand.batches.0.referrals",
        "50,000",
    );
    for date in ["2026-10-04", "2027-10-04"] {
        let read = scenario(&batch(&format!("date = {date}")));
        assert!(read.model.demand.batches.is_empty());
        let note = "demand.batches.0 lies outside the simulated time and has no effect.";
        assert!(read.notes.iter().any(|it| it == note), "{:?}", read.notes);
    }
}

#[test]
fn deprivation_has_five_fifths_and_leaves_contacts_to_be_held() {
    let tilt = |keys: &str| small_and(&format!("[demand.deprivation]\n{keys}"));
    refused_for(
        &tilt("rate_factors = [1, 1, 1, 1]"),
        "demand.deprivation.rate_factors",
        "a list of 5",
    );
    refused_for(
        &tilt("dna_factors = [12.5, 1, 1, 1, 1]"),
        "demand.deprivation.dna_factors",
        "every `dna_share` stays below 1",
    );
    refused_for(
        &tilt("case_type_factors = { ful = [1, 1, 1, 1, 1] }"),
        "demand.deprivation.case_type_factors.ful",
        "did you mean `full`?",
    );
    refused_for(
        &small_with(
            "list_size = 9000",
            "list_size = 9000\ndeprivation_fifth = 6",
        ),
        "practices.0.deprivation_fifth",
        "a whole number from 1 to 5",
    );
    let nothing = small_with(
        "list_size = 9000",
        "list_size = 9000\ndeprivation_fifth = 1",
    ) + "[demand.deprivation]\ncase_type_factors = { full = [0, 1, 1, 1, 1] }\n";
    refused_for(&nothing, "practices.0.deprivation_fifth", "no case type");
}

#[test]
fn practices_merge_once_into_one_of_them() {
    let merger = |date: &str, practices: &str, into: &str| {
        format!("[[mergers]]\ndate = {date}\npractices = [{practices}]\ninto = \"{into}\"\n")
    };
    let both = "\"Mill Lane\", \"High Street\"";
    let one = |practices: &str, into: &str| small_and(&merger("2027-01-04", practices, into));
    let (key, fewer) = ("mergers.0.practices", "at least two practices");
    refused_for(&one("\"Mill Lane\"", "Mill Lane"), key, fewer);
    refused_for(
        &one("\"Mill Lane\", \"A10001\"", "Mill Lane"),
        "mergers.0.practices.1",
        "second time",
    );
    refused_for(
        &one(both, "Hill Lane"),
        "mergers.0.into",
        "did you mean `Mill Lane`?",
    );
    let third = "[[practices]]\nname = \"Third\"\nlist_size = 10\n";
    refused_for(
        &(one(both, "Third") + third),
        "mergers.0.into",
        "one of the `practices` of this merger",
    );
    let first = merger("2027-01-04", both, "Mill Lane");
    let again = merger("2027-02-01", both, "Mill Lane");
    refused_for(
        &small_and(&(first.clone() + &again)),
        "mergers.1.practices",
        "before",
    );
    // Written the other way round, the later one is still the wrong one.
    refused_for(
        &small_and(&(again + &first)),
        "mergers.0.practices",
        "before",
    );
    let same_day = merger("2027-01-04", "\"Mill Lane\", \"Third\"", "Third");
    refused_for(
        &small_and(&(first.clone() + &same_day + third)),
        "mergers.1.practices",
        "twice on one day",
    );
    let later = same_day.replace("2027-01-04", "2027-01-05");
    assert_eq!(
        scenario(&small_and(&(first + &later + third)))
            .model
            .mergers
            .len(),
        2
    );
    for (date, note, kept) in [
        (
            "2026-10-04",
            "mergers.0 lies before the simulated time: its practices are one from the beginning.",
            1,
        ),
        (
            "2027-10-04",
            "mergers.0 lies after the simulated time and has no effect.",
            0,
        ),
    ] {
        let read = scenario(&small_and(&merger(date, both, "Mill Lane")));
        assert_eq!(
            (read.model.mergers.len(), &read.notes[..]),
            (kept, &[note.to_owned()][..])
        );
    }
}

#[test]
fn protected_time_fits_beside_client_time() {
    let parts = |hours: &str| {
        small_and(&format!(
            "protected_time = [{{ name = \"supervision\", hours_a_week = 1 }}, \
             {{ name = \"patient groups\", hours_a_week = {hours} }}]"
        ))
    };
    let key = "posts.0.protected_time";
    refused_for(&parts("14.01"), key, "found 15.01 h a week in all");
    refused_for(
        &parts("14.01"),
        key,
        "at most 15 h a week: 37.5 h less the client share of 0.6",
    );
    refused_for(
        &parts("0"),
        "posts.0.protected_time.1.hours_a_week",
        "above 0",
    );
    let twice = parts("1").replace("patient groups", "supervision");
    refused_for(&twice, "posts.0.protected_time.1.name", "already taken");
    // A post of 2.5 WTE has 2.5 times the hours, shared by its workers.
    let team = parts("14").replace("wte = 1.0", "wte = 2.5");
    let posts = scenario(&team).model.posts;
    let hours: Vec<f64> = posts
        .iter()
        .map(|it| it.protected_time[1].hours_a_week)
        .collect();
    for (hours, expected) in hours.iter().zip([5.6, 5.6, 2.8]) {
        assert!((hours - expected).abs() < 1e-12, "{hours:?}");
    }
    let alone = scenario(&parts("14")).model.posts.remove(0);
    assert_eq!(alone.protected_time[0].name, "supervision");
    assert_eq!(alone.protected_time.len(), 2);
}

#[test]
fn rules_of_absence_are_shares_and_factors() {
    let absence = |keys: &str| small_and(&format!("[absence]\n{keys}"));
    refused_for(
        &absence("on_leave_together_share = 1.5"),
        "absence.on_leave_together_share",
        "a number from 0 to 1",
    );
    refused_for(
        &absence("winter_sickness_factor = 11"),
        "absence.winter_sickness_factor",
        "a number from 0 to 10",
    );
    let rules = scenario(&small_and("")).model.absence;
    assert_eq!(
        (rules.on_leave_together_share, rules.winter_sickness_factor),
        (0.5, 1.15)
    );
    let always = small_with("weeks = 52", "weeks = 52\ncalendar = \"always-open\"");
    let rules = scenario(&always).model.absence;
    assert_eq!(
        (rules.on_leave_together_share, rules.winter_sickness_factor),
        (1.0, 1.0)
    );
}

#[test]
fn batches_are_not_dealt_for_ever() {
    let mut text = small_with("weeks = 52", "weeks = 52\ncalendar = \"always-open\"");
    for index in 0..30 {
        text += &format!("[[practices]]\nname = \"P{index}\"\nlist_size = 1000\n");
    }
    for _ in 0..700 {
        text += "[[demand.batches]]\ndate = 2026-10-07\nreferrals = 50000\n";
    }
    refused_for(
        &text,
        "demand.batches",
        "at most 1,000,000,000 people x practices",
    );
}
