//! Demand and capacity on paper: expectations, without simulating.
//!
//! Referrals are those expected in the results collection period; hours are the nominal client
//! time expected after leave, training and sickness; a case asks what [`Workload`] says. Nobody
//! gives up, and no work waits for other work; but what falls due at night, at the weekend or while
//! the worker is away waits for the next window.

use crate::engine::workforce::{Absence, plan_absences};
use crate::engine::{Plan, ReplicationKey};
use crate::model::time::DAYS_PER_YEAR;
use crate::model::{
    Batch, CalendarKind, Day, Model, Post, PracticeId, SimDuration, SimTime, Workload,
};

/// Expected demand and capacity over the results collection period, a year.
#[derive(Clone, Debug)]
pub struct PaperLoads {
    /// First referrals a year, inappropriate ones included.
    pub first_referrals_a_year: f64,
    /// Accepted referrals a year, re-referrals included.
    pub accepted_a_year: f64,
    /// Re-referrals a year, received.
    pub re_referrals_a_year: f64,
    /// Client hours asked for a year, by pool (triage included).
    pub hours_asked: Vec<f64>,
    /// Places asked for (open cases if nobody waited), by pool.
    pub places_asked: Vec<f64>,
    /// Client hours available a year, by post.
    pub hours_available: Vec<f64>,
    /// Places, by post; infinite without a cap; 0 where the post is not held in the period.
    pub places: Vec<f64>,
    /// The posts that serve each pool.
    pub serving: Vec<Vec<usize>>,
    /// Average workload of an accepted referral.
    pub workload: Workload,
    /// Mean days that a due piece of work waits for the next window.
    pub days_to_next_window: f64,
}

impl PaperLoads {
    /// The expectations of a model; `seed` draws the absences that lie between windows.
    #[must_use]
    pub fn of(plan: &Plan, seed: u64) -> Self {
        let model = plan.model;
        let workload = Workload::average(model);
        let turn = workload.place_days / workload.pieces_of_work;
        let days_to_next_window = days_to_next_window(plan, turn, seed);
        let in_batches = in_batches(model);
        let practices: Vec<Vec<(PracticeId, f64)>> = (0..model.practices.len())
            .map(|index| first_referrals_a_year(plan, PracticeId(index as u32), &in_batches[index]))
            .collect();
        let first: f64 = practices.iter().flatten().map(|(_, first)| first).sum();
        let inappropriate = inappropriate_share(model, first);
        let hours_available: Vec<f64> = model
            .posts
            .iter()
            .map(|post| client_hours_a_year(model, post))
            .collect();
        let places: Vec<f64> = model
            .posts
            .iter()
            .map(|post| mean_places(model, post))
            .collect();
        let days_each = workload.place_days + workload.pieces_of_work * days_to_next_window;
        let most_served = (hours_available.iter().sum::<f64>() / workload.client_hours)
            .min(places.iter().sum::<f64>() * DAYS_PER_YEAR / days_each);
        let comes_back = model.demand.re_referral_share * workload.completed_share;
        let received = received_a_year(first, 1.0 - inappropriate, comes_back, most_served);
        let multiplier = if first > 0.0 { received / first } else { 1.0 };
        let count = plan.pools.pools.len();
        let (mut hours_asked, mut places_asked) = (vec![0.0; count], vec![0.0; count]);
        let triage_minutes = model.demand.triage_minutes.mean();
        for (practice, parts) in model.practices.iter().zip(&practices) {
            for (received_as, first) in parts {
                let pool = plan.pools.of_practice[received_as.index()].index();
                let received = first * multiplier;
                hours_asked[pool] += received * inappropriate * triage_minutes / 60.0;
                for (case, share) in practice.case_type_shares.iter().enumerate() {
                    let asked = Workload::of(model, practice, case);
                    let accepted = received * (1.0 - inappropriate) * share;
                    let place_days = asked.place_days + asked.pieces_of_work * days_to_next_window;
                    hours_asked[pool] += accepted * asked.client_hours;
                    places_asked[pool] += accepted / DAYS_PER_YEAR * place_days;
                }
            }
        }
        Self {
            first_referrals_a_year: first,
            accepted_a_year: first * multiplier * (1.0 - inappropriate),
            re_referrals_a_year: first * (multiplier - 1.0),
            hours_asked,
            places_asked,
            hours_available,
            places,
            serving: plan
                .pools
                .pools
                .iter()
                .map(|pool| pool.posts.iter().map(|post| post.index()).collect())
                .collect(),
            workload,
            days_to_next_window,
        }
    }

