//! A scenario to begin with, of what somebody says of their service; the rest is usual.

use super::usual;
use super::words::{comment, counted, decimal, grouped, number};
use crate::scenario::file::writing::literal;
use jiff::civil::Date;

/// What is known of a service.
#[derive(Clone, Debug, PartialEq)]
pub struct Service {
    /// What it is called.
    pub name: String,
    /// Registered patients of each practice.
    pub lists: Vec<u64>,
    /// WTE of each link worker, each above 0.
    pub wte: Vec<f64>,
    /// Referrals per 1,000 registered patients a year; as usual where nobody knows.
    pub rate: Option<f64>,
    /// First day of the run.
    pub start: Date,
}

/// The usual rate as it stands in the pathway.
const USUAL_RATE: &str = "referrals_per_1000_a_year = 20.0        # Bu et al. 2025, derived";

/// Its source in the provenance.
const SOURCE_OF_RATE: &str = "\"demand.referrals_per_1000_a_year\"";

/// The scenario of a service.
#[must_use]
pub fn starter(service: &Service) -> String {
    let practices: String = (1..)
        .zip(&service.lists)
        .map(|(number, size)| {
            format!("[[practices]]\nname = \"Practice {number}\"\nlist_size = {size}\n\n")
        })
        .collect();
    let parts = [
        head(service),
        usual::period(service.start, "a Monday, if you can"),
        pathway(service),
        format!(
            "# Registered patients, as given. Put in names and ODS codes if you like.\n{practices}"
        )
        .trim_end()
        .to_owned()
            + "\n",
        posts(service),
        usual::TARGETS.trim_end().to_owned() + "\n",
        provenance(service),
    ];
    parts.join("\n")
}

fn head(service: &Service) -> String {
    let patients: u64 = service.lists.iter().sum();
    let wte: f64 = service.wte.iter().sum();
    let practices = counted(service.lists.len(), "practice");
    let mut text = comment(&format!(
        "{}: {practices}, {} patients, {} WTE of link workers.",
        service.name,
        grouped(patients),
        number(wte)
    ));
    text += "#\n";
    text += &comment(
        "Written by splw-sim new. What you gave is your own; all else is what is usually taken where \
         nothing is known (A official statistics or a large study, B guidance or a small study, C grey \
         literature, D assumption): put in what you know.",
    );
    text += &format!(
        "\nschema = 1\ntitle = {}\nquestion = \"How many of the people referred are ever seen, and after how long?\"\n",
        literal(&service.name)
    );
    text
}

fn pathway(service: &Service) -> String {
    let pathway = usual::pathway("");
    match service.rate {
        None => pathway,
        Some(rate) => pathway.replace(
            USUAL_RATE,
            &format!(
                "referrals_per_1000_a_year = {:<12}# as given",
                decimal(rate)
            ),
        ),
    }
}

fn posts(service: &Service) -> String {
    let first = "Link worker 1";
    let post = |(number, wte): (usize, &f64)| {
        let like = (number > 1).then_some(first);
        usual::post(&format!("Link worker {number}"), *wte, "", like)
    };
    let posts: Vec<String> = (1..).zip(&service.wte).map(post).collect();
    match posts.is_empty() {
        false => posts.join("\n"),
        true => "# No link worker: nobody is ever contacted.\n".to_owned(),
    }
}

fn provenance(service: &Service) -> String {
    let given = "{ source = \"given when the file was made\" }";
    let mut text = format!("[provenance]\n\"practices.*.list_size\" = {given}\n");
    if !service.wte.is_empty() {
        text += &format!("\"posts.*.wte\" = {given}\n");
    }
    for line in usual::sources(!service.wte.is_empty()).lines() {
        match service.rate {
            Some(_) if line.starts_with(SOURCE_OF_RATE) => {
                text += &format!("{SOURCE_OF_RATE} = {given}\n");
            }
            _ => text += &format!("{line}\n"),
        }
    }
    text
}
