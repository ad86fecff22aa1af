//! Sharing: the graph of posts and practices, gathered into pools.
//!
//! Practices that are served by the same posts form a [`Pool`]: their people wait on one list,
//! because whoever can take one of them can take any other. A pooled team is one pool however
//! many practices it has, so the cost of finding the next person does not grow with them. Where posts
//! differ in whom they may take, each case type of such practices has a pool of its own.

use super::ids::{CaseTypeId, PoolId, PostId, PracticeId};
use super::post::{Post, PostKind};

/// Practices that are served by the same posts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pool {
    /// The practices, in order.
    pub practices: Vec<PracticeId>,
    /// The posts that serve them, in order; may be empty.
    pub posts: Vec<PostId>,
}

/// The pools of a sharing graph, and each practice's pool.
#[must_use]
pub fn pools(practices: usize, posts: &[Post]) -> (Vec<Pool>, Vec<PoolId>) {
    let mut serving: Vec<Vec<PostId>> = vec![Vec::new(); practices];
    for (index, post) in posts.iter().enumerate() {
        for practice in &post.serves {
            serving[practice.index()].push(PostId(index as u32));
        }
    }
    let mut pools: Vec<Pool> = Vec::new();
    let mut known = std::collections::BTreeMap::new();
    let pool_of = serving
        .into_iter()
        .enumerate()
        .map(|(index, posts)| {
            let next = PoolId(pools.len() as u32);
            let pool = *known.entry(posts.clone()).or_insert(next);
            if pool == next {
                pools.push(Pool {
                    practices: Vec::new(),
                    posts,
                });
            }
            pools[pool.index()].practices.push(PracticeId(index as u32));
            pool
        })
        .collect();
    (pools, pool_of)
}

/// Who may take a referral besides serving its practice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Claim {
    /// Any post that may take its case type.
    Type(CaseTypeId),
    /// The same, but volunteers have passed it on.
    Escalated(CaseTypeId),
    /// An inappropriate referral: any paid post.
    Triage,
}

impl Claim {
    /// Whether a post may take it.
    #[must_use]
    pub fn admits(self, post: &Post) -> bool {
        let is_paid = post.kind != PostKind::Volunteer;
        match self {
            Self::Type(case_type) => post.takes(case_type),
            Self::Escalated(case_type) => is_paid && post.takes(case_type),
            Self::Triage => is_paid,
        }
    }
}

/// Which pool a referral belongs to, by practice and [`Claim`].
#[derive(Clone, Debug)]
pub struct Pools {
    /// The pools; those of practices, regardless of claims, come first.
    pub pools: Vec<Pool>,
    /// The pool of each practice, regardless of claims.
    pub of_practice: Vec<PoolId>,
    case_types: usize,
    /// By pool of the practice and claim; empty where every post may take everybody.
    by_claim: Vec<PoolId>,
}

impl Pools {
    /// The pools of a model with so many practices and case types.
    #[must_use]
    pub fn new(practices: usize, case_types: usize, posts: &[Post]) -> Self {
        let (pools, of_practice) = pools(practices, posts);
        let mut this = Self {
            pools,
            of_practice,
            case_types,
            by_claim: Vec::new(),
        };
        let is_particular =
            |post: &Post| post.case_types.is_some() || post.kind == PostKind::Volunteer;
        if posts.iter().any(is_particular) {
            this.divide(posts);
        }
        this
    }

    /// Divides the pools of practices by claim.
    fn divide(&mut self, posts: &[Post]) {
        let mut known: std::collections::BTreeMap<Vec<PostId>, PoolId> = self
            .pools
            .iter()
            .enumerate()
            .map(|(index, pool)| (pool.posts.clone(), PoolId(index as u32)))
            .collect();
        for whole in 0..self.pools.len() {
            for claim in claims(self.case_types) {
                let able = self.pools[whole].posts.iter().copied();
                let able: Vec<PostId> = able
                    .filter(|post| claim.admits(&posts[post.index()]))
                    .collect();
                let next = PoolId(self.pools.len() as u32);
                let pool = *known.entry(able.clone()).or_insert(next);
                if pool == next {
                    self.pools.push(Pool {
                        practices: self.pools[whole].practices.clone(),
                        posts: able,
                    });
                }
                self.by_claim.push(pool);
            }
        }
    }

