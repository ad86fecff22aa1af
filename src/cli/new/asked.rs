//! Questions on a terminal, and what is a right answer.

use super::super::failure::Failure;
use super::super::interrupt;
use crate::import::starter::Service;
use jiff::civil::Date;
use std::io::{self, BufRead, Write};

/// Whether these can be list sizes.
pub fn check_lists(lists: &[u64]) -> Result<(), String> {
    let is_right = !lists.is_empty()
        && lists.len() <= 1_000
        && lists.iter().all(|size| (1..=10_000_000).contains(size));
    let why = "takes the registered patients of each practice, whole numbers set apart by commas: 9500,8200";
    is_right.then_some(()).ok_or_else(|| why.to_owned())
}

/// Whether these can be hours of link workers.
pub fn check_wte(wte: &[f64]) -> Result<(), String> {
    let is_right = wte.len() <= 1_000 && wte.iter().all(|wte| (0.0..=50.0).contains(wte));
    let why =
        "takes the WTE of each link worker, set apart by commas: 1,0.6 (1 is 37.5 hours a week)";
    is_right.then_some(()).ok_or_else(|| why.to_owned())
}

/// Whether this can be a rate of referrals.
pub fn check_rate(rate: f64) -> Result<(), String> {
    let why = "takes referrals per 1,000 registered patients a year, usually 10 to 30";
    (0.0..=100_000.0)
        .contains(&rate)
        .then_some(())
        .ok_or_else(|| why.to_owned())
}

/// Asks for a service.
///
/// # Errors
/// When the answers end, or somebody interrupts.
pub fn service(start: Date) -> Result<Service, Failure> {
    say("Four questions; an empty answer takes what stands in brackets.\n");
    let name = ask("What is the service called? [Our service] ", |text| {
        Ok(match text.is_empty() {
            true => "Our service".to_owned(),
            false => text.to_owned(),
        })
    })?;
    let lists = ask(
        "Registered patients of each practice, set apart by commas (9500, 8200): ",
        |text| {
            let sizes: Option<Vec<u64>> = parts(text).map(|it| it.parse().ok()).collect();
            let sizes = sizes.unwrap_or_default();
            check_lists(&sizes).map(|()| sizes)
        },
    )?;
    let wte = ask(
        "WTE of each link worker, set apart by commas; 1 is 37.5 hours a week [1] ",
        |text| {
            let text = if text.is_empty() { "1" } else { text };
            let wte: Option<Vec<f64>> = parts(text).map(|it| it.parse().ok()).collect();
            let wte = wte.unwrap_or_else(|| vec![f64::NAN]);
            check_wte(&wte).map(|()| wte)
        },
    )?;
    let rate = ask(
        "Referrals per 1,000 registered patients a year [20, England's average] ",
        |text| match text.is_empty() {
            true => Ok(None),
            false => {
                let rate = text.parse().unwrap_or(f64::NAN);
                check_rate(rate).map(|()| Some(rate))
            }
        },
    )?;
    Ok(Service {
        name,
        lists,
        wte: wte.into_iter().filter(|wte| *wte > 0.0).collect(),
        rate,
        start,
    })
}

/// Numbers set apart by commas, semicolons or blanks.
fn parts(text: &str) -> impl Iterator<Item = &str> {
    let parts = text.split([',', ';', ' ']).map(str::trim);
    parts.filter(|part| !part.is_empty())
}

/// Asks until the answer is right.
fn ask<T>(question: &str, read: impl Fn(&str) -> Result<T, String>) -> Result<T, Failure> {
    loop {
        say(question);
        let mut line = String::new();
        let read_bytes = io::stdin().lock().read_line(&mut line);
        if interrupt::asked() {
            return Err(Failure::Interrupted);
        }
        match read_bytes {
            Ok(0) => return Err(Failure::Usage("the answers ended".to_owned())),
            Err(error) => return Err(Failure::Other(format!("cannot read the answer: {error}"))),
            Ok(_) => {}
        }
        match read(line.trim()) {
            Ok(answer) => return Ok(answer),
            Err(why) => say(&format!("That {why}.\n")),
        }
    }
}

/// Says something where the questions are, which is not where the scenario goes.
fn say(text: &str) {
    // Where nobody can be asked, the answers will end.
    let _ = io::stderr().write_all(text.as_bytes());
    let _ = io::stderr().flush();
}
