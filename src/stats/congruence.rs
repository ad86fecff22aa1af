//! Uniform numbers for the tests of this folder: a linear congruence, whose high bits are good enough.
//!
//! Source: Knuth (1997), The Art of Computer Programming 2, section 3.3.4 (the multiplier is his MMIX's).

/// Numbers in `[0, 1)`, the same for the same seed.
pub(super) fn numbers(seed: u64) -> impl FnMut() -> f64 {
    let mut state = seed;
    move || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 11) as f64 / (1_u64 << 53) as f64
    }
}
