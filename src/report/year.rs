//! Where the contracted time of each post goes, in one replication: it adds up to the second.

use super::number::grouped;
use super::prose::{aligned, paragraph};
use crate::measure::ContractedHours;
use crate::model::Model;
use crate::model::time::SECONDS_PER_HOUR;

/// Posts that are shown.
const SHOWN: usize = 8;

/// A table of where contracted time goes: hours of the period, one column a post. Parts that no post
/// has are left out.
#[must_use]
pub fn where_time_goes(model: &Model, hours_of: &[ContractedHours]) -> String {
    let posts: Vec<_> = model.posts.iter().zip(hours_of).take(SHOWN).collect();
    if posts.is_empty() {
        return String::new();
    }
    let hours = |seconds: u64| grouped(seconds as f64 / SECONDS_PER_HOUR as f64, 1);
    let names = posts.iter().map(|(post, _)| post.name.clone());
    let mut rows: Vec<Vec<String>> = vec![std::iter::once(String::new()).chain(names).collect()];
    let mut row = |what: &str, of: &dyn Fn(&ContractedHours) -> u64| {
        let cells = posts.iter().map(|(_, tally)| hours(of(tally)));
        rows.push(std::iter::once(what.to_owned()).chain(cells).collect());
    };
    for (index, (what, _)) in hours_of[0].parts.into_iter().enumerate() {
        if posts.iter().any(|(_, post)| post.parts[index].1 > 0) {
            row(what, &|post| post.parts[index].1);
        }
    }
    row("Contracted", &|post| post.contracted);
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
