//! Posts that each serve some practices: first come first served, and of idle posts the longest
//! idle (FCFS-ALIS), exactly.
//!
//! Between every practice its own post (dedicated) and every post all practices (pooled) lie the
//! chains, in which each post serves two practices: most of the benefit of pooling (Jordan &
//! Graves 1995).

/// More posts than this are refused: the answer takes time and room in proportion to 2^posts.
pub const MOST_POSTS: usize = 20;

/// Posts, practices and who serves whom.
///
/// Practices are types of arrivals, posts are servers; both are named by their place. Poisson
/// arrivals, exponential service whose rate is the post's. A free post takes the compatible person
/// who has waited longest; who arrives goes to the compatible post that has been idle longest.
#[derive(Clone, Debug, PartialEq)]
pub struct Compatibility {
    /// Arrivals per unit of time, by practice; 0 is allowed.
    pub arrival_rates: Vec<f64>,
    /// People whom each post serves per unit of time while busy.
    pub service_rates: Vec<f64>,
    /// For each practice its posts: bit j is set where post j serves it.
    pub posts_of: Vec<u32>,
}

/// What people of each practice meet in the long run.
#[derive(Clone, Debug, PartialEq)]
pub struct CompatibleWaits {
    /// Mean wait by practice, those who do not wait included; of a practice without arrivals that
    /// of a first one.
    pub mean_wait: Vec<f64>,
    /// P(every post of the practice is busy), by practice.
    pub wait_probability: Vec<f64>,
    /// Mean wait of everybody.
    pub overall_mean_wait: f64,
    /// Mean number waiting.
    pub mean_queue: f64,
}

/// Each of so many practices has its own post.
#[must_use]
pub fn dedicated(practices: usize) -> Vec<u32> {
    (0..practices.min(32)).map(|place| 1 << place).collect()
}

/// Each post serves its own practice and the next, and the last one the first practice.
#[must_use]
pub fn long_chain(practices: usize) -> Vec<u32> {
    let own = dedicated(practices);
    let before = own.iter().cycle().skip(own.len().max(1) - 1);
    own.iter()
        .zip(before)
        .map(|(own, other)| own | other)
        .collect()
}

/// Every post serves every practice.
#[must_use]
pub fn pooled(practices: usize) -> Vec<u32> {
    let every = dedicated(practices).iter().fold(0, |all, post| all | post);
    vec![every; practices.min(32)]
}

/// The share of the benefit of pooling that a way between has: (dedicated - it) / (dedicated -
/// pooled), of any measure that pooling lowers. Worked: waits 4, 1.248677 and 1.078652: 0.941799.
#[must_use]
pub fn benefit_captured(dedicated: f64, between: f64, pooled: f64) -> f64 {
    (dedicated - between) / (dedicated - pooled)
}

impl Compatibility {
    /// The steady state, from the product form of Adan & Weiss (2014).
    ///
    /// With the busy posts M1..Mi in the order of the arrival of whom they serve, n_j people
    /// waiting who came after those of M1..Mj and before that of M(j+1), and the idle posts
    /// M(i+1)..MJ in the order in which they will be taken, the probability is proportional to
    ///
    /// product over j <= i of lambda_U(M1..Mj)^n_j / mu_(M1..Mj)^(n_j + 1)
    /// x product over j > i of 1 / lambda_C(Mj..MJ),
    ///
    /// where U(S) are the practices that only posts in S serve, C(S) those that some post in S
    /// serves, and a set as an index means a sum. The factors depend on sets alone, so the sums
    /// over orders are built up set by set: F(S) = sum over m in S of F(S - m) /
    /// (mu_S - lambda_U(S)) and H(T) = sum over m in T of H(T - m) / lambda_C(T), and the busy
    /// posts are S with probability proportional to F(S) H(all - S). That is 2^J steps, not J!.
    ///
    /// Worked, three posts of rate 1, rate 0.8 each: dedicated 4, long chain 1.248677, pooled
    /// 1.078652.
    ///
    /// `None` unless all arrival rates are finite and not negative, and one positive; all service
    /// rates positive and finite; every practice has a post and no bit is without its post; there are
    /// at most [`MOST_POSTS`]; and lambda_U(S) < mu_S for every set S of posts.
    #[must_use]
    pub fn steady_state(&self) -> Option<CompatibleWaits> {
        let total: f64 = self.arrival_rates.iter().sum();
        if !(self.is_proper() && total > 0.0 && total.is_finite()) {
            return None;
        }
        let all = self.wanted_posts();
        let orders = Orders::of(self, all)?;
        let sums = (0..self.posts_of.len()).map(|practice| orders.wait(self, practice));
        let (mean_wait, wait_probability): (Vec<f64>, Vec<f64>) = sums.unzip();
        let mean_queue = (mean_wait.iter().zip(&self.arrival_rates))
            .map(|(wait, rate)| wait * rate)
            .sum::<f64>();
        mean_queue.is_finite().then_some(CompatibleWaits {
            mean_wait,
            wait_probability,
            overall_mean_wait: mean_queue / total,
            mean_queue,
        })
    }

