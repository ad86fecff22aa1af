//! A list that closes to referrals when it is long and opens again when it is shorter.

/// M/M/c that refuses everybody from when `pause_at` people are present until only `resume_at`
/// are, those being served included.
///
/// Poisson arrivals at rate lambda, exponential service at rate mu by each of c servers. The number
/// present is a birth-death process in two phases, open and paused. While paused it only falls, so
/// that every paused state is left at the one rate f at which pauses begin; and what goes up from an
/// open state n comes back: lambda O(n) = mu min(n + 1, c) O(n + 1), + f where n >= `resume_at`
/// (two-threshold control: Yadin & Naor 1967).
///
/// Worked, per week: lambda 4, mu 3, 1 server, paused at 20 until 10: `refused` 0.253025,
/// `mean_wait` 3.917038 weeks, `mean_present` 12.699678.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ReferralPause {
    /// Share of time paused, which is the share of referrals that is refused.
    pub refused: f64,
    /// Mean wait for service of those accepted.
    pub mean_wait: f64,
    /// Mean number present, those in service included.
    pub mean_present: f64,
    /// Mean number waiting: lambda (1 - `refused`) x `mean_wait`.
    pub mean_queue: f64,
    /// Share of time that a server is busy: lambda (1 - `refused`) / (c mu).
    pub utilisation: f64,
}

/// Above this, all sums are scaled down.
const GREAT: f64 = 1e250;

impl ReferralPause {
    /// The steady state, which there always is. `None` unless both rates are positive and finite,
    /// there is a server, and `resume_at` < `pause_at`. Takes time in proportion to `pause_at`.
    #[must_use]
    pub fn new(
        arrival_rate: f64,
        service_rate: f64,
        servers: u32,
        pause_at: u32,
        resume_at: u32,
    ) -> Option<Self> {
        let proper = |rate: f64| rate > 0.0 && rate.is_finite();
        if !(proper(arrival_rate) && proper(service_rate) && servers > 0 && resume_at < pause_at) {
            return None;
        }
        let done = |present: u32| f64::from(present.min(servers)) * service_rate;
        // From `pause_at` down; a pause begins once per unit of weight.
        let (mut begins, mut open) = (1.0, 0.0);
        let mut sums = Sums::default();
        for present in (0..pause_at).rev() {
            let fall = if present >= resume_at { begins } else { 0.0 };
            sums.add_paused(present + 1, servers, fall / done(present + 1));
            open = (open * done(present + 1) + fall) / arrival_rate;
            sums.add(present, servers, open);
            if sums.all > GREAT {
                let scale = 1.0 / sums.all;
                begins *= scale;
                open *= scale;
                sums = sums.scaled(scale);
            }
        }
        sums.answer(arrival_rate, f64::from(servers) * service_rate)
    }
}

/// Weights, and weights times numbers, summed over states.
#[derive(Clone, Copy, Debug, Default)]
struct Sums {
    all: f64,
    paused: f64,
    present: f64,
    waiting: f64,
}

impl Sums {
    fn add(&mut self, present: u32, servers: u32, weight: f64) {
        self.all += weight;
        self.present += weight * f64::from(present);
        self.waiting += weight * f64::from(present.saturating_sub(servers));
    }

    fn add_paused(&mut self, present: u32, servers: u32, weight: f64) {
        self.add(present, servers, weight);
        self.paused += weight;
    }

    fn scaled(self, scale: f64) -> Self {
        Self {
            all: self.all * scale,
            paused: self.paused * scale,
            present: self.present * scale,
            waiting: self.waiting * scale,
        }
    }

    /// `None` where a rate is so far from the other that a sum has no number.
    fn answer(self, arrival_rate: f64, capacity: f64) -> Option<ReferralPause> {
        let accepted = arrival_rate * (1.0 - self.paused / self.all);
        let mean_queue = self.waiting / self.all;
        let answer = ReferralPause {
            refused: self.paused / self.all,
            mean_wait: mean_queue / accepted,
            mean_present: self.present / self.all,
            mean_queue,
            utilisation: accepted / capacity,
        };
        let numbers = [answer.refused, answer.mean_wait, answer.mean_present];
        numbers.into_iter().all(f64::is_finite).then_some(answer)
    }
}

