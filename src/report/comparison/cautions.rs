//! What a reader of a comparison should be careful of.

use super::{Comparison, plural, words};
use crate::report::number::grouped;
use crate::report::prose::listed;
use crate::stats::Progress;

impl Comparison<'_> {
    /// What to be careful of.
    #[must_use]
    pub fn cautions(&self) -> Vec<String> {
        let mut cautions = vec![match self.draws() {
            None => "The intervals say how well the differences have been simulated, not how right the inputs are: an \
                     input that is wrong is wrong in base and option alike, and may still change the difference. Try \
                     others with --set."
                .to_owned(),
            Some(_) => "A 95% interval here is of the difference on average over all draws of the uncertain inputs: it does \
                        not say how far the difference may be from that if one draw is the truth. \"8 in 10 draws\" does. \
                        Inputs that the file does not call uncertain are taken as they stand."
                .to_owned(),
        }];
        cautions.extend(self.dated());
        cautions.extend(self.mixed_costs());
        cautions.extend(self.withheld());
        cautions.extend(self.precision());
        cautions.extend(self.strain());
        cautions.extend(self.story.notes.iter().cloned());
        cautions
    }

    /// Chosen measures without a difference, and why.
    fn withheld(&self) -> Option<String> {
        let missing = |measure: &&String| {
            let rows = || self.options.iter().filter_map(|it| it.row(measure));
            rows().any(|row| row.estimate.is_none())
        };
        let missing = self.family.measures.iter().filter(missing);
        let missing: Vec<String> = missing.map(|it| words::measure(it).phrase).collect();
        (!missing.is_empty()).then(|| {
            format!(
                "A dash stands where the base or the option has no mean, and so no difference, in {}: more is asked for \
                 than there is and nobody gives up, in some runs the percentile is never reached, nobody is there of whom it \
                 could be told, or the period is too short for it. Dashes count among the intervals that hold at once, which are the \
                 wider for it.",
                listed(&missing)
            )
        })
    }

    /// How the precision of the differences was reached, or not.
    fn precision(&self) -> Option<String> {
        let (measure, half_width) = self.asked?;
        let phrase = words::measure(measure).phrase;
        let Some(half_width) = half_width else {
            return Some(format!(
                "The precision asked for means nothing here: the base has no mean of {phrase}."
            ));
        };
        let unit = words::of_name(measure)?.unit;
        let asked = words::value(unit, half_width);
        let of = words::of_difference(unit);
        let is_open = |it: &&super::Compared| !matches!(it.ended, Some(Progress::Reached { .. }));
        let open: Vec<String> = self
            .options
            .iter()
            .filter(is_open)
            .map(|it| format!("\"{}\"", it.variant.option))
            .collect();
        Some(match open.is_empty() {
            true => format!(
                "Runs went on until each difference of {phrase} was known to {asked} {of} either way ({} were enough; for a \
                 wait no less than 0.1 day is asked). Who stops so has intervals that cover a little less often than they say \
                 (93 to 95% for 95%).",
                self.pairs()
            ),
            false => format!(
                "The replications allowed (`budget_replications` in [compare]) were made before the difference of {phrase} was \
                 known to {asked} {of} either way, for {} of {} {}: {}.",
                grouped(open.len() as f64, 0),
                self.options.len(),
                plural(self.options.len(), "option"),
                listed(&open)
            ),
        })
    }

    fn strain(&self) -> Option<String> {
        self.with_strain.then(|| {
            "Everything here is with the effects of strain, whose size is an assumption; --set strain.feedback=off leaves \
             them out."
                .to_owned()
        })
    }
}
