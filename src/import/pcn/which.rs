//! Which PCNs are wanted.

use super::joined::{England, NotMatched, Published};
use super::map::{Map, Mapped};
use super::network::Network;
use crate::import::fault::Fault;
use crate::import::words::{counted, grouped};
use crate::scenario::file::writing::{nearest, quoted};
use std::collections::{BTreeMap, BTreeSet};

/// What was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Which {
    /// One PCN, by code or by a part of its name.
    Network(String),
    /// The PCNs of one ICB, by code or by a part of its name.
    Icb(String),
    /// All.
    England,
}

/// Names that are listed at most where several fit.
const MOST_NAMED: usize = 12;

impl Which {
    /// The PCNs that are meant, in the order of their codes.
    ///
    /// # Errors
    /// That there is no such thing, with the nearest that there is; or which several there are; or that the files
    /// say nothing of it.
    pub fn of<'a>(
        &self,
        england: &'a England,
        published: &Published,
    ) -> Result<Vec<&'a Network>, Unmet> {
        let networks = england.networks.values();
        match self {
            Self::Network(wanted) => {
                let code = network_code(wanted, england, &published.map)?;
                let network = england.networks.get(code);
                let network = network.ok_or_else(|| without_lists(code, published))?;
                Ok(vec![network])
            }
            Self::Icb(wanted) => {
                let known = named(&england.icbs);
                let code = one_of(wanted, &known, "ICB", |_| String::new())?;
                let is_there = |it: &&Network| it.icbs.first().is_some_and(|icb| icb.code == code);
                let networks: Vec<&Network> = networks.filter(is_there).collect();
                match networks.is_empty() {
                    true => Err(without_networks(code, england, published)),
                    false => Ok(networks),
                }
            }
            Self::England => Ok(networks.collect()),
        }
    }

    /// What did not match and concerns these PCNs; of an ICB also its practices without a PCN.
    #[must_use]
    pub fn not_matched<'a>(
        &self,
        england: &'a England,
        wanted: &[&Network],
    ) -> Vec<&'a NotMatched> {
        let icb = match (self, wanted) {
            (Self::Icb(_), [first, ..]) => first.icbs.first().map(|it| it.code.as_str()),
            _ => None,
        };
        let is_concerned = |it: &&NotMatched| match &it.network {
            _ if *self == Self::England => true,
            Some(network) => wanted.iter().any(|wanted| wanted.code == *network),
            None => icb.is_some_and(|icb| icb == it.icb),
        };
        england.not_matched.iter().filter(is_concerned).collect()
    }
}

/// Why there is nothing of what was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unmet {
    /// The map has no such thing, or several.
    NoSuch(String),
    /// It has, but the files say nothing of it.
    NoData(Fault),
}

impl From<String> for Unmet {
    fn from(what: String) -> Self {
        Self::NoSuch(what)
    }
}

/// Codes with their names.
fn named(names: &BTreeMap<String, String>) -> Vec<(&str, &str)> {
    let each = names.iter();
    each.map(|(code, name)| (&**code, &**name)).collect()
}

/// The PCN of the map that is meant.
fn network_code<'a>(wanted: &str, england: &England, map: &'a Map) -> Result<&'a str, String> {
    let of_icb = |code: &str| {
        let network = england.networks.get(code);
        let icb = network.and_then(|it| it.icbs.first());
        icb.map_or_else(String::new, |icb| format!(", {icb}"))
    };
    one_of(wanted, &named(&map.networks), "PCN", of_icb)
}

/// That the map has a PCN, but the list sizes have none of its practices.
fn without_lists(code: &str, published: &Published) -> Unmet {
    let (map, lists) = (&published.map, &published.lists);
    let is_of = |it: &&Mapped| it.network.as_deref() == Some(code);
    let rows: Vec<u64> = map
        .practices
        .values()
        .filter(is_of)
        .map(|it| it.row)
        .collect();
    let what = format!(
        "has PCN {code}, {}, but of its {} none has a list size above 0 in {}",
        map.networks.get(code).map_or("", String::as_str),
        counted(rows.len(), "practice"),
        lists.file
    );
    of_row(map, rows, what).into()
}