#[cfg(test)]
mod tests {
    use super::super::targets::assert_six_digits;
    use super::super::{ErlangC, erlang_b};
    use super::*;

    #[test]
    fn pauses_match_table_c15() {
        for (lambda, mu, c, pause_at, resume_at, refused, wait, present) in [
            (4.0, 3.0, 1, 20, 10, 0.253_025, 3.917_038, 12.699_678),
            (22.0, 4.5, 1, 40, 20, 0.795_455, 6.498_413, 30.242_857),
            (14.0, 4.5, 2, 30, 15, 0.357_189, 2.133_843, 21.203_048),
            (4.0, 4.5, 1, 20, 10, 0.019_565, 1.159_163, 5.417_434),
        ] {
            let found = ReferralPause::new(lambda, mu, c, pause_at, resume_at).expect("proper");
            assert_six_digits(found.refused, refused);
            assert_six_digits(found.mean_wait, wait);
            assert_six_digits(found.mean_present, present);
            // Those present wait or are served.
            let busy = found.utilisation * f64::from(c);
            assert_six_digits(found.mean_present, found.mean_queue + busy);
        }
    }

    /// M/M/1/K with utilisation rho refuses (1 - rho) rho^K / (1 - rho^(K + 1)), and M/M/c/c is
    /// Erlang's loss model.
    #[test]
    fn a_pause_of_one_person_is_a_room_of_that_size() {
        let room = ReferralPause::new(4.0, 3.0, 1, 20, 19).expect("proper");
        let rho: f64 = 4.0 / 3.0;
        assert_six_digits(
            room.refused,
            (1.0 - rho) * rho.powi(20) / (1.0 - rho.powi(21)),
        );
        assert_six_digits(room.refused, 0.250_596);
        let loss = ReferralPause::new(9.0, 1.0, 10, 10, 9).expect("proper");
        assert_six_digits(loss.refused, erlang_b(10, 9.0));
        assert!(loss.mean_wait <= 0.0);
    }

    #[test]
    fn a_pause_far_away_is_erlang_c() {
        for (lambda, servers) in [(4.0, 1), (9.0, 2), (0.01, 3)] {
            let far = ReferralPause::new(lambda, 5.0, servers, 5000, 2500).expect("proper");
            let known = ErlangC::new(lambda, 5.0, servers).expect("a steady state");
            assert_six_digits(far.mean_wait, known.mean_wait);
            assert_six_digits(far.mean_queue, known.mean_queue);
            assert!(far.refused < 1e-12);
        }
    }

    /// One at a time, paused until empty: open with nobody for 1 / lambda, then 1 / mu of service.
    #[test]
    fn the_smallest_pause_by_hand() {
        let one = ReferralPause::new(4.0, 5.0, 1, 1, 0).expect("proper");
        assert_six_digits(one.refused, 4.0 / 9.0);
        assert_six_digits(one.mean_present, 4.0 / 9.0);
        // Two, until empty: 1/4 open with nobody, 1/9 with one, of which 4/9 reach two.
        let two = ReferralPause::new(4.0, 5.0, 1, 2, 0).expect("proper");
        let (paused, open) = (2.0 / 5.0, (1.0 / 4.0 + 1.0 / 9.0) / (4.0 / 9.0));
        assert_six_digits(two.refused, paused / (paused + open));
    }

    #[test]
    fn improper_pauses_have_no_answer() {
        for (lambda, mu, servers, pause_at, resume_at) in [
            (0.0, 3.0, 1, 20, 10),
            (f64::NAN, 3.0, 1, 20, 10),
            (f64::INFINITY, 3.0, 1, 20, 10),
            (4.0, -3.0, 1, 20, 10),
            (4.0, f64::NAN, 1, 20, 10),
            (4.0, 3.0, 0, 20, 10),
            (4.0, 3.0, 1, 10, 10),
            (4.0, 3.0, 1, 0, 0),
        ] {
            let found = ReferralPause::new(lambda, mu, servers, pause_at, resume_at);
            assert_eq!(found, None);
        }
    }
}
