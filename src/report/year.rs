//! Where the contracted time of each post goes, in one replication: it adds up to the second.

use super::number::grouped;
use super::prose::{aligned, paragraph};
use crate::engine::Observations;
use crate::engine::observations::PostTally;
use crate::model::Model;
use crate::model::time::SECONDS_PER_HOUR;

/// Posts that are shown.
const SHOWN: usize = 8;

/// What contracted time is spent on or lost to, in seconds of the period.
#[must_use]
pub fn parts(post: &PostTally) -> [(&'static str, u64); 9] {
    let year = &post.year;
    [
        ("Client time", post.available_seconds),
        ("Beside client time", year.non_client),
        ("Bank holidays and closed days", year.closed),
        ("Annual leave", year.leave),
        ("Training", year.training),
        ("Sickness", year.sickness),
        ("Not turned up", year.not_turned_up),
        ("Vacancy", year.vacancy),
        ("Not yet at full speed", year.ramp),
    ]
}

/// A table of where contracted time goes: hours of the period, one column a post. Parts that no post
/// has are left out.
#[must_use]
pub fn where_time_goes(model: &Model, seen: &Observations) -> String {
    let posts: Vec<_> = model.posts.iter().zip(&seen.posts).take(SHOWN).collect();
    if posts.is_empty() {
        return String::new();
    }
    let hours = |seconds: u64| grouped(seconds as f64 / SECONDS_PER_HOUR as f64, 1);
    let names = posts.iter().map(|(post, _)| post.name.clone());
    let mut rows: Vec<Vec<String>> = vec![std::iter::once(String::new()).chain(names).collect()];
    let mut row = |what: &str, of: &dyn Fn(&PostTally) -> u64| {
        let cells = posts.iter().map(|(_, tally)| hours(of(tally)));
        rows.push(std::iter::once(what.to_owned()).chain(cells).collect());
    };
    for (index, (what, _)) in parts(&PostTally::default()).into_iter().enumerate() {
        if posts.iter().any(|(_, tally)| parts(tally)[index].1 > 0) {
            row(what, &|tally| parts(tally)[index].1);
        }
    }
    row("Contracted", &|tally| tally.year.contracted);
    let more = match model.posts.len() - posts.len() {
        0 => String::new(),
        more => format!(" {more} more posts are not shown."),
    };
    format!(
        "Where the contracted hours of the period go, in the first replication\n{}{}{}",
        aligned(&rows),
        paragraph(&format!(
            "Client time includes what makes up for earlier overruns. The parts add up to the second.{more}"
        )),
        protected(model)
    )
}

/// What the time beside clients is set aside for, where the file says so.
fn protected(model: &Model) -> String {
    let parts = model.posts.iter().flat_map(|post| {
        post.protected_time.iter().map(move |part| {
            format!(
                "{}: {} {} h a week",
                post.name,
                part.name,
                grouped(part.hours_a_week, 1)
            )
        })
    });
    let parts: Vec<String> = parts.take(SHOWN).collect();
    match parts.is_empty() {
        true => String::new(),
        false => paragraph(&format!(
            "Beside client time are protected: {}.",
            parts.join("; ")
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parts_are_those_of_the_tally() {
        let mut post = PostTally {
            available_seconds: 1,
            ..PostTally::default()
        };
        post.year.non_client = 2;
        post.year.closed = 4;
        post.year.leave = 8;
        post.year.training = 16;
        post.year.sickness = 32;
        post.year.not_turned_up = 64;
        post.year.vacancy = 128;
        post.year.ramp = 256;
        let sum: u64 = parts(&post).iter().map(|(_, seconds)| seconds).sum();
        assert_eq!(sum, 511);
    }
}
