//! `[start]`: today's waiting list and open caseloads.

use super::DistributionSpec;
use crate::model::{Distribution, Waited};
use crate::scenario::kind::{Kind, Lengths};
use crate::scenario::node::{Node, Value};
use crate::scenario::presence::{optional, required};
use crate::scenario::ranges::between;
use crate::scenario::reader::{Reader, Written};
use crate::scenario::spec::{List, Number, Spec, Whole, tables};
use crate::scenario::table::table;
use crate::scenario::words::Name;

/// People or cases in one row at most.
const MOST_PEOPLE: u64 = 100_000;
const DAYS: f64 = 36_525.0;
const EACH: List<Number> = List(between(0.0, DAYS), Lengths::UpTo(MOST_PEOPLE as usize));

table! {
    /// Where a run starts that asks what happens from today on. Not together with a warm-up.
    StartTable {
        /// People on the waiting list.
        waiting: Vec<WaitingTable> = ("tables", tables::<WaitingTable>(10_000), optional("nobody")),
        /// Open cases.
        open: Vec<OpenTable> = ("tables", tables::<OpenTable>(10_000), optional("none")),
    }
}

table! {
    /// Some people of one practice who wait at the start.
    WaitingTable {
        /// Their practice: name or ODS code.
        practice: Written<String> = ("name", Name, required()),
        /// How many; left out when `waited_days` lists each person's.
        count: u64 = ("people", Whole(0, MOST_PEOPLE), optional("`waited_days` is a list")),
        /// How long they have waited: a number, a distribution, or a list with one figure a person.
        waited_days: Waited = ("days", WaitedSpec, required()),
        /// Their case type.
        case_type: Written<String> = ("name", Name, optional("drawn from the practice's shares")),
    }
}

table! {
    /// Some open cases of one post at the start, all past first contact.
    OpenTable {
        /// The post that holds them.
        post: Written<String> = ("name", Name, required()),
        /// How many; at most the post's places.
        count: u64 = ("cases", Whole(0, MOST_PEOPLE), required()),
        /// Contacts still to come for each, at least 1.
        contacts_left: Distribution = (
            "contacts",
            DistributionSpec(1_000.0),
            optional("drawn from the case type"),
        ),
        /// Their case type.
        case_type: Written<String> = ("name", Name, optional("drawn")),
    }
}

/// How long people have waited: a list with one figure a person, or a distribution (whose number
/// of people is put in later).
pub struct WaitedSpec;

impl Spec for WaitedSpec {
    type Out = Waited;

    fn kind(&self) -> Kind {
        Kind::Either(vec![EACH.kind(), Kind::Distribution(DAYS)])
    }

    fn read(&self, node: &Node, path: &str, reader: &mut Reader<'_>) -> Option<Waited> {
        match node.value {
            Value::List(_) => EACH.read(node, path, reader).map(Waited::Each),
            _ => {
                let drawn = DistributionSpec(DAYS).read(node, path, reader)?;
                Some(Waited::Drawn(0, drawn))
            }
        }
    }
}
