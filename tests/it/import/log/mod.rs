//! A service's own log in, the inputs of a scenario out: known parameters come back, dirt is set aside and told,
//! nothing of a row is repeated.

mod dirt;
mod made;
mod program;
mod recovered;
mod traced;