    /// Client hours asked for / available, over the whole PCN; infinite without any.
    #[must_use]
    pub fn hours_load(&self) -> f64 {
        load(&self.hours_asked, &self.hours_available)
    }

    /// Places asked for / there, over the whole PCN; 0 where a post has no cap.
    #[must_use]
    pub fn places_load(&self) -> f64 {
        load(&self.places_asked, &self.places)
    }
}

/// Referrals a year with those who come back: the first ones, and `comes_back` of the cases served,
/// which are all accepted ones or as many as can be served, whichever is fewer.
fn received_a_year(first: f64, accepted_share: f64, comes_back: f64, most_served: f64) -> f64 {
    let unlimited = first / (1.0 - accepted_share * comes_back);
    if unlimited.is_finite() && unlimited >= first && unlimited * accepted_share <= most_served {
        unlimited
    } else if most_served.is_finite() {
        first + comes_back * most_served
    } else {
        first
    }
}

fn load(asked: &[f64], available: &[f64]) -> f64 {
    let (asked, available): (f64, f64) = (asked.iter().sum(), available.iter().sum());
    if asked > 0.0 { asked / available } else { 0.0 }
}

fn period_days(model: &Model) -> impl Iterator<Item = Day> {
    (model.period.opens.day().0..model.days()).map(Day)
}

/// First referrals that a practice makes a year, by the practice as which they are received: itself,
/// or from a merger on another.
fn first_referrals_a_year(
    plan: &Plan,
    practice: PracticeId,
    in_batches: &[(Day, f64)],
) -> Vec<(PracticeId, f64)> {
    let model = plan.model;
    let mut parts: Vec<(PracticeId, f64)> = Vec::new();
    let at_rate =
        period_days(model).map(|day| (day, plan.intensity.expected(&model.demand, practice, day)));
    for (day, referrals) in at_rate.chain(in_batches.iter().copied()) {
        let received_as = model.received_as(practice, day.opens());
        match parts.iter_mut().find(|(id, _)| *id == received_as) {
            Some((_, sum)) => *sum += referrals,
            None => parts.push((received_as, referrals)),
        }
    }
    for (_, referrals) in &mut parts {
        *referrals = a_year(model, *referrals);
    }
    parts
}

/// Expected referrals in the batches of the period, by practice.
fn in_batches(model: &Model) -> Vec<Vec<(Day, f64)>> {
    let mut by_practice = vec![Vec::new(); model.practices.len()];
    for batch in batches(model) {
        let list = |id: &PracticeId| model.practices[id.index()].list_size;
        let lists: f64 = batch.practices.iter().map(list).sum();
        let expected = batch.expected();
        for id in &batch.practices {
            by_practice[id.index()].push((batch.day, expected * list(id) / lists));
        }
    }
    by_practice
}

/// So many in the period, a year.
fn a_year(model: &Model, in_period: f64) -> f64 {
    in_period / period_days(model).count() as f64 * DAYS_PER_YEAR
}

/// The batches of the period.
fn batches(model: &Model) -> impl Iterator<Item = &Batch> {
    let batches = model.demand.batches.iter();
    batches.filter(|batch| batch.day >= model.period.opens.day())
}

/// Share of `first` referrals a year that are inappropriate: that of the sources on average, but
/// for batches of one source, which have its own.
fn inappropriate_share(model: &Model, first: f64) -> f64 {
    let sources = &model.demand.sources;
    let usual: f64 = sources
        .iter()
        .map(|source| source.share * source.inappropriate_share)
        .sum();
    let of_own_source = batches(model).filter_map(|batch| {
        let source = &sources[batch.source?.index()];
        let more = source.inappropriate_share - usual;
        Some(a_year(model, batch.expected()) * more)
    });
    match of_own_source.sum::<f64>() {
        more if first > 0.0 => usual + more / first,
        _ => usual,
    }
}

