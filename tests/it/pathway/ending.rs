//! The onward wait after the last contact.

use splw_sim::engine::Activity::{Assigned, Completed, ContactHeld, OnwardWaitBegins};

use crate::support::{assert_lines, tell};

/// The last contact ends at 2d 00:55; the case stays open for 10 days, holding the place, taking
/// no time; then it is complete and the next person is taken.
#[test]
fn the_onward_wait_holds_the_place() {
    let told = tell(&[
        "case_types.0.contacts=1",
        "case_types.0.onward_wait_share=1",
        "case_types.0.onward_wait_days=10",
        "start.waiting.0.waited_days=[1, 0]",
        "period.days=20",
    ]);
    assert_lines(
        &told.only(&[Assigned, ContactHeld, OnwardWaitBegins, Completed]),
        "0d 00:00 a Assigned W1 1|1
         2d 00:55 a ContactHeld W1 1|1
         2d 00:55 a OnwardWaitBegins W1 1|1
         12d 00:55 a Completed W1 1|0
         12d 00:55 b Assigned W1 0|1
         14d 01:50 b ContactHeld W1 0|1
         14d 01:50 b OnwardWaitBegins W1 0|1",
    );
    // Two calls of 10 minutes and two contacts of 45: nothing else.
    assert_eq!(told.seen.posts[0].busy_seconds, 2 * (10 + 45) * 60);
}
