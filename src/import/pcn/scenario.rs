//! The scenario of a PCN, as a file that people read: every number with its unit and its source.
//!
//! Published are practices, lists and posts; all else is what is usually taken (`usual`).

use super::joined::Published;
use super::network::{Network, Practice, Returned};
use super::posts::Post;
use crate::import::dates::in_words;
use crate::import::usual;
use crate::import::words::{comment, counted, decimal, grouped, in_words_to_ten, number};
use crate::scenario::file::writing::{literal, quoted};
use jiff::civil::{Date, Weekday};

/// Multipliers of the rate of referrals by fifth of deprivation, the most deprived first.
pub type RateFactors = [f64; 5];

/// What a scenario says of where it is from.
#[derive(Clone, Debug, PartialEq)]
pub struct Sources {
    /// The files, each with its date.
    files: Vec<String>,
    lists: Date,
    workforce: Date,
    deprivation: Option<String>,
    remarks: Vec<String>,
}

impl Sources {
    /// The sources of scenarios that are made of these files.
    #[must_use]
    pub fn of(published: &Published, remarks: &[String]) -> Self {
        let Published {
            map,
            lists,
            workforce,
            deprivation,
        } = published;
        let dated = |file: &str, date| format!("{} ({})", quoted(file), in_words(date));
        let mut files = vec![
            dated(&map.file, map.date),
            dated(&lists.file, lists.date),
            dated(&workforce.file, workforce.date),
        ];
        let year = deprivation.as_ref().map(|it| it.year.clone());
        if let (Some(deprivation), Some(year)) = (deprivation, &year) {
            files.push(format!("{} (index of {year})", quoted(&deprivation.file)));
        }
        Self {
            files,
            lists: lists.date,
            workforce: workforce.date,
            deprivation: year,
            remarks: remarks.to_vec(),
        }
    }
}

/// The scenario of a PCN. `factors` tilt its referrals by fifth of deprivation.
#[must_use]
pub fn scenario(network: &Network, sources: &Sources, factors: Option<&RateFactors>) -> String {
    let parts = [
        head(network, sources),
        usual::period(
            first_monday(sources.lists),
            "the first Monday of the quarter after the lists",
        ),
        pathway(network, factors),
        practices(network, sources),
        posts(network, sources),
        wishes(network),
        provenance(network, sources, factors),
    ];
    parts.join("\n")
}

fn head(network: &Network, sources: &Sources) -> String {
    let icb = network.icbs.first().filter(|it| !it.code.is_empty());
    let icb = icb.map_or_else(String::new, |icb| format!(", {icb}"));
    let mut text = comment(&format!(
        "{} ({}){icb}: {}, {} patients.",
        network.name,
        network.code,
        counted(network.practices.len(), "practice"),
        grouped(network.patients())
    ));
    text += "#\n# Written by splw-sim import pcn from\n";
    for file in &sources.files {
        text += &format!("#   {file}\n");
    }
    text += "# Contains information from NHS England";
    if sources.deprivation.is_some() {
        text += " and OHID";
    }
    text += " licensed under the Open Government Licence v3.0.\n#\n";
    text += &comment(
        "Practices, lists and posts are as published (grade A: official statistics). All else is what is \
         usually taken where nothing is known (B guidance or a small study, C grey literature, \
         D assumption): put in what you know. Link workers whom others employ are not in the workforce \
         file; of those who answered NHS England's survey of 2023 about 30% worked for voluntary \
         organisations. If yours has such posts, add them.",
    );
    for remark in network.remarks.iter().chain(&sources.remarks) {
        text += "#\n";
        text += &comment(&format!("Note: {remark}"));
    }
    let question = match network.returned {
        Returned::LinkWorkers if network.wte() > 0.0 => {
            "How many of the people referred are ever seen, and after how long?"
        }
        Returned::Missing => {
            "The workforce file does not say who the link workers are: what would those do who are put in here?"
        }
        Returned::AllLeftOut => {
            "What would one link worker do here, where all are in mental health and left out?"
        }
        _ => "What would one link worker do here, where the workforce file has none?",
    };
    text += &format!(
        "\nschema = 1\ntitle = {}\nquestion = {}\n",
        literal(&title(network)),
        literal(question)
    );
    text
}

