//! The service on paper: loads, which queue binds, and the closest closed form.

use super::number::{grouped, percent, readable};
use super::prose::{aligned, bullet, listed, paragraph};
use crate::experiment::PaperLoads;
use crate::model::Model;
use crate::model::time::DAYS_PER_YEAR;
use crate::theory::{CriticalLoad, ErlangA, ErlangC, critical_load};

const WEEKS_PER_YEAR: f64 = DAYS_PER_YEAR / 7.0;

/// Which of the two queues is shorter of what it needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Binding {
    /// Caseload places: people wait on the list.
    Places,
    /// Client hours: open cases wait for their worker.
    Hours,
}

/// Both loads of the part of the sharing graph where they are greatest.
#[derive(Clone, Debug)]
pub struct Loads {
    /// Client hours asked for / available.
    pub hours: CriticalLoad,
    /// Places asked for / there.
    pub places: CriticalLoad,
}

impl Loads {
    /// The loads of a service on paper, where practices and posts can share no further.
    #[must_use]
    pub fn of(paper: &PaperLoads) -> Self {
        let uncapped = 1e12;
        let places: Vec<f64> = paper
            .places
            .iter()
            .map(|places| places.min(uncapped))
            .collect();
        Self {
            hours: critical_load(&paper.hours_asked, &paper.hours_available, &paper.serving),
            places: critical_load(&paper.places_asked, &places, &paper.serving),
        }
    }

    /// The greater load.
    #[must_use]
    pub fn greatest(&self) -> f64 {
        self.hours.load.max(self.places.load)
    }

    /// Which queue binds.
    #[must_use]
    pub fn binding(&self) -> Binding {
        if self.places.load > self.hours.load {
            Binding::Places
        } else {
            Binding::Hours
        }
    }

    /// Whether a steady-state mean would be of something that grows for ever.
    #[must_use]
    pub fn has_no_steady_state(&self, model: &Model) -> bool {
        model.is_steady_state() && model.policy.patience_days.is_none() && self.greatest() >= 1.0
    }
}

/// Demand, capacity and loads, in words and figures.
#[must_use]
pub fn on_paper(model: &Model, paper: &PaperLoads) -> String {
    let loads = Loads::of(paper);
    let mut text = String::from("On paper\n");
    text += &aligned(&demand_and_capacity(model, paper));
    text += &sharing_note(model, &loads);
    text += &verdict(model, paper, &loads);
    text += &closest_closed_form(model, paper, &loads);
    text
}

fn row(what: &str, value: String) -> Vec<String> {
    vec![what.to_owned(), value]
}

fn demand_and_capacity(model: &Model, paper: &PaperLoads) -> Vec<Vec<String>> {
    let hours: f64 = paper.hours_available.iter().sum();
    let places: f64 = paper.places.iter().sum();
    let work = &paper.workload;
    let load = |load: f64| {
        if load.is_finite() {
            format!("{load:.2}")
        } else {
            "no post to do it".to_owned()
        }
    };
    let mut rows = vec![
        row(
            "First referrals a year, inappropriate ones included",
            grouped(paper.first_referrals_a_year, 0),
        ),
        row(
            "Accepted a year, re-referrals included",
            grouped(paper.accepted_a_year, 0),
        ),
        row(
            "Client hours that an accepted referral takes",
            readable(work.client_hours),
        ),
        row(
            "Days that it holds a caseload place",
            readable(place_days(paper)),
        ),
        row(
            "Client hours asked for a year",
            grouped(paper.hours_asked.iter().sum(), 0),
        ),
        row(
            "Client hours available a year, after absence",
            grouped(hours, 0),
        ),
        row(
            "Caseload places asked for at a time",
            readable(paper.places_asked.iter().sum()),
        ),
        row(
            "Caseload places",
            if places.is_finite() {
                readable(places)
            } else {
                "no cap".to_owned()
            },
        ),
        row("Hours load (1 is full)", load(paper.hours_load())),
        row(
            "Places load (1 is full)",
            if places.is_finite() {
                load(paper.places_load())
            } else {
                "no cap".to_owned()
            },
        ),
    ];
    if model.posts.is_empty() {
        rows.truncate(4);
    }
    rows
}

/// Days that a place is held, waits for the next window included.
fn place_days(paper: &PaperLoads) -> f64 {
    paper.workload.place_days + paper.workload.pieces_of_work * paper.days_to_next_window
}

/// Where sharing leaves some practices worse off than the PCN as a whole.
fn sharing_note(model: &Model, loads: &Loads) -> String {
    most_loaded(model, loads).map_or(String::new(), |note| paragraph(&note))
}

