//! What an import tells: what it found, what did not match, what to do next.

use super::super::place::NOT_MATCHED;
use crate::import::pcn::{England, Network, NotMatched, Published, Returned, Which, left_out};
use crate::import::{counted, grouped, grouped_number, in_words};
use crate::report::batch::NETWORKS;
use crate::report::prose::{bullet, paragraph, wrapped};
use std::collections::BTreeMap;
use std::path::Path;

/// Things that are told one by one at most.
const MOST_NAMED: usize = 8;

/// What is always said of the workforce file.
const EMPLOYED_ELSEWHERE: &str = "Link workers whom others employ are not in the workforce file; of \
    those who answered NHS England's survey of 2023 about 30% worked for voluntary organisations. \
    If there are such posts, add them before you believe a wait.";

/// An import that is done.
pub struct Told<'a> {
    /// What was asked for.
    pub which: &'a Which,
    /// The PCNs that were written.
    pub wanted: &'a [&'a Network],
    /// What did not match and concerns them.
    pub not_matched: &'a [&'a NotMatched],
    /// All PCNs.
    pub england: &'a England,
    /// The files.
    pub published: &'a Published,
    /// Where the scenarios are.
    pub out: &'a Path,
}

impl Told<'_> {
    /// All of it, as text.
    pub fn to_text(&self) -> String {
        let mut text = wrapped("", &self.heading());
        text += &paragraph(&self.people());
        text += &paragraph(&self.workers());
        if !self.is_one() {
            text += &self.unmatched();
        }
        text += "\nBe careful\n";
        for remark in self.remarks() {
            text += &bullet(&remark);
        }
        text + &self.next()
    }

    fn is_one(&self) -> bool {
        matches!(self.which, Which::Network(_))
    }

    fn heading(&self) -> String {
        let first = self.wanted.first();
        let icb = first
            .and_then(|it| it.icbs.first())
            .filter(|it| !it.code.is_empty());
        match (self.which, first) {
            (Which::Network(_), Some(network)) => {
                let icb = icb.map_or_else(String::new, |icb| format!(", {icb}"));
                format!("{} ({}){icb}", network.name, network.code)
            }
            (Which::Icb(_), Some(_)) => {
                let icb = icb.map_or_else(String::new, ToString::to_string);
                format!("{icb}: {}", counted(self.wanted.len(), "PCN"))
            }
            _ => format!("England: {}", counted(self.wanted.len(), "PCN")),
        }
    }

    fn people(&self) -> String {
        let practices: usize = self.wanted.iter().map(|it| it.practices.len()).sum();
        let patients: u64 = self.wanted.iter().map(|it| it.patients()).sum();
        format!(
            "{}, {} patients on {}.",
            counted(practices, "practice"),
            grouped(patients),
            in_words(self.published.lists.date)
        )
    }

    fn workers(&self) -> String {
        let date = in_words(self.published.workforce.date);
        let missing = self.count(Returned::Missing);
        if self.is_one() && missing == 1 {
            return format!("Link workers not known: not in the workforce file of {date}.");
        }
        let posts: usize = self.wanted.iter().map(|it| it.posts.len()).sum();
        let fte: f64 = self.wanted.iter().map(|it| it.fte).sum();
        let posts = counted(posts, "link worker post");
        let mut text = format!("{posts}, {} WTE in all, on {date}.", grouped_number(fte));
        text += &self.in_mental_health();
        if !self.is_one() {
            match missing {
                0 => {}
                1 => text += " 1 PCN is not in the workforce file: its posts are not known.",
                count => {
                    text += &format!(
                        " {count} PCNs are not in the workforce file: their posts are not known."
                    );
                }
            }
            match self.count(Returned::NoLinkWorker) {
                0 => {}
                1 => text += " 1 returned its workforce without a link worker.",
                count => text += &format!(" {count} returned theirs without a link worker."),
            }
            match self.count(Returned::AllLeftOut) {
                0 => {}
                1 => text += " 1 returned link workers in mental health alone, left out here.",
                count => {
                    text += &format!(
                        " {count} returned link workers in mental health alone, left out here."
                    );
                }
            }
        }
        text
    }

    /// How much of the posts is in mental health, if any is.
    fn in_mental_health(&self) -> String {
        let wte: f64 = self.wanted.iter().map(|it| it.mental_health_wte()).sum();
        match wte > 0.0 {
            true => format!(
                " Of these {} WTE are in mental health.",
                grouped_number(wte)
            ),
            false => String::new(),
        }
    }

    fn count(&self, returned: Returned) -> usize {
        let is_so = |it: &&&Network| it.returned == returned;
        self.wanted.iter().filter(is_so).count()
    }

    /// What did not match, by reason.
    fn unmatched(&self) -> String {
        let mut by_reason: BTreeMap<(&str, &str), Vec<&NotMatched>> = BTreeMap::new();
        for it in self.not_matched {
            by_reason.entry((it.what, it.why)).or_default().push(it);
        }
        if by_reason.is_empty() {
            return "\nEverything matched.\n".to_owned();
        }
        let mut text = format!("\nNot matched (all are in {NOT_MATCHED})\n");
        for ((what, why), those) in by_reason {
            let what = match what {
                "pcn" => "PCN",
                _ => "practice",
            };
            let patients: u64 = those.iter().filter_map(|it| it.patients).sum();
            let fte: f64 = those.iter().filter_map(|it| it.fte).sum();
            let mut line = counted(those.len(), what);
            if patients > 0 {
                line += &format!(", {} patients", grouped(patients));
            }
            if fte > 0.0 {
                line += &format!(", {} WTE", grouped_number(fte));
            }
            line += &format!(": {why}");
            if those.len() <= MOST_NAMED {
                let names: Vec<String> = those.iter().map(|it| named(it)).collect();
                line += &format!(" ({})", names.join("; "));
            }
            text += &bullet(&(line + "."));
        }
        text
    }

    fn remarks(&self) -> Vec<String> {
        let mut remarks = vec![EMPLOYED_ELSEWHERE.to_owned()];
        if self.is_one() {
            remarks.extend(self.wanted.iter().flat_map(|it| it.remarks.clone()));
        } else {
            let divided = self.wanted.iter().flat_map(|it| &it.posts);
            let divided = divided.filter(|post| post.part_of.1 > 1).count();
            if divided > 0 {
                remarks.push(format!(
                    "{divided} posts are equal parts of records above 1.0 WTE, most of them contracted services: how many people those are, the file does not say."
                ));
            }
            let is_odd = |remark: &&String| {
                remark.contains(" ICBs;") || remark.contains("in the name's place")
            };
            remarks.extend(self.wanted.iter().flat_map(|it| {
                let odd = it.remarks.iter().filter(is_odd);
                odd.map(|remark| format!("{} ({}): {remark}", it.name, it.code))
            }));
        }
        if !self.is_one() {
            let records = self.wanted.iter().map(|it| it.left_out).sum();
            remarks.extend(left_out(records));
        }
        remarks.extend(self.elsewhere());
        remarks.extend(self.england.remarks.iter().cloned());
        remarks
    }

    /// PCNs with practices in the ICB that are counted in another.
    fn elsewhere(&self) -> Vec<String> {
        let icb = match (self.which, self.wanted.first()) {
            (Which::Icb(_), Some(first)) => first.icbs.first().map(|icb| icb.code.clone()),
            _ => None,
        };
        let Some(icb) = icb else {
            return Vec::new();
        };
        let networks = self.england.networks.values();
        let others = networks.filter(|it| it.icbs.iter().skip(1).any(|other| other.code == icb));
        others
            .map(|it| {
                format!(
                    "{} ({}) has practices here too, but is counted in another ICB, where most of its patients are.",
                    it.name, it.code
                )
            })
            .collect()
    }

    fn next(&self) -> String {
        let out = self.out.display();
        match self.is_one() {
            true => format!(
                "\nThe scenario is in {out}. Read it, put in what you know, then\n  \
                 splw-sim check {out}\n  splw-sim run {out}\n"
            ),
            false => format!(
                "\nOne scenario a PCN is in {out}, with {NETWORKS}. Next\n  splw-sim run {out}\n"
            ),
        }
    }
}

/// `Elm Surgery (F81061)`, or the code alone.
fn named(it: &NotMatched) -> String {
    match it.name.is_empty() || it.name == it.code {
        true => it.code.clone(),
        false => format!("{} ({})", it.name, it.code),
    }
}
