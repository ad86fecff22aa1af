//! A PCN as the files have it: its practices, its posts, and what is known of it.

use super::posts::Post;
use super::workforce::Role;
use crate::import::words::number;

/// An ICB that a PCN has practices in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Icb {
    /// Its code; empty where the map does not say.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Registered patients of the PCN in it.
    pub patients: u64,
}

/// A PCN.
#[derive(Clone, Debug)]
pub struct Network {
    /// ODS code.
    pub code: String,
    /// Name in proper case.
    pub name: String,
    /// Whether another PCN has the same name.
    pub shares_its_name: bool,
    /// Its ICBs, the one with most of its patients first; it is counted there.
    pub icbs: Vec<Icb>,
    /// Its sub-ICB locations.
    pub sub_icbs: Vec<String>,
    /// Its practices with a list, by code.
    pub practices: Vec<Practice>,
    /// What is known of its workforce.
    pub returned: Returned,
    /// Its posts.
    pub posts: Vec<Post>,
    /// Records of link workers in mental health that were left out, as asked.
    pub left_out: usize,
    /// Full-time equivalents of its link workers as published.
    pub fte: f64,
    /// Mean score of deprivation, weighted by list size.
    pub score: Option<f64>,
    /// Its fifth among the PCNs of the map, 1 the most deprived.
    pub fifth: Option<u8>,
    /// What a reader should know of it, in whole sentences.
    pub remarks: Vec<String>,
}

/// What is known of a workforce.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Returned {
    /// The PCN is not in the file: nothing is known.
    Missing,
    /// It is, without a link worker.
    NoLinkWorker,
    /// It is, with link workers in mental health alone, who were left out as asked.
    AllLeftOut,
    /// It is, with link workers.
    LinkWorkers,
}

/// A practice of a PCN.
#[derive(Clone, Debug, PartialEq)]
pub struct Practice {
    /// ODS code.
    pub code: String,
    /// Name in proper case; no other practice of the PCN has it.
    pub name: String,
    /// Registered patients, above 0.
    pub list_size: u64,
    /// Score of deprivation and fifth.
    pub deprivation: Option<(f64, u8)>,
}

impl Network {
    /// Registered patients of its practices.
    #[must_use]
    pub fn patients(&self) -> u64 {
        self.practices.iter().map(|it| it.list_size).sum()
    }

    /// WTE of its posts.
    #[must_use]
    pub fn wte(&self) -> f64 {
        self.posts.iter().map(|it| it.wte).sum()
    }

    /// WTE of its posts in mental health.
    #[must_use]
    pub fn mental_health_wte(&self) -> f64 {
        let posts = self.posts.iter();
        let posts = posts.filter(|it| it.role != Role::LinkWorker);
        posts.map(|it| it.wte).sum()
    }

    /// Its name, with its code where another PCN has the same.
    #[must_use]
    pub fn title(&self) -> String {
        match self.shares_its_name {
            true => format!("{} ({})", self.name, self.code),
            false => self.name.clone(),
        }
    }
}

impl std::fmt::Display for Icb {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.name == self.code {
            true => write!(f, "{}", self.code),
            false => write!(f, "{} ({})", self.name, self.code),
        }
    }
}

/// Gives practices that share a name their codes in it: a scenario refuses one name twice.
pub fn set_names_apart(practices: &mut [Practice]) {
    let names: Vec<String> = practices.iter().map(|it| it.name.clone()).collect();
    let codes: Vec<String> = practices.iter().map(|it| it.code.clone()).collect();
    for (position, practice) in practices.iter_mut().enumerate() {
        let another = |(at, name): (usize, &String)| at != position && *name == practice.name;
        let is_anothers_code = codes.iter().enumerate().any(another);
        if names.iter().enumerate().any(another) || is_anothers_code {
            practice.name = format!("{} ({})", practice.name, practice.code);
        }
    }
}

/// Mean score, weighted by list size, of the practices that have one.
#[must_use]
pub fn mean_score(practices: &[Practice]) -> Option<f64> {
    let scored = practices
        .iter()
        .filter_map(|it| Some((it.deprivation?.0, it.list_size as f64)));
    let (sum, weight) = scored.fold((0.0, 0.0), |(sum, weight), (score, size)| {
        (sum + score * size, weight + size)
    });
    (weight > 0.0).then(|| sum / weight)
}

/// What is said of records that stand as several posts.
#[must_use]
pub fn divided(posts: &[Post]) -> Vec<String> {
    let mut told = Vec::new();
    let mut position = 0;
    while let Some(post) = posts.get(position) {
        let (fte, parts) = post.part_of;
        position += parts;
        if parts > 1 {
            let what = match post.is_contracted {
                true => "A contracted service",
                false => "A post",
            };
            told.push(format!(
                "{what} of {} WTE stands as {parts} posts of {}: how many people it is, the file does not say.",
                number(fte),
                number(post.wte)
            ));
        }
    }
    told
}
