//! The page in a browser: on a desk, on a phone, on paper, without script, with the keyboard alone.
//!
//! Needs Chromium, which `.ci/run` installs; elsewhere each test says that it skipped. Pictures are left
//! in `target/tmp`, to be looked at.

use super::devtools::{Browser, View, browser};
use super::odd::{long_names, many, odd_names};
use super::study;
use super::{Made, usual_comparison, usual_recommendation, usual_run};
use serde_json::Value;
use std::path::Path;

const DESK: View = View {
    name: "desk",
    width: 1100,
    is_phone: false,
    is_print: false,
    has_script: true,
};
const PHONE: View = View {
    name: "phone",
    width: 360,
    is_phone: true,
    ..DESK
};
/// As wide as A4 between its margins, in CSS pixels.
const PAPER: View = View {
    name: "paper",
    width: 688,
    is_print: true,
    ..DESK
};
const NO_SCRIPT: View = View {
    name: "no-script",
    has_script: false,
    ..DESK
};

const MEASURE: &str = include_str!("measure.js");

/// Looks at a page in every way, and leaves pictures under this name.
fn look(browser: &mut Browser, name: &str, made: &Made) {
    let file = made.out().join("report.html");
    for view in [DESK, PHONE, PAPER, NO_SCRIPT] {
        browser.open(&file, view);
        quiet(browser, view);
        let measured = browser.value(MEASURE);
        let problems = measured["problems"].as_array().expect("a list");
        assert!(problems.is_empty(), "{name}, {}: {problems:#?}", view.name);
        assert!(measured["texts"].as_u64() > Some(100), "{measured}");
        if view.is_print {
            // A button would leave the heads of later pages empty.
            let plain = "Array.from(document.querySelectorAll('thead button'))
                .every((it) => getComputedStyle(it).display === 'contents')";
            assert_eq!(browser.value(plain), true);
        }
        let picture = browser.picture(view.width, 2_400);
        assert!(picture.starts_with(b"\x89PNG") && picture.len() > 20_000);
        leave(&format!("{name}-{}.png", view.name), &picture);
    }
    browser.open(&file, DESK);
    let paper = browser.paper();
    assert!(has_a4_pages(&paper), "the pages are not A4");
    leave(&format!("{name}.pdf"), &paper);
}

/// No request but for the page itself, and no complaint.
fn quiet(browser: &Browser, view: View) {
    let of = |method: &str| {
        let events = browser.events.iter();
        let events = events.filter(|it| it["method"] == method);
        events
            .map(|it| it["params"].clone())
            .collect::<Vec<Value>>()
    };
    let requests = of("Network.requestWillBeSent");
    let urls: Vec<&str> = requests
        .iter()
        .filter_map(|it| it["request"]["url"].as_str())
        .collect();
    assert_eq!(urls.len(), 1, "{}: {urls:?}", view.name);
    assert!(urls[0].starts_with("file://"));
    for method in [
        "Log.entryAdded",
        "Runtime.consoleAPICalled",
        "Runtime.exceptionThrown",
    ] {
        assert_eq!(of(method), Vec::<Value>::new(), "{}", view.name);
    }
}

fn leave(name: &str, bytes: &[u8]) {
    let place = Path::new(env!("CARGO_TARGET_TMPDIR"));
    std::fs::write(place.join(name), bytes).expect("a picture can be left");
}

/// Whether a PDF has pages, all of A4: 595 by 842 points.
fn has_a4_pages(pdf: &[u8]) -> bool {
    let text = String::from_utf8_lossy(pdf);
    let boxes: Vec<&str> = text
        .split("/MediaBox [")
        .skip(1)
        .filter_map(|it| it.split(']').next())
        .collect();
    let is_a4 = |it: &&str| {
        let ends: Vec<f64> = it
            .split_whitespace()
            .filter_map(|it| it.parse().ok())
            .collect();
        ends.len() == 4 && (ends[2] - 595.0).abs() < 2.0 && (ends[3] - 842.0).abs() < 2.0
    };
    !boxes.is_empty() && boxes.iter().all(is_a4)
}

