//! Law 7: no demand gives no work; no posts give no contacts; a post that serves nobody is idle.

use std::cell::Cell;

use splw_sim::engine::Activity;
use splw_sim::engine::observations::Count;

use super::random::on_services;
use crate::support::{Told, tell_of};

/// The service without some of its tables.
fn without(service: &str, tables: &[&str]) -> String {
    let mut keep = true;
    let mut text = String::new();
    for line in service.lines() {
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
    on_services(2_000, |service| {
        // Practices may have rates of their own: theirs are set to 0 as well.
        let (text, number) = (
            without(&service.text, &["[[start", "[start", "[[demand.batches"]),
            service.seed,
        );
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
            assert_eq!(post.busy_seconds, 0, "service {number}");
            // Only the way from site to site reaches beyond a window then.
            assert!(
                post.overrun_seconds <= post.travel_seconds,
                "service {number}"
            );
            assert_eq!(
                post.idle_seconds + post.travel_seconds + post.taken_back_seconds,
                post.available_seconds + post.overrun_seconds,
                "service {number}"
            );
            assert_eq!(post.scope.open.area, 0, "service {number}");
        }
    });
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
    let waiting = Cell::new(0);
    on_services(2_000, |service| {
        let text = without(&service.text, &["[[posts]]", "[[start.open]]"]);
        let text = text.replace("\nsharing = ", "\nquestion = ");
        let told = tell_of(&text, &[], service.seed);
        assert!(!has_work(&told));
        assert_eq!(told.seen.pcn.count(Count::FirstContacts), 0);
        assert_eq!(told.seen.pcn.count(Count::OpenAtEnd), 0);
        waiting.set(waiting.get() + told.seen.pcn.count(Count::WaitingAtEnd));
    });
    assert!(waiting.get() > 20_000, "{waiting:?}");
}

/// A post whose practice refers nobody has nothing to do, and those of the others do not notice it.
#[test]
fn a_post_that_serves_nobody_is_idle() {
    let alone = Cell::new(0);
    on_services(2_500, |service| {
        let (number, text) = (service.seed, &service.text);
        // Others who serve "all" would serve the silent practice as well: they are let.
        let text = text.clone()
            + "[[practices]]\nname = \"Silent\"\nlist_size = 5000\nreferrals_per_1000_a_year = 0\n\
               [[posts]]\nname = \"Alone\"\nwte = 1\nserves = [\"Silent\"]\n\
               annual_leave_days = 0\ntraining_days = 0\nsickness_share = 0\n\
               leaving_rate_a_year = 0\n";
        if text.contains("\nsharing = ") {
            return;
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
        alone.set(alone.get() + 1);
    });
    assert!(alone.get() > 1_500, "{alone:?}");
}
