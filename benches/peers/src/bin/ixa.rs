//! The peer model in ixa, CDC's framework for agent-based models: state in a data plugin, events as
//! plans, draws from a generator of the context.

use ixa::prelude::*;
use peers::draws::Draws;
use peers::numbers::{PERIOD_HOURS, POSTS, PRACTICES};
use peers::post::Post;
use peers::report::{self, Outcome};
use std::process::ExitCode;

define_rng!(ServiceRng);

#[derive(Default)]
struct Service {
    posts: [Post; POSTS],
    draws: Draws,
}

define_data_plugin!(ServicePlugin, Service, Service::default());

fn schedule_referral(context: &mut Context, practice: usize) {
    let hours = context.sample(ServiceRng, |rng| {
        let draws = &context.get_data(ServicePlugin).draws;
        draws.until_referral(&PRACTICES[practice], rng)
    });
    let time = context.get_current_time() + hours;
    context.add_plan(time, move |context| referral(context, practice));
}

fn referral(context: &mut Context, practice: usize) {
    schedule_referral(context, practice);
    let now = context.get_current_time();
    let post = PRACTICES[practice].post;
    context.get_data_mut(ServicePlugin).posts[post].receive(now);
    work(context, post);
}

fn falls_due(context: &mut Context, post: usize, place: usize) {
    context.get_data_mut(ServicePlugin).posts[post].fall_due(place);
    work(context, post);
}

/// Begins what is due first, if the post is free.
fn work(context: &mut Context, post: usize) {
    let Some(task) = context.get_data_mut(ServicePlugin).posts[post].next_task() else {
        return;
    };
    let slot = context.sample(ServiceRng, |rng| {
        context.get_data(ServicePlugin).draws.slot(task, rng)
    });
    let now = context.get_current_time();
    context.get_data_mut(ServicePlugin).posts[post].begin(task, slot, now);
    context.add_plan(now + slot.hours, move |context| work_ends(context, post));
}

fn work_ends(context: &mut Context, post: usize) {
    let now = context.get_current_time();
    if let Some(ending) = context.get_data_mut(ServicePlugin).posts[post].end(now) {
        let gap = context.sample(ServiceRng, |rng| {
            context.get_data(ServicePlugin).draws.gap(ending, rng)
        });
        let place = ending.place;
        context.add_plan(now + gap, move |context| falls_due(context, post, place));
    }
    work(context, post);
}

fn replicate(seed: u64) -> Outcome {
    let mut context = Context::new();
    context.init_random(seed);
    (0..PRACTICES.len()).for_each(|practice| schedule_referral(&mut context, practice));
    context.schedule_shutdown(PERIOD_HOURS);
    context.execute();
    let service = context.get_data(ServicePlugin);
    Outcome::new(service.posts.iter().map(Post::sums))
}

fn main() -> ExitCode {
    report::main(replicate)
}
