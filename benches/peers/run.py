#!/usr/bin/env python3
"""Runs the peer model in splw-sim, in other tools and in our own loops; checks that they agree,
and prints how fast each is.

    benches/peers/run.py                 the full form: some ten minutes on one core
    benches/peers/run.py --quick         the short form: about two minutes once all is built
    benches/peers/run.py --instructions  also instructions an event, which need valgrind

It needs Python, Rust's cargo and the network: cargo and pip fetch the other tools, by name and
version, and everything is built and installed below target/peers. Nothing else is changed.

Speed is model events a second of user CPU time. Each program is run twice a round, with few and
with many replications, and the difference counts, so that starting up, reading the scenario and
drawing figures do not. The programs take turns within a round, and a ratio is the median over
rounds of ratios within a round: what else the machine does then slows both alike.

The exit code is 0 if all agree, 1 if they do not, or not sharply enough to say.
"""

import argparse
import csv
import itertools
import json
import math
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HERE = ROOT / "benches" / "peers"
TARGET = ROOT / "target" / "peers"
BUILT = TARGET / "release"
PYTHON = TARGET / "venv" / "bin" / "python"
SIMPY = "4.1.2"
SCENARIO = ROOT / "scenarios" / "verification" / "peer-model.toml"

# Each measure, and the standard error that is sharp enough, as a share of the mean. A wait varies
# hugely between replications (its standard deviation is 0.7 of its mean); the others by 3%.
MEASURES = {"events": 0.005, "wait_hours": 0.06, "open_a_post": 0.005, "utilisation": 0.005}
# The chance that tools which do agree are said not to, over all comparisons together (Bonferroni).
FALSE_ALARM = 0.001


@dataclass
class Answer:
    """What one run printed: measures as (mean, standard error); events if it counted them."""

    replications: int
    events: int | None
    measures: dict


@dataclass
class Tool:
    """A program under test. `few` and `many` are its replications in the two runs of a round."""

    name: str
    version: str
    command: object  # (replications, seed, folder) to words
    read: object  # (what was printed, folder) to Answer
    few: int
    many: int
    answers: list = field(default_factory=list)
    speeds: list = field(default_factory=list)
    instructions: float | None = None


def read_json(printed, _folder):
    """The answer of a peer: one line of JSON."""
    line = json.loads(printed)
    measures = {name: (of["mean"], of["error"]) for name, of in line["measures"].items()}
    return Answer(line["replications"], line["events"], measures)


