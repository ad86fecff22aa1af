//! The table of `docs/verification.md` is one that `verify` printed: of every system that there is,
//! with the known answers that are checked now. The simulated numbers are as long ago as the last
//! full proof; `splw-sim verify` makes them anew.

use splw_sim::verification::all_systems;
use std::fs;
use std::path::Path;

#[test]
fn the_documented_proof_is_of_these_systems_and_all_of_it_holds() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/verification.md");
    let text = fs::read_to_string(path).expect("the document is there");
    let begin = text.find("```text\nSystem").expect("the table begins");
    let end = begin + text[begin..].find("\n\nAll ").expect("the table ends");
    let table: Vec<&str> = text[begin..end].lines().skip(3).collect();
    let systems = all_systems();
    let heads: Vec<String> = systems
        .iter()
        .map(|system| format!("{}: {}", system.family, system.name))
        .collect();
    let shown_heads: Vec<&str> = table
        .iter()
        .copied()
        .filter(|line| !line.is_empty() && !line.starts_with(' '))
        .collect();
    assert_eq!(shown_heads, heads);
    let rows: Vec<&str> = table
        .into_iter()
        .filter(|line| line.starts_with("  "))
        .collect();
    let points: Vec<_> = systems.iter().flat_map(|system| &system.points).collect();
    assert_eq!(rows.len(), points.len());
    for (row, point) in rows.into_iter().zip(points) {
        let reading = point.reading.to_string();
        let rest = row.trim_start().strip_prefix(&reading);
        let mut words = rest
            .unwrap_or_else(|| panic!("{row} is not of {reading}"))
            .split_whitespace();
        let theory: f64 = words
            .next()
            .and_then(|word| word.parse().ok())
            .expect("theory");
        assert!(
            (theory / point.theory - 1.0).abs() < 1e-3,
            "{row}: {}",
            point.theory
        );
        assert_eq!(words.next_back(), Some("holds"), "{row}");
    }
}
