//! Made-up figures of studies for the tests: the realistic ones, and the edges.

use super::*;

const LONG: &str =
    "case_types.*.a_key_with_a_path_that_is_far_too_long_for_any_panel.exponential.mean & <b>";

/// A surface of so many columns, rows and panels.
fn surface(columns: usize, rows: usize, panels: usize) -> SurfaceFigure {
    let cell = |panel: usize, row: usize, column: usize| {
        let up = (rows - row) as f64 / rows as f64;
        let along = (column + 1) as f64 / columns as f64;
        let mean = 1.0 / (1.0 + (6.0 * (along - up) + panel as f64 - 1.0).exp());
        Some(SurfaceCell {
            mean,
            is_met: Some(mean >= 0.6),
            is_sure: (mean - 0.6).abs() > 0.05,
        })
    };
    let panel = |panel: usize| SurfacePanel {
        heading: match panels {
            1 => String::new(),
            _ => format!("policy.assignment = choice {}", panel + 1),
        },
        cells: (0..rows)
            .map(|row| {
                (0..columns)
                    .map(|column| cell(panel, row, column))
                    .collect()
            })
            .collect(),
    };
    SurfaceFigure {
        title: "Contacted within 28 days meets the target at 9 of 25 points".to_owned(),
        subtitle: "Mean at each point. Rayleigh and District PCN".to_owned(),
        measure: "Contacted within 28 days".to_owned(),
        is_share: true,
        across: SurfaceAxis {
            name: "demand.referrals_per_1000_a_year".to_owned(),
            values: (0..columns).map(|at| (10 + 5 * at).to_string()).collect(),
        },
        down: SurfaceAxis {
            name: "posts.0.wte".to_owned(),
            values: (0..rows)
                .rev()
                .map(|at| format!("{:.1}", 0.6 + 0.2 * at as f64))
                .collect(),
        },
        panels: (0..panels).map(panel).collect(),
        goal: Some("at least 60%".to_owned()),
    }
}

fn surfaces() -> Vec<(&'static str, SurfaceFigure)> {
    let mut odd = surface(3, 4, 2);
    odd.across.values = vec![LONG.to_owned(); 3];
    odd.down.values = vec![LONG.to_owned(); 4];
    odd.down.name = LONG.to_owned();
    odd.panels[1].heading = LONG.repeat(3);
    odd.panels[0].cells[1][1] = None;
    odd.is_share = false;
    let mut same = surface(2, 2, 1);
    for row in &mut same.panels[0].cells {
        row.iter_mut().flatten().for_each(|cell| cell.mean = 3e7);
    }
    let empty = SurfaceFigure {
        panels: Vec::new(),
        ..surface(1, 1, 1)
    };
    vec![
        ("surface", surface(5, 5, 1)),
        ("surface-three-keys", surface(6, 4, 3)),
        ("surface-fine", surface(60, 44, 1)),
        ("surface-odd", odd),
        ("surface-same", SurfaceFigure { goal: None, ..same }),
        ("surface-none", empty),
    ]
}

fn response(is_ordered: bool, unit: f64) -> ResponseFigure {
    let point = |at: u32| {
        let mean = unit * (1.0 - 0.9 * (-0.6 * f64::from(at)).exp());
        let ends = [0.97, 1.03, 0.8, 1.15].map(|factor| mean * factor);
        ResponsePoint {
            at: f64::from(at),
            label: match is_ordered {
                true => format!("{:.1}", 0.6 + 0.2 * f64::from(at)),
                false => format!("Choice {at} of a long name"),
            },
            value: Some([mean, ends[0], ends[1], ends[2], ends[3]]),
        }
    };
    ResponseFigure {
        title: "Contacted within 28 days meets the target from 1.4 WTE".to_owned(),
        subtitle: "Mean at each point. Rayleigh and District PCN".to_owned(),
        across: "posts.0.wte".to_owned(),
        up: "Contacted within 28 days".to_owned(),
        is_share: unit <= 1.0,
        is_ordered,
        points: (0..7).map(point).collect(),
        goal: Some((0.8 * unit, "target: at least 80%".to_owned())),
        replications: 50,
    }
}

fn responses() -> Vec<(&'static str, ResponseFigure)> {
    let mut gaps = response(true, 1e7);
    gaps.points[2].value = None;
    gaps.points[3].value = Some([f64::NAN; 5]);
    gaps.across = LONG.to_owned();
    let none = ResponseFigure {
        points: Vec::new(),
        goal: None,
        ..response(true, 1.0)
    };
    let mut one = response(true, 0.001);
    one.points.truncate(1);
    vec![
        ("response", response(true, 0.9)),
        ("response-words", response(false, 40.0)),
        ("response-gaps", gaps),
        (
            "response-one",
            ResponseFigure {
                replications: 1,
                ..one
            },
        ),
        ("response-none", none),
    ]
}

