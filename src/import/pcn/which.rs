//! Which PCNs are wanted.

use super::joined::{England, NotMatched};
use super::network::Network;
use crate::scenario::file::writing::{nearest, quoted};

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
    /// That there is no such thing, with the nearest that there is; or which several there are.
    pub fn of<'a>(&self, england: &'a England) -> Result<Vec<&'a Network>, String> {
        let networks = self.networks(england)?;
        match networks.is_empty() {
            true => Err("no PCN has most of its patients there".to_owned()),
            false => Ok(networks),
        }
    }

    fn networks<'a>(&self, england: &'a England) -> Result<Vec<&'a Network>, String> {
        match self {
            Self::Network(wanted) => {
                let known = england.networks.values();
                let known: Vec<(&str, &str)> = known.map(|it| (&*it.code, &*it.name)).collect();
                let of_icb = |code: &str| {
                    let network = england.networks.get(code);
                    let icb = network.and_then(|it| it.icbs.first());
                    icb.map_or_else(String::new, |icb| format!(", {icb}"))
                };
                let code = one_of(wanted, &known, "PCN", of_icb)?;
                Ok(england.networks.get(code).into_iter().collect())
            }
            Self::Icb(wanted) => {
                let known = england.icbs.iter();
                let known: Vec<(&str, &str)> =
                    known.map(|(code, name)| (&**code, &**name)).collect();
                let code = one_of(wanted, &known, "ICB", |_| String::new())?;
                let networks = england.networks.values();
                let is_there = |it: &&Network| it.icbs.first().is_some_and(|icb| icb.code == code);
                Ok(networks.filter(is_there).collect())
            }
            Self::England => Ok(england.networks.values().collect()),
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
