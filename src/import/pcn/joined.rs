//! The files joined on codes: every PCN with its practices and posts, and what did not match.

use super::deprivation::{Deprivation, fifths};
use super::lists::Lists;
use super::map::{Map, Mapped};
use super::network::{Icb, Network, Practice, Returned, divided, mean_score, set_names_apart};
use super::posts::posts_of;
use super::workforce::Workforce;
use crate::import::dates::in_words;
use std::collections::BTreeMap;

/// Days between list sizes and workforce above which a word is said about it.
const FAR_APART_DAYS: i32 = 100;
/// One in so many practices without a list size are too many for practices that come and go.
const MANY: usize = 50;
/// Practices and PCNs below which a file is surely not of all England.
const PRACTICES_OF_ENGLAND: usize = 5_000;
const NETWORKS_OF_ENGLAND: usize = 1_000;

/// The files as read.
#[derive(Clone, Debug)]
pub struct Published {
    /// Practices and their PCNs.
    pub map: Map,
    /// List sizes.
    pub lists: Lists,
    /// The workforce.
    pub workforce: Workforce,
    /// Scores of deprivation.
    pub deprivation: Option<Deprivation>,
}

/// Every PCN of the files.
#[derive(Clone, Debug)]
pub struct England {
    /// PCNs by code.
    pub networks: BTreeMap<String, Network>,
    /// Names of ICBs by code.
    pub icbs: BTreeMap<String, String>,
    /// What did not match, in the order of what it is and of its code.
    pub not_matched: Vec<NotMatched>,
    /// What a reader should know of the files as a whole.
    pub remarks: Vec<String>,
}

/// Something of one file that another does not have.
#[derive(Clone, Debug, PartialEq)]
pub struct NotMatched {
    /// `practice`, `pcn` or `score`.
    pub what: &'static str,
    /// Its code.
    pub code: String,
    /// Its name, where it is known.
    pub name: String,
    /// The PCN concerned, where there is one.
    pub network: Option<String>,
    /// Its ICB, of a PCN that with most of its patients; empty for what is not in the map.
    pub icb: String,
    /// Registered patients concerned.
    pub patients: Option<u64>,
    /// Full-time equivalents of link workers concerned.
    pub fte: Option<f64>,
    /// Why, in a few words.
    pub why: &'static str,
}

impl Published {
    /// Joins the files.
    #[must_use]
    pub fn join(&self) -> England {
        let mut not_matched = Vec::new();
        let mut members: BTreeMap<&str, Vec<(&String, &Mapped)>> = BTreeMap::new();
        for (code, practice) in &self.map.practices {
            match &practice.network {
                Some(network) => members.entry(network).or_default().push((code, practice)),
                None => not_matched.push(self.without_network(code, practice)),
            }
        }
        let of_practices = self.deprivation.as_ref().map(Deprivation::fifths);
        let mut networks: BTreeMap<String, Network> = BTreeMap::new();
        for (code, members) in members {
            let network = self.network(code, &members, of_practices.as_ref(), &mut not_matched);
            networks.insert(code.to_owned(), network);
        }
        give_fifths(&mut networks);
        mark_shared_names(&mut networks);
        not_matched.extend(self.elsewhere());
        let is_empty = |it: &&Network| it.practices.is_empty();
        not_matched.extend(networks.values().filter(is_empty).map(without_list));
        networks.retain(|_, network| !network.practices.is_empty());
        not_matched.sort_by(|a, b| (a.what, &a.code).cmp(&(b.what, &b.code)));
        England {
            remarks: self.remarks(networks.len()),
            networks,
            icbs: self.map.icbs.clone(),
            not_matched,
        }
    }

    fn without_network(&self, code: &str, practice: &Mapped) -> NotMatched {
        NotMatched {
            what: "practice",
            code: code.to_owned(),
            name: practice.name.clone(),
            network: None,
            icb: practice.icb.clone(),
            patients: self.lists.sizes.get(code).copied(),
            fte: None,
            why: "in no PCN of the map",
        }
    }

