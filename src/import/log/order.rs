//! Days that cannot be: in an order that is impossible, or far from all others.

use super::entry::Pathway;
use crate::import::kinds::log as columns;
use jiff::civil::Date;

/// Days in an order that can be.
///
/// # Errors
/// The column that is wrong, and why.
pub fn check_order(received: Date, it: &Pathway) -> Result<(), (usize, &'static str)> {
    let before = |date: Option<Date>, other: Date| date.is_some_and(|date| date < other);
    if before(it.first_contact, received) {
        return Err((columns::FIRST_CONTACT, "is before the day of receipt"));
    }
    if before(it.first_appointment, it.first_contact.unwrap_or(received)) {
        return Err((
            columns::FIRST_APPOINTMENT,
            "is before the first contact or the receipt",
        ));
    }
    let last = [it.first_contact, it.first_appointment]
        .into_iter()
        .flatten()
        .max();
    if before(it.discharged, last.unwrap_or(received)) {
        return Err((
            columns::DISCHARGED,
            "is before receipt, first contact or first appointment",
        ));
    }
    Ok(())
}
