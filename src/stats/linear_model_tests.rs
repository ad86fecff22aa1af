//! Reference values of linear models: certified ones, exact polynomials, and second fits without a point.

use super::*;

fn near(value: f64, expected: f64, relative: f64) {
    let off = (value - expected).abs();
    assert!(
        off <= relative * expected.abs().max(1e-12),
        "{value} and not {expected}"
    );
}

fn fit(terms: &[Vec<f64>], response: &[f64]) -> Fitted {
    let model = LinearModel::of(terms).expect("more points than terms");
    model.fit(response).expect("as many values as points")
}

/// The worked numbers of the documentation.
#[test]
fn a_line_has_the_textbook_numbers() {
    let x = vec![1.0, 2.0, 3.0, 4.0, 5.0];
    let it = fit(&[vec![1.0; 5], x], &[1.0, 3.0, 2.0, 5.0, 4.0]);
    let [Some(constant), Some(slope)] = it.coefficients[..] else {
        panic!("{it:?}");
    };
    near(constant.0, 0.6, 1e-12);
    near(constant.1, 1.148_913, 1e-6);
    near(slope.0, 0.8, 1e-12);
    near(slope.1, 0.346_410, 1e-6);
    near(it.left_out[0].expect("foretold"), 2.0, 1e-12);
}

/// Longley's data with the certified values of NIST's Statistical Reference Datasets (higher level of
/// difficulty): six terms that go together almost perfectly.
#[test]
fn longleys_employment_has_the_certified_values() {
    let terms: Vec<Vec<f64>> = vec![
        vec![1.0; 16],
        vec![
            83.0, 88.5, 88.2, 89.5, 96.2, 98.1, 99.0, 100.0, 101.2, 104.6, 108.4, 110.8, 112.6,
            114.2, 115.7, 116.9,
        ],
        vec![
            234_289.0, 259_426.0, 258_054.0, 284_599.0, 328_975.0, 346_999.0, 365_385.0, 363_112.0,
            397_469.0, 419_180.0, 442_769.0, 444_546.0, 482_704.0, 502_601.0, 518_173.0, 554_894.0,
        ],
        vec![
            2_356.0, 2_325.0, 3_682.0, 3_351.0, 2_099.0, 1_932.0, 1_870.0, 3_578.0, 2_904.0,
            2_822.0, 2_936.0, 4_681.0, 3_813.0, 3_931.0, 4_806.0, 4_007.0,
        ],
        vec![
            1_590.0, 1_456.0, 1_616.0, 1_650.0, 3_099.0, 3_594.0, 3_547.0, 3_350.0, 3_048.0,
            2_857.0, 2_798.0, 2_637.0, 2_552.0, 2_514.0, 2_572.0, 2_827.0,
        ],
        vec![
            107_608.0, 108_632.0, 109_773.0, 110_929.0, 112_075.0, 113_270.0, 115_094.0, 116_219.0,
            117_388.0, 118_734.0, 120_445.0, 121_950.0, 123_366.0, 125_368.0, 127_852.0, 130_081.0,
        ],
        (1947..=1962).map(f64::from).collect(),
    ];
    let employed = [
        60_323.0, 61_122.0, 60_171.0, 61_187.0, 63_221.0, 63_639.0, 64_989.0, 63_761.0, 66_019.0,
        67_857.0, 68_169.0, 66_513.0, 68_655.0, 69_564.0, 69_331.0, 70_551.0,
    ];
    let certified = [
        (-3_482_258.634_595_82, 890_420.383_607_373),
        (15.061_872_271_373_3, 84.914_925_774_766_9),
        (-0.035_819_179_292_591, 0.033_491_007_772_243_2),
        (-2.020_229_803_816_83, 0.488_399_681_651_699),
        (-1.033_226_867_173_59, 0.214_274_163_161_675),
        (-0.051_104_105_653_580_7, 0.226_073_200_069_37),
        (1_829.151_464_613_55, 455.478_499_142_212),
    ];
    let it = fit(&terms, &employed);
    for (found, (value, error)) in it.coefficients.iter().zip(certified) {
        let found = found.expect("terms are told apart");
        near(found.0, value, 1e-8);
        near(found.1, error, 1e-8);
    }
    near(it.residual_sd, 304.854_073_561_965, 1e-9);
}

