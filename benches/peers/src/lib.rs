//! The peer model for the Rust programs of this folder: its numbers, what happens at a post, and
//! how replications are reported. Each program brings its own way of doing the next event.
//!
//! Always open, from an empty start, for 3,900 hours. Six practices refer (Poisson); each belongs to
//! one of three posts. A referral waits, first come first served, for one of its post's 40 places.
//! Then it is due for a call (exponential, mean 0.5 h), and after that for six contacts (gamma of
//! shape 4, mean 0.75 h), each an exponential 75 h after the end of the last piece of work. With
//! probability 0.15 a contact is missed: 0.25 h are lost, and it falls due again 37.5 h later. A
//! post does what fell due first. The place is free once the sixth contact has ended.
//!
//! The same model is `scenarios/verification/peer-model.toml` of splw-sim.

pub mod draws;
pub mod due_heap;
pub mod lean_post;
pub mod numbers;
pub mod post;
pub mod report;