    fn is_proper(&self) -> bool {
        let posts = self.service_rates.len();
        let arrives = |rate: &f64| *rate >= 0.0 && rate.is_finite();
        let serves = |rate: &f64| *rate > 0.0 && rate.is_finite();
        (1..=MOST_POSTS).contains(&posts)
            && self.arrival_rates.len() == self.posts_of.len()
            && self.arrival_rates.iter().all(arrives)
            && self.service_rates.iter().all(serves)
            && (self.posts_of.iter()).all(|mask| *mask != 0 && mask >> posts == 0)
    }

    /// The posts that anybody comes to: the others are always idle and have no place in the order.
    fn wanted_posts(&self) -> u32 {
        let practices = self.posts_of.iter().zip(&self.arrival_rates);
        practices
            .filter(|(_, rate)| **rate > 0.0)
            .fold(0, |all, (posts, _)| all | posts)
    }

    /// The arrival rate of practices whose posts meet a condition.
    fn arrivals(&self, condition: impl Fn(u32) -> bool) -> f64 {
        let practices = self.posts_of.iter().zip(&self.arrival_rates);
        practices
            .filter(|(posts, _)| condition(**posts))
            .map(|(_, rate)| rate)
            .sum()
    }

    /// The rate of a set of posts together.
    fn service(&self, posts: u32) -> f64 {
        let rates = self.service_rates.iter().enumerate();
        rates
            .filter(|(post, _)| posts >> post & 1 == 1)
            .map(|(_, rate)| rate)
            .sum()
    }
}

/// The sums over orders, by set of posts.
struct Orders {
    /// The posts that there are.
    all: u32,
    /// mu_S - lambda_U(S): how fast the list behind the busy posts S falls.
    drain: Vec<f64>,
    /// F: weight of the orders of busy posts with the lists behind them.
    busy: Vec<f64>,
    /// H: weight of the orders of idle posts.
    idle: Vec<f64>,
    /// The sum over all sets S of F(S) H(all - S).
    total: f64,
}

impl Orders {
    /// `None` where some list grows without end.
    fn of(model: &Compatibility, all: u32) -> Option<Self> {
        let size = 1 << model.service_rates.len();
        let (mut busy, mut idle) = (vec![0.0; size], vec![0.0; size]);
        let mut drain = vec![f64::INFINITY; size];
        (busy[0], idle[0]) = (1.0, 1.0);
        for set in subsets(all).skip(1) {
            let place = set as usize;
            let only = model.arrivals(|posts| posts & all & !set == 0 && posts & !all == 0);
            drain[place] = model.service(set) - only;
            if drain[place] <= 0.0 {
                return None;
            }
            busy[place] = less_one(set, &busy) / drain[place];
            idle[place] = less_one(set, &idle) / model.arrivals(|posts| posts & set != 0);
        }
        let total = subsets(all)
            .map(|set| busy[set as usize] * idle[(all & !set) as usize])
            .sum();
        Some(Self {
            all,
            drain,
            busy,
            idle,
            total,
        })
    }