/// Nominal client hours a year over the period after expected leave, training, sickness and travel.
fn client_hours_a_year(model: &Model, post: &Post) -> f64 {
    let days = period_days(model).count() as f64;
    let years = days / DAYS_PER_YEAR;
    let held = |day: &Day| post.exists_at(day.opens() + post.window_opens);
    let client = |day: Day| post.client_hours_at_work(model.calendar.weekday(day));
    let working: f64 = period_days(model)
        .filter(|day| model.calendar.is_working_day(*day) && held(day))
        .map(client)
        .sum();
    let held_share = period_days(model).filter(held).count() as f64 / days;
    let days_a_week = match model.calendar.kind() {
        CalendarKind::England => 5.0,
        CalendarKind::AlwaysOpen => 7.0,
    };
    let day_hours: f64 = (0..7)
        .map(|weekday| post.client_hours_at_work(weekday))
        .sum::<f64>()
        / days_a_week;
    let closed = |day: Day| {
        let date = model.calendar.date(day);
        (model.calendar.is_bank_holiday(date) && held(&day)).then(|| client(day))
    };
    // A part-timer is owed bank holidays in proportion, whichever weekdays they fall on.
    let bank_holidays: Vec<f64> = period_days(model).filter_map(closed).collect();
    let owed = bank_holidays.len() as f64 * day_hours - bank_holidays.iter().sum::<f64>();
    let leave = post.annual_leave_days * day_hours * years * held_share + owed;
    let training = post.training_days * day_hours * years * held_share;
    ((working - leave - training) * (1.0 - post.sickness_share)).max(0.0) / years
}

/// Places times the share of the period in which the post is held.
fn mean_places(model: &Model, post: &Post) -> f64 {
    let days = period_days(model).count() as f64;
    let held = period_days(model)
        .filter(|day| post.exists_at(day.opens()))
        .count() as f64;
    match post.caseload_cap {
        _ if held <= 0.0 => 0.0,
        Some(cap) => f64::from(cap) * held / days,
        None => f64::INFINITY,
    }
}

/// Replications of the absences that the mean time to the next window is taken over.
const ABSENCE_PLANS: u64 = 20;

/// Mean time from a random instant of the period to the next window of a post, in days, with its
/// nights, weekends, bank holidays and absences; the mean over the posts. For gaps g between
/// windows it is the sum of g^2 / 2 over the length of the time; but an open case has one piece of
/// work at a time, `turn` days after the last, so a gap g > turn counts turn x (g - turn / 2).
fn days_to_next_window(plan: &Plan, turn: f64, seed: u64) -> f64 {
    let model = plan.model;
    let mut gaps = Gaps {
        turn,
        waited: 0.0,
        length: 0.0,
    };
    let mut absences = vec![Vec::new(); model.posts.len()];
    for replication in 0..ABSENCE_PLANS {
        plan_absences(plan, ReplicationKey { seed, replication }, &mut absences);
        for ((post, ready), absences) in model.posts.iter().zip(&plan.posts).zip(&absences) {
            if ready.always_on {
                gaps.length += model.period.length().days();
            } else {
                gaps.add(model, post, absences);
            }
        }
    }
    if gaps.length > 0.0 {
        gaps.waited / gaps.length
    } else {
        0.0
    }
}

/// Time without a window, added up.
struct Gaps {
    turn: f64,
    waited: f64,
    length: f64,
}

impl Gaps {
    fn add(&mut self, model: &Model, post: &Post, absences: &[Absence]) {
        let mut closed_since: Option<SimTime> = None;
        let mut first = None;
        for day in period_days(model) {
            let opens = day.opens() + post.window_opens;
            let length = post.client_time[model.calendar.weekday(day)];
            let works = model.calendar.is_working_day(day)
                && absences[day.index()] == Absence::None
                && length > SimDuration::ZERO
                && post.exists_at(opens);
            if works {
                if let Some(since) = closed_since {
                    let gap = opens.since(since).days();
                    let counted = gap.min(self.turn);
                    self.waited += counted * (gap - counted / 2.0);
                }
                closed_since = Some(opens + length);
                first.get_or_insert(opens);
            }
        }
        if let (Some(first), Some(last)) = (first, closed_since) {
            self.length += (last - first).days();
        }
    }
}