    fn network(
        &self,
        code: &str,
        members: &[(&String, &Mapped)],
        fifths: Option<&BTreeMap<String, u8>>,
        not_matched: &mut Vec<NotMatched>,
    ) -> Network {
        let records = self.workforce.link_workers.get(code);
        let records = records.map_or(&[][..], Vec::as_slice);
        let left_out = self.workforce.left_out.get(code).copied().unwrap_or(0);
        let is_returned = self.workforce.returned.contains_key(code);
        let returned = match (is_returned, records, left_out) {
            (false, _, _) => Returned::Missing,
            (true, [], 0) => Returned::NoLinkWorker,
            (true, [], _) => Returned::AllLeftOut,
            (true, _, _) => Returned::LinkWorkers,
        };
        let mut network = Network {
            code: code.to_owned(),
            name: self
                .map
                .networks
                .get(code)
                .cloned()
                .unwrap_or_else(|| code.to_owned()),
            shares_its_name: false,
            icbs: self.icbs(members),
            sub_icbs: sub_icbs(members),
            practices: Vec::new(),
            returned,
            posts: posts_of(records),
            left_out,
            fte: records.iter().map(|it| it.fte).sum(),
            score: None,
            fifth: None,
            remarks: Vec::new(),
        };
        for (code, practice) in members {
            self.add_practice(&mut network, code, practice, fifths, not_matched);
        }
        set_names_apart(&mut network.practices);
        network.score = mean_score(&network.practices);
        let is_here = |renamed: &&(String, &str)| {
            renamed.0 == code || members.iter().any(|(code, _)| **code == renamed.0)
        };
        let renamed = self.map.renamed.iter().filter(is_here);
        network.remarks.extend(renamed.map(of_renamed));
        self.remark(&mut network, not_matched);
        network
    }

    fn add_practice(
        &self,
        network: &mut Network,
        code: &str,
        practice: &Mapped,
        fifths: Option<&BTreeMap<String, u8>>,
        not_matched: &mut Vec<NotMatched>,
    ) {
        let size = self.lists.sizes.get(code).copied();
        let unmatched = |what, why| NotMatched {
            what,
            code: code.to_owned(),
            name: practice.name.clone(),
            network: Some(network.code.clone()),
            icb: practice.icb.clone(),
            patients: size,
            fte: None,
            why,
        };
        let why = match size {
            None => Some("no list size in the file of list sizes, so left out"),
            Some(0) => Some("nobody on its list, so left out"),
            Some(_) => None,
        };
        if let Some(why) = why {
            not_matched.push(unmatched("practice", why));
            let remark = format!("{} ({code}) has {why}.", practice.name);
            network.remarks.push(remark);
            return;
        }
        let score = self
            .deprivation
            .as_ref()
            .and_then(|it| it.scores.get(code).copied());
        if self.deprivation.is_some() && score.is_none() {
            not_matched.push(unmatched("score", "no score of deprivation"));
            let name = &practice.name;
            let remark = format!("{name} ({code}) has no score of deprivation, and no fifth.");
            network.remarks.push(remark);
        }
        let fifth = fifths.and_then(|fifths| fifths.get(code).copied());
        network.practices.push(Practice {
            code: code.to_owned(),
            name: practice.name.clone(),
            list_size: size.unwrap_or_default(),
            deprivation: score.zip(fifth),
        });
    }

    /// The ICBs of practices, that with most patients first.
    fn icbs(&self, members: &[(&String, &Mapped)]) -> Vec<Icb> {
        let mut patients: BTreeMap<&str, u64> = BTreeMap::new();
        for (code, practice) in members {
            let size = self.lists.sizes.get(*code).copied().unwrap_or_default();
            *patients.entry(&practice.icb).or_default() += size;
        }
        let icb = |(code, patients): (&str, u64)| Icb {
            code: code.to_owned(),
            name: self.map.icbs.get(code).cloned().unwrap_or_default(),
            patients,
        };
        let mut icbs: Vec<Icb> = patients.into_iter().map(icb).collect();
        icbs.sort_by(|a, b| (b.patients, &a.code).cmp(&(a.patients, &b.code)));
        icbs
    }

    /// Says what a reader should know of a PCN.
    fn remark(&self, network: &mut Network, not_matched: &mut Vec<NotMatched>) {
        if let [most, others @ ..] = &network.icbs[..]
            && !others.is_empty()
        {
            let others: Vec<String> = others.iter().map(Icb::to_string).collect();
            let remark = format!(
                "Its practices lie in {} ICBs; it is counted in {most}, where most of its patients are, and not in {}.",
                others.len() + 1,
                others.join(" or ")
            );
            network.remarks.push(remark);
        }
        let date = in_words(self.workforce.date);
        match network.returned {
            Returned::Missing => {
                network.remarks.push(format!(
                    "It is not in the workforce file of {date}: its posts are not known, which is not none."
                ));
                not_matched.push(NotMatched {
                    what: "pcn",
                    code: network.code.clone(),
                    name: network.name.clone(),
                    network: Some(network.code.clone()),
                    icb: icb_of(network),
                    patients: Some(network.patients()),
                    fte: None,
                    why: "not in the workforce file, posts not known",
                });
            }
            Returned::NoLinkWorker => network.remarks.push(format!(
                "It returned its workforce of {date} without a link worker; others may employ them."
            )),
            Returned::AllLeftOut => network.remarks.push(format!(
                "It returned link workers in mental health alone on {date}."
            )),
            Returned::LinkWorkers => network.remarks.extend(divided(&network.posts)),
        }
        network.remarks.extend(left_out(network.left_out));
    }

