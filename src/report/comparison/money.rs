//! What each option costs and what each pound buys.

use super::words::{self, confidence, pounds};
use super::{Compared, Comparison};
use crate::experiment::{CostEffect, Gain};
use crate::report::number::{counted, percent, readable};
use crate::report::prose::{listed, paragraph, wrapped};
use crate::stats::{Estimate, Quadrants};

/// A share below which hardly anybody is contacted in time, in base and options alike: what one more of
/// them costs says nothing about the options.
const HARDLY_ANYBODY: f64 = 0.01;

/// A cost below this, in pounds a year, is none.
const NO_COST: f64 = 0.5;

impl Comparison<'_> {
    /// Money, where the cost of any option is known.
    pub(super) fn money(&self) -> String {
        let is_told = |it: &Compared| it.has_cost || it.cost.outright.is_some();
        if !self.options.iter().any(is_told) {
            return String::new();
        }
        let mut text = String::from("\nMoney, a year, compared with things as they are\n");
        for (at, option) in self.options.iter().enumerate() {
            text += &self.money_of(at, option);
        }
        for step in self.steps() {
            text += &wrapped("  ", &step);
        }
        text += &paragraph(&self.what_money_means());
        for caution in [self.too_few_in_time(), self.no_cost()] {
            text += &caution.map_or(String::new(), |it| paragraph(&it));
        }
        text
    }

    fn money_of(&self, at: usize, option: &Compared) -> String {
        let Some(first) = option.money.first() else {
            return String::new();
        };
        let said = format!(
            "{}: {}.",
            option.variant.option,
            self.cost(option, &first.cost)
        );
        let mut text = wrapped(&format!("  {} ", at + 1), &said);
        for effect in self.in_order(option) {
            text += &wrapped("    - ", &self.worth(option, effect));
        }
        text
    }

    /// Gains of an option, those that decide first.
    pub(in crate::report) fn in_order<'a>(&self, option: &'a Compared) -> Vec<&'a CostEffect> {
        let principal = self.principal();
        let (mut first, rest): (Vec<_>, Vec<_>) =
            option.money.iter().partition(|it| it.gain == principal);
        first.extend(rest);
        first
    }

    /// The gain that is told first, and shown in the figure: who counts as contacted, unless hardly
    /// anybody is contacted in time whatever is done.
    pub(super) fn principal(&self) -> Gain {
        match self.hardly_anybody_in_time() {
            true => Gain::ContactedEver,
            false => self.counted,
        }
    }

    fn hardly_anybody_in_time(&self) -> bool {
        let Gain::ContactedInTime { days } = self.counted else {
            return false;
        };
        let name = format!("contacted_within_{days}_days");
        let variants = self.options.iter().map(|it| &it.variant);
        let mut means = std::iter::once(&self.base)
            .chain(variants)
            .map(|it| it.estimates.of_pcn(&name).and_then(|row| row.mean()));
        means.all(|mean| mean.is_some_and(|mean| mean < HARDLY_ANYBODY))
    }

    /// "costs £42,575 more (£84,832 over the 104 weeks)", and what is reimbursed of it.
    pub(in crate::report) fn cost(&self, option: &Compared, cost: &Estimate) -> String {
        let size = pounds(cost.mean.abs());
        let ends = match cost.mean < 0.0 {
            true => range(cost, -1.0),
            false => range(cost, 1.0),
        };
        let period = &self.base.model.period;
        let total = pounds(cost.mean.abs() * period.years());
        let weeks = counted(period.weeks(), "week");
        let said = match cost.mean {
            nothing if nothing.abs() < NO_COST => return no_cost_of(option).to_owned(),
            less if less < 0.0 => format!("saves {size}{ends}; {total} over the {weeks}"),
            _ => format!("costs {size} more{ends}; {total} over the {weeks}"),
        };
        said + &self.reimbursed(option, cost)
    }

    /// Of a cost that is counted by what posts cost: what is reimbursed of it, and what is left to pay.
    fn reimbursed(&self, option: &Compared, cost: &Estimate) -> String {
        let row = option.row("reimbursed_pounds");
        let Some(total) = row
            .and_then(|row| row.estimate)
            .filter(|_| option.cost.outright.is_none())
        else {
            return String::new();
        };
        let reimbursed = total.mean / self.base.model.period.years();
        let left = cost.mean - reimbursed;
        format!(
            ". Of that a year, {} is reimbursed and {} left to pay",
            pounds(reimbursed),
            pounds(left)
        )
    }

    /// What one gain comes to.
    pub(in crate::report) fn worth(&self, option: &Compared, effect: &CostEffect) -> String {
        let gained = gained(effect);
        let is_nothing = effect.gained.mean.abs() <= 0.0 && effect.gained.covers(0.0);
        let is_free = effect.cost.mean.abs() < NO_COST;
        let ratio = match effect.ratio {
            _ if is_nothing => String::new(),
            _ if effect.gain != self.principal() && self.is_hardly_anybody(effect.gain) => {
                ": too few to say what each costs".to_owned()
            }
            Some(_) if is_free => String::new(),
            None => format!(": {}", no_ratio(effect, is_free)),
            Some(ratio) => {
                let ends = format!("({} to {})", pounds(ratio.low), pounds(ratio.high));
                let each = if effect.gain.is_of_people() {
                    "each"
                } else {
                    "a week"
                };
                let each = match (effect.gained.mean > 0.0, ratio.ratio > 0.0) {
                    (true, true) => format!("{} {each} {ends}", pounds(ratio.ratio)),
                    (true, false) => "better, and it saves money".to_owned(),
                    (false, true) => format!("it saves {} for each {ends}", pounds(ratio.ratio)),
                    (false, false) => "worse, and no cheaper".to_owned(),
                };
                format!(": {each}{}", self.may_be_chance(option, effect.gain))
            }
        };
        format!("{gained}{ratio}.{}{}", over_draws(effect), self.net(effect))
    }

    fn is_hardly_anybody(&self, gain: Gain) -> bool {
        matches!(gain, Gain::ContactedInTime { .. }) && self.hardly_anybody_in_time()
    }

    /// ", which may be chance" where the interval that holds together with all others does not say so
    /// surely that there is a gain.
    fn may_be_chance(&self, option: &Compared, gain: Gain) -> &'static str {
        let name = match gain {
            Gain::ContactedInTime { days } => format!("contacted_within_{days}_days"),
            Gain::ContactedEver => "share_contacted_ever".to_owned(),
            Gain::WaitWeeksRemoved => return "",
        };
        let together = option.row(&name).and_then(|row| row.simultaneous);
        match together {
            Some(it) if it.covers(0.0) => ", but the gain may be chance among so many comparisons",
            _ => "",
        }
    }

    fn net(&self, effect: &CostEffect) -> String {
        let Some((net, worth)) = effect.net_benefit.zip(self.worth) else {
            return String::new();
        };
        let ends = match (net.low, net.high) {
            (Some(low), Some(high)) => format!(" ({} to {})", pounds(low), pounds(high)),
            _ => String::new(),
        };
        format!(
            " If {} is paid for each, the net benefit is {}{ends}.",
            pounds(worth),
            pounds(net.mean)
        )
    }

    /// What the next dearer option buys, from one to the next of those that no other beats on both counts.
    pub(in crate::report) fn steps(&self) -> Vec<String> {
        let gain = self.principal();
        let effect = |option: &'_ Compared| {
            let effect = option.money.iter().find(|it| it.gain == gain)?;
            Some((effect.cost.mean, effect.gained.mean))
        };
        let options = self.options.iter();
        let mut told: Vec<(&str, f64, f64)> = options
            .filter_map(|option| {
                effect(option).map(|(cost, gained)| (option.variant.option, cost, gained))
            })
            .filter(|(_, cost, gained)| *cost >= NO_COST && *gained > 0.0)
            .collect();
        told.sort_by(|one, other| one.1.total_cmp(&other.1).then(other.2.total_cmp(&one.2)));
        let mut steps: Vec<(&str, f64, f64)> = Vec::new();
        for it in told {
            if steps
                .last()
                .is_none_or(|last| it.2 > last.2 && it.1 - last.1 >= NO_COST)
            {
                steps.push(it);
            }
        }
        let lines = steps.windows(2).map(|pair| {
            let ((from, cost, gained), (to, dearer, more)) = (pair[0], pair[1]);
            let (extra, people) = (dearer - cost, more - gained);
            format!(
                "From \"{from}\" to \"{to}\": {} more for {} more {}, {} each.",
                pounds(extra),
                readable(people),
                whom(gain),
                pounds(extra / people)
            )
        });
        lines.collect()
    }

    pub(in crate::report) fn what_money_means(&self) -> String {
        let costs = self.base.model.costs.as_ref();
        let prices = costs.map_or(String::new(), |it| {
            format!(
                " Prices are of {}; a post costs only while it is filled.",
                it.price_year
            )
        });
        let average = match self.draws() {
            Some(_) => {
                " and over what is not known; brackets do not say how far one draw may be from that"
            }
            None => "",
        };
        format!(
            "People and weeks are the average a year over the {}{average}. In brackets: 95% intervals (of pounds for each, \
             Fieller's). Waiting is for first contact, on the list or assigned.{prices}",
            counted(self.base.model.period.weeks(), "week"),
        )
    }

    /// Why people ever contacted stand first although the file asks for people in time.
    pub(in crate::report) fn too_few_in_time(&self) -> Option<String> {
        let Gain::ContactedInTime { days } = self.counted else {
            return None;
        };
        self.hardly_anybody_in_time().then(|| {
            let net = match self.worth {
                Some(_) => {
                    " A net benefit of these people leaves out all whom the option reaches later; say in [compare] \
                     extra_person_contacted who counts."
                }
                None => "",
            };
            format!(
                "With every option, as without, fewer than 1 in 100 are contacted within {days} days, so people ever \
                 contacted stand first.{net}"
            )
        })
    }

    /// Options whose cost is not known, or not all of it.
    pub(in crate::report) fn no_cost(&self) -> Option<String> {
        let unknown = self.options.iter().filter(|it| !it.has_cost);
        let (some, none): (Vec<&Compared>, Vec<&Compared>) =
            unknown.partition(|it| it.cost.outright.is_some());
        let mut said: Vec<String> = some
            .iter()
            .map(|option| {
                let parts: Vec<String> = option.cost.unknown.iter().map(|it| quoted(it)).collect();
                format!(
                    "{} costs {}, and what {} costs, which is not known.",
                    quoted(option.variant.option),
                    pounds(option.cost.outright.unwrap_or_default()),
                    listed(&parts)
                )
            })
            .collect();
        if !none.is_empty() {
            let names: Vec<String> = none.iter().map(|it| quoted(it.variant.option)).collect();
            said.push(format!(
                "No cost is given for {}: `cost_pounds_a_year` of the option says it.",
                listed(&names)
            ));
        }
        (!said.is_empty()).then(|| said.join(" "))
    }

    /// The net benefit's worth in words, for the ranking.
    pub(super) fn sure(&self) -> String {
        confidence(self.family.confidence)
    }
}

