//! Who is who: positions for speed, keys for randomness.
//!
//! A `…Id` is a position in one model's lists and says nothing outside it. An [`EntityKey`] is
//! made from what an entity *is* (a practice's ODS code, a post's name), so that its random draws
//! stay the same when a file is re-ordered or another entity is added.

/// Position of a practice in [`super::Model::practices`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PracticeId(pub u32);

/// Position of a post in [`super::Model::posts`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PostId(pub u32);

/// Position of a case type in [`super::Model::case_types`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CaseTypeId(pub u16);

/// Position of a source in [`super::Demand::sources`]; a scenario file has at most 100.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceId(pub u8);

/// Position of a pool among those of [`super::sharing::pools`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PoolId(pub u32);

/// What an entity is, as 64 bits for the keys of random streams.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntityKey(pub u64);

impl EntityKey {
    /// The key of a name: 64-bit FNV-1a (Fowler, Noll and Vo) of its UTF-8 bytes. It is part of
    /// the numbers' contract: another hash would change every result.
    #[must_use]
    pub fn of(name: &str) -> Self {
        const OFFSET_BASIS: u64 = 0xcbf2_9ce4_8422_2325;
        const PRIME: u64 = 0x0000_0100_0000_01b3;
        Self(name.bytes().fold(OFFSET_BASIS, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(PRIME)
        }))
    }
}

impl PracticeId {
    /// As an index.
    #[must_use]
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

impl PostId {
    /// As an index.
    #[must_use]
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

impl CaseTypeId {
    /// As an index.
    #[must_use]
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

impl SourceId {
    /// The source of people who are there at the start: none, nobody knows who referred them.
    pub const UNKNOWN: Self = Self(u8::MAX);

    /// As an index; that of [`SourceId::UNKNOWN`] is no source's.
    #[must_use]
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

impl PoolId {
    /// As an index.
    #[must_use]
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_the_published_fnv_1a_values() {
        // From the authors' test suite: the empty string and "foobar".
        assert_eq!(EntityKey::of(""), EntityKey(0xcbf2_9ce4_8422_2325));
        assert_eq!(EntityKey::of("foobar"), EntityKey(0x8594_4171_f739_67e8));
    }
}
