//! Primary care networks drawn from the published distributions, written as one scenario file.
//!
//! England has 1,298 networks; a scenario describes one service. Networks that share no worker do not
//! meet, so that a hundred of them stand in one file, each with practices and posts of its own.
//! Only sums, products and square roots are used, so that every machine writes the same file.

use std::fmt::Write as _;

/// How many networks are drawn; those without a worker are then left out.
const NETWORKS: usize = 100;

/// What the draws begin with. It was chosen before anything was run and never changed.
const SEED: u64 = 20_261_005;

/// Correlation of the normal scores of list size and FTE. Derived: the published quartiles of FTE per
/// 10,000 patients, of FTE and of list size fit together at 0.63, their 5% and 95% points at 0.36.
const FTE_BY_LIST: f64 = 0.5;

/// The same of list size and number of practices. An assumption.
const PRACTICES_BY_LIST: f64 = 0.5;

/// A published distribution: shares and the values not exceeded by them, with straight lines between.
type Quantiles = [(f64, f64)];

/// Patients of a network, July 2026: the table of evidence H. The smallest is that of 2020; the upper
/// end is where the mean is the published 48,703 (a straight line to the largest would miss it).
const LIST_SIZE: &Quantiles = &[
    (0.0, 14_605.0),
    (0.05, 27_114.0),
    (0.25, 35_885.0),
    (0.5, 45_119.0),
    (0.75, 56_027.0),
    (0.95, 84_512.0),
    (1.0, 100_000.0),
];

/// Share of returning networks that record no link worker.
const WITHOUT: f64 = 0.15;

/// FTE of the other networks, June 2026. The upper end is where the mean is the published 2.55.
const FTE: &Quantiles = &[
    (0.0, 0.3),
    (0.05, 0.8),
    (0.25, 1.0),
    (0.5, 2.0),
    (0.75, 3.0),
    (0.95, 6.6),
    (1.0, 8.9),
];

/// Networks with 1, 2, ... practices, of 1,298; the last stands for nine or more, as ten.
const PRACTICES: [(usize, f64); 9] = [
    (1, 93.0),
    (2, 130.0),
    (3, 220.0),
    (4, 250.0),
    (5, 221.0),
    (6, 138.0),
    (7, 97.0),
    (8, 57.0),
    (10, 92.0),
];

/// Patients of a practice: only how unequal the practices of a network are is taken from it.
const PRACTICE_SIZE: &Quantiles = &[
    (0.0, 1_500.0),
    (0.05, 3_049.0),
    (0.25, 5_887.0),
    (0.5, 8_815.0),
    (0.75, 12_720.0),
    (0.95, 22_069.0),
    (1.0, 30_000.0),
];

/// FTE of a record. Of the published ones 51% are 1.0 and 10% below 0.5, and the mean is 0.85; because
/// what is left of a network's FTE at the end makes a smaller post, larger ones are drawn more often.
const RECORD: [(f64, f64); 2] = [(0.75, 1.0), (1.0, 0.8)];

/// Referrals per 1,000 patients a year over all networks: 1.3 of 62.5 million (Bu et al. 2025).
const REFERRALS_PER_1000: f64 = 20.8;

/// What is assumed of the service and is in question, all of grade D.
#[derive(Clone, Copy)]
pub struct Service {
    /// Whether referrals go with workers: per 1,000 patients in proportion to the 0.75th power of FTE
    /// per patient, or alike in all networks that have a worker.
    pub referrals_follow_workers: bool,
    /// Open cases at most, per WTE.
    pub cap_per_wte: u32,
    /// Client time, in hundredths of paid time.
    pub client_hundredths: u32,
}

/// One network.
struct Network {
    /// Patients of each practice.
    lists: Vec<u32>,
    /// WTE of each post, in tenths.
    tenths: Vec<u32>,
}

impl Network {
    fn patients(&self) -> f64 {
        self.lists.iter().copied().map(f64::from).sum()
    }

    /// How much a patient refers, relative to other networks.
    fn eagerness(&self, service: &Service) -> f64 {
        let fte: u32 = self.tenths.iter().sum();
        match (fte, service.referrals_follow_workers) {
            (0, _) => 0.0,
            (_, false) => 1.0,
            (_, true) => {
                let root = (f64::from(fte) / self.patients()).sqrt();
                root * root.sqrt()
            }
        }
    }
}

/// SplitMix64 (Steele, Lea and Flood 2014): enough for drawing a hundred networks once.
struct Draws(u64);