/// The part of the service where the load that binds is greatest, in a sentence; `None` where that is
/// the whole.
#[must_use]
pub fn most_loaded(model: &Model, loads: &Loads) -> Option<String> {
    let binding = match loads.binding() {
        Binding::Places => &loads.places,
        Binding::Hours => &loads.hours,
    };
    let (pools, _) = crate::model::sharing::pools(model.practices.len(), &model.posts);
    if binding.pools.len() == pools.len() || binding.pools.is_empty() {
        return None;
    }
    let practices: Vec<String> = binding
        .pools
        .iter()
        .flat_map(|pool| &pools[*pool].practices)
        .map(|practice| model.practices[practice.index()].name.clone())
        .collect();
    let load = if binding.load.is_finite() {
        format!(
            "The load is greatest, {:.2}, for {}",
            binding.load,
            listed(&practices)
        )
    } else {
        format!("No post serves {}", listed(&practices))
    };
    Some(format!("{load}: sharing does not reach further."))
}

fn verdict(model: &Model, paper: &PaperLoads, loads: &Loads) -> String {
    if model.posts.is_empty() {
        return paragraph("There is no post: nobody is ever contacted.");
    }
    let (name, other) = match loads.binding() {
        Binding::Places => ("caseload places", "client hours"),
        Binding::Hours => ("client hours", "caseload places"),
    };
    let load = loads.greatest();
    let mut text = paragraph(&format!(
        "The binding queue is the one for {name} (rather than {other})."
    ));
    if load >= 1.0 {
        text += &paragraph(&growth(model, paper, loads));
    } else {
        text += &paragraph(&format!(
            "The service is not overloaded on paper: {} of what binds is in use.",
            percent(load)
        ));
    }
    text
}

/// How fast the list grows where more is asked for than there is.
fn growth(model: &Model, paper: &PaperLoads, loads: &Loads) -> String {
    let load = loads.greatest();
    let a_week = paper.accepted_a_year / WEEKS_PER_YEAR;
    let surplus = if load.is_finite() {
        a_week * (1.0 - 1.0 / load)
    } else {
        a_week
    };
    let overloaded = if load.is_finite() {
        format!(
            "Overloaded: {:.1} times as much is asked for as there is.",
            load
        )
    } else {
        "Overloaded: some practices have no post.".to_owned()
    };
    match &model.policy.patience_days {
        None => format!(
            "{overloaded} Nobody gives up, so the waiting list grows by about {} people a week for as long as this \
             lasts; a steady-state mean does not exist.",
            readable(surplus)
        ),
        Some(patience) => format!(
            "{overloaded} About {} more people a week are accepted than can be taken on; the waiting list grows by \
             that at first, and until as many give up (patience is {} days on average).",
            readable(surplus),
            readable(patience.mean())
        ),
    }
}

/// The textbook queue that is nearest: places (or posts) as servers.
fn closest_closed_form(model: &Model, paper: &PaperLoads, loads: &Loads) -> String {
    let arrivals = paper.accepted_a_year / DAYS_PER_YEAR;
    let (servers, days_each, what) = match loads.binding() {
        Binding::Places => (
            paper.places.iter().sum::<f64>(),
            place_days(paper),
            "caseload places",
        ),
        Binding::Hours => {
            let hours: f64 = paper.hours_available.iter().sum();
            let posts = model.posts.len() as f64;
            let days = paper.workload.client_hours * posts * DAYS_PER_YEAR / hours;
            (posts, days, "posts")
        }
    };
    if !(arrivals > 0.0
        && (1.0..1e6).contains(&servers)
        && days_each.is_finite()
        && days_each > 0.0)
    {
        return String::new();
    }
    let servers = servers.round() as u32;
    let patience = model
        .policy
        .patience_days
        .as_ref()
        .map(crate::model::Distribution::mean);
    let setting = format!(
        "with {} {what} as servers, {} days a case and {} referrals a day",
        grouped(f64::from(servers), 0),
        readable(days_each),
        readable(arrivals)
    );
    let text = match patience {
        Some(patience) => ErlangA::new(arrivals, 1.0 / days_each, 1.0 / patience, servers).map(|queue| {
            format!(
                "Closest closed form: Erlang A (M/M/c+M) {setting}: {} give up, and the wait on the list is {} days \
                 on average over everyone.",
                percent(queue.abandon_probability),
                readable(queue.mean_wait)
            )
        }),
        None => ErlangC::new(arrivals, 1.0 / days_each, servers).map(|queue| {
            format!(
                "Closest closed form: Erlang C (M/M/c) {setting}: {} wait, {} days on average over everyone.",
                percent(queue.wait_probability),
                readable(queue.mean_wait)
            )
        }),
    };
    text.map(|text| {
        paragraph(&text)
            + &bullet("It knows no calendar, no visits apart and no sharing: a check of the order of magnitude.")
    })
    .unwrap_or_default()
}
