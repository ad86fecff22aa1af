//! Of which keys more never makes a target worse, and which targets these are.
//!
//! The list is short on purpose: a key that is not here is searched value by value. It is declared
//! from what the keys mean (more hours for clients from the same people, or the same hours from an
//! earlier day on), is proved for first contact under the conditions of model.md, section 10, and is an
//! assumption beyond them: whoever uses it must simulate the neighbour that it would rule out.

use crate::scenario::node::{Node, Value};
use crate::scenario::path::Step;

/// Measures that more hours for clients do not make worse, by the beginning of their names.
const SERVED_BETTER: [&str; 18] = [
    "wait_",
    "waited_share",
    "contacted_within_",
    "share_contacted_ever",
    "waiting_list_",
    "awaiting_first_contact_",
    "lapsed",
    "refused",
    "paused_share_of_time",
    "completed",
    "follow_up_lateness_",
    "hours_load",
    "places_load",
    "strain_mean",
    "weeks_at_risk",
    "longest_spell_at_risk_weeks",
    "any_post_at_risk_",
    "gp_appointments_",
];

/// Measures of [`SERVED_BETTER`]'s kind that are no promise: how waits differ between people.
const NOT_PROMISED: &str = "_sd";

/// Keys of posts: more of `wte` and `client_share` are more hours; an earlier start is more time.
const MORE_IS_MORE: [&str; 2] = ["wte", "client_share"];
const EARLIER_IS_MORE: &str = "starts";

/// Where each value stands in order from least to most, if more never makes any of these measures
/// worse.
#[must_use]
pub fn ranks(steps: &[Step], values: &[Node], targets: &[&str]) -> Option<Vec<usize>> {
    let [Step::Word(first), _, Step::Word(key)] = steps else {
        return None;
    };
    let is_served = |name: &&str| {
        SERVED_BETTER.iter().any(|begin| name.starts_with(begin)) && !name.ends_with(NOT_PROMISED)
    };
    if first != "posts" || !targets.iter().all(is_served) {
        return None;
    }
    let amounts: Option<Vec<f64>> = values.iter().map(|value| amount(key, value)).collect();
    let amounts = amounts?;
    let below = |amount: &f64| amounts.iter().filter(|other| *other < amount).count();
    Some(amounts.iter().map(below).collect())
}

/// How much a value is, if the key is one of which there is more and less.
fn amount(key: &str, value: &Node) -> Option<f64> {
    match &value.value {
        Value::Number { value, .. } if MORE_IS_MORE.contains(&key) => Some(*value),
        Value::Date(date) if key == EARLIER_IS_MORE => {
            let epoch = jiff::civil::Date::constant(2000, 1, 1);
            date.until(epoch)
                .ok()
                .map(|span| f64::from(span.get_days()))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::path::parse;
    use crate::scenario::reader::own_value;

    fn ranks_of(path: &str, values: &'static str, targets: &[&str]) -> Option<Vec<usize>> {
        let values = own_value(values);
        ranks(
            &parse(path).expect("a path"),
            values.items().expect("a list"),
            targets,
        )
    }

    const WITHIN: &[&str] = &["contacted_within_7_days"];

    #[test]
    fn more_hours_and_earlier_days_are_more() {
        assert_eq!(
            ranks_of("posts.*.wte", "[1.0, 0.5, 2]", WITHIN),
            Some(vec![1, 0, 2])
        );
        assert_eq!(
            ranks_of("posts.Ann.client_share", "[0.5, 0.6]", WITHIN),
            Some(vec![0, 1])
        );
        let dates = "[2027-01-04, 2026-10-05, 2026-12-07]";
        assert_eq!(
            ranks_of("posts.0.starts", dates, WITHIN),
            Some(vec![0, 2, 1])
        );
    }

    #[test]
    fn nothing_is_said_of_other_keys_and_other_measures() {
        assert_eq!(ranks_of("posts.*.caseload_cap", "[40, 60]", WITHIN), None);
        assert_eq!(
            ranks_of("sharing", "[\"pooled\", \"dedicated\"]", WITHIN),
            None
        );
        assert_eq!(
            ranks_of("posts.*.wte", "[1, 2]", &["lost_at_handover"]),
            None
        );
        assert_eq!(ranks_of("posts.*.wte", "[1, 2]", &["not_reached"]), None);
        let both = &["contacted_within_7_days", "wait_to_first_contact_days_sd"];
        assert_eq!(ranks_of("posts.*.wte", "[1, 2]", both), None);
    }
}
