//! A file with many mistakes: each is told once, with its place, what was found and what is
//! allowed.

use super::refusal;

const SEVEN: &str = r#"schema = 1
title = "Seven mistakes"

[period]
start = "2026-10-05"
wekes = 52

[demand]
dispersion = nan

[[case_types]]
name = "full"
contacts = { gama = { mean = 8, cv = 0.3 } }

[[practices]]
name = "Mill Lane"
list_size = 9000

[[posts]]
name = "Link worker 1"
wte = -1
serves = ["Mil Lane"]

[[posts]]
name = "Link worker 1"
wte = 1.0
"#;

const TOLD: &str = r#"error: `period.start` is of the wrong kind
 --> test.toml:5:9
  |
5 | start = "2026-10-05"
  |         ^^^^^^^^^^^^ found "2026-10-05"; allowed: a date such as 2026-10-05, without quotes
  = hint: write the date without quotes

error: `period.wekes` is not a known key
 --> test.toml:6:1
  |
6 | wekes = 52
  | ^^^^^ found `wekes`
  = hint: did you mean `weeks`?

error: `demand.dispersion` is out of range
 --> test.toml:9:14
  |
9 | dispersion = nan
  |              ^^^ found nan; allowed: a number from 1 to 1,000

error: `case_types.0.contacts.gama` is not a known key
  --> test.toml:13:14
   |
13 | contacts = { gama = { mean = 8, cv = 0.3 } }
   |              ^^^^ found `gama`
   = hint: did you mean `gamma`?

error: `posts.0.wte` is out of range
  --> test.toml:21:7
   |
21 | wte = -1
   |       ^^ found -1; allowed: a number above 0 and at most 50

error: `posts.0.serves.0` is no practice of this file
  --> test.toml:22:11
   |
22 | serves = ["Mil Lane"]
   |           ^^^^^^^^^^ found "Mil Lane"
   = hint: did you mean `Mill Lane`?

error: `posts.1.name` is already taken by another post
  --> test.toml:25:8
   |
25 | name = "Link worker 1"
   |        ^^^^^^^^^^^^^^^ found "Link worker 1"
   = first given at test.toml:20:8
"#;

#[test]
fn seven_mistakes_give_seven_problems_word_for_word() {
    let problems = refusal(SEVEN);
    assert_eq!(problems.count(), 7);
    assert_eq!(problems.to_string(), TOLD);
}

#[test]
fn places_count_characters_and_lines_end_as_they_like() {
    for ends in ["\n", "\r\n"] {
        let text = SEVEN.replace(
            "wte = -1",
            "hours = { \"monday\" = 7.5, 'é' = 0, friday =\t-1 } # é",
        );
        let text = text.replace('\n', ends);
        let problems = refusal(&format!("\u{feff}{text}"));
        let friday = problems.iter().find(|it| it.key == "posts.0.hours.friday");
        let friday = friday.expect("a problem about Friday");
        assert_eq!((friday.line(), friday.column()), (Some(21), Some(45)));
        let shown = problems.to_string();
        // The tab is shown as one blank, so that the marks stand under the value.
        let marked = "21 | hours = { \"monday\" = 7.5, 'é' = 0, friday = -1 } # é\n   |                                             ^^ found -1";
        assert!(shown.contains(marked), "{shown}");
    }
}

#[test]
fn all_mistakes_in_the_notation_are_told() {
    let problems = refusal("schema = 1\ntitle = Surgery\nquestion = = 3\n[period\nweeks = 4\n");
    let lines: Vec<Option<usize>> = problems
        .iter()
        .map(splw_sim::scenario::Problem::line)
        .collect();
    assert_eq!(lines.first(), Some(&Some(2)));
    assert!(
        lines.contains(&Some(3)) && lines.contains(&Some(4)),
        "{problems}"
    );
    assert!(
        problems
            .iter()
            .all(|it| it.what.starts_with("this is not TOML: "))
    );
}

#[test]
fn a_key_given_twice_hides_no_other_mistake() {
    let problems = refusal(&super::small_with(
        "weeks = 52",
        "weeks = 52\nweeks = 53\ndais = 3",
    ));
    let told: Vec<&str> = problems.iter().map(|it| it.key.as_str()).collect();
    assert_eq!(told, ["weeks", "period.dais"], "\n{problems}");
}

#[test]
fn of_very_many_problems_the_first_are_shown_and_all_counted() {
    let text = "[[posts]]\nwet = 1\n".repeat(1_000);
    let problems = refusal(&text);
    assert_eq!(problems.iter().count(), 200);
    assert!(problems.count() > 1_900, "{}", problems.count());
}