/// That the map has an ICB, but no PCN is counted in it.
fn without_networks(code: &str, england: &England, published: &Published) -> Unmet {
    let (map, lists) = (&published.map, &published.lists);
    let there = || map.practices.values().filter(|it| it.icb == code);
    let codes: BTreeSet<&str> = there().filter_map(|it| it.network.as_deref()).collect();
    let without = codes
        .iter()
        .filter(|it| !england.networks.contains_key(**it));
    let (all, without) = (codes.len(), without.count());
    let why = match all {
        0 => "but no practice of it is in a PCN".to_owned(),
        _ => format!(
            "but of its {} {} no practice with a list size above 0 in {}, and {} most patients in another ICB",
            counted(all, "PCN"),
            have(without),
            lists.file,
            have(all - without)
        ),
    };
    let name = map.icbs.get(code).map_or("", String::as_str);
    of_row(
        map,
        there().map(|it| it.row),
        format!("has ICB {code}, {name}, {why}"),
    )
    .into()
}

/// `none has`, `1 has`, `2 have`.
fn have(count: usize) -> String {
    match count {
        0 => "none has".to_owned(),
        1 => "1 has".to_owned(),
        more => format!("{} have", grouped(more as u64)),
    }
}

/// A fault of the map, in the first of these rows.
fn of_row(map: &Map, rows: impl IntoIterator<Item = u64>, what: String) -> Fault {
    Fault {
        row: rows.into_iter().min(),
        ..Fault::of_file(&map.file, what)
            .hint("are the map and the list sizes whole, and of one month?")
    }
}

impl From<Fault> for Unmet {
    fn from(fault: Fault) -> Self {
        Self::NoData(fault)
    }
}

/// The code that is meant by a code or by a part of a name; `besides` sets those of one name apart.
fn one_of<'a>(
    wanted: &str,
    known: &[(&'a str, &'a str)],
    what: &str,
    besides: impl Fn(&str) -> String,
) -> Result<&'a str, String> {
    let wanted = wanted.trim();
    if let Some((code, _)) = known
        .iter()
        .find(|(code, _)| code.eq_ignore_ascii_case(wanted))
    {
        return Ok(code);
    }
    let small = wanted.to_lowercase();
    let is_named = |name: &str| wanted.len() >= 3 && name.to_lowercase().contains(&small);
    let mut named: Vec<_> = known.iter().filter(|(_, name)| is_named(name)).collect();
    let whole = named
        .iter()
        .filter(|(_, name)| name.to_lowercase() == small);
    let whole: Vec<_> = whole.copied().collect();
    if whole.len() == 1 {
        named = whole;
    }
    match named[..] {
        [(code, _)] => Ok(code),
        [] => Err(no_such(wanted, known, what)),
        _ => {
            let listed: Vec<String> = named
                .iter()
                .take(MOST_NAMED)
                .map(|(code, name)| format!("\n  {code}  {name}{}", besides(code)))
                .collect();
            let more = match named.len().saturating_sub(MOST_NAMED) {
                0 => String::new(),
                more => format!("\n  and {more} more"),
            };
            let (count, wanted) = (named.len(), quoted(wanted));
            Err(format!(
                "\"{wanted}\" fits {count} {what}s; give the code of one:{}{more}",
                listed.concat()
            ))
        }
    }
}

/// A name as people say it: without PCN at its end.
fn spoken(name: &str) -> &str {
    name.strip_suffix(" PCN").unwrap_or(name)
}

/// That there is none of this code or name, with the nearest.
fn no_such(wanted: &str, known: &[(&str, &str)], what: &str) -> String {
    let capitals = wanted.to_uppercase();
    let by_code = nearest(&capitals, known.iter().map(|(code, _)| *code));
    let meant = known.iter().find(|(code, _)| by_code == Some(*code));
    let by_name = || {
        let name = nearest(wanted, known.iter().map(|(_, name)| spoken(name)))?;
        known.iter().find(|(_, it)| spoken(it) == name)
    };
    let hint = match meant.or_else(by_name) {
        Some((code, name)) => format!("; the nearest is {code}, {name}"),
        None => String::new(),
    };
    format!(
        "no {what} \"{}\" is in the practice-to-PCN map{hint}",
        quoted(wanted)
    )
}
