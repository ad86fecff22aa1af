//! The words of a column, each held once however many rows have it.

use parquet::data_type::ByteArray;
use std::collections::BTreeMap;

/// Words that have been met. Tables say the same words in the same order again and again, so what came after a
/// word the last time is tried first.
#[derive(Default)]
pub struct Words {
    met: Vec<Word>,
    places: BTreeMap<String, usize>,
    last: usize,
}

struct Word {
    text: ByteArray,
    /// The place of the word that came after it the last time.
    next: usize,
}

impl Words {
    /// The word as the file takes it. It shares its letters with the same word in other rows.
    pub fn shared(&mut self, word: &str) -> ByteArray {
        let tried = self.met.get(self.last).map_or(0, |last| last.next);
        let is_it = |it: &Word| it.text.data() == word.as_bytes();
        let place = match self.met.get(tried).is_some_and(is_it) {
            true => tried,
            false => self.place(word),
        };
        self.met[self.last].next = place;
        self.last = place;
        self.met[place].text.clone()
    }

    fn place(&mut self, word: &str) -> usize {
        if let Some(place) = self.places.get(word) {
            return *place;
        }
        let place = self.met.len();
        self.met.push(Word {
            text: ByteArray::from(word),
            next: place,
        });
        self.places.insert(word.to_owned(), place);
        place
    }

    /// Forgets all, so that memory does not grow with the words of a long table.
    pub fn clear(&mut self) {
        *self = Self::default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_come_back_in_whatever_order_and_are_held_once() {
        let mut words = Words::default();
        let said = ["a", "b", "b", "", "a", "c", "a", "b", "a", "a", ""];
        for word in said {
            assert_eq!(words.shared(word).data(), word.as_bytes());
        }
        assert_eq!(words.met.len(), 4);
        words.clear();
        assert_eq!(words.shared("c").data(), b"c");
        assert_eq!(words.met.len(), 1);
    }
}
