//! Names: which are safe, that they are used once, and that what refers to them finds them.

use super::{refusal, refused_for, scenario, small_and, small_with};

#[test]
fn names_are_safe_and_of_nobody() {
    let named = |name: &str| small_with("\"High Street\"", name);
    let key = "practices.1.name";
    refused_for(&named("\"\""), key, "is empty");
    refused_for(&named("\"   \""), key, "is empty");
    refused_for(
        &named("\" High Street\""),
        key,
        "begins or ends with a blank",
    );
    refused_for(&named("\"High\\u0007 Street\""), key, "control character");
    refused_for(&named("\"High\\u202EStreet\""), key, "control character");
    for formula in ["=1+1", "+44", "-1", "@here"] {
        refused_for(&named(&format!("\"{formula}\"")), key, "spreadsheet");
    }
    refused_for(
        &named(&format!("\"{}\"", "x".repeat(201))),
        key,
        "is too long",
    );
    scenario(&named(&format!("\"{}\"", "é".repeat(200))));
    refused_for(
        &small_with("A10001", "A1"),
        "practices.0.ods_code",
        "3 to 12 letters and digits",
    );
}

#[test]
fn what_looks_like_an_nhs_number_is_refused_and_never_repeated() {
    for number in ["9434765919", "943 476 5919", "943-476-5919"] {
        let problems = refusal(&small_with("High Street", &format!("Case {number}")));
        assert_eq!(problems.count(), 1);
        let told = problems.to_string();
        assert!(told.contains("looks like an NHS number"), "{told}");
        assert!(!told.contains(number) && !told.contains("5919"), "{told}");
    }
    // A wrong check digit is just a number.
    scenario(&small_with("High Street", "Case 9434765918"));
    let mistyped = refusal(&small_with("list_size = 6000", "\"9434765919\" = 6000")).to_string();
    assert!(!mistyped.contains("9434765919"), "{mistyped}");
}

#[test]
fn names_are_used_once() {
    refused_for(
        &small_with("\"High Street\"", "\"Mill Lane\""),
        "practices.1.name",
        "first given at test.toml:10:8",
    );
    let twice = small_with(
        "list_size = 6000",
        "ods_code = \"A10001\"\nlist_size = 6000",
    );
    refused_for(
        &twice,
        "practices.1.ods_code",
        "first given at test.toml:11:12",
    );
    // A code that is another practice's name would give both the same random numbers.
    refused_for(
        &small_with("\"High Street\"", "\"A10001\""),
        "practices.0.ods_code",
        "already taken by another practice",
    );
    let sources =
        "[[sources]]\nname = \"GP\"\nshare = 0.5\n[[sources]]\nname = \"GP\"\nshare = 0.5";
    refused_for(
        &small_and(sources),
        "sources.1.name",
        "already taken by another source",
    );
}

#[test]
fn referring_to_nothing_is_refused() {
    refused_for(
        &small_and("serves = [\"A10002\"]"),
        "posts.0.serves.0",
        "did you mean `A10001`?",
    );
    refused_for(
        &small_and("serves = [\"Mill Lane\", \"A10001\"]"),
        "posts.0.serves.1",
        "for the second time",
    );
    refused_for(
        &small_and("[targets]\ncontacted_within_8_days = 0.5"),
        "targets.contacted_within_8_days",
        "did you mean `contacted_within_7_days`?",
    );
    refused_for(
        &small_and("[provenance]\n\"posts.*.wet\" = { source = \"x\" }"),
        "provenance.\"posts.*.wet\"",
        "did you mean `wte`?",
    );
    refused_for(
        &small_and("[provenance]\n\"posts.wte\" = { source = \"x\" }"),
        "provenance.\"posts.wte\"",
        "a position, a name or *",
    );
    refused_for(
        &small_and("[provenance]\n\"posts.*.wte\" = { grade = \"A\" }"),
        "provenance.\"posts.*.wte\".source",
        "is missing",
    );
    let tilt = small_with(
        "list_size = 6000",
        "list_size = 6000\ncase_type_tilt = { ful = 2 }",
    );
    refused_for(
        &tilt,
        "practices.1.case_type_tilt.ful",
        "did you mean `full`?",
    );
    let none = small_with(
        "list_size = 6000",
        "list_size = 6000\ncase_type_tilt = { full = 0 }",
    );
    refused_for(&none, "practices.1.case_type_tilt", "no case type");
}
