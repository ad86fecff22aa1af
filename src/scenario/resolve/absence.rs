//! Rules of leave and sickness, and the parts of a post's time that are not client time.

use super::Resolver;
use super::names::Names;
use crate::model::{AbsenceRules, Post, ProtectedTime, SimDuration};
use crate::scenario::file::{AbsenceTable, PostTable, ProtectedTimeTable};
use crate::scenario::finding::Finding;
use crate::scenario::kind::grouped;
use crate::scenario::reader::{Field, Written};

/// Hours of rounding that protected time may be too much.
const TOLERANCE: f64 = 1e-6;

/// The rules; a default counts as used only where it matters.
pub fn absence(field: &Field<AbsenceTable>, posts: &[Post], r: &mut Resolver) -> AbsenceRules {
    let Some(table) = field.peek() else {
        return AbsenceRules::NONE;
    };
    let with_leave = posts.iter().filter(|post| post.annual_leave_days > 0.0);
    let is_used = [
        with_leave.count() > 1,
        posts.iter().any(|post| post.sickness_share > 0.0),
    ];
    let fields = [
        &table.on_leave_together_share,
        &table.winter_sickness_factor,
    ];
    let [together, winter] = [0, 1].map(|index| match is_used[index] {
        true => fields[index].used_or(&mut r.ledger, 1.0),
        false => fields[index].peek().copied().unwrap_or(1.0),
    });
    AbsenceRules {
        on_leave_together_share: together,
        winter_sickness_factor: winter,
    }
}

/// The protected time of a post of these contracted hours; more than there is, is reported.
pub fn protected_time(
    table: &PostTable,
    contracted: &[SimDuration; 7],
    client_share: f64,
    r: &mut Resolver,
) -> Vec<ProtectedTime> {
    let parts = table.protected_time.items();
    let mut names = Names::of("part of the post's protected time");
    for (position, part) in parts.iter().enumerate() {
        names.add(part.name.name(), position, &mut r.findings);
    }
    check_fit(table, contracted, client_share, r);
    let part = |part: &ProtectedTimeTable| {
        Some(ProtectedTime {
            name: part.name.text()?,
            hours_a_week: *part.hours_a_week.peek()?,
        })
    };
    parts.iter().filter_map(part).collect()
}

fn check_fit(
    table: &PostTable,
    contracted: &[SimDuration; 7],
    client_share: f64,
    r: &mut Resolver,
) {
    let Some(Written { value: parts, at }) = table.protected_time.given() else {
        return;
    };
    let hours: f64 = contracted.iter().map(|time| time.hours()).sum();
    let room = hours * (1.0 - client_share);
    let given: f64 = parts.iter().filter_map(|it| it.hours_a_week.peek()).sum();
    if given > room + TOLERANCE {
        let finding = Finding::at(at, "does not fit into the time that is not client time");
        let rounded = |hours: f64| grouped((hours * 100.0).round() / 100.0);
        r.findings.add(
            finding
                .found(format!("{} h a week in all", rounded(given)))
                .allowed(format!(
                    "at most {} h a week: {} h less the client share of {client_share}",
                    rounded(room),
                    rounded(hours)
                )),
        );
    }
}
