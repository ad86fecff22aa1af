//! A rate that is a product: level, factor of the month, factor of the weekday, growth.
//!
//! Maximum likelihood of Poisson counts by day. Each factor given the others is what was counted over what
//! is expected without it, in turn until nothing moves (iterative proportional fitting; Deming and Stephan
//! 1940, Annals of Mathematical Statistics 11, 427-444); growth moves by Newton's steps in between. Counts that
//! vary more than Poisson give the same estimates (McCullagh and Nelder 1989, "Generalized Linear Models",
//! chapter 9); their standard errors are larger by the root of the dispersion, which whoever calls knows.

/// Rounds at most.
const MOST_ROUNDS: usize = 500;
/// Rounds end when no factor moves more, relative to itself.
const STILL: f64 = 1e-10;

/// One day and its count.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DayCount {
    /// Month, January 0.
    pub month: usize,
    /// Weekday, Monday 0 to Friday 4.
    pub weekday: usize,
    /// Years from whatever time growth is counted from.
    pub time: f64,
    /// How many.
    pub count: f64,
}

/// Factors, of mean 1 over the days where they were fitted, and growth.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shape {
    /// January to December.
    pub months: [f64; 12],
    /// Monday to Friday.
    pub weekdays: [f64; 5],
    /// Logarithm of the growth of a year.
    pub growth: f64,
}

impl Shape {
    /// How much of the level falls on a day.
    #[must_use]
    pub fn weight(&self, day: &DayCount) -> f64 {
        self.months[day.month] * self.weekdays[day.weekday] * libm::exp(self.growth * day.time)
    }
}

/// What is to be fitted; what is not stays as it was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// Factors of months.
    pub months: bool,
    /// Factors of weekdays.
    pub weekdays: bool,
    /// Growth.
    pub growth: bool,
}

/// Factors as they were fitted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ShapeFit {
    /// The factors.
    pub shape: Shape,
    /// Counts by month.
    pub by_month: [f64; 12],
    /// Counts by weekday.
    pub by_weekday: [f64; 5],
    /// All counts.
    pub total: f64,
    /// Standard error of the growth of Poisson counts.
    pub growth_standard_error: f64,
    /// The time about which the days lie, weighted by what is expected on them.
    pub mean_time: f64,
}

impl ShapeFit {
    /// Standard errors of the factors whose counts these are, of counts with this dispersion: those of shares
    /// of a total, `factor x root(dispersion x (1 - share) / count)`.
    ///
    /// Worked: 25 of 100 and factor 1 gives the root of 0.75 / 25, 0.173.
    #[must_use]
    pub fn standard_error(factor: f64, count: f64, total: f64, dispersion: f64) -> f64 {
        factor * (dispersion * (1.0 - count / total) / count).sqrt()
    }
}

/// Fits what is wanted; `None` where nothing was counted, or a month or weekday that is wanted has no day.
#[must_use]
pub fn fit_shape(days: &[DayCount], given: Shape, wanted: Wanted) -> Option<ShapeFit> {
    let mut fit = Fit::new(days, given)?;
    let has_days = |of: &dyn Fn(&DayCount) -> usize, number: usize| {
        (0..number).all(|index| days.iter().any(|day| of(day) == index))
    };
    if (wanted.months && !has_days(&|day| day.month, 12))
        || (wanted.weekdays && !has_days(&|day| day.weekday, 5))
    {
        return None;
    }
    for _ in 0..MOST_ROUNDS {
        let mut moved = 0.0_f64;
        if wanted.months {
            moved = moved.max(fit.months());
        }
        if wanted.weekdays {
            moved = moved.max(fit.weekdays());
        }
        if wanted.growth {
            moved = moved.max(fit.grow(wanted.months)?);
        }
        if moved < STILL {
            break;
        }
    }
    Some(fit.into_fit(wanted.months))
}

struct Fit<'a> {
    days: &'a [DayCount],
    shape: Shape,
    by_month: [f64; 12],
    by_weekday: [f64; 5],
    total: f64,
}

impl<'a> Fit<'a> {
    fn new(days: &'a [DayCount], shape: Shape) -> Option<Self> {
        let (mut by_month, mut by_weekday, mut total) = ([0.0; 12], [0.0; 5], 0.0);
        for day in days {
            by_month[day.month] += day.count;
            by_weekday[day.weekday] += day.count;
            total += day.count;
        }
        let fit = Self {
            days,
            shape,
            by_month,
            by_weekday,
            total,
        };
        (total > 0.0 && fit.weights() > 0.0).then_some(fit)
    }

    fn weights(&self) -> f64 {
        self.days.iter().map(|day| self.shape.weight(day)).sum()
    }

    /// Referrals a day at weight 1.
    fn level(&self) -> f64 {
        self.total / self.weights()
    }

    fn months(&mut self) -> f64 {
        let mut expected = [0.0; 12];
        for day in self.days {
            expected[day.month] += self.shape.weight(day);
        }
        let level = self.level();
        let expected = expected.map(|it| it * level);
        rescale(
            &mut self.shape.months,
            &self.by_month,
            &expected,
            self.days,
            |day| day.month,
        )
    }

    fn weekdays(&mut self) -> f64 {
        let mut expected = [0.0; 5];
        for day in self.days {
            expected[day.weekday] += self.shape.weight(day);
        }
        let level = self.level();
        let expected = expected.map(|it| it * level);
        let (factors, seen) = (&mut self.shape.weekdays, &self.by_weekday);
        rescale(factors, seen, &expected, self.days, |day| day.weekday)
    }