/// `Rayleigh and District PCN: one link worker, six practices`.
fn title(network: &Network) -> String {
    let wte = network.wte();
    let one = network.posts.len() == 1 && (wte - 1.0).abs() < 1e-6;
    let posts = match network.returned {
        Returned::Missing => "link workers not known".to_owned(),
        Returned::NoLinkWorker => "no link worker recorded".to_owned(),
        Returned::AllLeftOut => "link workers in mental health left out".to_owned(),
        Returned::LinkWorkers if one => "one link worker".to_owned(),
        Returned::LinkWorkers => {
            let wte = number((wte * 100.0).round() / 100.0);
            format!("{wte} WTE of link workers")
        }
    };
    let practices = match network.practices.len() {
        1 => "one practice".to_owned(),
        count => format!("{} practices", in_words_to_ten(count)),
    };
    format!("{}: {posts}, {practices}", network.title())
}

/// The first Monday of the quarter after a date: 5 October 2026 after 1 July 2026.
fn first_monday(date: Date) -> Date {
    let month = date.month();
    let next = (month - 1) / 3 * 3 + 4;
    let (year, next) = match next > 12 {
        true => (date.year() + 1, next - 12),
        false => (date.year(), next),
    };
    let first = Date::new(year, next, 1).unwrap_or(date);
    match first.weekday() {
        Weekday::Monday => first,
        _ => first.nth_weekday(1, Weekday::Monday).unwrap_or(first),
    }
}

fn pathway(network: &Network, factors: Option<&RateFactors>) -> String {
    let has_fifth = network.practices.iter().any(|it| it.deprivation.is_some());
    let tilt = match (factors, has_fifth) {
        (Some(factors), true) => {
            let factors: Vec<String> = factors.iter().map(|it| decimal(*it)).collect();
            format!(
                "\n# How much more is referred by fifth of deprivation, the most deprived first. D: given with\n\
                 # --rate-factors; nobody has published a slope.\n\
                 [demand.deprivation]\n\
                 rate_factors = [{}]\n",
                factors.join(", ")
            )
        }
        (None, true) => "\n# The practices have their fifth of deprivation (1 the most deprived). How much more is referred\n\
             # where need is greater, nobody has published; to try a slope, take away the # and put your own:\n\
             # [demand.deprivation]\n\
             # rate_factors = [1.2, 1.1, 1.0, 0.9, 0.8]\n"
            .to_owned(),
        (_, false) => String::new(),
    };
    usual::pathway(&tilt)
}

fn practices(network: &Network, sources: &Sources) -> String {
    let mut text = format!("# Registered patients on {}. A.\n", in_words(sources.lists));
    for practice in &network.practices {
        text += &practice_table(practice);
    }
    text.truncate(text.trim_end().len());
    text + "\n"
}

fn practice_table(practice: &Practice) -> String {
    let fifth = practice
        .deprivation
        .map_or_else(String::new, |(score, fifth)| {
            format!(
                "deprivation_fifth = {fifth}       # score {}\n",
                number(score)
            )
        });
    format!(
        "[[practices]]\nname = {}\nods_code = {}\nlist_size = {}\n{fifth}\n",
        literal(&practice.name),
        literal(&practice.code),
        practice.list_size
    )
}

fn posts(network: &Network, sources: &Sources) -> String {
    let date = in_words(sources.workforce);
    let Some((first, others)) = network.posts.split_first() else {
        let why = match network.returned {
            Returned::Missing => format!(
                "# The PCN is not in the workforce file of {date}: nothing was returned, which does not mean\n\
                 # that nobody works there. Ask who employs its link workers, take away the # and put them in;\n\
                 # until then nobody is ever contacted.\n"
            ),
            Returned::AllLeftOut => format!(
                "# The link workers of the PCN on {date} are all in mental health, and left out as asked. If\n\
                 # others employ some, take away the # and put them in; until then nobody is ever contacted.\n"
            ),
            _ => format!(
                "# The PCN returned its workforce of {date} without a link worker. If others employ some, take\n\
                 # away the # and put them in; until then nobody is ever contacted.\n"
            ),
        };
        let table = post_table(&example(), None);
        let table: String = table.lines().map(|line| format!("# {line}\n")).collect();
        return why + &table.replace("# \n", "#\n");
    };
    let mut text = format!("# Link workers of the PCN on {date}. Roles, not people.\n");
    text += &post_table(first, None);
    for post in others {
        text += "\n";
        text += &post_table(post, Some(&first.name));
    }
    text
}

