//! Records of the workforce as posts: roles with hours, never people.

use super::workforce::{LinkWorkers, Role};
use std::collections::BTreeMap;

/// A post of a scenario.
#[derive(Clone, Debug, PartialEq)]
pub struct Post {
    /// Name of the role: `Link worker 1`.
    pub name: String,
    /// Share of 37.5 hours a week, at most 1.
    pub wte: f64,
    /// Which kind.
    pub role: Role,
    /// Whether it belongs to a contracted service.
    pub is_contracted: bool,
    /// Full-time equivalents of the record, and in how many posts it is divided.
    pub part_of: (f64, usize),
}

/// Above this many full-time equivalents a record is divided: somebody's 37.5 hours and a rounding.
const WHOLE: f64 = 1.0 + 1e-6;

/// The posts of a PCN: staff before contracted services, mental health last, the longest hours
/// first. A record above 1.0 is divided into equal posts of at most 1.0, as few as can be: 2.4 into
/// three of 0.8. Records of 0 have none.
#[must_use]
pub fn posts_of(records: &[LinkWorkers]) -> Vec<Post> {
    let mut sorted: Vec<&LinkWorkers> = records.iter().filter(|it| it.fte > 0.0).collect();
    sorted.sort_by(|a, b| {
        let kind = (a.role, a.is_contracted).cmp(&(b.role, b.is_contracted));
        kind.then(b.fte.total_cmp(&a.fte))
    });
    let mut numbers: BTreeMap<Role, usize> = BTreeMap::new();
    let mut posts = Vec::new();
    for record in sorted {
        let parts = match record.fte > WHOLE {
            true => record.fte.ceil().max(1.0) as usize,
            false => 1,
        };
        for _ in 0..parts {
            let number = numbers.entry(record.role).or_default();
            *number += 1;
            posts.push(Post {
                name: format!("{} {number}", record.role.title()),
                wte: record.fte / parts as f64,
                role: record.role,
                is_contracted: record.is_contracted,
                part_of: (record.fte, parts),
            });
        }
    }
    posts
}

impl Role {
    /// What such a post is called.
    const fn title(self) -> &'static str {
        match self {
            Self::LinkWorker => "Link worker",
            Self::MentalHealth => "Mental health link worker",
            Self::YoungMentalHealth => "Young people's mental health link worker",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_contracted_service_is_divided_and_keeps_its_sum() {
        let service = |fte, is_contracted| LinkWorkers {
            fte,
            role: Role::LinkWorker,
            is_contracted,
        };
        let posts = posts_of(&[service(2.4, true), service(0.6, false), service(0.0, false)]);
        let told: Vec<(&str, f64)> = posts.iter().map(|it| (it.name.as_str(), it.wte)).collect();
        assert_eq!(told.len(), 4);
        assert_eq!(told[0], ("Link worker 1", 0.6));
        assert!(
            posts[1..]
                .iter()
                .all(|it| (it.wte - 0.8).abs() < 1e-12 && it.is_contracted)
        );
        assert_eq!(posts_of(&[service(1.000_000_4, false)]).len(), 1);
    }
}
