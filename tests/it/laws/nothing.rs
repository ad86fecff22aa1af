//! Law 7: no demand gives no work; no posts give no contacts; a post that serves nobody is idle.

use splw_sim::engine::Activity;
use splw_sim::engine::observations::Count;

use super::services::service;
use crate::support::{Told, tell_of};

/// The random service without some of its tables.
fn without(number: u64, tables: &[&str]) -> String {
    let mut keep = true;
    let mut text = String::new();
    for line in service(number).lines() {
        if line.starts_with('[') {
            keep = !tables.iter().any(|table| line.starts_with(table));
        }
        if keep {
            text += line;
            text += "\n";
        }
    }
    text
}

#[test]
fn no_demand_gives_no_work() {
    for number in 0..100 {
        // Practices may have rates of their own: theirs are set to 0 as well.
        let text = without(number, &["[[start", "[start"]);
        let keys = [
            "demand.referrals_per_1000_a_year=0",
            "practices.*.referrals_per_1000_a_year=0",
        ];
        let told = tell_of(&text, &keys, number);
        assert!(
            told.log.iter().all(|row| row.referral.is_none()),
            "service {number}"
        );
        assert_eq!(told.seen.pcn.count(Count::Received), 0);
        for post in &told.seen.posts {
            assert_eq!(
                post.busy_seconds + post.overrun_seconds,
                0,
                "service {number}"
            );
            assert_eq!(
                post.idle_seconds, post.available_seconds,
                "service {number}"
            );
            assert_eq!(post.scope.open.area, 0, "service {number}");
        }
    }
}

fn has_work(told: &Told) -> bool {
    told.log.iter().any(|row| {
        matches!(
            row.activity,
            Activity::Assigned
                | Activity::FallsDue
                | Activity::TriageBegins
                | Activity::AttemptBegins
                | Activity::ContactBegins
        )
    })
}

#[test]
fn no_posts_give_no_contacts() {
    let mut waiting = 0;
    for number in 0..100 {
        let text = without(number, &["[[posts]]", "[[start.open]]"]);
        let told = tell_of(&text, &[], number);
        assert!(!has_work(&told), "service {number}");
        assert_eq!(told.seen.pcn.count(Count::FirstContacts), 0);
        assert_eq!(told.seen.pcn.count(Count::OpenAtEnd), 0);
        waiting += told.seen.pcn.count(Count::WaitingAtEnd);
    }
    assert!(waiting > 1_000, "{waiting}");
}

/// A post whose practice refers nobody has nothing to do, and those of the others do not notice it.
#[test]
fn a_post_that_serves_nobody_is_idle() {
    for number in 0..100 {
        let text = service(number)
            + "[[practices]]\nname = \"Silent\"\nlist_size = 5000\nreferrals_per_1000_a_year = 0\n\
               [[posts]]\nname = \"Alone\"\nwte = 1\nserves = [\"Silent\"]\n\
               annual_leave_days = 0\ntraining_days = 0\nsickness_share = 0\n";
        if text.contains("serves = [\"P") || !text.contains("serves = ") {
            continue;
        }
        let told = tell_of(&text, &[], number);
        let post = told.seen.posts.last().expect("it was added");
        assert_eq!(post.busy_seconds, 0, "service {number}");
        assert_eq!(
            post.idle_seconds, post.available_seconds,
            "service {number}"
        );
        assert!(post.available_seconds > 0, "service {number}");
        assert_eq!(post.scope.count(Count::Assigned), 0, "service {number}");
    }
}
