//! Scenarios at the edges: the page stays well formed, small enough and true.

use super::Made;

/// Names with everything that means something in HTML, in XML, in Markdown or in a script.
const ODD: [&str; 4] = [
    "O'Neill & \"Sons\" <b>Surgery</b>",
    "</script><script>alert(1)</script>",
    "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch",
    "A]]><!-- & `_*#|",
];

/// A scenario with these practices and posts.
pub fn scenario(practices: &[String], posts: &[String], more: &str) -> String {
    let quoted = |name: &String| format!("\"{}\"", name.replace('\\', "\\\\").replace('"', "\\\""));
    let practices = practices.iter().enumerate().map(|(at, name)| {
        let size = 6000 + 10 * at;
        format!(
            "[[practices]]\nname = {}\nlist_size = {size}\n",
            quoted(name)
        )
    });
    let posts = posts.iter().map(|name| format!("[[posts]]\nname = {}\nwte = 1.0\nserves = \"all\"\nclient_share = 0.6\ncaseload_cap = 60\n", quoted(name)));
    format!(
        "schema = 1\ntitle = \"Odd & <i>strange</i> \\\"names\\\"\"\nquestion = \"Is 1 < 2 & 'true'?\"\npathway = \"observed-mix\"\n\
         {more}\n[period]\nstart = 2026-10-05\nweeks = 52\nwarm_up_weeks = 10\n[demand]\nreferrals_per_1000_a_year = 20.0\n\
         [waiting_list]\npatience_days = {{ exponential = {{ mean = 91 }} }}\n{}{}",
        practices.collect::<String>(),
        posts.collect::<String>()
    )
}

fn named(what: &str, many: usize) -> Vec<String> {
    (1..=many).map(|at| format!("{what} {at}")).collect()
}

/// Names that would break a page that does not take care.
pub fn odd_names() -> Made {
    let names = ODD.map(str::to_owned);
    let options = "\n[[options]]\nname = \"Half & <half>\"\nset.\"posts.*.wte\" = 0.5\n";
    let text = scenario(&names, &names[..2], "");
    Made::of(
        "compare",
        &format!("{text}{options}"),
        &["--replications", "6"],
    )
}

/// Names without a space, as long as a name may be, and one that runs from right to left.
const LONG: &str = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch";
/// Its letters run from right to left.
const LEFTWARDS: &str = "خيار آخر";

/// Two options with long names, and one with a name from right to left.
pub fn long_names() -> Made {
    let names = [format!("{LONG}{LONG}"), LEFTWARDS.to_owned()];
    let options = [
        format!("{LONG}{LONG}{LONG}"),
        format!("Other {LONG}"),
        LEFTWARDS.to_owned(),
    ];
    let options = options
        .map(|name| format!("\n[[options]]\nname = \"{name}\"\nset.\"posts.*.wte\" = 0.5\n"));
    let text = scenario(&names, &names[..1], "");
    Made::of(
        "compare",
        &format!("{text}{}", options.concat()),
        &["--replications", "4"],
    )
}

/// Sixty practices and forty posts.
pub fn many() -> Made {
    let text = scenario(
        &named("Practice of Saint Somebody the Elder number", 60),
        &named("Link worker", 40),
        "",
    );
    Made::of("run", &text, &["--replications", "4"])
}

#[test]
fn names_are_text_whatever_they_hold() {
    let made = odd_names();
    let page = made.tree();
    assert_eq!(page.all("script").len(), 1, "the one of the page");
    let words = page.words();
    for name in ODD {
        assert!(words.contains(name), "{name} is missing");
    }
    assert!(page.all("i").is_empty() && page.all("b").is_empty());
    assert_eq!(page.all("h1")[0].words(), "Odd & <i>strange</i> \"names\"");
}

#[test]
fn a_large_service_fits_into_the_page() {
    let made = many();
    assert!(made.page.len() < 1_000_000, "{} bytes", made.page.len());
    let page = made.tree();
    let rows = |id: &str| {
        page.by_id(id).expect("a table").all("tbody")[0]
            .all("tr")
            .len()
    };
    assert_eq!((rows("by-practice"), rows("by-post")), (60, 40));
    let inputs = page.by_id("inputs").expect("a table of inputs").all("tr");
    let lists = inputs.iter().map(|row| row.cells());
    let mut lists = lists.filter(|cells| cells[0].words() == "practices.*.list_size");
    let value = lists.next().expect("the list sizes")[1];
    assert!(
        value.words().starts_with("60 values from 6000 to 6590"),
        "{}",
        value.words()
    );
    let whole = value.all("details")[0].words();
    assert!(whole.contains("number 60 6590"), "{whole}");
}

#[test]
fn a_huge_service_and_a_long_period_keep_to_the_limit() {
    let text = scenario(&named("Practice", 300), &named("Link worker", 200), "");
    let text = text.replace("weeks = 52\n", "weeks = 520\n");
    let made = Made::of("run", &text, &["--replications", "2"]);
    assert!(made.page.len() < 1_000_000, "{} bytes", made.page.len());
    made.tree();
}

#[test]
fn one_replication_claims_no_interval() {
    let made = Made::of_shipped("run", "rayleigh", &["--replications", "1"]);
    let page = made.tree();
    let words = page.words();
    assert!(words.contains("one run gives no interval"));
    let cells = page.all("td");
    assert!(
        cells.iter().all(|it| it.get("data-l").is_none()),
        "an interval of one run"
    );
}

#[test]
fn a_service_that_contacts_nobody_has_a_page() {
    let made = Made::of(
        "run",
        &scenario(&named("Practice", 3), &[], ""),
        &["--replications", "4"],
    );
    let page = made.tree();
    let words = page.words();
    assert!(words.contains("None of the people referred and accepted is contacted"));
    assert!(words.contains("There is no post: nobody is ever contacted."));
    assert!(!words.contains("NaN") && !words.contains("inf "));
}

#[test]
fn a_service_to_which_nobody_is_referred_has_a_page() {
    let text = scenario(&named("Practice", 2), &named("Link worker", 1), "");
    let text = text.replace(
        "referrals_per_1000_a_year = 20.0",
        "referrals_per_1000_a_year = 0.0",
    );
    let made = Made::of("run", &text, &["--replications", "3"]);
    let words = made.tree().words();
    assert!(words.contains("Nobody was accepted in the period"));
    assert!(!words.contains("NaN"));
}

#[test]
fn names_from_right_to_left_keep_off_the_numbers_beside_them() {
    let made = long_names();
    let page = made.tree();
    let apart = page.all("bdi");
    assert!(apart.len() > 5, "{} names", apart.len());
    assert!(apart.iter().all(|it| it.words() == LEFTWARDS));
    let svg = std::fs::read_to_string(made.out().join("plots/differences.svg"));
    let svg = svg.expect("a figure");
    let isolated = format!("\u{2068}{LEFTWARDS}\u{2069}");
    assert!(svg.contains(&isolated), "{svg}");
    assert_eq!(
        svg.matches(LEFTWARDS).count(),
        svg.matches(&isolated).count()
    );
    // Outside SVG and attributes no name stands without.
    let texts = made.page.split("<bdi>").skip(1);
    assert!(texts.into_iter().all(|it| it.starts_with(LEFTWARDS)));
}
