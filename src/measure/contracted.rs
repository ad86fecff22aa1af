//! Where the contracted time of a post goes: it adds up to the second.

use crate::engine::observations::PostTally;

/// Where the contracted time of a post went in one replication, in seconds of the period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ContractedHours {
    /// All of it.
    pub contracted: u64,
    /// What it was spent on or lost to; the sum is all of it.
    pub parts: [(&'static str, u64); 10],
}

impl ContractedHours {
    /// Those of a post.
    #[must_use]
    pub fn of(post: &PostTally) -> Self {
        let year = &post.year;
        Self {
            contracted: year.contracted,
            parts: [
                ("Client time", post.available_seconds - post.travel_seconds),
                ("Beside client time", year.non_client),
                ("Travel", post.travel_seconds),
                ("Bank holidays and closed days", year.closed),
                ("Annual leave", year.leave),
                ("Training", year.training),
                ("Sickness", year.sickness),
                ("Not turned up", year.not_turned_up),
                ("Vacancy", year.vacancy),
                ("Not yet at full speed", year.ramp),
            ],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parts_are_those_of_the_tally() {
        let mut post = PostTally {
            available_seconds: 513,
            travel_seconds: 512,
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
        let parts = ContractedHours::of(&post).parts;
        let sum: u64 = parts.iter().map(|(_, seconds)| seconds).sum();
        assert_eq!(sum, 1_023);
    }
}
