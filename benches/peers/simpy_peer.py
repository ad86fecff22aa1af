"""The peer model in SimPy: practices and referrals are processes, the places of a post and its
worker are resources. What it is is told in src/lib.rs; the numbers are those of src/numbers.rs.

    python simpy_peer.py REPLICATIONS SEED

prints one line of JSON, as the Rust peers do.
"""

import json
import math
import random
import statistics
import sys

import simpy

PERIOD_HOURS = 3_900.0
PLACES = 40
CONTACTS = 6
CALLS_AN_HOUR = 1 / 0.5
CONTACT_SHAPE, CONTACT_HOURS = 4.0, 0.75
GAPS_AN_HOUR = 1 / 75.0
MISSED, LOST_HOURS, GAP_AFTER_MISSED_HOURS = 0.15, 0.25, 37.5
# Registered patients and post of each practice.
PRACTICES = [(12_000, 0), (9_500, 1), (9_000, 2), (9_000, 2), (8_800, 1), (8_700, 0)]
POSTS = 3
REFERRALS_AN_HOUR_PER_PATIENT = 33.556 / 1_000 / 8_766


class Post:
    """A post: its places, its worker, and the sums of its measures."""

    def __init__(self, env, rng):
        self.env = env
        self.rng = rng
        self.places = simpy.Resource(env, PLACES)
        self.worker = simpy.Resource(env, 1)
        self.events = 0
        self.waits = []
        self.open_hours = 0.0
        self.worked_hours = 0.0

    def practice(self, referrals_an_hour):
        """Process: referrals come, one after the other."""
        while True:
            yield self.env.timeout(self.rng.expovariate(referrals_an_hour))
            self.events += 1
            self.env.process(self.case(self.env.now))

    def case(self, referred):
        """Process: a referral from its arrival until its sixth contact has ended."""
        env, rng = self.env, self.rng
        with self.places.request() as place:
            yield place
            self.open_hours += PERIOD_HOURS - env.now
            with self.worker.request() as turn:
                yield turn
                self.waits.append(env.now - referred)
                yield self.work(rng.expovariate(CALLS_AN_HOUR))
                self.events += 1
            gap = rng.expovariate(GAPS_AN_HOUR)
            attended = 0
            while attended < CONTACTS:
                yield env.timeout(gap)
                self.events += 1
                with self.worker.request() as turn:
                    yield turn
                    if rng.random() < MISSED:
                        yield self.work(LOST_HOURS)
                        gap = GAP_AFTER_MISSED_HOURS
                    else:
                        scale = CONTACT_HOURS / CONTACT_SHAPE
                        yield self.work(rng.gammavariate(CONTACT_SHAPE, scale))
                        attended += 1
                        gap = rng.expovariate(GAPS_AN_HOUR)
                    self.events += 1
            self.open_hours -= PERIOD_HOURS - env.now

    def work(self, hours):
        """The end of a piece of work that begins now."""
        self.worked_hours += min(hours, PERIOD_HOURS - self.env.now)
        return self.env.timeout(hours)


def replicate(seed):
    """Events, mean wait, mean open cases a post and utilisation of one replication."""
    env = simpy.Environment()
    rng = random.Random(seed)
    posts = [Post(env, rng) for _ in range(POSTS)]
    for patients, post in PRACTICES:
        env.process(posts[post].practice(patients * REFERRALS_AN_HOUR_PER_PATIENT))
    env.run(until=PERIOD_HOURS)
    post_hours = POSTS * PERIOD_HOURS
    return (
        sum(post.events for post in posts),
        statistics.fmean(wait for post in posts for wait in post.waits),
        sum(post.open_hours for post in posts) / post_hours,
        sum(post.worked_hours for post in posts) / post_hours,
    )


def summary(values):
    """Mean and standard error of a measure; 0 is the error of a single value."""
    spread = statistics.stdev(values) if len(values) > 1 else 0.0
    return {"mean": statistics.fmean(values), "error": spread / math.sqrt(len(values))}


def main():
    """Runs what the command line asks for."""
    replications, seed = int(sys.argv[1]), int(sys.argv[2])
    seeds = range(seed << 32, (seed << 32) + replications)
    measures = list(zip(*map(replicate, seeds)))
    names = ("events", "wait_hours", "open_a_post", "utilisation")
    answer = {
        "replications": replications,
        "events": sum(measures[0]),
        "measures": dict(zip(names, map(summary, measures))),
    }
    print(json.dumps(answer))


if __name__ == "__main__":
    main()