fn ranking(keys: usize, bars: usize) -> RankingFigure {
    let row = |at: usize| RankingRow {
        label: match at {
            1 => LONG.to_owned(),
            _ => format!("demand.key_number_{at}"),
        },
        range: "10 to 30".to_owned(),
        bars: (0..bars)
            .map(|bar| {
                let value = 0.6 * 0.6_f64.powi(at as i32) + 0.05 * bar as f64;
                RankingBar {
                    value,
                    interval: Some((value - 0.08, value + 0.08)),
                    said: format!(
                        "by itself {value:.2} ({:.2} to {:.2})",
                        value - 0.08,
                        value + 0.08
                    ),
                }
            })
            .collect(),
    };
    RankingFigure {
        title: "Contacted within 28 days depends most on demand.key_number_0".to_owned(),
        subtitle: "Shares of the variance over 1,280 points. Rayleigh and District PCN".to_owned(),
        rows: (0..keys).map(row).collect(),
        note: "Dark bar: by itself. Pale bar: in all. Line and brackets: 95% interval.".to_owned(),
    }
}

fn effects(keys: usize, unit: f64) -> EffectsFigure {
    let point = |at: usize| EffectsPoint {
        name: match at {
            2 => LONG.to_owned(),
            _ => format!("demand.key_number_{at}"),
        },
        effect: unit * 0.7_f64.powi(at as i32),
        spread: unit * 0.5 * f64::from((at as u32 * 5 + 2) % 7) / 7.0,
    };
    EffectsFigure {
        title: "demand.key_number_0 matters most, and much by where one stands".to_owned(),
        subtitle: "Contacted within 28 days over 10 walks. Rayleigh and District PCN".to_owned(),
        unit: "percentage points".to_owned(),
        is_share: false,
        points: (0..keys).map(point).collect(),
    }
}

fn scatter(keys: usize, points: u32) -> ScatterFigure {
    let panel = |key: usize| ScatterPanel {
        name: match key {
            1 => LONG.to_owned(),
            _ => format!("demand.key_number_{key}"),
        },
        points: (0..points)
            .map(|at| {
                let x = f64::from(at * 37 % 101) / 101.0;
                (
                    x * 20.0,
                    0.2 + 0.5 * x + 0.2 * f64::from(at * 53 % 97) / 97.0,
                )
            })
            .collect(),
        line: (0..=10)
            .map(|at| (f64::from(at) * 2.0, 0.3 + 0.05 * f64::from(at)))
            .collect(),
        words: match key {
            2 => vec!["base".to_owned(), "other".to_owned()],
            _ => Vec::new(),
        },
    };
    ScatterFigure {
        title: "A quadratic foretells contacted within 28 days to within 2 points".to_owned(),
        subtitle: "Mean at each of 60 points. Rayleigh and District PCN".to_owned(),
        up: "Contacted within 28 days".to_owned(),
        is_share: true,
        panels: (0..keys).map(panel).collect(),
        note: "Marks: points. Line: the metamodel, the other keys at their middles.".to_owned(),
    }
}

/// Every example with its name.
pub(super) fn all() -> Vec<(String, Result<String, FigureError>)> {
    let mut drawn = Vec::new();
    for (name, figure) in surfaces() {
        drawn.push((name.to_owned(), surface::draw(&figure)));
    }
    for (name, figure) in responses() {
        drawn.push((name.to_owned(), response::draw(&figure)));
    }
    for (keys, bars) in [(6, 2), (20, 1), (0, 2)] {
        let figure = ranking::draw(&ranking(keys, bars));
        drawn.push((format!("ranking-{keys}-{bars}"), figure));
    }
    for (keys, unit) in [(8, 30.0), (25, 1e9), (2, 0.0), (0, 1.0), (3, f64::NAN)] {
        let figure = effects::draw(&effects(keys, unit));
        drawn.push((format!("effects-{keys}-{unit}"), figure));
    }
    for (keys, points) in [(4, 60), (1, 3), (12, 30), (3, 0), (0, 0)] {
        let figure = scatter::draw(&scatter(keys, points));
        drawn.push((format!("scatter-{keys}-{points}"), figure));
    }
    drawn
}
