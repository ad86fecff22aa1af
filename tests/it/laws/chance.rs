//! Chance for the making of random services, apart from the generator that is tested.

/// A small generator of numbers (SplitMix64; Steele, Lea and Flood 2014), so that the services do
/// not depend on what is tested.
pub struct Chance(u64);

impl Chance {
    /// The same numbers for the same seed.
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ 0x5851_F42D_4C95_7F2D)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// From 0 to `many` - 1.
    pub fn below(&mut self, many: u64) -> u64 {
        self.next() % many
    }

    /// Yes with this many in 100.
    pub fn yes(&mut self, in_100: u64) -> bool {
        self.below(100) < in_100
    }

    /// From `low` to `high` in hundredths of the way.
    pub fn between(&mut self, low: f64, high: f64) -> f64 {
        let value = low + (high - low) * self.below(101) as f64 / 100.0;
        (value * 1e4).round() / 1e4
    }

    /// One of them.
    pub fn pick<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.below(of.len() as u64) as usize]
    }

    /// A constant or a distribution around `mean`.
    pub fn around(&mut self, mean: f64) -> String {
        let cv = self.between(0.2, 1.5);
        match self.below(9) {
            0 | 1 => format!("{mean}"),
            2 => format!("{{ exponential = {{ mean = {mean} }} }}"),
            3 => format!("{{ gamma = {{ mean = {mean}, cv = {cv} }} }}"),
            4 => format!("{{ lognormal = {{ mean = {mean}, cv = {cv} }} }}"),
            5 => format!("{{ uniform = {{ min = 0, max = {} }} }}", 2.0 * mean),
            6 => format!(
                "{{ triangular = {{ min = 0, mode = {mean}, max = {} }} }}",
                2.0 * mean
            ),
            7 => format!("{{ weibull = {{ shape = {}, scale = {mean} }} }}", 0.5 + cv),
            _ => format!(
                "{{ discrete = {{ values = [{}, {mean}], shares = [0.3, 0.7] }} }}",
                mean / 2.0
            ),
        }
    }
}