def read_summary(_printed, folder):
    """The answer of splw-sim, from its summary.csv; days become hours, the PCN's cases a post's."""
    names = {
        "wait_to_first_contact_days_mean": ("wait_hours", 24.0),
        "caseload_mean": ("open_a_post", 1.0 / 3.0),
        "utilisation": ("utilisation", 1.0),
    }
    measures, replications = {}, 0
    with open(folder / "summary.csv", newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["scope"] == "pcn" and row["measure"] in names:
                name, factor = names[row["measure"]]
                replications = int(row["n"])
                half = (float(row["ci95_high"]) - float(row["ci95_low"])) / 2
                error = half / t_quantile(replications - 1)
                measures[name] = (factor * float(row["mean"]), factor * error)
    # Its own count has one event more for each case: a call falls due when its place is free.
    return Answer(replications, None, measures)


def t_quantile(freedom):
    """The 97.5% quantile of Student's t, to 1e-5 above 100 degrees of freedom (Cornish-Fisher)."""
    z = statistics.NormalDist().inv_cdf(0.975)
    return z + (z**3 + z) / (4 * freedom)


def splw_sim(replications, seed, folder):
    """The command as a user would type it: every measure, tables and figures included."""
    program = ROOT / "target" / "release" / "splw-sim"
    options = ["--replications", replications, "--seed", seed, "--threads", 1]
    return [program, "run", SCENARIO, *options, "--out", folder, "--overwrite", "--quiet"]


def peer(*program):
    """The command of a peer."""
    return lambda replications, seed, _folder: [*program, replications, seed]


def tools(quick):
    """Everything that takes part, in the order of the table."""
    versions = {name: locked(name, HERE / "Cargo.lock") for name in ("ixa", "nexosim")}
    ours = locked("splw-sim", ROOT / "Cargo.lock")
    size = 1 if quick else 4
    python = peer(PYTHON, HERE / "simpy_peer.py")

    def loop(name, program, many):
        return Tool(name, "ours", peer(BUILT / program), read_json, 1, many * size)

    def crate(name, program, many):
        return Tool(name, versions[program], peer(BUILT / program), read_json, 1, many * size)

    # Above 1,000 replications splw-sim no longer writes each one's values, in both of its runs.
    return [
        Tool("splw-sim", ours, splw_sim, read_summary, 1_001, 1_001 + 1_000 * size),
        loop("plain loop, standard binary heap", "yardstick_heap", 1_000),
        loop("optimised loop, heap of packed keys", "yardstick_packed", 2_000),
        loop("optimised loop, each post apart", "yardstick_apart", 2_000),
        crate("ixa", "ixa", 500),
        crate("NeXosim", "nexosim", 250),
        Tool("SimPy", SIMPY, python, read_json, 1, 60 * size),
    ]


def locked(name, lock):
    """The version of a package in a lock file."""
    found = re.search(rf'name = "{name}"\nversion = "([^"]+)"', lock.read_text(encoding="utf-8"))
    return found.group(1)


def build():
    """Builds splw-sim and the peers, and installs SimPy, all below target."""
    # Incremental builds are not what a user runs.
    settings = {**os.environ, "CARGO_INCREMENTAL": "0"}
    cargo = ["cargo", "build", "--release", "--locked"]
    subprocess.run(cargo, cwd=ROOT, env=settings, check=True)
    peers = ["--manifest-path", HERE / "Cargo.toml", "--features", "tools", "--target-dir", TARGET]
    subprocess.run([*cargo, *peers], cwd=ROOT, env=settings, check=True)
    if not PYTHON.exists():
        subprocess.run([sys.executable, "-m", "venv", TARGET / "venv"], check=True)
    install = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*install, f"simpy=={SIMPY}"], check=True)


def timed(words):
    """User CPU seconds of a program, and what it printed."""
    with tempfile.TemporaryFile() as printed:
        process = subprocess.Popen([str(word) for word in words], stdout=printed)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            sys.exit(f"{words[0]} ended with {process.returncode}")
        printed.seek(0)
        return usage.ru_utime, printed.read().decode()


def one_run(tool, replications, seed, folder):
    """User CPU seconds and the answer of one run."""
    seconds, printed = timed(tool.command(replications, seed, folder))
    return seconds, tool.read(printed, folder)


def measure(everything, rounds, folder):
    """Runs every tool in each round. All seeds differ, so that the answers are independent."""
    for round_ in range(rounds):
        for number, tool in enumerate(everything):
            seed = 1 + 2 * (round_ * len(everything) + number)
            start_up, _ = one_run(tool, tool.few, seed, folder)
            seconds, answer = one_run(tool, tool.many, seed + 1, folder)
            tool.answers.append(answer)
            tool.speeds.append((tool.many - tool.few) / (seconds - start_up))
            print(f"round {round_ + 1} of {rounds}: {tool.name}", file=sys.stderr)


def pooled(tool):
    """Mean and standard error of each measure over all rounds."""
    result = {}
    for name in tool.answers[0].measures:
        of_rounds = [answer.measures[name] for answer in tool.answers]
        mean = statistics.fmean(mean for mean, _ in of_rounds)
        error = math.hypot(*(error for _, error in of_rounds)) / len(of_rounds)
        result[name] = (mean, error)
    return result


def disagreements(answers):
    """Every two tools whose means differ by too much, and every answer that is not sharp enough."""
    found = []
    for name, answer in answers.items():
        for measure_, (mean, error) in answer.items():
            if not 0 < error <= MEASURES[measure_] * mean:
                found.append(f"{name}: {measure_} {mean:.5g} is known to {error:.2g} only")
    pairs = [
        (one, other, measure_)
        for one, other in itertools.combinations(answers, 2)
        for measure_ in answers[one].keys() & answers[other].keys()
    ]
    bound = statistics.NormalDist().inv_cdf(1 - FALSE_ALARM / len(pairs) / 2)
    for one, other, measure_ in pairs:
        (a, a_error), (b, b_error) = answers[one][measure_], answers[other][measure_]
        z = (a - b) / math.hypot(a_error, b_error)
        if not abs(z) <= bound:
            found.append(f"{measure_}: {one} {a:.5g}, {other} {b:.5g}: z {z:.1f}, beyond {bound:.2f}")
    return found, len(pairs), bound