    /// What is in the list sizes or the workforce and not in the map.
    fn elsewhere(&self) -> Vec<NotMatched> {
        let is_known = |code: &String| self.map.practices.contains_key(code);
        let lists = self.lists.sizes.iter().filter(|(code, _)| !is_known(code));
        let lists = lists.map(|(code, size)| NotMatched {
            what: "practice",
            code: code.clone(),
            name: String::new(),
            network: None,
            icb: String::new(),
            patients: Some(*size),
            fte: None,
            why: "in the list sizes, not in the map",
        });
        let returned = self.workforce.returned.iter();
        let returned = returned.filter(|(code, _)| !self.map.networks.contains_key(*code));
        let returned = returned.map(|(code, name)| {
            let records = self.workforce.link_workers.get(code);
            NotMatched {
                what: "pcn",
                code: code.clone(),
                name: name.clone(),
                network: None,
                icb: String::new(),
                patients: None,
                fte: Some(records.map_or(0.0, |it| it.iter().map(|it| it.fte).sum())),
                why: "in the workforce file, not in the map",
            }
        });
        lists.chain(returned).collect()
    }

    /// What a reader should know of the files as a whole.
    fn remarks(&self, networks: usize) -> Vec<String> {
        let mut remarks = Vec::new();
        let (map, lists, workforce) = (self.map.date, self.lists.date, self.workforce.date);
        if map != lists {
            let (map, lists) = (in_words(map), in_words(lists));
            remarks.push(format!(
                "The map is of {map}, the list sizes are of {lists}: practices that closed, merged or moved between the two do not match."
            ));
        }
        let practices = self.map.practices.keys();
        let without = practices
            .filter(|code| !self.lists.sizes.contains_key(*code))
            .count();
        let of_all = self.map.practices.len();
        if without * MANY > of_all {
            remarks.push(format!(
                "{without} of {of_all} practices of the map have no list size: is the file of list sizes whole, and of the same area?"
            ));
        }
        if (workforce - lists).get_days().abs() > FAR_APART_DAYS {
            let (lists, workforce) = (in_words(lists), in_words(workforce));
            remarks.push(format!(
                "The list sizes are of {lists}, the workforce is of {workforce}: months apart."
            ));
        }
        let scores = self
            .deprivation
            .as_ref()
            .map_or(usize::MAX, |it| it.scores.len());
        if scores < PRACTICES_OF_ENGLAND {
            remarks.push(format!(
                "Fifths of deprivation of practices are of the {scores} practices with a score in that file, not of England's."
            ));
        }
        if self.deprivation.is_some() && networks < NETWORKS_OF_ENGLAND {
            remarks.push(format!(
                "Fifths of deprivation of PCNs are of the {networks} PCNs of that map, not of England's."
            ));
        }
        let is_icb = |it: &&(String, &str)| self.map.icbs.contains_key(&it.0);
        remarks.extend(self.map.renamed.iter().filter(is_icb).map(of_renamed));
        remarks
    }
}

/// That link workers in mental health are left out, and how many.
#[must_use]
pub fn left_out(records: usize) -> Option<String> {
    match records {
        0 => None,
        1 => Some("1 record of link workers in mental health is left out, as asked.".to_owned()),
        _ => Some(format!(
            "{records} records of link workers in mental health are left out, as asked."
        )),
    }
}

/// The ICB in which a PCN is counted.
fn icb_of(network: &Network) -> String {
    let icb = network.icbs.first();
    icb.map(|it| it.code.clone()).unwrap_or_default()
}

/// A PCN of whose practices none has a list.
fn without_list(network: &Network) -> NotMatched {
    NotMatched {
        what: "pcn",
        code: network.code.clone(),
        name: network.name.clone(),
        network: Some(network.code.clone()),
        icb: icb_of(network),
        patients: None,
        fte: Some(network.fte),
        why: "no practice with a list size, so no scenario",
    }
}

/// That a code stands in the place of a name, and why.
fn of_renamed((code, why): &(String, &str)) -> String {
    format!("The name of {code} {why}: its code stands in the name's place.")
}

fn sub_icbs(members: &[(&String, &Mapped)]) -> Vec<String> {
    let codes = members.iter().map(|(_, practice)| practice.sub_icb.clone());
    let mut codes: Vec<String> = codes.filter(|it| !it.is_empty()).collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}

fn give_fifths(networks: &mut BTreeMap<String, Network>) {
    let scores = networks
        .iter()
        .filter_map(|(code, it)| Some((code.clone(), it.score?)));
    let fifths = fifths(&scores.collect());
    for (code, network) in networks {
        network.fifth = fifths.get(code).copied();
    }
}

fn mark_shared_names(networks: &mut BTreeMap<String, Network>) {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for network in networks.values() {
        *counts.entry(network.name.clone()).or_default() += 1;
    }
    for network in networks.values_mut() {
        network.shares_its_name = counts.get(&network.name).is_some_and(|count| *count > 1);
    }
}
