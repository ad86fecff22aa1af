//! What each option costs and what each pound buys.

use super::words::{confidence, pounds};
use super::{Compared, Comparison};
use crate::experiment::{CostEffect, Gain};
use crate::report::number::{counted, percent, readable};
use crate::report::prose::{listed, paragraph, wrapped};
use crate::stats::{Estimate, Quadrants};

impl Comparison<'_> {
    /// Money, where the cost of any option is known.
    pub(super) fn money(&self) -> String {
        if !self.options.iter().any(|it| it.has_cost) {
            return String::new();
        }
        let mut text = String::from("\nMoney, compared with things as they are\n");
        for (at, option) in self.options.iter().enumerate() {
            let said: Vec<String> = option.money.iter().map(worth).collect();
            if let Some(first) = option.money.first() {
                let cost = cost(&first.cost);
                let said = format!("{}: {cost}. {}", option.variant.option, said.join(" "));
                text += &wrapped(&format!("  {} ", at + 1), &said);
            }
        }
        let costs = self.base.model.costs.as_ref();
        let prices = costs.map_or(String::new(), |it| {
            format!(", in prices of {}", it.price_year)
        });
        text += &paragraph(&format!(
            "All are a year: gains are means over the period of {}, costs those of the file{}. Intervals are 95%, of \
             ratios Fieller's. Contacted in time is within {} days; waiting is for first contact, on the list or \
             assigned.",
            counted(self.base.model.period.weeks(), "week"),
            prices,
            self.in_time_days
        ));
        let unknown = self.options.iter().filter(|it| !it.has_cost);
        let unknown: Vec<String> = unknown.map(Compared::quoted).collect();
        if !unknown.is_empty() {
            text += &paragraph(&format!(
                "No cost is given for {}: `cost_pounds_a_year` of the option says it.",
                listed(&unknown)
            ));
        }
        text
    }
}

impl Compared<'_> {
    fn quoted(&self) -> String {
        format!("\"{}\"", self.variant.option)
    }
}

fn cost(cost: &Estimate) -> String {
    let size = pounds(cost.mean.abs());
    match cost.mean {
        nothing if nothing.abs() < 0.5 => "costs as much".to_owned(),
        less if less < 0.0 => format!("saves {size}{}", range(cost, -1.0)),
        _ => format!("costs {size} more{}", range(cost, 1.0)),
    }
}

/// " (£1 to £2)", or nothing where the cost does not vary.
fn range(cost: &Estimate, sign: f64) -> String {
    match (cost.low, cost.high) {
        (Some(low), Some(high)) if high - low > 0.5 => {
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

/// What one gain comes to.
fn worth(effect: &CostEffect) -> String {
    let gained = gained(effect);
    let each = match effect.gain {
        Gain::ContactedInTime { .. } => "person",
        Gain::WaitWeeksRemoved => "week",
    };
    let ratio = effect.ratio.map_or_else(
        || no_ratio(effect),
        |ratio| {
            let ends = format!("({} to {})", pounds(ratio.low), pounds(ratio.high));
            match (effect.gained.mean > 0.0, ratio.ratio > 0.0) {
                (true, true) => format!("{} for each {each} {ends}", pounds(ratio.ratio)),
                (true, false) if effect.cost.mean.abs() < 0.5 => "for nothing".to_owned(),
                (true, false) => "better, and it saves money".to_owned(),
                (false, true) => format!(
                    "it saves {} for each {each} lost {ends}",
                    pounds(ratio.ratio)
                ),
                (false, false) => "worse, and no cheaper".to_owned(),
            }
        },
    );
    let net = effect.net_benefit.map_or(String::new(), |net| {
        let ends = match (net.low, net.high) {
            (Some(low), Some(high)) => format!(" ({} to {})", pounds(low), pounds(high)),
            _ => String::new(),
        };
        format!(" Net benefit {}{ends}.", pounds(net.mean))
    });
    format!("{gained}: {ratio}.{net}")
}

/// How much is gained: "210 more people contacted in time (195 to 225)".
fn gained(effect: &CostEffect) -> String {
    let gained = &effect.gained;
    let is_less = gained.mean < 0.0;
    let sign = if is_less { -1.0 } else { 1.0 };
    let ends = match (gained.low, gained.high) {
        (Some(low), Some(high)) => {
            let (one, other) = (low * sign, high * sign);
            format!(
                " ({} to {})",
                readable(one.min(other)),
                readable(one.max(other))
            )
        }
        _ => String::new(),
    };
    let amount = readable(gained.mean * sign);
    match (effect.gain, is_less) {
        (Gain::ContactedInTime { .. }, false) => format!("{amount} more people in time{ends}"),
        (Gain::ContactedInTime { .. }, true) => format!("{amount} fewer people in time{ends}"),
        (Gain::WaitWeeksRemoved, false) => format!("{amount} fewer weeks of waiting{ends}"),
        (Gain::WaitWeeksRemoved, true) => format!("{amount} more weeks of waiting{ends}"),
    }
}

/// What stands in place of a ratio whose denominator may be nothing.
fn no_ratio(effect: &CostEffect) -> String {
    let why = "no cost for each, as the difference may be nothing";
    let Some(Quadrants {
        more_for_more,
        more_for_less,
        less_for_more,
        less_for_less,
    }) = effect.quadrants
    else {
        return why.to_owned();
    };
    let parts = [
        (more_for_less, "better and cheaper"),
        (more_for_more, "better and dearer"),
        (less_for_less, "worse and cheaper"),
        (less_for_more, "worse and dearer"),
    ];
    let parts = parts.into_iter().filter(|(share, _)| *share >= 0.000_5);
    let said: Vec<String> = parts
        .map(|(share, what)| format!("{what} {}", percent(share)))
        .collect();
    format!("{why} (chances: {})", said.join(", "))
}

impl Comparison<'_> {
    /// The net benefit's worth in words, for the ranking.
    pub(super) fn sure(&self) -> String {
        confidence(self.family.confidence)
    }
}
