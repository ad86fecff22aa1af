//! Cautions about costs: those of a full year of a post that is there for a part of the period, and
//! those that are known in two ways.

use super::words::{pounds, pounds_bare};
use super::{Compared, Comparison};
use crate::model::{Model, Period, Post};
use crate::report::number::{counted, grouped};
use crate::report::prose::listed;

/// Above this share of the period a post counts as there throughout: a bank holiday at an end is none.
const THROUGHOUT: f64 = 0.99;

/// Names that are listed.
const NAMED: usize = 3;

/// Posts that an option has and the base has not, or not at these times.
struct Dated<'m> {
    names: Vec<&'m str>,
    /// Their WTE-weighted share of the period.
    share: f64,
}

impl<'m> Dated<'m> {
    /// `None` where there are none that are there for a part of the period alone.
    fn of(option: &'m Model, base: &Model) -> Option<Self> {
        let same = |post: &Post| {
            let mut others = base.posts.iter();
            others
                .any(|it| it.name == post.name && (it.starts, it.ends) == (post.starts, post.ends))
        };
        let posts: Vec<&Post> = option.posts.iter().filter(|post| !same(post)).collect();
        let wte: f64 = posts.iter().map(|post| post.wte).sum();
        let there: f64 = posts
            .iter()
            .map(|post| post.wte * share_of(&option.period, post))
            .sum();
        let share = there / wte;
        let mut names: Vec<&str> = posts.iter().map(|post| post.name.as_str()).collect();
        names.dedup();
        (share > 0.0 && share < THROUGHOUT).then_some(Self { names, share })
    }

    fn named(&self) -> String {
        match self.names.len() > NAMED {
            true => counted(self.names.len(), "post"),
            false => listed(
                &self
                    .names
                    .iter()
                    .map(|it| (*it).to_owned())
                    .collect::<Vec<_>>(),
            ),
        }
    }
}

/// The share of the period for which a post is there, vacancies left aside.
fn share_of(period: &Period, post: &Post) -> f64 {
    let from = post.starts.map_or(period.opens, |it| it.max(period.opens));
    let to = post.ends.map_or(period.closes, |it| it.min(period.closes));
    let there = to.seconds().saturating_sub(from.seconds());
    there as f64 / period.length().seconds().max(1) as f64
}

impl Comparison<'_> {
    /// Of each option that says its cost outright and has posts that are there for a part of the period:
    /// what the figure has to mean.
    pub(super) fn dated(&self) -> Vec<String> {
        let options = self.options.iter();
        options
            .filter_map(|option| self.dated_cost(option))
            .collect()
    }

    fn dated_cost(&self, option: &Compared) -> Option<String> {
        let cost = option.cost.says.filter(|cost| cost.abs() >= 0.5)?;
        let dated = Dated::of(option.variant.model, self.base.model)?;
        let weeks = self.base.model.period.weeks();
        let there = dated.share * weeks as f64;
        Some(format!(
            "\"{}\" is charged {} in every year of the {}, as the file says, but {} is there for {} of them. That is \
             right if a full year of it costs {}. If {} is what a full year costs, write cost_pounds_a_year = {}, or \
             give posts their cost in [costs].",
            option.variant.option,
            pounds(cost),
            counted(weeks, "week"),
            dated.named(),
            grouped(there, 0),
            pounds(cost / dated.share),
            pounds(cost),
            pounds_bare(cost * dated.share),
        ))
    }

    /// That some costs are said outright where the file also counts what posts cost.
    pub(super) fn mixed_costs(&self) -> Option<String> {
        let mixed =
            |option: &&Compared| option.cost.outright.is_some() && option.cost.by_posts.is_some();
        let mixed: Vec<&Compared> = self.options.iter().filter(mixed).collect();
        if mixed.is_empty() {
            return None;
        }
        let said = mixed.iter().filter_map(|option| {
            let (outright, by_posts) = (option.cost.says?, option.cost.by_posts?);
            Some(format!(
                "\"{}\" {} ([costs] counts {})",
                option.variant.option,
                pounds(outright),
                pounds(by_posts)
            ))
        });
        Some(format!(
            "Costs are known in two ways: {} by the option's cost_pounds_a_year, which takes the place of what [costs] \
             counts for its posts; all others by [costs]. Leave cost_pounds_a_year out to have all counted alike. An \
             option that combines others costs what they cost together.",
            listed(&said.collect::<Vec<_>>())
        ))
    }
}
