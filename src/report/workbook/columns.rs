//! The columns of the tables: how each is headed, shown and defined.

use super::style::Shown;

/// What stands in a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Words.
    Text,
    /// A day.
    Date,
    /// Values of the row's measure, in the row's unit.
    OfUnit,
    /// Numbers that are shown alike in every row.
    Always(Shown),
}

/// One column.
#[derive(Debug)]
pub struct Column {
    /// Its name in the files.
    pub name: &'static str,
    /// Its heading in the workbook.
    pub heading: &'static str,
    /// What stands in it.
    pub kind: Kind,
    /// What it is.
    pub what: &'static str,
}

impl Column {
    /// Its unit, in words.
    pub const fn unit(&self) -> &'static str {
        match self.kind {
            Kind::Text => "words",
            Kind::Date => "day",
            Kind::OfUnit => "that of the row",
            Kind::Always(Shown::Count) => "count",
            Kind::Always(Shown::Number) => "number",
            Kind::Always(Shown::Percent) => "share, shown as %",
            Kind::Always(Shown::Pounds) => "pounds",
            Kind::Always(_) => "see what it is",
        }
    }
}

/// The column of that name in the files, if any table but `plans.csv` may have it.
pub fn column(name: &str) -> Option<&'static Column> {
    COLUMNS.iter().find(|it| it.name == name)
}

const TEXT: Kind = Kind::Text;
const DATE: Kind = Kind::Date;
const UNIT: Kind = Kind::OfUnit;
const COUNT: Kind = Kind::Always(Shown::Count);
const NUMBER: Kind = Kind::Always(Shown::Number);
const SHARE: Kind = Kind::Always(Shown::Percent);
const POUNDS: Kind = Kind::Always(Shown::Pounds);
const RATIO: Kind = Kind::Always(Shown::TwoDecimals);
const PLAIN: Kind = Kind::Always(Shown::General);

/// Declares the columns.
macro_rules! columns {
    ($($name:literal, $heading:literal, $kind:ident, $what:literal;)*) => {
        /// Every column of every table.
        pub static COLUMNS: &[Column] = &[$(Column {
            name: $name,
            heading: $heading,
            kind: $kind,
            what: $what,
        }),*];
    };
}