impl Draws {
    /// A number from 0 to 1.
    fn uniform(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Nearly a normal score: twelve uniforms less six.
    fn score(&mut self) -> f64 {
        (0..12).map(|_| self.uniform()).sum::<f64>() - 6.0
    }
}

/// The networks, those without a worker too.
fn networks() -> Vec<Network> {
    let mut draws = Draws(SEED);
    let sizes: Vec<f64> = (0..NETWORKS).map(|_| draws.score()).collect();
    let mut with = |correlation: f64| -> Vec<f64> {
        let rest = (1.0 - correlation * correlation).sqrt();
        let scores = sizes.iter();
        scores
            .map(|size| correlation * size + rest * draws.score())
            .collect()
    };
    let workers = shares(&with(FTE_BY_LIST));
    let practices = shares(&with(PRACTICES_BY_LIST));
    let sizes = shares(&sizes);
    (0..NETWORKS)
        .map(|nth| Network {
            lists: lists(sizes[nth], practices[nth], &mut draws),
            tenths: tenths(workers[nth], &mut draws),
        })
        .collect()
}

/// The middle of each score's place among all: each part of a distribution is drawn once.
fn shares(scores: &[f64]) -> Vec<f64> {
    let below = |score: &f64| scores.iter().filter(|it| *it < score).count();
    let shares = scores.iter().map(below);
    shares
        .map(|below| (below as f64 + 0.5) / scores.len() as f64)
        .collect()
}

fn quantile(distribution: &Quantiles, share: f64) -> f64 {
    let line = distribution
        .windows(2)
        .find(|line| share <= line[1].0)
        .expect("a share is at most 1");
    let ((from, low), (to, high)) = (line[0], line[1]);
    low + (high - low) * (share - from) / (to - from)
}

fn lists(size: f64, practices: f64, draws: &mut Draws) -> Vec<u32> {
    let all: f64 = PRACTICES.iter().map(|it| it.1).sum();
    let mut left = practices * all;
    let count = PRACTICES.iter().find(|(_, networks)| {
        left -= networks;
        left <= 0.0
    });
    let count = count.map_or(10, |it| it.0);
    let parts: Vec<f64> = (0..count)
        .map(|_| quantile(PRACTICE_SIZE, draws.uniform()))
        .collect();
    let patients = quantile(LIST_SIZE, size);
    let whole: f64 = parts.iter().sum();
    parts
        .iter()
        .map(|part| (patients * part / whole).round() as u32)
        .collect()
}

/// Posts are drawn until they make up the network's FTE; the last is what is missing.
fn tenths(share: f64, draws: &mut Draws) -> Vec<u32> {
    if share <= WITHOUT {
        return Vec::new();
    }
    let fte = quantile(FTE, (share - WITHOUT) / (1.0 - WITHOUT));
    let mut left = (10.0 * fte).round() as u32;
    let mut posts = Vec::new();
    while left > 0 {
        let drawn = draws.uniform();
        let record = RECORD.iter().find(|(share, _)| drawn < *share);
        let wanted = record.map_or(1.0, |it| it.1);
        let post = ((10.0 * wanted).round() as u32).min(left);
        // Nobody is employed for half a day a week to make up the figure.
        let post = if left - post == 1 { post - 1 } else { post };
        posts.push(post);
        left -= post;
    }
    posts
}

/// The scenario: `head`, practices and posts, then `tail`.
pub fn file(head: &str, tail: &str, service: &Service) -> String {
    let networks = networks();
    let referred = |network: &Network| network.patients() * network.eagerness(service);
    let patients: f64 = networks.iter().map(Network::patients).sum();
    let scale = REFERRALS_PER_1000 * patients / networks.iter().map(referred).sum::<f64>();
    let (mut practices, mut posts) = (String::new(), String::new());
    for (nth, network) in networks.iter().enumerate() {
        if !network.tenths.is_empty() {
            let pcn = format!("PCN {:03}", nth + 1);
            let rate = scale * network.eagerness(service);
            let served = write_practices(&mut practices, &pcn, network, rate);
            write_posts(&mut posts, &pcn, network, service, &served);
        }
    }
    format!("{head}practices = [\n{practices}]\n\nposts = [\n{posts}]\n{tail}")
}

/// Writes the practices of a network, and gives back their names as a list.
fn write_practices(rows: &mut String, pcn: &str, network: &Network, rate: f64) -> String {
    let mut names = Vec::new();
    for (nth, list) in network.lists.iter().enumerate() {
        let name = format!("\"{pcn} practice {}\"", nth + 1);
        let _ = writeln!(
            rows,
            "    {{ name = {name}, list_size = {list}, referrals_per_1000_a_year = {rate:.1} }},"
        );
        names.push(name);
    }
    names.join(", ")
}

fn write_posts(rows: &mut String, pcn: &str, network: &Network, service: &Service, served: &str) {
    for (nth, tenths) in network.tenths.iter().enumerate() {
        let rest = match nth {
            0 => format!(
                "client_share = 0.{}, serves = [{served}]",
                service.client_hundredths
            ),
            _ => format!("like = \"{pcn} link worker 1\""),
        };
        let _ = writeln!(
            rows,
            "    {{ name = \"{pcn} link worker {}\", wte = {}.{}, caseload_cap = {}, {rest} }},",
            nth + 1,
            tenths / 10,
            tenths % 10,
            service.cap_per_wte * tenths / 10,
        );
    }
}
