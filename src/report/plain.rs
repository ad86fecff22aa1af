//! A scenario read back in plain words: what was read, and what was filled in.

use super::Story;
use super::number::{counted, grouped, percent, readable};
use super::prose::{aligned, bullet, listed, paragraph, wrapped};
use crate::model::{CalendarKind, Model, SimDuration, SimTime};

/// What was read and what will be run.
#[must_use]
pub fn read_back(story: &Story, model: &Model, replications: u32, seed: u64) -> String {
    let mut text = wrapped("", &story.title);
    if let Some(question) = &story.question {
        text += &wrapped("", question);
    }
    text += "\nRead\n";
    let patients: f64 = model
        .practices
        .iter()
        .map(|practice| practice.list_size)
        .sum();
    let wte: f64 = model.posts.iter().map(|post| post.wte).sum();
    text += &paragraph(&format!(
        "{}, {} patients; {}, {} WTE; {}.",
        counted(model.practices.len(), "practice"),
        grouped(patients, 0),
        counted(model.posts.len(), "post"),
        readable(wte),
        counted(model.case_types.len(), "case type")
    ));
    text += &paragraph(&period(model));
    text += &paragraph(&format!(
        "{} with seed {seed}.",
        counted(replications as usize, "replication")
    ));
    for note in story.notes.iter().chain(&unreachable_target(story, model)) {
        text += &bullet(note);
    }
    if !story.assumptions.is_empty() {
        text += &bullet(&format!(
            "Graded D by the file itself: {}.",
            listed(&story.assumptions)
        ));
    }
    text
}

/// That a target asks for more people than calls can reach, whatever the staffing.
#[must_use]
pub fn unreachable_target(story: &Story, model: &Model) -> Option<String> {
    let contact = &model.first_contact;
    let reached = 1.0 - (1.0 - contact.answered_share).powi(contact.attempts as i32);
    let is_share =
        |name: &str| name.starts_with("contacted_within_") || name == "share_contacted_ever";
    let beyond = story
        .targets
        .iter()
        .find(|(name, target)| is_share(name) && *target > reached)?;
    Some(format!(
        "No staffing reaches the target of {} {}: {} answered {} of the time reach {} at most.",
        percent(beyond.1),
        beyond.0.replace('_', " "),
        counted(contact.attempts as usize, "call"),
        percent(contact.answered_share),
        percent(reached)
    ))
}

/// The results collection period in a sentence: how long, from when to when, and what goes before.
#[must_use]
pub fn period(model: &Model) -> String {
    let days = model.period.length().days();
    let calendar = match model.calendar.kind() {
        CalendarKind::England => "England's working days",
        CalendarKind::AlwaysOpen => "always open",
    };
    let opens = model.calendar.date(model.period.opens.day());
    let last = SimTime::from_seconds(model.period.closes.seconds() - 1);
    let closes = model.calendar.date(last.day());
    let before = model.period.opens.since(SimTime::ZERO);
    let beginning = if model.start.is_some() {
        "starting from today's list and caseloads".to_owned()
    } else if before > SimDuration::ZERO {
        format!("after {} weeks of warm-up", readable(before.days() / 7.0))
    } else {
        "starting empty, with no warm-up".to_owned()
    };
    format!(
        "{} days from {opens} to {closes} ({calendar}), {beginning}.",
        readable(days)
    )
}

/// Every uncertain input, with its central value and its 10% and 90% points, and how often `run`
/// draws them; nothing where there are none.
#[must_use]
pub fn not_known(inputs: &[(String, [f64; 3])], draws: u32, replications: u32) -> String {
    if inputs.is_empty() {
        return String::new();
    }
    let mut text = format!(
        "\nUncertain: {draws} draws, each replicated {replications} times (what follows has central values)\n"
    );
    let rows = inputs.iter().map(|(key, [central, low, high])| {
        let (low, high) = (readable(*low), readable(*high));
        vec![
            key.clone(),
            readable(*central),
            format!("8 in 10: {low} to {high}"),
        ]
    });
    text += &aligned(&rows.collect::<Vec<_>>());
    text
}

/// Every default that was filled in: key, value, grade, source.
#[must_use]
pub fn defaults_taken(defaults: &[[String; 4]]) -> String {
    if defaults.is_empty() {
        return "\nNothing was filled in: every key is given.\n".to_owned();
    }
    let mut text = String::from(
        "\nFilled in (A official statistics, B guidance, C grey literature, D assumption)\n",
    );
    let rows: Vec<Vec<String>> = defaults
        .iter()
        .map(|[key, value, grade, _]| vec![format!("{grade}  {key} = {value}")])
        .collect();
    text += &aligned(&rows);
    text
}