columns! {
    "option", "Option", TEXT,
        "The service as it is (base), an option by its name, or the plan recommended";
    "versus", "Compared with", TEXT,
        "What the option is compared with";
    "scope", "Scope", TEXT,
        "Whom the row is about: the whole PCN, a practice, a post, a case type or a source of referrals";
    "name", "Name", TEXT,
        "Which practice, post, case type or source";
    "measure", "Measure", TEXT,
        "What is measured; defined below";
    "unit", "Unit", TEXT,
        "Unit of the values of the row. Shares are shown as %; differences of shares are percentage points";
    "n", "Runs", COUNT,
        "Runs in which the measure is defined, or pairs of them; of a gap by chance: shuffles";
    "mean", "Mean", UNIT,
        "Mean over runs: what to expect; of a ranking or a target: of the measure named";
    "ci95_low", "95% interval, from", UNIT,
        "Lower end of the interval that has the true mean (or the value beside it) with 95% confidence: it narrows with more runs";
    "ci95_high", "95% interval, to", UNIT,
        "Upper end of that interval";
    "p10", "1 in 10 below", UNIT,
        "One run in ten gives less: 8 in 10 runs lie between this and its opposite, however many there are";
    "p50", "Half below", UNIT,
        "Half of the runs give less";
    "p90", "1 in 10 above", UNIT,
        "One run in ten gives more";
    "replication", "Run", NUMBER,
        "Number of the run, from 0";
    "value", "Value", UNIT,
        "The value in that run or draw; of bad years: what one run in so many is worse than; of what matters: the share or the effect";
    "one_in", "One run in", COUNT,
        "So many runs, of which one is worse than the value";
    "week", "Week", NUMBER,
        "Week of the period, from 1";
    "date", "First day", DATE,
        "First day of the week";
    "wait", "Until", TEXT,
        "What is waited for, from referral";
    "day", "Day", NUMBER,
        "Whole days since referral";
    "share_contacted", "Share", SHARE,
        "Share of everyone accepted to whom it has happened by then (cumulative incidence: those who gave up stay in)";
    "mean_difference", "Difference", UNIT,
        "The option less what it is compared with, mean over pairs of runs; of shares: percentage points";
    "correlation", "Correlation", RATIO,
        "How closely the pairs of runs go together, -1 to 1";
    "probability_better", "Chance of better", SHARE,
        "Share of pairs of runs in which the option is better; pairs that are the same count half";
    "simultaneous_low", "All intervals together, from", UNIT,
        "Lower end of the interval that holds at once with all others told";
    "simultaneous_high", "All intervals together, to", UNIT,
        "Upper end of that interval";
    "variance_reduction", "Gain by pairing", RATIO,
        "Part of the variance of the difference that is saved by running in pairs; 0.9 saves nine runs in ten";
    "share_of_draws_better", "Draws that are better", SHARE,
        "Share of draws of the uncertain inputs in which the option is better on average";
    "share_of_draws_same", "Draws that are the same", SHARE,
        "Share of draws of the uncertain inputs in which nothing differs";
    "base_mean", "Mean, compared with", UNIT,
        "Mean of what the option is compared with";
    "option_mean", "Mean of the option", UNIT,
        "Mean of the option";
    "verdict", "Verdict", TEXT,
        "Of differences: better or worse where the whole 95% interval says so, else not sure; of targets and plans: met or missed where the whole interval says so";
    "shown", "Told", TEXT,
        "Whether the row is one of those that the answer tells of";
    "draws_p10", "1 in 10 draws below", UNIT,
        "One draw of the uncertain inputs in ten has a smaller difference, chance taken out";
    "draws_p50", "Half of draws below", UNIT,
        "Half of the draws have a smaller difference";
    "draws_p90", "1 in 10 draws above", UNIT,
        "One draw in ten has a larger difference";
    "gain", "What is gained", TEXT,
        "More people contacted within so many days, more people contacted ever, or weeks of waiting removed";
    "cost_pounds_a_year", "Cost a year", POUNDS,
        "Pounds a year: of an option beyond what it is compared with; of a plan in all";
    "cost_ci95_low", "Cost, from", POUNDS,
        "Lower end of the 95% interval of the cost";
    "cost_ci95_high", "Cost, to", POUNDS,
        "Upper end of the 95% interval of the cost";
    "gained_a_year", "Gained a year", UNIT,
        "How much is gained a year";
    "gained_ci95_low", "Gained, from", UNIT,
        "Lower end of the 95% interval of the gain";
    "gained_ci95_high", "Gained, to", UNIT,
        "Upper end of the 95% interval of the gain";
    "pounds_per_unit", "Pounds for each", POUNDS,
        "Cost / gain; empty where the gain may be nothing";
    "ratio_ci95_low", "Pounds for each, from", POUNDS,
        "Lower end of the 95% interval of the ratio (Fieller)";
    "ratio_ci95_high", "Pounds for each, to", POUNDS,
        "Upper end of the 95% interval of the ratio (Fieller)";
    "net_benefit_pounds_a_year", "Net benefit a year", POUNDS,
        "What the gain is worth less what it costs, where the file says what it is worth";
    "net_benefit_ci95_low", "Net benefit, from", POUNDS,
        "Lower end of the 95% interval of the net benefit";
    "net_benefit_ci95_high", "Net benefit, to", POUNDS,
        "Upper end of the 95% interval of the net benefit";
    "better_and_dearer", "Better and dearer", SHARE,
        "How likely it is that the option gains and costs more";
    "better_and_cheaper", "Better and cheaper", SHARE,
        "How likely it is that the option gains and costs less";
    "worse_and_dearer", "Worse and dearer", SHARE,
        "How likely it is that the option loses and costs more";
    "worse_and_cheaper", "Worse and cheaper", SHARE,
        "How likely it is that the option loses and costs less";
    "gained_draws_p10", "Gained, 1 in 10 draws below", UNIT,
        "One draw of the uncertain inputs in ten gains less";
    "gained_draws_p50", "Gained, half of draws below", UNIT,
        "Half of the draws gain less";
    "gained_draws_p90", "Gained, 1 in 10 draws above", UNIT,
        "One draw in ten gains more";
    "standing", "Standing", TEXT,
        "Best, left in the search, or behind another";
    "behind", "Behind", TEXT,
        "Which one it fell behind";
    "target", "Target", UNIT,
        "The value to reach";
    "better", "Better is", TEXT,
        "Whether more or less of it is better";
    "low", "Interval, from", UNIT,
        "Lower end of the interval that decides, which holds at once with all others of the table";
    "high", "Interval, to", UNIT,
        "Upper end of that interval";
    "plan", "Plan", NUMBER,
        "Number of the plan";
    "plan_verdict", "Plan", TEXT,
        "Whether the plan meets every target, fails one, or is undecided";
    "on_frontier", "None cheaper and better", TEXT,
        "Whether no other plan looked at costs no more and has a shorter wait and less strain; one that misses a target counts only against others that do";
    "replications", "Runs", COUNT,
        "Runs of the plan";
    "wte_in_all", "WTE in all", PLAIN,
        "Whole-time equivalents of all posts of the plan";
    "recommended", "Recommended", TEXT,
        "Whether it is the plan recommended";
    "draws", "Draws", COUNT,
        "Draws of the uncertain inputs";
    "p10_of_draws", "1 in 10 draws below", UNIT,
        "One draw in ten has a smaller mean, chance taken out";
    "p50_of_draws", "Half of draws below", UNIT,
        "Half of the draws have a smaller mean";
    "p90_of_draws", "1 in 10 draws above", UNIT,
        "One draw in ten has a larger mean";
    "sd_not_known", "Spread, not known", UNIT,
        "Standard deviation between draws: what better knowledge would take away";
    "sd_chance", "Spread, chance", UNIT,
        "Standard deviation between the runs of a draw: what nothing takes away";
    "share_not_known", "Part not known", SHARE,
        "Part of the variance that is not known";
    "share_not_known_low", "Part not known, from", SHARE,
        "Lower end of its 95% interval";
    "share_not_known_high", "Part not known, to", SHARE,
        "Upper end of its 95% interval";
    "share_chance", "Part of chance", SHARE,
        "Part of the variance that is chance";
    "input", "Input", TEXT,
        "Key of the uncertain input in the scenario file";
    "input_p10", "Input, 1 in 10 below", PLAIN,
        "The value that the input is below with a chance of one in ten, in the unit of its key";
    "input_p90", "Input, 1 in 10 above", PLAIN,
        "The value that it is above with a chance of one in ten";
    "change", "Change", UNIT,
        "How much the measure changes as the input goes from the one to the other, the others as they may be";
    "explained_by_all", "Explained by all", SHARE,
        "Part of what differs between draws that straight lines in all inputs explain";
    "point", "Point", NUMBER,
        "Number of the point of the study, from 1, in the order of the design";
    "rank", "Rank", NUMBER,
        "1 for the key that the measure depends on most";
    "key", "Key", TEXT,
        "Key of the scenario file that varies from point to point";
    "index", "What", TEXT,
        "first_order: share of the variance that would go if the key were known; total: share that would stay if all others were; mu_star: mean absolute effect of moving the key from end to end; mu: the same with its sign; sigma: how much the effect differs from place to place";
    "transform", "Taken by", TEXT,
        "Whether the formula is for the measure itself (none), its natural logarithm (log), or the logarithm of its odds (logit)";
    "points", "Points", COUNT,
        "Points that the formula is fitted to";
    "terms", "Terms", COUNT,
        "Terms of the formula that can be told apart";
    "r2", "Explained", RATIO,
        "Part of what differs between points that the formula has, 0 to 1";
    "r2_left_out", "Foretold", RATIO,
        "The same for points left out one by one; below 0 where the mean of all points would do better";
    "left_out_rmse", "Off by", UNIT,
        "Root mean square of how far off the formula is at a point left out";
    "term", "Term", TEXT,
        "constant, linear, square, product of two keys, or step of a word against the first of its key";
    "first_key", "Key", TEXT,
        "Key of the term";
    "first_middle", "Middle", PLAIN,
        "Middle of the values of that key; the term takes (value - middle) / half";
    "first_half", "Half", PLAIN,
        "Half of the way from the least to the greatest value of that key";
    "first_is", "Is", TEXT,
        "The word for which a step is 1";
    "second_key", "Second key", TEXT,
        "The other key of a product; the same again of a square";
    "second_middle", "Second middle", PLAIN,
        "Middle of the values of the second key";
    "second_half", "Second half", PLAIN,
        "Half of the way between the ends of the second key";
    "coefficient", "Coefficient", PLAIN,
        "What the term is multiplied by, in the unit of the measure as taken";
    "standard_error", "Standard error", PLAIN,
        "Standard error of the coefficient, were the formula right but for chance";
    "draw", "Draw", NUMBER,
        "Number of the draw, from 0";
    "hypercube", "Set", NUMBER,
        "Which set of points spread evenly the draw belongs to";
}