    /// How many of the pools are those of practices, regardless of claims: the first ones.
    #[must_use]
    pub fn of_practices(&self) -> usize {
        let last = self.of_practice.iter().max();
        last.map_or(0, |pool| pool.index() + 1)
    }

    /// The pool of a referral of `practice`.
    #[inline]
    #[must_use]
    pub fn of(&self, practice: PracticeId, claim: Claim) -> PoolId {
        let whole = self.of_practice[practice.index()];
        if self.by_claim.is_empty() {
            return whole;
        }
        let column = match claim {
            Claim::Type(case_type) => case_type.index(),
            Claim::Escalated(case_type) => self.case_types + case_type.index(),
            Claim::Triage => 2 * self.case_types,
        };
        self.by_claim[whole.index() * (2 * self.case_types + 1) + column]
    }
}

/// Parts of the network that never meet: no post serves people of two of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parts {
    /// How many there are.
    pub number: usize,
    /// The part of each practice, in the order of which the parts are numbered.
    pub of_practices: Vec<usize>,
    /// The part of each post.
    pub of_posts: Vec<usize>,
    /// The part of each pool.
    pub of_pools: Vec<usize>,
}

impl Parts {
    /// All in one part, where something else than posts brings them together.
    #[must_use]
    pub fn together(pools: &Pools, posts: usize) -> Self {
        Self {
            number: 1,
            of_practices: vec![0; pools.of_practice.len()],
            of_posts: vec![0; posts],
            of_pools: vec![0; pools.pools.len()],
        }
    }

    /// The parts of a sharing graph. Of pools of different claims, which may hold people of several
    /// pools of practices, all belong together.
    #[must_use]
    pub fn new(pools: &Pools, posts: usize) -> Self {
        let number = pools.pools.len();
        let mut union = Union::new(number + posts);
        for (pool, of_it) in pools.pools.iter().enumerate() {
            for post in &of_it.posts {
                union.join(pool, number + post.index());
            }
        }
        for (practice, whole) in pools.of_practice.iter().enumerate() {
            for claim in claims(pools.case_types) {
                let pool = pools.of(PracticeId(practice as u32), claim);
                union.join(whole.index(), pool.index());
            }
        }
        let mut known: Vec<usize> = Vec::new();
        let mut part_of = |node: usize| {
            let root = union.root(node);
            known.iter().position(|it| *it == root).unwrap_or_else(|| {
                known.push(root);
                known.len() - 1
            })
        };
        let wholes = pools.of_practice.iter();
        let of_practices = wholes.map(|whole| part_of(whole.index())).collect();
        let of_posts = (number..number + posts).map(&mut part_of).collect();
        let of_pools = (0..number).map(&mut part_of).collect();
        Self {
            number: known.len(),
            of_practices,
            of_posts,
            of_pools,
        }
    }
}

/// Things that belong together, each told by another of the same lot, up to one that tells itself.
struct Union(Vec<usize>);

impl Union {
    fn new(things: usize) -> Self {
        Self((0..things).collect())
    }

    fn root(&mut self, mut thing: usize) -> usize {
        while self.0[thing] != thing {
            // Halves the way for whoever comes next.
            self.0[thing] = self.0[self.0[thing]];
            thing = self.0[thing];
        }
        thing
    }

    fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.root(one), self.root(other));
        self.0[one] = other;
    }
}

/// Every claim, in the order of [`Pools::of`]'s columns.
fn claims(case_types: usize) -> impl Iterator<Item = Claim> {
    let types = move || (0..case_types).map(|index| CaseTypeId(index as u16));
    types()
        .map(Claim::Type)
        .chain(types().map(Claim::Escalated))
        .chain([Claim::Triage])
}
