//! What is published of counts: known tables by hand, and an attack by trying every table there could be.

use super::{LARGEST_SMALL, Published, PublishedTable, ROUNDED_TO, published, published_table};
use proptest::prelude::*;
use std::collections::BTreeSet;

/// A table in one line: counts and their row's total, row by row, then the totals.
fn shown(counts: &[&[u64]]) -> String {
    let counts: Vec<Vec<u64>> = counts.iter().map(|row| row.to_vec()).collect();
    let table = published_table(&counts).expect("it is a table");
    let line = |cells: &[Published], total: Published| {
        let cells: Vec<String> = cells.iter().map(Published::to_string).collect();
        format!("{} ({total})", cells.join(" "))
    };
    let rows = table.rows.iter().zip(&table.row_totals);
    let mut lines: Vec<String> = rows.map(|(row, total)| line(row, *total)).collect();
    lines.push(line(&table.column_totals, table.total));
    lines.join(", ")
}

#[test]
fn single_counts_follow_the_published_rule() {
    let shown = |count| published(count).to_string();
    assert_eq!(shown(0), "0");
    assert!((1..=7).all(|count| shown(count) == "*"));
    let others = [
        (8, "10"),
        (12, "10"),
        (13, "15"),
        (17, "15"),
        (18, "20"),
        (1_002, "1000"),
    ];
    assert!(others.iter().all(|(count, said)| shown(*count) == *said));
}

#[test]
fn rounding_alone_may_be_enough() {
    assert_eq!(
        shown(&[&[3, 40], &[50, 60]]),
        "* 40 (45), 50 60 (110), 55 100 (155)"
    );
    assert_eq!(
        shown(&[&[20, 40], &[50, 0]]),
        "20 40 (60), 50 0 (50), 70 40 (110)"
    );
}

/// The 1 is all of its row, so that the total is a 1 as well. Both would be 4 at most by subtraction (42 less
/// 38 in the column, 102 less 98 in the totals), so that the 40 and the total 100 go too.
#[test]
fn a_small_total_goes_with_its_only_count() {
    assert_eq!(
        shown(&[&[1, 0], &[40, 60]]),
        "* 0 (*), * 60 (*), 40 60 (100)"
    );
}

/// The 2 and the 10 are 12 together, shown as 10: 8 to 12, and the 10 alone would be as much. In the column
/// 32 less 28 is 4 at most. The ring of four is withheld; the totals stay.
#[test]
fn what_subtraction_would_give_is_withheld_too() {
    assert_eq!(
        shown(&[&[2, 10], &[30, 60]]),
        "* * (10), * * (90), 30 70 (100)"
    );
}

/// Seven counts of 1: their total is 7 at least, whatever is withheld, and no more is asked for.
#[test]
fn a_total_has_one_for_each_of_its_counts() {
    assert_eq!(shown(&[&[1; 7]]), "* * * * * * * (*), * * * * * * * (*)");
}

/// Months by practices, as a referral log has them: few counts are lost, and no total.
#[test]
fn of_a_usual_table_little_is_lost() {
    let months: Vec<Vec<u64>> = (0..12_u64)
        .map(|month| {
            (0..6_u64)
                .map(|practice| 3 + (month * 7 + practice * 11) % 40)
                .collect()
        })
        .collect();
    let table = published_table(&months).expect("a table");
    let small = months
        .iter()
        .flatten()
        .filter(|count| **count <= LARGEST_SMALL)
        .count();
    let lost = table
        .rows
        .iter()
        .flatten()
        .filter(|it| **it == Published::Withheld)
        .count();
    assert!(
        small >= 5 && (small..=2 * small).contains(&lost),
        "{lost} for {small}"
    );
    let totals = table.row_totals.iter().chain(&table.column_totals);
    assert!(
        totals
            .chain([&table.total])
            .all(|it| *it != Published::Withheld)
    );
}