    /// One step of growth; by how much it moved.
    fn grow(&mut self, by_months: bool) -> Option<f64> {
        let level = self.level();
        let score: f64 = self
            .days
            .iter()
            .map(|day| (day.time) * (day.count - level * self.shape.weight(day)))
            .sum();
        let information = self.information(by_months);
        let step = (score / information).clamp(-0.5, 0.5);
        self.shape.growth += step;
        step.is_finite().then_some(step.abs())
    }

    /// What the counts say of growth: the expected sum of squares of times about their mean, within each month
    /// of the year where these have factors of their own.
    fn information(&self, by_months: bool) -> f64 {
        let level = self.level();
        let mut sums = [[0.0; 3]; 12];
        for day in self.days {
            let expected = level * self.shape.weight(day);
            let of = &mut sums[if by_months { day.month } else { 0 }];
            of[0] += expected;
            of[1] += expected * day.time;
            of[2] += expected * day.time * day.time;
        }
        let within = sums.iter().filter(|it| it[0] > 0.0);
        within.map(|it| it[2] - it[1] * it[1] / it[0]).sum()
    }

    fn into_fit(self, by_months: bool) -> ShapeFit {
        let weights = self.weights();
        let times = self
            .days
            .iter()
            .map(|day| self.shape.weight(day) * day.time);
        ShapeFit {
            shape: self.shape,
            by_month: self.by_month,
            by_weekday: self.by_weekday,
            total: self.total,
            growth_standard_error: 1.0 / self.information(by_months).sqrt(),
            mean_time: times.sum::<f64>() / weights,
        }
    }
}

/// Multiplies factors by seen over expected and gives them mean 1 over the days; the largest relative move.
fn rescale(
    factors: &mut [f64],
    seen: &[f64],
    expected: &[f64],
    days: &[DayCount],
    index: impl Fn(&DayCount) -> usize,
) -> f64 {
    let before = factors.to_vec();
    for ((factor, seen), expected) in factors.iter_mut().zip(seen).zip(expected) {
        *factor *= seen / expected.max(1e-300);
    }
    let mean = days.iter().map(|day| factors[index(day)]).sum::<f64>() / days.len() as f64;
    let mut moved = 0.0_f64;
    for (factor, before) in factors.iter_mut().zip(before) {
        *factor /= mean;
        moved = moved.max((*factor - before).abs() / before.max(1e-6));
    }
    moved
}

#[cfg(test)]
mod tests {
    use super::*;

    const EVEN: Shape = Shape {
        months: [1.0; 12],
        weekdays: [1.0; 5],
        growth: 0.0,
    };
    const ALL: Wanted = Wanted {
        months: true,
        weekdays: true,
        growth: true,
    };

    /// Three years of 12 months of 20 weekdays.
    fn days(of: impl Fn(usize, usize, f64) -> f64) -> Vec<DayCount> {
        let mut days = Vec::new();
        for month in 0..36 {
            for day in 0..20 {
                let time = f64::from(month) / 12.0 + f64::from(day) / 240.0;
                let (month, weekday) = (month as usize % 12, day as usize % 5);
                days.push(DayCount {
                    month,
                    weekday,
                    time,
                    count: of(month, weekday, time),
                });
            }
        }
        days
    }

    #[test]
    fn what_made_the_counts_comes_back() {
        let month = |month: usize| 1.0 + 0.1 * (month as f64 - 5.5) / 5.5;
        let weekday = [0.9, 1.1, 1.2, 1.0, 0.8];
        let days = days(|m, w, time| 5.0 * month(m) * weekday[w] * libm::exp(0.08 * time));
        let fit = fit_shape(&days, EVEN, ALL).expect("a fit");
        for (index, factor) in fit.shape.months.iter().enumerate() {
            assert!((factor - month(index)).abs() < 1e-6, "{index}: {factor}");
        }
        for (factor, wanted) in fit.shape.weekdays.iter().zip(weekday) {
            assert!((factor - wanted).abs() < 1e-6);
        }
        assert!((fit.shape.growth - 0.08).abs() < 1e-7);
        assert!((fit.total - days.iter().map(|it| it.count).sum::<f64>()).abs() < 1e-6);
    }

    /// Three years of 1,000 a year: the spread of times within each month is that of three values a year
    /// apart, variance 2/3, so that the standard error is 1 / root(3,000 x 2/3).
    #[test]
    fn growth_has_the_standard_error_of_its_lever() {
        let days = days(|_, _, _| 1_000.0 / 240.0);
        let fit = fit_shape(&days, EVEN, ALL).expect("a fit");
        let wanted = 1.0 / (3_000.0_f64 * 2.0 / 3.0).sqrt();
        assert!((fit.growth_standard_error / wanted - 1.0).abs() < 0.01);
        assert!(fit.shape.growth.abs() < 1e-9);
    }

    #[test]
    fn what_is_not_wanted_stays() {
        let given = Shape {
            months: [2.0; 12],
            growth: 0.1,
            ..EVEN
        };
        let wanted = Wanted {
            months: false,
            weekdays: true,
            growth: false,
        };
        let fit = fit_shape(&days(|_, w, _| w as f64 + 1.0), given, wanted).expect("a fit");
        assert!(
            (fit.shape.growth - 0.1).abs() < 1e-12 && (fit.shape.months[3] - 2.0).abs() < 1e-12
        );
        assert!((fit.shape.weekdays[4] / fit.shape.weekdays[0] - 5.0).abs() < 0.01);
        assert_eq!(fit_shape(&[], EVEN, ALL), None);
        assert_eq!(fit_shape(&days(|_, _, _| 0.0), EVEN, ALL), None);
    }

    #[test]
    fn shares_have_their_standard_error() {
        assert!((ShapeFit::standard_error(1.0, 25.0, 100.0, 1.0) - 0.173_205).abs() < 1e-6);
    }
}
