//! What a reader of the answer should be careful of.

use super::{Answer, days};
use crate::experiment::{Change, KnifeEdge, drift};
use crate::report::number::{counted, grouped, percent, readable};
use crate::report::paper::most_loaded;
use crate::report::plain::unreachable_target;
use crate::report::prose::listed;
use crate::stats::Progress;

/// Half-width / mean beyond which the wait is said not to be precise.
const PRECISE: f64 = 0.05;

/// Difference of the two loads, relative to the greater, below which neither is said to bind alone.
const ABOUT_EQUAL: f64 = 0.05;

/// A gap between practices that at most this share of shuffles reaches is more than chance.
const RARE: f64 = 0.01;

/// A gap between practices that is worth a line.
const NOTABLE_GAP_DAYS: f64 = 0.5;

/// Inputs that decide most among those that nobody has measured.
const DECIDING: [&str; 4] = [
    "posts.*.client_share",
    "posts.*.caseload_cap",
    "waiting_list.patience_days",
    "first_contact.answered_share",
];

/// A small change with a large effect, in a sentence.
fn knife_edge(edge: &KnifeEdge) -> String {
    let change = match edge.change {
        Change::HigherCaps => "caseload caps 5% higher",
        Change::LowerCaps => "caseload caps 5% lower",
        Change::HigherRates => "5% more referrals",
        Change::LowerRates => "5% fewer referrals",
    };
    format!(
        "The weeks at risk sit on a knife-edge: with {change} they change from {} to {}. Take neither number for \
         certain.",
        readable(edge.before),
        readable(edge.after)
    )
}

