//! Where workers with a rota are, worked out from the log: at the day's first site as the window
//! opens, and after each way at the site that the rota had when the worker set off.

use std::collections::BTreeMap;

use splw_sim::engine::Activity::{
    AttemptBegins, ContactBegins, PostEnds, TravelBegins, TravelEnds, TriageBegins, WindowCloses,
    WindowOpens,
};
use splw_sim::engine::Entry;
use splw_sim::model::{PostId, SimTime};

use crate::support::Told;

/// A worker's day.
#[derive(Clone, Default)]
struct Here {
    /// Position of the present site in the day's sites.
    position: usize,
    /// Position of the site that it is on the way to.
    bound_for: Option<usize>,
    /// The day's sites.
    sites: Vec<usize>,
    /// When each of them begins; `None` where the log does not tell when the window would close.
    begins: Option<Vec<SimTime>>,
}

/// Where everybody is.
pub struct Whereabouts<'a> {
    told: &'a Told,
    /// When the window that opened at a time closes, by post.
    closes: BTreeMap<(u32, SimTime), SimTime>,
    posts: Vec<Here>,
}

impl<'a> Whereabouts<'a> {
    /// Nobody is anywhere yet.
    pub fn of(told: &'a Told) -> Self {
        let mut opened: BTreeMap<u32, SimTime> = BTreeMap::new();
        let mut closes = BTreeMap::new();
        for row in &told.log {
            match (row.activity, row.post) {
                (WindowOpens, Some(post)) => drop(opened.insert(post.0, row.time)),
                (PostEnds, Some(post)) => drop(opened.remove(&post.0)),
                (WindowCloses, Some(post)) => {
                    closes.extend(opened.remove(&post.0).map(|at| ((post.0, at), row.time)));
                }
                _ => {}
            }
        }
        Self {
            told,
            closes,
            posts: vec![Here::default(); told.model.posts.len()],
        }
    }

    /// Whether it can be told where a post is.
    pub fn is_known(&self, post: PostId) -> bool {
        let has_rota = self.told.model.posts[post.index()].rota.is_some();
        !has_rota || self.posts[post.index()].begins.is_some()
    }

    /// The site at which a post is.
    pub fn site(&self, post: PostId) -> Option<usize> {
        let here = &self.posts[post.index()];
        here.sites.get(here.position).copied()
    }

    /// Goes on by a row; work begins only where the rota says that the worker should be.
    pub fn step(&mut self, row: &Entry) {
        let Some(post) = row.post else { return };
        let Some(rota) = &self.told.model.posts[post.index()].rota else {
            assert!(!matches!(row.activity, TravelBegins | TravelEnds));
            return;
        };
        let here = &mut self.posts[post.index()];
        match row.activity {
            WindowOpens => {
                let weekday = self.told.model.calendar.weekday(row.time.day());
                let sites = rota.of_day(weekday).to_vec();
                let begins = self.closes.get(&(post.0, row.time)).map(|closes| {
                    let length = (*closes - row.time).seconds();
                    let count = sites.len() as u64;
                    (0..count)
                        .map(|position| row.time.seconds() + length * position / count)
                        .map(SimTime::from_seconds)
                        .collect()
                });
                *here = Here {
                    sites,
                    begins,
                    ..Here::default()
                };
            }
            TravelBegins => {
                let position = here.position_at(row.time);
                assert!(position.is_none_or(|it| it > here.position), "{row:?}");
                here.bound_for = position;
            }
            TravelEnds => here.position = here.bound_for.take().unwrap_or(here.position),
            AttemptBegins | ContactBegins | TriageBegins => {
                // At the very instant of a change work that ends comes first.
                let before = SimTime::from_seconds(row.time.seconds().saturating_sub(1));
                let position = here.position_at(before);
                let has_travelled = position.is_none_or(|it| it <= here.position);
                assert!(has_travelled, "no travel before {row:?}");
            }
            _ => {}
        }
    }
}

impl Here {
    /// The position of the site at which the rota has the worker at `time`.
    fn position_at(&self, time: SimTime) -> Option<usize> {
        let begins = self.begins.as_ref()?;
        let begun = begins.iter().filter(|it| **it <= time).count();
        Some(begun.saturating_sub(1))
    }
}