#[test]
fn pages_are_legible_and_ask_for_nothing() {
    let Some(mut browser) = browser() else { return };
    look(&mut browser, "run", &usual_run());
    look(&mut browser, "compare", &usual_comparison());
    look(&mut browser, "recommend", &usual_recommendation());
}

#[test]
fn pages_of_studies_are_legible() {
    let Some(mut browser) = browser() else { return };
    look(&mut browser, "study-grid", &study::grid());
    look(&mut browser, "study-sobol", &study::sobol());
    look(&mut browser, "study-morris", &study::morris());
    look(&mut browser, "study-hypercube", &study::hypercube());
    look(&mut browser, "study-options", &study::options());
}

#[test]
fn the_cells_of_a_surface_tell_their_values_by_key() {
    let Some(mut browser) = browser() else { return };
    let made = study::grid();
    browser.open(&made.out().join("report.html"), DESK);
    browser.value("document.querySelector('#figure-surface .sideways').focus()");
    browser.press("ArrowRight", 39);
    let tip =
        "document.getElementById('tip').hidden ? '' : document.getElementById('tip').textContent";
    let told = browser.value(tip);
    let first = browser.value(
        "Array.from(document.querySelectorAll('#behind-surface tbody td')).map((it) => it.dataset.v)",
    );
    let told = told.as_str().expect("words");
    let values = first.as_array().expect("a list").iter();
    let mut values = values.filter_map(|it| it.as_str());
    assert!(values.any(|value| told.contains(value)), "{told}: {first}");
}

#[test]
fn pages_at_the_edges_are_legible() {
    let Some(mut browser) = browser() else { return };
    look(&mut browser, "odd-names", &odd_names());
    look(&mut browser, "long-names", &long_names());
    look(&mut browser, "many", &many());
    let once = Made::of_shipped("run", "rayleigh", &["--replications", "1"]);
    look(&mut browser, "once", &once);
}

#[test]
fn without_script_the_page_says_the_same() {
    let Some(mut browser) = browser() else { return };
    let made = usual_run();
    let file = made.out().join("report.html");
    let words = "document.querySelector('main').innerText.replace(/\\s+/g, ' ')";
    browser.open(&file, DESK);
    let with = browser.value(words);
    assert!(
        browser
            .value("document.querySelectorAll('thead button').length")
            .as_u64()
            > Some(0)
    );
    browser.open(&file, NO_SCRIPT);
    assert_eq!(
        browser.value("document.querySelectorAll('button').length"),
        0
    );
    assert_eq!(browser.value(words), with);
}

#[test]
fn the_keyboard_reaches_everything_in_order() {
    let Some(mut browser) = browser() else { return };
    let made = usual_run();
    browser.open(&made.out().join("report.html"), DESK);
    browser.value(
        "window.order = Array.from(document.querySelectorAll('a[href],button,summary,[tabindex=\"0\"]'))
            .filter((it) => it.checkVisibility()); window.order.length",
    );
    let all = browser
        .value("window.order.length")
        .as_u64()
        .expect("a number");
    assert!(all > 20, "{all} places");
    for at in 0..all {
        browser.press("Tab", 9);
        let told = browser.value(
            "(() => { const it = document.activeElement; const style = getComputedStyle(it);
               return [window.order.indexOf(it), style.outlineStyle !== 'none' ? parseFloat(style.outlineWidth) : 0, it.outerHTML.slice(0, 120)]; })()",
        );
        assert_eq!(told[0], at, "{told}");
        assert!(told[1].as_f64() >= Some(2.0), "no visible focus: {told}");
    }
    // The first of all leads past the contents.
    browser.value("window.scrollTo(0, 0); document.querySelector('.skip').focus()");
    assert_eq!(
        browser.value("document.querySelector('.skip').getBoundingClientRect().left >= 0"),
        true
    );
}