def count_instructions(everything, events, folder):
    """Instructions an event of the Rust programs, by the same difference, under callgrind."""
    valgrind = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null"]
    for tool in everything:
        if tool.name == "SimPy":
            continue
        few = tool.few if tool.name == "splw-sim" else 20
        counts = []
        for replications in (few, few + 100):
            words = [str(word) for word in [*valgrind, *tool.command(replications, 1, folder)]]
            told = subprocess.run(words, capture_output=True, text=True, check=True).stderr
            counts.append(int(re.search(r"Collected : (\d+)", told).group(1)))
        tool.instructions = (counts[1] - counts[0]) / (100 * events)


def digits(value):
    """Three significant digits."""
    return f"{value:#.3g}".rstrip(".")


def print_speeds(everything, events):
    """The table of speeds. `events` is the number of model events of a replication."""
    ours = everything[0].speeds
    heads = ["tool", "version", "million events a CPU second", "splw-sim, times as fast", "in rounds"]
    has_counts = everything[0].instructions is not None
    heads += ["instructions an event"] if has_counts else []
    print("| " + " | ".join(heads) + " |\n|" + " --- |" * len(heads))
    for tool in everything:
        millions = statistics.median(tool.speeds) * events / 1e6
        ratios = [mine / theirs for mine, theirs in zip(ours, tool.speeds)]
        cells = [tool.name, tool.version, digits(millions)]
        if tool is everything[0]:
            cells += ["1", ""]
        else:
            spread = f"{digits(min(ratios))} to {digits(max(ratios))}"
            cells += [digits(statistics.median(ratios)), spread]
        if has_counts:
            cells.append("" if tool.instructions is None else f"{tool.instructions:,.0f}")
        print("| " + " | ".join(cells) + " |")


def print_answers(everything, answers):
    """The table of answers: 95% intervals of the means."""
    heads = ["events", "wait to first contact, hours", "open cases a post", "utilisation"]
    print("| tool | replications | " + " | ".join(heads) + " |")
    print("| --- |" + " --- |" * (1 + len(heads)))
    for tool in everything:
        replications = sum(answer.replications for answer in tool.answers)
        cells = []
        for name, places in zip(MEASURES, (0, 2, 3, 5)):
            mean, error = answers[tool.name].get(name, (None, None))
            known = mean is not None
            cells.append(f"{mean:,.{places}f} ± {1.96 * error:.{places}f}" if known else "")
        print(f"| {tool.name} | {replications:,} | " + " | ".join(cells) + " |")


def main():
    """Runs what the command line asks for; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n", maxsplit=1)[0])
    parser.add_argument("--quick", action="store_true", help="fewer rounds and replications")
    parser.add_argument("--instructions", action="store_true", help="count instructions (valgrind)")
    arguments = parser.parse_args()
    if arguments.instructions and not shutil.which("valgrind"):
        parser.error("valgrind is not installed")
    build()
    everything = tools(arguments.quick)
    rounds = 3 if arguments.quick else 7
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "peer-model"
        measure(everything, rounds, folder)
        answers = {tool.name: pooled(tool) for tool in everything}
        counted = [answer["events"][0] for answer in answers.values() if "events" in answer]
        events = statistics.median(counted)
        if arguments.instructions:
            count_instructions(everything, events, folder)
    print_speeds(everything, events)
    print(f"\n{events:,.0f} events a replication; medians of {rounds} rounds.\n")
    print_answers(everything, answers)
    found, comparisons, bound = disagreements(answers)
    verdict = "All agree" if not found else "They do not agree"
    print(f"\n{verdict}: {comparisons} comparisons, each with a bound of {bound:.2f} standard errors.")
    for problem in found:
        print(f"  {problem}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
