//! Whether the file of list sizes is whole.
//!
//! The files by age have rows of totals beside those of practices: of PCNs, ICBs and larger areas. Where they are
//! there, the practices are held against them, because a file that ends at the end of a line looks like a whole
//! one. The file of totals has practices alone; there, and besides, the map tells how many there should be.

use super::lists::{Lists, Total};
use super::map::Map;
use crate::import::fault::{Fault, Faults};
use crate::import::words::{counted, grouped};
use std::collections::{BTreeMap, BTreeSet};

/// Types of areas of which each kind divides all of the file among itself, as names are compared.
const AREAS: [&str; 10] = [
    "ENG",
    "ENGLAND",
    "NATIONAL",
    "COMM_REGION",
    "ICB",
    "STP",
    "SUB_ICB_LOCATION_CODE",
    "SUB_ICB_LOCATION",
    "CCG",
    PCN,
];
const PCN: &str = "PCN";
/// One in so many practices of the map without a list size are more than open and close between two months.
const FAR_TOO_MANY: usize = 5;
/// Contradictions of single areas that are told at most; the others are counted.
const MOST_TOLD: usize = 5;
/// Practices and rows that are named at most.
const MOST_NAMED: usize = 8;

const AGAIN: &str =
    "the file may have been cut off, or rows or numbers were changed; download it again";

/// Whether rows of this type are totals of areas that are looked at.
#[must_use]
pub fn is_area(area: &str) -> bool {
    AREAS.contains(&area)
}

/// Refuses list sizes that contradict themselves, or of which most are not there.
pub fn check(map: &Map, lists: &Lists, faults: &mut Faults) {
    let mut own = Faults::default();
    if let Some(fault) = of_all(lists) {
        own.add(fault);
    }
    if map.date == lists.date {
        of_areas(map, lists, &mut own);
    }
    if own.is_empty()
        && let Some(fault) = without(map, lists)
    {
        own.add(fault);
    }
    faults.append(own);
}

/// The practices of the file have fewer patients than all areas of a type: it is told of the first such type.
fn of_all(lists: &Lists) -> Option<Fault> {
    let practices: u64 = lists.sizes.values().sum();
    AREAS.iter().find_map(|area| {
        let rows = || lists.totals.iter().filter(|it| it.area == *area);
        let total: u64 = rows().map(|it| it.patients).sum();
        (total > practices).then(|| {
            let what = format!(
                "contradicts itself: {} patients in its {} of type {area} ({}), {} in its {} of practices ({})",
                grouped(total),
                counted(rows().count(), "row"),
                span(rows().map(|it| it.row)),
                grouped(practices),
                counted(lists.sizes.len(), "row"),
                span(lists.rows.values().copied()),
            );
            Fault::of_file(&lists.file, what).hint(AGAIN)
        })
    })
}

/// Each PCN against its practices of the map; each ICB where no PCN contradicts.
fn of_areas(map: &Map, lists: &Lists, faults: &mut Faults) {
    let unknown = lists.sizes.iter();
    let unknown = unknown.filter(|(code, _)| !map.practices.contains_key(*code));
    // A map of fewer practices leaves some out of an area: so many patients may lack there.
    let unknown: u64 = unknown.map(|(_, size)| size).sum();
    for areas in [&[PCN][..], &["ICB", "STP"]] {
        let of_area = practices_of(map, areas == [PCN]);
        let totals = lists.totals.iter().filter(|it| areas.contains(&&*it.area));
        let wrong = totals.filter_map(|it| {
            let practices = of_area.get(it.code.as_str())?;
            contradiction(it, practices, unknown, lists)
        });
        let wrong: Vec<Fault> = wrong.collect();
        let more = wrong.len().saturating_sub(MOST_TOLD);
        let is_none = wrong.is_empty();
        for fault in wrong.into_iter().take(MOST_TOLD) {
            faults.add(fault);
        }
        if more > 0 {
            let what = format!(
                "{} of type {} contradict their practices in the same way",
                counted(more, "more row"),
                areas[0]
            );
            faults.add(Fault::of_file(&lists.file, what));
        }
        if !is_none {
            return;
        }
    }
}

/// The practices of each PCN, or of each ICB.
fn practices_of(map: &Map, is_network: bool) -> BTreeMap<&str, BTreeSet<&str>> {
    let mut areas: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (code, practice) in &map.practices {
        let area = match is_network {
            true => practice.network.as_deref(),
            false => Some(practice.icb.as_str()),
        };
        if let Some(area) = area {
            areas.entry(area).or_default().insert(code);
        }
    }
    areas
}

/// A total that its practices do not add up to.
fn contradiction(
    total: &Total,
    practices: &BTreeSet<&str>,
    unknown: u64,
    lists: &Lists,
) -> Option<Fault> {
    let size = |code: &&&str| lists.sizes.get(**code).copied();
    let sum: u64 = practices.iter().filter_map(|it| size(&it)).sum();
    if (sum..=sum + unknown).contains(&total.patients) {
        return None;
    }
    let missing = practices.iter().filter(|it| size(it).is_none());
    let missing: Vec<String> = missing.map(|it| (*it).to_owned()).collect();
    let rows = practices.iter().filter_map(|it| lists.rows.get(*it));
    let rows: Vec<String> = rows.map(u64::to_string).collect();
    let rows = (!rows.is_empty()).then(|| format!("rows {}", first(&rows)));
    let missing = (!missing.is_empty()).then(|| format!("without a row: {}", first(&missing)));
    let which: Vec<String> = [rows, missing].into_iter().flatten().collect();
    let what = format!(
        "{} {} has {} patients here, but its practices of the map have {} ({})",
        total.area,
        total.code,
        grouped(total.patients),
        grouped(sum),
        which.join("; ")
    );
    Some(Fault {
        row: Some(total.row),
        column: Some("NUMBER_OF_PATIENTS".to_owned()),
        ..Fault::of_file(&lists.file, what).hint(AGAIN)
    })
}

/// Too many practices of the map have no list size.
fn without(map: &Map, lists: &Lists) -> Option<Fault> {
    let practices = map.practices.keys();
    let without = practices.filter(|code| !lists.sizes.contains_key(*code));
    let (without, all) = (without.count(), map.practices.len());
    if without == all {
        let what = "has the list size of no practice of the practice-to-PCN map".to_owned();
        return Some(Fault::of_file(&lists.file, what).hint("are both of one area?"));
    }
    (without * FAR_TOO_MANY > all).then(|| {
        let what = format!(
            "has no list size of {} of the {} practices of the practice-to-PCN map ({}): more than one in {FAR_TOO_MANY}",
            grouped(without as u64),
            grouped(all as u64),
            map.file
        );
        Fault::of_file(&lists.file, what).hint(
            "are both whole, and of one area? far fewer open and close between two months; download it again, or \
             give the part of the map that is of the same practices",
        )
    })
}

/// `rows 2 to 8`, from the first to the last.
fn span(rows: impl Iterator<Item = u64> + Clone) -> String {
    let (first, last) = (rows.clone().min(), rows.max());
    match (first, last) {
        (Some(first), Some(last)) if first < last => format!("rows {first} to {last}"),
        (Some(first), _) => format!("row {first}"),
        (None, _) => "none".to_owned(),
    }
}

/// The first of many, and how many more.
fn first(names: &[String]) -> String {
    let told = names[..names.len().min(MOST_NAMED)].join(", ");
    match names.len().saturating_sub(MOST_NAMED) {
        0 => told,
        more => format!("{told} and {} more", grouped(more as u64)),
    }
}