#[test]
fn exact_values_come_with_pointer_and_keys() {
    let Some(mut browser) = browser() else { return };
    let made = usual_run();
    browser.open(&made.out().join("report.html"), DESK);
    let place = browser.value(
        "(() => { const cell = document.querySelector('#measures td[data-v]'); cell.scrollIntoView({block: 'center'});
           const box = cell.getBoundingClientRect(); return [box.left + 5, box.top + 5, cell.dataset.v]; })()",
    );
    browser.point(
        place[0].as_f64().expect("left"),
        place[1].as_f64().expect("top"),
    );
    let tip =
        "document.getElementById('tip').hidden ? '' : document.getElementById('tip').textContent";
    let exact = place[2].as_str().expect("a value").to_owned();
    assert!(browser.value(tip).as_str().expect("words").contains(&exact));
    browser.press("Escape", 27);
    assert_eq!(browser.value(tip), "");
    browser.value("document.getElementById('measures').parentElement.focus()");
    browser.press("ArrowDown", 40);
    assert!(browser.value(tip).as_str().expect("words").contains(&exact));
    for figure in [
        "waiting_list",
        "caseload",
        "practices_by_month",
        "contacted",
    ] {
        let id = format!("figure-{}", figure.replace('_', "-"));
        browser.value(&format!(
            "document.querySelector('#{id} .sideways').focus()"
        ));
        browser.press("ArrowRight", 39);
        let told = browser.value(tip);
        let told = told.as_str().expect("words");
        let value = told.rsplit(": ").next().expect("a value");
        let value = value.split(' ').next().expect("a value");
        assert!(value.parse::<f64>().is_ok(), "{figure}: {told}");
    }
}

#[test]
fn tables_are_put_in_order_by_their_headings() {
    let Some(mut browser) = browser() else { return };
    let made = usual_run();
    browser.open(&made.out().join("report.html"), DESK);
    let lists = "Array.from(document.querySelectorAll('#by-practice tbody tr')).map((it) => Number(it.cells[1].dataset.i))";
    let click = "document.querySelectorAll('#by-practice thead button')[1].click()";
    let told = |value: Value| -> Vec<f64> {
        let values = value.as_array().expect("a list").iter();
        values.map(|it| it.as_f64().expect("a number")).collect()
    };
    browser.value(click);
    let mut up = told(browser.value(lists));
    assert!(up.len() == 6 && up.is_sorted(), "{up:?}");
    browser.value(click);
    up.reverse();
    assert_eq!(told(browser.value(lists)), up);
    let sort = browser
        .value("document.querySelector('#by-practice th[aria-sort]').getAttribute('aria-sort')");
    assert_eq!(sort, "descending");
}

#[test]
fn a_phone_has_the_words_of_what_it_cannot_show() {
    let Some(mut browser) = browser() else { return };
    let made = usual_run();
    let shown = "Array.from(document.querySelectorAll('.told')).filter((it) => it.checkVisibility()).length";
    let input = "(() => { const row = document.querySelector('#inputs tbody tr');
        return [getComputedStyle(row).display, getComputedStyle(row.cells[1], '::before').content]; })()";
    let title = "document.querySelector('.plot text').checkVisibility()";
    let file = made.out().join("report.html");
    browser.open(&file, PHONE);
    assert!(browser.value(shown).as_u64() > Some(10));
    assert_eq!(browser.value(input)[0], "block");
    assert_eq!(browser.value(input)[1], "\"Value: \"");
    assert_eq!(browser.value(title), false, "the title is said once");
    browser.open(&file, DESK);
    assert_eq!(browser.value(shown), 0);
    assert_eq!(browser.value(input)[0], "table-row");
    assert_eq!(browser.value(title), true);
}