fn quoted(name: &str) -> String {
    format!("\"{name}\"")
}

/// That an option costs no more: the file says so, or it counts nothing for it.
fn no_cost_of(option: &Compared) -> &'static str {
    match option.cost.outright {
        Some(_) => "costs no more, as the file says",
        None => "no cost is counted for it: [costs] knows of posts, not of what else it may take",
    }
}

/// Whom a gain is of, after their number: "people contacted within 14 days".
pub(in crate::report) fn whom(gain: Gain) -> String {
    match gain {
        Gain::ContactedInTime { days } => format!("people contacted within {days} days"),
        Gain::ContactedEver => "people ever contacted".to_owned(),
        Gain::WaitWeeksRemoved => "weeks of waiting less".to_owned(),
    }
}

/// " (£1 to £2)", or nothing where the cost does not vary.
fn range(cost: &Estimate, sign: f64) -> String {
    match (cost.low, cost.high) {
        (Some(low), Some(high)) if high - low > NO_COST => {
            let (one, other) = (low * sign, high * sign);
            format!(
                " ({} to {})",
                pounds(one.min(other)),
                pounds(one.max(other))
            )
        }
        _ => String::new(),
    }
}

/// How much is gained: "210 more people contacted within 14 days (195 to 225)".
fn gained(effect: &CostEffect) -> String {
    let gained = &effect.gained;
    let is_less = gained.mean < 0.0;
    let sign = if is_less { -1.0 } else { 1.0 };
    let ends = match (gained.low, gained.high) {
        (Some(low), Some(high)) if high - low > 0.0 => {
            let (one, other) = (low * sign, high * sign);
            format!(
                " ({} to {})",
                readable(one.min(other)),
                readable(one.max(other))
            )
        }
        _ => String::new(),
    };
    let amount = match gained.mean.abs() > 0.0 {
        true => readable(gained.mean * sign),
        false => "No".to_owned(),
    };
    let is_waiting = effect.gain == Gain::WaitWeeksRemoved;
    let (side, what) = match (is_waiting, is_less) {
        (false, false) => ("more", whom(effect.gain)),
        (false, true) => ("fewer", whom(effect.gain)),
        (true, false) => ("fewer", "weeks of waiting".to_owned()),
        (true, true) => ("more", "weeks of waiting".to_owned()),
    };
    format!("{amount} {side} {what}{ends}")
}

