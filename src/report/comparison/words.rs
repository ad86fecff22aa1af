//! How measures and differences are said to people.

use crate::measure::{Better, Measure, Unit, all_measures};
use crate::report::answer::show;
use crate::report::number::{grouped, readable};

/// A measure in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// As a heading: "Contacted within 14 days".
    pub heading: String,
    /// Within a sentence: "the share of people contacted within 14 days".
    pub phrase: String,
}

/// Those that are asked for most: name, heading, phrase.
const SAID: [(&str, &str, &str); 13] = [
    (
        "share_contacted_ever",
        "Ever contacted",
        "the share of people ever contacted",
    ),
    (
        "contacted_within_7_days",
        "Contacted within 7 days",
        "the share of people contacted within 7 days",
    ),
    (
        "contacted_within_14_days",
        "Contacted within 14 days",
        "the share of people contacted within 14 days",
    ),
    (
        "contacted_within_28_days",
        "Contacted within 28 days",
        "the share of people contacted within 28 days",
    ),
    (
        "wait_to_first_contact_days_mean",
        "Mean wait to first contact",
        "the mean wait to first contact",
    ),
    (
        "wait_to_first_contact_days_p90",
        "Wait that 9 in 10 do not exceed",
        "the wait that 9 in 10 do not exceed",
    ),
    (
        "waiting_list_mean",
        "People on the waiting list",
        "the number of people on the waiting list",
    ),
    (
        "weeks_at_risk",
        "Weeks at risk, all posts added up",
        "weeks at risk of all posts together",
    ),
    (
        "weeks_at_risk_a_post_year",
        "Weeks at risk, each post a year",
        "weeks at risk of each post a year",
    ),
    (
        "lapsed",
        "People who gave up",
        "the number of people who give up before first contact",
    ),
    (
        "refused",
        "People refused while paused",
        "the number of people refused while referrals are paused",
    ),
    (
        "completed",
        "Cases completed",
        "the number of completed cases",
    ),
    (
        "net_benefit_pounds",
        "Net benefit, pounds a year",
        "the net benefit",
    ),
];

/// A measure of this name in words.
#[must_use]
pub fn measure(name: &str) -> Words {
    match SAID.iter().find(|(it, _, _)| *it == name) {
        Some((_, heading, phrase)) => Words {
            heading: (*heading).to_owned(),
            phrase: (*phrase).to_owned(),
        },
        None => Words {
            heading: name.replace('_', " "),
            phrase: name.replace('_', " "),
        },
    }
}

/// The measure of this name.
#[must_use]
pub fn of_name(name: &str) -> Option<&'static Measure> {
    all_measures().iter().find(|it| it.name == name).copied()
}

/// What its numbers are counted in, as a heading says it.
#[must_use]
pub fn unit(unit: Unit) -> String {
    match unit {
        Unit::Share => "%".to_owned(),
        other => other.name().replace('_', " "),
    }
}

/// Which side is better, as a heading says it.
#[must_use]
pub const fn better(better: Option<Better>) -> &'static str {
    match better {
        Some(Better::Higher) => "more is better",
        Some(Better::Lower) => "less is better",
        None => "neither side is better",
    }
}

/// A value under a heading that has the unit: shares as percentages without the sign.
#[must_use]
pub fn value(unit: Unit, value: f64) -> String {
    show(unit, value).replace('%', "")
}

/// A value with its unit: "12.3 days", "45.2%", "0.93".
#[must_use]
pub fn with_unit(unit: Unit, value: f64) -> String {
    let text = show(unit, value);
    match unit {
        Unit::Share | Unit::Ratio => text,
        other => format!("{text} {}", other.name().replace('_', " ")),
    }
}

/// A difference under such a heading, with its sign; nothing is 0 whatever its sign.
#[must_use]
pub fn signed(unit: Unit, difference: f64) -> String {
    let text = value(unit, difference.abs());
    let is_nothing = !text.contains(|c: char| ('1'..='9').contains(&c));
    match (is_nothing, difference < 0.0) {
        (true, _) => text,
        (false, true) => format!("-{text}"),
        (false, false) => format!("+{text}"),
    }
}

/// The ends of an interval of differences: "+31.0 to +35.1".
#[must_use]
pub fn ends(unit: Unit, low: Option<f64>, high: Option<f64>) -> String {
    match (low, high) {
        (Some(low), Some(high)) => format!("{} to {}", signed(unit, low), signed(unit, high)),
        _ => "-".to_owned(),
    }
}

/// What a difference is counted in, within a sentence: "percentage points".
#[must_use]
pub fn of_difference(unit: Unit) -> String {
    match unit {
        Unit::Share => "percentage points".to_owned(),
        Unit::Ratio => String::new(),
        other => other.name().replace('_', " "),
    }
}

/// A factor: "1.3", "14", "2,900".
#[must_use]
pub fn times(factor: f64) -> String {
    match factor {
        small if small < 9.95 => grouped(small, 1),
        large => grouped(large, 0),
    }
}

/// A confidence: "95%", "99.9%".
#[must_use]
pub fn confidence(confidence: f64) -> String {
    format!("{}%", readable(confidence * 100.0))
}

/// Pounds: "£42,575", "-£1,200", and below 100 with pence: "£17.95".
#[must_use]
pub fn pounds(value: f64) -> String {
    let decimals = if value.abs() < 99.995 { 2 } else { 0 };
    let text = grouped(value.abs(), decimals);
    let text = text.strip_suffix(".00").unwrap_or(&text);
    let is_nothing = !text.contains(|c: char| ('1'..='9').contains(&c));
    match value < 0.0 && !is_nothing {
        true => format!("-£{text}"),
        false => format!("£{text}"),
    }
}

/// Pounds as a scenario file has them: "37253".
#[must_use]
pub fn pounds_bare(value: f64) -> String {
    format!("{value:.0}")
}

/// A name in at most so many letters.
#[must_use]
pub fn shortened(name: &str, most: usize) -> String {
    if name.chars().count() <= most {
        return name.to_owned();
    }
    let kept: String = name.chars().take(most - 1).collect();
    format!("{}…", kept.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn differences_have_a_sign_unless_they_are_nothing() {
        assert_eq!(signed(Unit::Share, 0.331), "+33.1");
        assert_eq!(signed(Unit::Share, -0.000_1), "0.0");
        assert_eq!(signed(Unit::Days, -12.34), "-12.3");
        assert_eq!(ends(Unit::Days, Some(-1.0), Some(2.5)), "-1 to +2.50");
        assert_eq!(ends(Unit::Days, None, None), "-");
    }

    #[test]
    fn every_measure_that_is_said_exists() {
        for (name, _, _) in SAID {
            let is_known = of_name(name).is_some() || name == "net_benefit_pounds";
            assert!(is_known, "{name}");
        }
        assert_eq!(measure("dna_share").phrase, "dna share");
    }

    #[test]
    fn pounds_and_names_are_short() {
        assert_eq!(pounds(-1_234.4), "-£1,234");
        assert_eq!(pounds(-0.002), "£0");
        assert_eq!(pounds(17.952), "£17.95");
        assert_eq!(pounds(99.996), "£100");
        assert_eq!(shortened("Second link worker", 8), "Second…");
        assert_eq!(shortened("Half", 8), "Half");
    }
}