impl Answer<'_> {
    /// What to be careful of.
    #[must_use]
    pub fn cautions(&self) -> Vec<String> {
        let mut cautions = Vec::new();
        cautions.extend(self.binding());
        cautions.extend(self.unsettled());
        cautions.extend(self.lateness());
        cautions.extend(self.knife_edges.iter().map(knife_edge));
        cautions.extend(self.effects_assumed());
        cautions.extend(self.practices());
        cautions.extend(unreachable_target(self.story, self.model));
        cautions.extend(self.precision());
        cautions.extend(self.caps());
        cautions.extend(self.assumptions());
        cautions.extend(self.story.notes.iter().cloned());
        cautions
    }

    /// What the results rest on that nobody has measured: the inputs that decide most by name.
    fn assumptions(&self) -> Option<String> {
        let given = &self.story.assumptions;
        let named: Vec<String> = DECIDING
            .iter()
            .filter(|key| given.iter().any(|it| it == *key))
            .map(|key| (*key).to_owned())
            .collect();
        let others = given.len() - named.len() + self.story.assumed_defaults;
        let others = (others > 0).then(|| {
            format!(
                "{} that splw-sim check lists",
                counted(others, "other input")
            )
        });
        let all: Vec<String> = named.into_iter().chain(others).collect();
        (!all.is_empty()).then(|| {
            format!(
                "Assumed, not measured (grade D), and in play: {}.",
                listed(&all)
            )
        })
    }

    /// Which queue binds, and how that shows.
    fn binding(&self) -> Option<String> {
        let hours = self.mean("hours_load")?;
        let used = percent(self.mean("utilisation")?);
        let open = readable(self.mean("caseload_mean")?);
        if self
            .model
            .posts
            .iter()
            .any(|post| post.caseload_cap.is_none())
        {
            return Some(format!(
                "Not every caseload has a cap, so places do not bind: hours load {hours:.2}, {used} of client time in use, \
                 {open} open cases."
            ));
        }
        let places = self.mean("places_load")?;
        let caps: u32 = self
            .model
            .posts
            .iter()
            .filter_map(|post| post.caseload_cap)
            .sum();
        let caps = grouped(f64::from(caps), 0);
        let shows = format!(
            "{open} of {caps} caseload places are taken on average and {used} of client time is in use"
        );
        let loads = format!("places load {places:.2}, hours load {hours:.2}");
        let greater = places.max(hours);
        let tighter = if places > hours { "places" } else { "hours" };
        Some(if greater < 1.0 {
            let part = self.overloaded_part();
            format!(
                "Neither queue is overloaded, {tighter} being the tighter ({loads}): {shows}.{part}"
            )
        } else if (places - hours).abs() < ABOUT_EQUAL * greater {
            format!(
                "Places and hours are about equally short ({loads}): {shows}. More of one alone will soon be stopped by \
                 the other."
            )
        } else if places > hours {
            format!(
                "Places bind, not hours ({loads}). It shows: {shows}. People wait for a place; cases that end sooner, or \
                 more places, shorten the list before more hours do."
            )
        } else {
            let late = self
                .mean("follow_up_lateness_days_mean")
                .map_or("0".to_owned(), readable);
            format!(
                "Hours bind, not places ({loads}). It shows: {shows}, and follow-ups start {late} days late. More places \
                 would lengthen the queue inside the caseload, not shorten the wait."
            )
        })
    }

    /// That the service as a whole hides an overload that it has on paper, with a space before it;
    /// empty where it hides none.
    fn overloaded_part(&self) -> String {
        let load = self.loads.greatest();
        if load < 1.0 {
            return String::new();
        }
        match most_loaded(self.model, self.loads) {
            Some(part) => {
                format!(" That is the PCN as a whole. On paper a part is overloaded. {part}")
            }
            None => format!(
                " On paper it is overloaded (load {load:.2}): that nobody would give up is what paper supposes."
            ),
        }
    }

    /// That strain has effects in these results, whose size is an assumption.
    fn effects_assumed(&self) -> Option<String> {
        self.model.strain.feedback.map(|_| {
            "Strain makes people leave and fall ill more often in these results; how much more is an assumption \
             ([strain]). feedback = \"both\" shows what it makes of them."
                .to_owned()
        })
    }

    /// That a typical year was asked for and the period has none. Where the list grows for ever
    /// the answer has said so already.
    fn unsettled(&self) -> Option<String> {
        if self.estimates.steady_state_refused {
            return None;
        }
        let drift = drift(self.replications, self.model)?;
        let what = match drift.measure {
            "waiting_list" => "The waiting list",
            _ => "The number of open cases",
        };
        let way = if drift.to > drift.from {
            "rises"
        } else {
            "falls"
        };
        let part = if drift.years { "year" } else { "half" };
        let demand = &self.model.demand;
        let demand_changes = demand.growth_a_year.abs() > 0.0
            || !demand.ramps.is_empty()
            || !demand.shocks.is_empty()
            || !demand.batches.is_empty();
        let advice = if demand_changes {
            "demand changes too, so read the weekly figures."
        } else {
            "lengthen warm_up_weeks, or read the weekly figures."
        };
        Some(format!(
            "{what} still {way} through the period, from {} people in its first {part} to {} in its last: the means are \
             of a service that changes; {advice}",
            readable(drift.from),
            readable(drift.to)
        ))
    }

    fn lateness(&self) -> Option<String> {
        let late = self.mean("follow_up_lateness_days_mean")?;
        let cases = &self.model.case_types;
        let interval: f64 = cases
            .iter()
            .map(|case| case.share * case.days_between_contacts.mean())
            .sum();
        (late > interval).then(|| {
            format!(
                "Follow-ups start {} days late on average, more than the {} days between contacts: the order of work is \
                 hiding an overload.",
                readable(late),
                readable(interval)
            )
        })
    }

    /// Practices that wait longer than others by more than chance.
    fn practices(&self) -> Option<String> {
        let gap = self
            .gaps
            .iter()
            .find(|gap| gap.measure == "wait_to_first_contact_days_mean")?;
        let (_, [_, _, chance]) = gap.by_chance;
        let name = |practice: usize| &self.model.practices[practice].name;
        (gap.share_by_chance <= RARE && gap.gap >= NOTABLE_GAP_DAYS).then(|| {
            format!(
                "People of {} wait {} longer than those of {} on average, more than chance would give ({} days or fewer in 9 \
                 of 10 shuffles).",
                name(gap.greatest),
                days(gap.gap),
                name(gap.least),
                readable(chance)
            )
        })
    }

    fn precision(&self) -> Option<String> {
        let row = self.pcn("wait_to_first_contact_days_mean")?;
        let n = self.replications.count();
        if n == 1 {
            return Some(
                "One replication gives no interval: run more before deciding anything.".to_owned(),
            );
        }
        match self.replications.precision {
            Some(Progress::Reached { .. }) => {
                return Some(format!(
                    "The precision asked for was reached with {n} replications."
                ));
            }
            Some(_) => {
                return Some(format!(
                    "The precision asked for was not reached within {n} replications; raise max_replications, or ask \
                     for less."
                ));
            }
            None => {}
        }
        let estimate = row.estimate?;
        let half = estimate.half_width()?;
        (half > PRECISE * estimate.mean.abs() && half > 0.1).then(|| {
            let within = percent(half / estimate.mean.abs());
            match self.estimates.of_draws {
                true => format!(
                    "The mean wait over what is not known is known to within {within} only; more uncertainty.draws \
                     narrow that."
                ),
                false => format!(
                    "The mean wait is known to within {within} only; --precision 0.05 runs until it is known to 5%."
                ),
            }
        })
    }

    /// The caseload caps, said in every report because they decide much and are an assumption.
    fn caps(&self) -> Option<String> {
        let said = |cap: Option<u32>| cap.map_or("none".to_owned(), |cap| format!("{cap} a post"));
        let caps: Vec<Option<u32>> = self
            .model
            .posts
            .iter()
            .map(|post| post.caseload_cap)
            .collect();
        let (least, most) = (caps.iter().min()?, caps.iter().max()?);
        let said = if least == most {
            said(*most)
        } else {
            format!("from {} to {}", said(*least), said(*most))
        };
        Some(format!(
            "Caseload cap: {said}. Caps in use are rarely written down; try others."
        ))
    }
}