#[test]
fn what_is_no_table_is_refused() {
    assert_eq!(published_table(&[vec![1, 2], vec![3]]), None);
    assert_eq!(published_table(&[vec![u64::MAX, 2]]), None);
    let nothing = published_table(&[]).expect("nothing is a table");
    assert_eq!(nothing.total, Published::Count(0));
}

/// Every count that an entry may be, to a reader who sees only how it is shown.
fn may_be(shown: Published, count: u64) -> bool {
    match shown {
        Published::Count(0) => count == 0,
        Published::Withheld => count > 0,
        Published::Count(_) => count > LARGEST_SMALL && published(count) == shown,
    }
}

/// Counts beyond this are not tried: 7 and all that rounding may hide is below.
const MOST: u64 = 26;

/// The values that each of two by two counts and each of the five totals has in some table that fits what is
/// published: found by trying all.
fn tried(table: &PublishedTable) -> [BTreeSet<u64>; 9] {
    let mut values: [BTreeSet<u64>; 9] = Default::default();
    let [[a, b], [c, d]] = [0, 1].map(|row| [table.rows[row][0], table.rows[row][1]]);
    let fits = |it: &[(Published, u64)]| it.iter().all(|(shown, count)| may_be(*shown, *count));
    for (w, x) in (0..=MOST).flat_map(|w| (0..=MOST).map(move |x| (w, x))) {
        if !fits(&[(a, w), (b, x), (table.row_totals[0], w + x)]) {
            continue;
        }
        for (y, z) in (0..=MOST).flat_map(|y| (0..=MOST).map(move |z| (y, z))) {
            let all = [w, x, y, z, w + x, y + z, w + y, x + z, w + x + y + z];
            let others = [
                (c, y),
                (d, z),
                (table.row_totals[1], y + z),
                (table.column_totals[0], w + y),
                (table.column_totals[1], x + z),
                (table.total, all[8]),
            ];
            if fits(&others) {
                for (seen, value) in values.iter_mut().zip(all) {
                    seen.insert(value);
                }
            }
        }
    }
    values
}

/// Counts of which many are small.
fn count() -> impl Strategy<Value = u64> {
    prop_oneof![Just(0_u64), 1..8_u64, 8..20_u64]
}

fn everything(table: &PublishedTable) -> Vec<Published> {
    let totals = table.row_totals.iter().chain(&table.column_totals);
    let cells = table.rows.iter().flatten().chain(totals);
    cells.copied().chain([table.total]).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    /// Whoever tries every table that fits cannot tell a small count from any other from 1 to 7.
    #[test]
    fn no_small_count_can_be_worked_out(cells in proptest::array::uniform4(count())) {
        let [a, b, c, d] = cells;
        let table = published_table(&[vec![a, b], vec![c, d]]).expect("a table");
        let sums: [&[u64]; 9] =
            [&[a], &[b], &[c], &[d], &[a, b], &[c, d], &[a, c], &[b, d], &[a, b, c, d]];
        for (of, may_be) in sums.into_iter().zip(tried(&table)) {
            let value: u64 = of.iter().sum();
            prop_assert!(may_be.contains(&value));
            let least = of.iter().filter(|count| **count > 0).count() as u64;
            if (1..=LARGEST_SMALL).contains(&value) {
                prop_assert!((least..=LARGEST_SMALL).all(|it| may_be.contains(&it)), "{value}: {may_be:?}");
            }
        }
    }

    /// Of larger tables: nothing small is shown, zeros are, and what is shown is the rounded truth.
    #[test]
    fn nothing_small_is_shown(
        rows in proptest::collection::vec(proptest::collection::vec(count(), 5), 1..8),
    ) {
        let table = published_table(&rows).expect("a table");
        for shown in everything(&table) {
            if let Published::Count(count) = shown {
                prop_assert!(count == 0 || count > LARGEST_SMALL && count.is_multiple_of(ROUNDED_TO));
            }
        }
        for (truth, shown) in rows.iter().flatten().zip(table.rows.iter().flatten()) {
            let is_right = *shown == Published::Withheld && *truth > 0 || *shown == published(*truth);
            prop_assert!(is_right, "{truth} is shown as {shown}");
        }
    }
}