    /// Mean wait of a practice and P(all of its posts are busy).
    ///
    /// Behind the set S a list has sum over n of n lambda^n / mu^(n+1) = lambda / (mu - lambda)^2,
    /// of which the practice has its share: its number waiting per arrival is 1 / (mu - lambda) for
    /// every set on the way that contains its posts.
    fn wait(&self, model: &Compatibility, practice: usize) -> (f64, f64) {
        let own = model.posts_of[practice];
        let mut waiting = vec![0.0; self.busy.len()];
        let (mut wait, mut all_busy) = (0.0, 0.0);
        for set in subsets(self.all).skip(1) {
            let place = set as usize;
            let blocked = own & !set == 0;
            let behind = if blocked { self.busy[place] } else { 0.0 };
            waiting[place] = (less_one(set, &waiting) + behind) / self.drain[place];
            let chance = self.idle[(self.all & !set) as usize] / self.total;
            wait += waiting[place] * chance;
            all_busy += behind * chance;
        }
        (wait, all_busy)
    }
}

/// The sets within `all`, smaller ones before those that contain them.
fn subsets(all: u32) -> impl Iterator<Item = u32> {
    (0..=all).filter(move |set| set & !all == 0)
}

/// The sum over the members of a set of the value of the set without that member.
fn less_one(set: u32, values: &[f64]) -> f64 {
    let members = (0..u32::BITS).filter(|member| set >> member & 1 == 1);
    members
        .map(|member| values[(set & !(1 << member)) as usize])
        .sum()
}

#[cfg(test)]
mod tests {
    use super::super::ErlangC;
    use super::super::targets::assert_six_digits;
    use super::*;

    fn waits(arrival_rates: &[f64], posts_of: Vec<u32>) -> CompatibleWaits {
        let model = Compatibility {
            arrival_rates: arrival_rates.to_vec(),
            service_rates: vec![1.0; arrival_rates.len()],
            posts_of,
        };
        model.steady_state().expect("a steady state")
    }

    #[test]
    fn chains_match_table_c10() {
        for (posts, load, alone, chain, together, captured) in [
            (3, 0.8, 4.000_000, 1.248_677, 1.078_652, 0.941_799),
            (3, 0.9, 9.000_000, 2.926_745, 2.723_537, 0.967_624),
            (6, 0.8, 4.000_000, 0.986_000, 0.431_477, 0.844_607),
            (6, 0.9, 9.000_000, 2.014_039, 1.233_543, 0.899_504),
        ] {
            let rates = vec![load; posts];
            let [own, between, all] = [dedicated, long_chain, pooled]
                .map(|who| waits(&rates, who(posts)).overall_mean_wait);
            assert_six_digits(own, alone);
            assert_six_digits(between, chain);
            assert_six_digits(all, together);
            assert_six_digits(benefit_captured(own, between, all), captured);
        }
    }

    #[test]
    fn uneven_demand_and_the_n_model_match_theory_c10() {
        let uneven = waits(&[0.5, 0.8, 1.1], long_chain(3));
        assert_six_digits(uneven.overall_mean_wait, 1.298_539);
        for (wait, known) in uneven
            .mean_wait
            .iter()
            .zip([1.140_854, 1.226_376, 1.422_696])
        {
            assert_six_digits(*wait, known);
        }
        let n_model = waits(&[0.7, 0.7], vec![0b11, 0b10]);
        assert_six_digits(n_model.overall_mean_wait, 2.054_449);
    }

    #[test]
    fn everybody_serving_everybody_is_erlang_c_whoever_comes() {
        let known = ErlangC::new(2.4, 1.0, 3).expect("a steady state");
        let found = waits(&[0.5, 0.8, 1.1], pooled(3));
        for practice in 0..3 {
            assert_six_digits(found.mean_wait[practice], known.mean_wait);
            assert_six_digits(found.wait_probability[practice], known.wait_probability);
        }
        assert_six_digits(found.mean_queue, known.mean_queue);
    }

