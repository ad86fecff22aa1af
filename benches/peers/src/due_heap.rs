//! An event list of whole numbers for the fast yardsticks: a heap of four children a node.
//!
//! A key is a time in ticks with a code of the event in its lowest bits, so that one comparison of
//! two words orders two events, and nothing but keys is moved.

/// Bits of a key that hold the code.
const CODE_BITS: u32 = 8;

/// An event and its time in one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key(u64);

impl Key {
    /// Later than every event.
    pub const NEVER: Self = Self(u64::MAX);

    /// The event `code` at `ticks`, which must be less than 2^56.
    #[inline]
    pub fn new(ticks: u64, code: u8) -> Self {
        Self(ticks << CODE_BITS | u64::from(code))
    }

    /// When, in ticks.
    #[inline]
    pub fn ticks(self) -> u64 {
        self.0 >> CODE_BITS
    }

    /// What.
    #[inline]
    pub fn code(self) -> u8 {
        self.0 as u8
    }
}

/// At most `SIZE` - 4 keys, the least of them first.
#[derive(Clone, Debug)]
pub struct DueHeap<const SIZE: usize> {
    /// What follows the keys is [`Key::NEVER`], so that a node can be taken to have four children.
    keys: [Key; SIZE],
    len: usize,
}

impl<const SIZE: usize> Default for DueHeap<SIZE> {
    fn default() -> Self {
        Self {
            keys: [Key::NEVER; SIZE],
            len: 0,
        }
    }
}

impl<const SIZE: usize> DueHeap<SIZE> {
    /// The least key; [`Key::NEVER`] if there is none.
    #[inline]
    pub fn first(&self) -> Key {
        self.keys[0]
    }

    /// Puts `key` in the place of the least.
    #[inline]
    pub fn replace_first(&mut self, key: Key) {
        let mut at = 0;
        while let Some((child, least)) = self.least_child(at) {
            if least >= key {
                break;
            }
            self.keys[at] = least;
            at = child;
        }
        self.keys[at] = key;
    }

    /// Takes the least key away. There must be one.
    #[inline]
    pub fn remove_first(&mut self) {
        self.len -= 1;
        let last = self.keys[self.len];
        self.keys[self.len] = Key::NEVER;
        if self.len > 0 {
            self.replace_first(last);
        }
    }

    /// Adds a key.
    #[inline]
    pub fn insert(&mut self, key: Key) {
        let mut at = self.len;
        self.len += 1;
        while at > 0 {
            let parent = (at - 1) / 4;
            if self.keys[parent] <= key {
                break;
            }
            self.keys[at] = self.keys[parent];
            at = parent;
        }
        self.keys[at] = key;
    }

    /// Where the least of the children of `at` is, and which.
    #[inline]
    fn least_child(&self, at: usize) -> Option<(usize, Key)> {
        let first = 4 * at + 1;
        let &[a, b, c, d] = self.keys.get(first..)?.first_chunk()?;
        let left = if b < a { (1, b) } else { (0, a) };
        let right = if d < c { (3, d) } else { (2, c) };
        let (offset, least) = if right.1 < left.1 { right } else { left };
        Some((first + offset, least))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_leave_in_order() {
        let mut heap = DueHeap::<132>::default();
        // 7 generates the whole numbers modulo 101 but 0, in no order.
        let mut times: Vec<u64> = (1..=100).map(|power| 7 * power % 101).collect();
        for &time in &times {
            heap.insert(Key::new(time, 9));
        }
        heap.replace_first(Key::new(1_000, 9));
        times.sort_unstable();
        times[0] = 1_000;
        times.sort_unstable();
        for time in times {
            assert_eq!((heap.first().ticks(), heap.first().code()), (time, 9));
            heap.remove_first();
        }
        assert_eq!(heap.first(), Key::NEVER);
    }
}
