//! Which practice of the scenario a cell names: by ODS code, by name, or by a name without the words that
//! most practices share.

use super::current::PracticeNow;
use crate::import::kinds::compared;

/// Words that say nothing of which practice it is.
const COMMON: [&str; 13] = [
    "THE", "SURGERY", "PRACTICE", "MEDICAL", "HEALTH", "CENTRE", "CENTER", "GROUP", "DR", "DRS",
    "AND", "GP", "PARTNERS",
];

/// Finds practices by what a log calls them.
#[derive(Clone, Debug)]
pub struct Practices {
    /// Code, whole name and name without common words, as they are compared.
    known: Vec<(Option<String>, String, String)>,
}

impl Practices {
    /// Those of the scenario.
    #[must_use]
    pub fn of(practices: &[PracticeNow]) -> Self {
        let known = practices.iter().map(|it| {
            let name = compared(&it.name);
            let short = without_common(&name);
            (it.code.as_deref().map(compared), name, short)
        });
        Self {
            known: known.collect(),
        }
    }

    /// The only practice that a cell can mean: `F81061`, `Elm Surgery`, `Elm Surgery (F81061)`, `ELM`.
    #[must_use]
    pub fn find(&self, text: &str) -> Option<usize> {
        let text = compared(text);
        let by_code = |(code, _, _): &(Option<String>, String, String)| {
            let code = code.as_deref();
            code.is_some_and(|code| text.split('_').any(|word| word == code))
        };
        let short = without_common(&text);
        self.only(by_code)
            .or_else(|| self.only(|(_, name, _)| *name == text))
            .or_else(|| self.only(|it| !short.is_empty() && it.2 == short))
    }

    fn only(&self, is_meant: impl Fn(&(Option<String>, String, String)) -> bool) -> Option<usize> {
        let mut found = self.known.iter().enumerate().filter(|(_, it)| is_meant(it));
        let (index, _) = found.next()?;
        found.next().is_none().then_some(index)
    }
}

fn without_common(name: &str) -> String {
    let words = name
        .split('_')
        .filter(|word| !COMMON.contains(word) && !word.is_empty());
    words.collect::<Vec<_>>().join("_")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn practices_are_found_by_what_people_call_them() {
        let practice = |name: &str, code: Option<&str>| PracticeNow {
            name: name.to_owned(),
            code: code.map(str::to_owned),
            list_size: 1.0,
        };
        let practices = Practices::of(&[
            practice("Conner & Partners", Some("F81061")),
            practice("The Elm Surgery", None),
            practice("Elm Road Surgery", None),
            practice("Elm Road Health Centre", None),
        ]);
        for (text, index) in [
            ("f81061", Some(0)),
            ("Conner & Partners (F81061)", Some(0)),
            ("CONNER AND PARTNERS", Some(0)),
            ("elm", Some(1)),
            ("Elm Medical Centre", Some(1)),
            ("Elm Road Surgery", Some(2)),
            ("Elm Road", None),
            ("F810611", None),
            ("Surgery", None),
            ("", None),
        ] {
            assert_eq!(practices.find(text), index, "{text}");
        }
    }
}
