//! The numbers of the peer model. Times are in hours.

/// The period that is simulated, in hours (162.5 days).
pub const PERIOD_HOURS: f64 = 3_900.0;
/// Number of posts.
pub const POSTS: usize = 3;
/// Open cases that a post may have at once.
pub const PLACES: usize = 40;
/// Contacts that a case needs, besides its call.
pub const CONTACTS: u8 = 6;

/// Mean length of the call, in hours; exponential.
pub const CALL_HOURS: f64 = 0.5;
/// Mean length of a contact, in hours; gamma.
pub const CONTACT_HOURS: f64 = 0.75;
/// Shape of the gamma distribution of a contact's length: a sum of four exponentials.
pub const CONTACT_SHAPE: u8 = 4;
/// Mean time from the end of a piece of work until the case's next contact falls due, in hours;
/// exponential.
pub const GAP_HOURS: f64 = 75.0;
/// Probability that a contact is missed.
pub const MISSED: f64 = 0.15;
/// Time lost by a missed contact, in hours; always the same.
pub const LOST_HOURS: f64 = 0.25;
/// Time from the end of a missed contact until it falls due again, in hours; always the same.
pub const GAP_AFTER_MISSED_HOURS: f64 = 37.5;

/// A practice: how many patients it has, and the post that serves it.
#[derive(Clone, Copy, Debug)]
pub struct Practice {
    /// Registered patients.
    pub list: f64,
    /// Number of the post, from 0.
    pub post: usize,
}

impl Practice {
    const fn new(list: f64, post: usize) -> Self {
        Self { list, post }
    }

    /// Referrals an hour: 33.556 per 1,000 patients a year of 8,766 hours. A list of 12,000: 0.04594.
    pub fn referrals_an_hour(&self) -> f64 {
        self.list * 33.556 / 1_000.0 / 8_766.0
    }
}

/// The practices; 0.2182 referrals an hour in all.
pub const PRACTICES: [Practice; 6] = [
    Practice::new(12_000.0, 0),
    Practice::new(9_500.0, 1),
    Practice::new(9_000.0, 2),
    Practice::new(9_000.0, 2),
    Practice::new(8_800.0, 1),
    Practice::new(8_700.0, 0),
];

/// Referrals an hour to `post` from all of its practices. Post 0: 0.07924.
pub fn referrals_an_hour(post: usize) -> f64 {
    let of_post = PRACTICES.iter().filter(|practice| practice.post == post);
    of_post.map(Practice::referrals_an_hour).sum()
}
