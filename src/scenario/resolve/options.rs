//! Which options there are, and which others each one combines.

use std::collections::{BTreeMap, BTreeSet};

use super::names::Names;
use crate::scenario::file::OptionTable;
use crate::scenario::finding::{Finding, Findings};
use crate::scenario::node::Value;
use crate::scenario::reader::Written;

/// The name that the tables give the service without any option.
pub const BASE: &str = "base";

/// For each option the positions of the options whose changes it makes, in order, itself last;
/// `None` for one that cannot be tried, because it, or one that it combines, is wrong.
pub fn plans(options: &[OptionTable], findings: &mut Findings) -> Vec<Option<Vec<usize>>> {
    let names = names(options, findings);
    let parts: Vec<Option<Vec<usize>>> = options
        .iter()
        .map(|option| {
            let is_right = check_content(option, findings);
            let parts = parts(option, &names, findings);
            parts.filter(|_| is_right)
        })
        .collect();
    let mut in_circles = BTreeSet::new();
    let plan = |index| {
        let mut plan = Plan {
            parts: &parts,
            order: Vec::new(),
            chain: Vec::new(),
        };
        match plan.put(index) {
            Ok(()) => return Some(plan.order),
            Err(Broken::Circle) if in_circles.insert(index) => {
                refuse_circle(&options[index], findings);
                in_circles.extend(plan.chain);
            }
            Err(_) => {}
        }
        None
    };
    (0..options.len()).map(plan).collect()
}

fn names(options: &[OptionTable], findings: &mut Findings) -> Names {
    let mut names = Names::of("option");
    for (position, option) in options.iter().enumerate() {
        names.add(option.name.name(), position, findings);
        if let Some(name) = option.name.name()
            && name.value.eq_ignore_ascii_case(BASE)
        {
            let what = "is the name of the service without any option";
            findings.add(Finding::at(&name.at, what).hint("give the option another name"));
        }
    }
    names
}

/// Whether all that an option says could be read, and it says something.
fn check_content(option: &OptionTable, findings: &mut Findings) -> bool {
    let is_wrong = option.set.is_wrong()
        || option.scale.is_wrong()
        || option.remove.is_wrong()
        || option.combine.is_wrong()
        || match option.add.given() {
            Some(add) => add.value.is_wrong(),
            None => option.add.is_wrong(),
        };
    let added = option.add.peek().is_some_and(|add| {
        let is_some = |list: &Value| !matches!(list, Value::List(items) if items.is_empty());
        add.arrays()
            .iter()
            .any(|(_, list)| is_some(&list.value.value))
    });
    let changes = option.set.items().len()
        + option.scale.items().len()
        + option.remove.items().len()
        + option.combine.items().len()
        + usize::from(added);
    if changes == 0 && !is_wrong {
        findings.add(
            Finding::at(&option.at, "changes nothing")
                .allowed("at least one of `set`, `scale`, `add`, `remove` and `combine`"),
        );
    }
    changes > 0 && !is_wrong
}

/// The positions of the options that an option combines; `None` if one of them is not there.
fn parts(option: &OptionTable, names: &Names, findings: &mut Findings) -> Option<Vec<usize>> {
    let mut met: BTreeMap<usize, &Written<String>> = BTreeMap::new();
    let mut parts = Vec::new();
    for name in option.combine.items() {
        let position = names.find(name, findings)?;
        match met.get(&position) {
            Some(first) => findings.add(
                Finding::at(&name.at, "names an option for the second time")
                    .first_given(first.at.place),
            ),
            None => {
                met.insert(position, name);
                parts.push(position);
            }
        }
    }
    Some(parts)
}

/// Why there is no plan.
enum Broken {
    /// An option on the way is wrong.
    Elsewhere,
    /// The option combines itself, through others or not.
    Circle,
}

/// The order in which changes are made, in the making.
struct Plan<'a> {
    parts: &'a [Option<Vec<usize>>],
    order: Vec<usize>,
    /// The options on the way from the first one to where we are.
    chain: Vec<usize>,
}

impl Plan<'_> {
    /// Puts an option into the order after those that it combines. Options are at most 100, so the
    /// recursion is no deeper.
    fn put(&mut self, index: usize) -> Result<(), Broken> {
        if self.chain.contains(&index) {
            // Whoever merely leads into a circle is not to blame for it.
            return Err(match self.chain.first() == Some(&index) {
                true => Broken::Circle,
                false => Broken::Elsewhere,
            });
        }
        if self.order.contains(&index) {
            return Ok(());
        }
        let parts = self.parts[index].as_ref().ok_or(Broken::Elsewhere)?;
        self.chain.push(index);
        for part in parts {
            self.put(*part)?;
        }
        self.chain.pop();
        self.order.push(index);
        Ok(())
    }
}

fn refuse_circle(option: &OptionTable, findings: &mut Findings) {
    let at = option.combine.given().map_or(&option.at, |it| &it.at);
    findings.add(
        Finding::at(at, "goes round in a circle")
            .hint("an option may combine others, but not, through others, itself"),
    );
}
