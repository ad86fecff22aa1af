//! Sobol' points: spread evenly in all dimensions at once, and scrambled so that errors can be estimated.
//!
//! Of the first 2^m points each dimension has one in every interval of length 2^-m, and every two
//! dimensions are as even as their direction numbers make them. Scrambling after Owen shuffles the
//! halves of every interval, of their halves, and so on, each with a coin of its own: the points stay as
//! evenly spread, each is uniform by itself, and means over independent scramblings are unbiased. No
//! generator is built here; the caller hands in the coins.
//!
//! Sources: Sobol' (1967), USSR Computational Mathematics and Mathematical Physics 7(4) 86-112; Joe & Kuo
//! (2008), Constructing Sobol sequences with better two-dimensional projections, SIAM Journal on Scientific
//! Computing 30(5) 2635-2654, whose direction numbers (new-joe-kuo-6) these are; Owen (1995), Randomly
//! permuted (t,m,s)-nets and (t,s)-sequences.

/// Dimensions that there are direction numbers for.
pub const MOST_DIMENSIONS: usize = 40;

/// Binary places of a coordinate.
pub const PLACES: u32 = 32;

/// Degree and inner coefficients of a primitive polynomial over the field of two elements, and the first
/// direction integers, of dimensions 2 to 40.
const POLYNOMIALS: [(u32, u32, &[u32]); MOST_DIMENSIONS - 1] = [
    (1, 0, &[1]),
    (2, 1, &[1, 3]),
    (3, 1, &[1, 3, 1]),
    (3, 2, &[1, 1, 1]),
    (4, 1, &[1, 1, 3, 3]),
    (4, 4, &[1, 3, 5, 13]),
    (5, 2, &[1, 1, 5, 5, 17]),
    (5, 4, &[1, 1, 5, 5, 5]),
    (5, 7, &[1, 1, 7, 11, 19]),
    (5, 11, &[1, 1, 5, 1, 1]),
    (5, 13, &[1, 1, 1, 3, 11]),
    (5, 14, &[1, 3, 5, 5, 31]),
    (6, 1, &[1, 3, 3, 9, 7, 49]),
    (6, 13, &[1, 1, 1, 15, 21, 21]),
    (6, 16, &[1, 3, 1, 13, 27, 49]),
    (6, 19, &[1, 1, 1, 15, 7, 5]),
    (6, 22, &[1, 3, 1, 15, 13, 25]),
    (6, 25, &[1, 1, 5, 5, 19, 61]),
    (7, 1, &[1, 3, 7, 11, 23, 15, 103]),
    (7, 4, &[1, 3, 7, 13, 13, 15, 69]),
    (7, 7, &[1, 1, 3, 13, 7, 35, 63]),
    (7, 8, &[1, 3, 5, 9, 1, 25, 53]),
    (7, 14, &[1, 3, 1, 13, 9, 35, 107]),
    (7, 19, &[1, 3, 1, 5, 27, 61, 31]),
    (7, 21, &[1, 1, 5, 11, 19, 41, 61]),
    (7, 28, &[1, 3, 5, 3, 3, 13, 69]),
    (7, 31, &[1, 1, 7, 13, 1, 19, 1]),
    (7, 32, &[1, 3, 7, 5, 13, 19, 59]),
    (7, 37, &[1, 1, 3, 9, 25, 29, 41]),
    (7, 41, &[1, 3, 5, 13, 23, 1, 55]),
    (7, 42, &[1, 3, 7, 3, 13, 59, 17]),
    (7, 50, &[1, 3, 1, 3, 5, 53, 69]),
    (7, 55, &[1, 1, 5, 5, 23, 33, 13]),
    (7, 56, &[1, 1, 7, 7, 1, 61, 123]),
    (7, 59, &[1, 1, 7, 9, 13, 61, 49]),
    (7, 62, &[1, 3, 3, 5, 3, 55, 33]),
    (8, 14, &[1, 3, 1, 15, 31, 13, 49, 245]),
    (8, 21, &[1, 3, 5, 15, 31, 59, 63, 97]),
    (8, 22, &[1, 3, 1, 11, 11, 11, 77, 249]),
];