/// " In 8 of 10 draws of the uncertain inputs 205 to 331."; nothing where none were drawn.
fn over_draws(effect: &CostEffect) -> String {
    let Some([low, _, high]) = effect.over_draws else {
        return String::new();
    };
    if low >= high {
        return " From draw to draw it differs no more than chance explains.".to_owned();
    }
    // Of what is lost the sign is in the words.
    let sign = if effect.gained.mean < 0.0 { -1.0 } else { 1.0 };
    let (one, other) = (low * sign, high * sign);
    let (least, most) = (readable(one.min(other)), readable(one.max(other)));
    format!(" In 8 of 10 draws of the uncertain inputs {least} to {most}.")
}

/// What stands in place of a ratio whose denominator may be nothing.
fn no_ratio(effect: &CostEffect, is_free: bool) -> String {
    let why = "the difference may be nothing, so no cost of each";
    let Some(quadrants) = effect.quadrants else {
        return why.to_owned();
    };
    let shares = match is_free {
        true => vec![
            (better(&quadrants), "better"),
            (1.0 - better(&quadrants), "worse"),
        ],
        false => vec![
            (quadrants.more_for_less, "better and cheaper"),
            (quadrants.more_for_more, "better and dearer"),
            (quadrants.less_for_less, "worse and cheaper"),
            (quadrants.less_for_more, "worse and dearer"),
        ],
    };
    let shares = shares.into_iter().filter(|(share, _)| *share >= 0.000_5);
    let said: Vec<String> = shares
        .map(|(share, what)| format!("{what} {}", percent(share)))
        .collect();
    format!("{why} (chances: {})", said.join(", "))
}

/// The chance that more is gained.
const fn better(quadrants: &Quadrants) -> f64 {
    quadrants.more_for_less + quadrants.more_for_more
}

impl Compared<'_> {
    /// Its cost with no more than is known of it, in the first sentence: "at a cost that is not known" has
    /// nothing.
    pub(super) fn cost_in_a_sentence(&self) -> String {
        match self.money.first().map(|it| it.cost.mean) {
            None => String::new(),
            Some(cost) if cost.abs() < NO_COST && self.cost.outright.is_some() => {
                ", at no cost".to_owned()
            }
            Some(cost) if cost.abs() < NO_COST => ", with no cost counted".to_owned(),
            Some(cost) if cost < 0.0 => format!(", and saves {} a year", words::pounds(-cost)),
            Some(cost) => format!(", for {} a year more", words::pounds(cost)),
        }
    }
}