/// Wampler's first problem (NIST's Statistical Reference Datasets): 1 + x + ... + x^5 at 0 to 20, all
/// certified coefficients 1.
#[test]
fn wamplers_polynomial_is_found_again() {
    let x: Vec<f64> = (0..=20).map(f64::from).collect();
    let terms: Vec<Vec<f64>> = (0..=5)
        .map(|power| x.iter().map(|it| it.powi(power)).collect())
        .collect();
    let y: Vec<f64> = (0..=20)
        .map(|at| terms.iter().map(|term| term[at]).sum())
        .collect();
    for found in fit(&terms, &y).coefficients {
        near(found.expect("told apart").0, 1.0, 1e-7);
    }
}

/// Points that are not on any quadratic, in two dimensions.
fn rough() -> (Vec<Vec<f64>>, Vec<f64>) {
    let places: Vec<(f64, f64)> = (0..18)
        .map(|at| (f64::from(at % 5) / 2.0 - 1.0, f64::from(at % 7) / 3.0 - 1.0))
        .collect();
    let term = |f: fn(f64, f64) -> f64| places.iter().map(|(a, b)| f(*a, *b)).collect();
    let terms = vec![
        term(|_, _| 1.0),
        term(|a, _| a),
        term(|_, b| b),
        term(|a, _| a * a),
        term(|_, b| b * b),
        term(|a, b| a * b),
    ];
    let y = term(|a, b| (3.0 * a + b).sin() + (2.0 * b).exp());
    (terms, y)
}

#[test]
fn a_point_left_out_is_foretold_as_by_a_second_fit_without_it() {
    let (terms, y) = rough();
    let all = fit(&terms, &y);
    for left in 0..y.len() {
        let without = |values: &[f64]| -> Vec<f64> {
            let mut values = values.to_vec();
            values.remove(left);
            values
        };
        let fewer: Vec<Vec<f64>> = terms.iter().map(|term| without(term)).collect();
        let second = fit(&fewer, &without(&y));
        let told: f64 = second
            .coefficients
            .iter()
            .zip(&terms)
            .map(|(it, term)| it.expect("told apart").0 * term[left])
            .sum();
        near(all.left_out[left].expect("foretold"), told, 1e-9);
    }
}

#[test]
fn leverages_add_up_to_the_terms() {
    let (terms, _) = rough();
    let model = LinearModel::of(&terms).expect("more points than terms");
    near(model.leverages.iter().sum(), 6.0, 1e-12);
}

#[test]
fn what_others_determine_has_no_coefficient_and_changes_nothing() {
    let (mut terms, y) = rough();
    let before = fit(&terms, &y);
    let twice = terms[1].iter().zip(&terms[2]).map(|(a, b)| a - 2.0 * b);
    terms.insert(3, twice.collect());
    let it = fit(&terms, &y);
    assert_eq!(it.coefficients[3], None);
    for (one, other) in it.fitted.iter().zip(&before.fitted) {
        near(*one, *other, 1e-9);
    }
}

#[test]
fn a_point_that_decides_itself_is_not_foretold() {
    let mark = vec![0.0, 0.0, 0.0, 1.0];
    let it = fit(&[vec![1.0; 4], mark], &[1.0, 2.0, 3.0, 9.0]);
    assert_eq!(it.left_out[3], None);
    near(it.left_out[0].expect("foretold"), 2.5, 1e-12);
}

#[test]
fn too_few_points_give_nothing() {
    assert!(LinearModel::of(&[]).is_none());
    assert!(LinearModel::of(&[vec![1.0; 2], vec![1.0, 2.0]]).is_none());
    let model = LinearModel::of(&[vec![1.0; 3]]).expect("a mean");
    assert_eq!(model.fit(&[1.0]), None);
}