/// The direction numbers of `dimension` (from 0), as 32 binary places after the point.
///
/// # Panics
/// For a dimension that there are no direction numbers for.
#[must_use]
pub fn direction_numbers(dimension: usize) -> [u32; PLACES as usize] {
    assert!(
        dimension < MOST_DIMENSIONS,
        "there are direction numbers for 40 dimensions"
    );
    let mut numbers = [0_u32; PLACES as usize];
    let Some(previous) = dimension.checked_sub(1) else {
        // The first dimension is van der Corput's: one place after the other.
        for (place, number) in numbers.iter_mut().enumerate() {
            *number = 1 << (PLACES - 1 - place as u32);
        }
        return numbers;
    };
    let (degree, coefficients, first) = POLYNOMIALS[previous];
    let degree = degree as usize;
    for (place, integer) in first.iter().enumerate() {
        numbers[place] = integer << (PLACES - 1 - place as u32);
    }
    // Joe & Kuo (2008), equation 2, of numbers in place of integers.
    for place in degree..PLACES as usize {
        let mut number = numbers[place - degree] ^ (numbers[place - degree] >> degree);
        for back in 1..degree {
            if coefficients >> (degree - 1 - back) & 1 == 1 {
                number ^= numbers[place - back];
            }
        }
        numbers[place] = number;
    }
    numbers
}

/// Coordinate of point `index` in the dimension of these direction numbers, as 32 binary places after
/// the point. Point 0 is the corner.
///
/// Worked: in the first dimension points 0 to 3 are 0, 1/2, 1/4 and 3/4.
#[must_use]
pub fn sobol_point(index: u32, numbers: &[u32; PLACES as usize]) -> u32 {
    let mut rest = index;
    let mut point = 0;
    while rest != 0 {
        point ^= numbers[rest.trailing_zeros() as usize];
        rest &= rest - 1;
    }
    point
}