    #[test]
    fn dedicated_posts_are_queues_of_their_own() {
        let model = Compatibility {
            arrival_rates: vec![0.5, 2.0, 0.1],
            service_rates: vec![1.0, 3.0, 0.2],
            posts_of: dedicated(3),
        };
        let found = model.steady_state().expect("a steady state");
        for (place, wait) in found.mean_wait.iter().enumerate() {
            let (arrivals, service) = (model.arrival_rates[place], model.service_rates[place]);
            let known = ErlangC::new(arrivals, service, 1).expect("a steady state");
            assert_six_digits(*wait, known.mean_wait);
            assert_six_digits(found.wait_probability[place], known.wait_probability);
        }
    }

    /// Two servers of unlike rates and one list, the longest idle first: the weights of the
    /// balance equations, with both idle in either order.
    #[test]
    fn unlike_posts_by_hand() {
        let (lambda, one, two) = (1.0, 1.0, 2.0);
        let model = Compatibility {
            arrival_rates: vec![lambda],
            service_rates: vec![one, two],
            posts_of: vec![0b11],
        };
        // Weights: busy sets 1, 2, both with nobody waiting, and both with anybody.
        let (only_one, only_two) = (1.0 / one / lambda, 1.0 / two / lambda);
        let both = (1.0 / one + 1.0 / two) / (one + two - lambda);
        let none = 2.0 / lambda / lambda;
        let probability = both / (none + only_one + only_two + both);
        let found = model.steady_state().expect("a steady state");
        assert_six_digits(found.wait_probability[0], probability);
        assert_six_digits(found.mean_wait[0], probability / (one + two - lambda));
    }

    #[test]
    fn a_practice_without_arrivals_waits_as_a_first_one_would() {
        let few = waits(&[0.8, 1e-9, 0.8], long_chain(3));
        let none = waits(&[0.8, 0.0, 0.8], long_chain(3));
        assert_six_digits(none.mean_wait[1], few.mean_wait[1]);
        assert_six_digits(none.overall_mean_wait, few.overall_mean_wait);
        // With a post that nobody else comes to, not at all.
        let own = waits(&[0.8, 0.0], dedicated(2));
        assert!(own.mean_wait[1] <= 0.0 && own.wait_probability[1] <= 0.0);
    }

    #[test]
    fn improper_or_overloaded_graphs_have_no_steady_state() {
        let proper = Compatibility {
            arrival_rates: vec![0.5, 0.8],
            service_rates: vec![1.0, 1.0],
            posts_of: dedicated(2),
        };
        let refuse = |change: &dyn Fn(&mut Compatibility)| {
            let mut model = proper.clone();
            change(&mut model);
            assert_eq!(model.steady_state(), None, "{model:?}");
        };
        refuse(&|model| model.arrival_rates[1] = 1.0);
        refuse(&|model| model.arrival_rates[1] = 1.1);
        refuse(&|model| model.arrival_rates[1] = f64::NAN);
        refuse(&|model| model.arrival_rates[1] = f64::INFINITY);
        refuse(&|model| model.arrival_rates[1] = -0.1);
        refuse(&|model| model.arrival_rates = vec![0.0, 0.0]);
        refuse(&|model| model.arrival_rates = vec![0.5]);
        refuse(&|model| model.service_rates[0] = 0.0);
        refuse(&|model| model.service_rates[0] = f64::NAN);
        refuse(&|model| model.service_rates = Vec::new());
        refuse(&|model| model.service_rates = vec![1.0; MOST_POSTS + 1]);
        refuse(&|model| model.posts_of[0] = 0);
        refuse(&|model| model.posts_of[0] = 0b100);
        refuse(&|model| model.posts_of = Vec::new());
        let none = Compatibility {
            posts_of: dedicated(0),
            arrival_rates: Vec::new(),
            service_rates: Vec::new(),
        };
        assert_eq!(none.steady_state(), None);
        assert!(long_chain(0).is_empty() && pooled(0).is_empty());
        assert_eq!(long_chain(1), [1]);
    }

    #[test]
    fn many_posts_are_quick() {
        let rates = vec![0.8; 14];
        let chain = waits(&rates, long_chain(14)).overall_mean_wait;
        assert!(chain < 0.986 && chain > 0.2, "{chain}");
    }
}