/// A post that is put in where there is none: no part of any record.
fn example() -> Post {
    Post {
        name: "Link worker 1".to_owned(),
        wte: 1.0,
        role: super::Role::LinkWorker,
        is_contracted: false,
        part_of: (1.0, 0),
    }
}

fn post_table(post: &Post, like: Option<&str>) -> String {
    let whose = match (post.is_contracted, post.part_of.1) {
        (_, 0) => ". An example: put in your own".to_owned(),
        (true, 1) => "; a contracted service. A".to_owned(),
        (true, parts) => format!("; 1 of {parts} of a contracted service. A"),
        (false, 1) => ". A".to_owned(),
        (false, parts) => format!("; 1 of {parts} of one record. A"),
    };
    usual::post(&post.name, post.wte, &whose, like)
}

/// Targets and options.
fn wishes(network: &Network) -> String {
    let mut text = usual::TARGETS.to_owned()
        + "# Named changes, each to be compared with what stands above: splw-sim compare.\n\
         # A full-time link worker costs 42,575 pounds a year: the middle of band 5 with on-costs (2025/26;\n\
         # derived, A to C).\n\
         [[options]]\n";
    match network.posts.first() {
        Some(first) => {
            let like = literal(&first.name);
            text += &format!(
                "name = \"One more link worker\"\ncost_pounds_a_year = 42575\n\
                 add.posts = [{{ name = \"New link worker\", like = {like}, wte = 1.0, caseload_cap = 80 }}]\n\n\
                 # D: reminders and a choice of time are said to halve them; what that costs is not known.\n\
                 [[options]]\nname = \"Half the missed appointments\"\n\
                 set.\"case_types.*.dna_share\" = 0.04\n"
            );
        }
        None => {
            text += "name = \"One link worker\"\ncost_pounds_a_year = 42575\n\
                     add.posts = [{ name = \"New link worker\", wte = 1.0, caseload_cap = 80, client_share = 0.6 }]\n";
        }
    }
    text
}

fn provenance(network: &Network, sources: &Sources, factors: Option<&RateFactors>) -> String {
    let lists = "Patients Registered at a GP Practice, NHS England";
    let mut text = format!(
        "[provenance]\n\"practices.*.list_size\" = {{ source = \"{lists}\", date = {}, grade = \"A\" }}\n",
        sources.lists
    );
    if let Some(year) = sources
        .deprivation
        .as_ref()
        .filter(|_| network.score.is_some())
    {
        text += &format!(
            "\"practices.*.deprivation_fifth\" = {{ source = {}, grade = \"A\", note = \"fifths of the practices in that file\" }}\n",
            literal(&format!(
                "Deprivation score (IMD {year}) by GP practice, OHID Fingertips"
            ))
        );
        if factors.is_some() {
            text += "\"demand.deprivation.rate_factors\" = { source = \"assumption\", grade = \"D\", note = \"given with --rate-factors\" }\n";
        }
    }
    let has_posts = !network.posts.is_empty();
    if has_posts {
        let is_divided = network.posts.iter().any(|post| post.part_of.1 > 1);
        let note = match is_divided {
            true => ", note = \"records above 1.0 stand as several equal posts\"",
            false => "",
        };
        text += &format!(
            "\"posts.*.wte\" = {{ source = \"Primary Care Network Workforce, NHS England\", date = {}, grade = \"A\"{note} }}\n",
            sources.workforce
        );
    }
    text += &usual::sources(has_posts);
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_run_begins_on_a_monday_of_the_next_quarter() {
        assert_eq!(first_monday(date(2026, 7, 1)), date(2026, 10, 5));
        assert_eq!(first_monday(date(2026, 9, 30)), date(2026, 10, 5));
        assert_eq!(first_monday(date(2026, 12, 1)), date(2027, 1, 4));
        assert_eq!(first_monday(date(2029, 8, 1)), date(2029, 10, 1));
    }
}