/// A coordinate scrambled after Owen, strictly between 0 and 1. `flip` is the coin of the interval that
/// the places before make: it is given how many there are (0 to 31) and what they are, and must give the
/// same for the same; whether the next place changes. The last places are those of the middle of the
/// smallest interval.
///
/// Worked: with coins that never flip 1/2 stays 1/2, but for half a unit in the 33rd place.
#[must_use]
pub fn owen_scrambled(places: u32, flip: impl Fn(u32, u32) -> bool) -> f64 {
    let mut scrambled = 0;
    for known in 0..PLACES {
        let before = if known == 0 {
            0
        } else {
            places >> (PLACES - known)
        };
        let place = places >> (PLACES - 1 - known) & 1;
        scrambled = scrambled << 1 | (place ^ u32::from(flip(known, before)));
    }
    (f64::from(scrambled) + 0.5) / 2_f64.powi(PLACES as i32)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A coin for each interval, from a multiplicative hash: enough for tests.
    fn coin(seed: u64) -> impl Fn(u32, u32) -> bool {
        move |known, before| {
            let mixed = (u64::from(before) << 8 ^ u64::from(known) ^ seed << 48)
                .wrapping_mul(0x9E37_79B9_7F4A_7C15);
            let mixed = (mixed ^ mixed >> 29).wrapping_mul(0xBF58_476D_1CE4_E5B9);
            (mixed >> 40) & 1 == 1
        }
    }

    fn share(places: u32) -> f64 {
        f64::from(places) / 2_f64.powi(32)
    }

    #[test]
    fn the_first_points_are_known() {
        let first: Vec<[f64; 3]> = (0..8)
            .map(|index| {
                [0, 1, 2].map(|dimension| share(sobol_point(index, &direction_numbers(dimension))))
            })
            .collect();
        let expected = [
            [0.0, 0.0, 0.0],
            [0.5, 0.5, 0.5],
            [0.25, 0.75, 0.75],
            [0.75, 0.25, 0.25],
            [0.125, 0.625, 0.375],
            [0.625, 0.125, 0.875],
            [0.375, 0.375, 0.625],
            [0.875, 0.875, 0.125],
        ];
        assert_eq!(first, expected);
    }

    #[test]
    fn each_interval_of_each_dimension_has_one_point_scrambled_or_not() {
        for dimension in 0..MOST_DIMENSIONS {
            let numbers = direction_numbers(dimension);
            let mut plain: Vec<u32> = (0..256)
                .map(|index| sobol_point(index, &numbers) >> 24)
                .collect();
            let scrambled =
                |index| owen_scrambled(sobol_point(index, &numbers), coin(dimension as u64));
            let mut scrambled: Vec<u32> = (0..256)
                .map(|index| (scrambled(index) * 256.0) as u32)
                .collect();
            plain.sort_unstable();
            scrambled.sort_unstable();
            assert_eq!(plain, (0..256).collect::<Vec<_>>(), "{dimension}");
            assert_eq!(scrambled, (0..256).collect::<Vec<_>>(), "{dimension}");
        }
    }

    /// Sobol's property A: of the first 2^d points of d dimensions each half of each dimension, in all
    /// combinations, has one. It depends on all direction numbers' first places; Joe & Kuo's have it.
    #[test]
    fn the_halves_of_all_dimensions_are_met_in_all_combinations() {
        for dimensions in 1..=14 {
            let numbers: Vec<_> = (0..dimensions).map(direction_numbers).collect();
            let halves = |index| {
                let of = |numbers| sobol_point(index, numbers) >> 31;
                numbers
                    .iter()
                    .fold(0_u32, |bits, numbers| bits << 1 | of(numbers))
            };
            let mut seen: Vec<u32> = (0..1_u32 << dimensions).map(halves).collect();
            seen.sort_unstable();
            assert_eq!(
                seen,
                (0..1 << dimensions).collect::<Vec<_>>(),
                "{dimensions}"
            );
        }
    }

    /// Sum of the last direction numbers of all dimensions, against a digit that is wrong: computed once with
    /// another implementation of Joe & Kuo's numbers (SciPy 1.17, `qmc.Sobol`).
    #[test]
    fn the_direction_numbers_are_those_published() {
        let sum = |dimension| {
            let numbers = direction_numbers(dimension);
            numbers.iter().fold(0_u64, |sum, number| {
                sum.wrapping_mul(31).wrapping_add(u64::from(*number))
            })
        };
        let all = (0..MOST_DIMENSIONS).fold(0_u64, |all, dimension| {
            all.wrapping_mul(1_000_003).wrapping_add(sum(dimension))
        });
        assert_eq!(all, 8_165_008_663_216_499_448);
    }

    /// Whether the second place changes is another coin in each half, and the first place a third.
    #[test]
    fn each_interval_has_a_coin_of_its_own() {
        let place = |value: f64, place: u32| (value * f64::from(1 << place)) as u32 & 1;
        let mut seen = [0; 8];
        for seed in 0..400 {
            let [low, high] = [0, 1 << 31].map(|it| owen_scrambled(it, coin(seed)));
            let coins = [place(low, 1), place(low, 2), place(high, 2)];
            seen[coins
                .iter()
                .fold(0, |bits, coin| bits << 1 | *coin as usize)] += 1;
        }
        // 50 of each are expected, with an sd of 6.6.
        assert!(
            seen.iter().all(|count| (20..=80).contains(count)),
            "{seen:?}"
        );
    }

    /// The plain points are too even by design; scrambled ones have the variance of an integral fall much
    /// faster than 1/n. The integral of the product of (2 + x_d) / 2.5 over five dimensions is 1.
    #[test]
    fn scrambled_means_are_unbiased_and_far_sharper_than_chance() {
        let numbers: Vec<_> = (0..5).map(direction_numbers).collect();
        let mean = |seed: u64| {
            let of_point = |index| {
                let of = |(dimension, numbers): (usize, &[u32; 32])| {
                    let seed = seed * 5 + dimension as u64;
                    (2.0 + owen_scrambled(sobol_point(index, numbers), coin(seed))) / 2.5
                };
                numbers.iter().enumerate().map(of).product::<f64>()
            };
            (0..1_024).map(of_point).sum::<f64>() / 1_024.0
        };
        let means: Vec<f64> = (0..30).map(mean).collect();
        let middle = means.iter().sum::<f64>() / 30.0;
        let sd = (means.iter().map(|it| (it - middle).powi(2)).sum::<f64>() / 29.0).sqrt();
        // One value has variance (1 + 1/75)^5 - 1 = 0.0684: a mean of 1,024 by chance an sd of 0.00817.
        assert!(sd < 0.000_817, "{sd}");
        assert!(
            (middle - 1.0).abs() < 4.0 * sd / 30_f64.sqrt(),
            "{middle} with sd {sd}"
        );
    }
}
