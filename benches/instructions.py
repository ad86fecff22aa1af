#!/usr/bin/env python3
"""Counts processor instructions an event and fails where they are far above what they were.

    benches/instructions.py [--program target/release/splw-sim]

Runs the program twice under valgrind's callgrind, with few replications and with more, on one thread;
starting, reading and drawing cancel out of the difference. Instructions hardly vary from run to run or
from machine to machine, so that this can guard against a regression where a clock cannot. The bounds
are a quarter above what was measured when they were written: they catch a change of structure, not
another compiler.
"""
import argparse
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent

# Scenario, replications of the two runs, instructions an event as measured in November 2026.
MEASURED = [
    ("scenarios/verification/peer-model.toml", (5, 25), 920),
    ("scenarios/rayleigh.toml", (5, 25), 1_398),
]
ALLOWED = 1.25


def counted(program, scenario, replications, out):
    """Instructions of a run, and the events that it says it simulated."""
    command = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", program, "run", str(ROOT / scenario),
               "--replications", str(replications), "--threads", "1", "--out", out, "--overwrite", "--quiet"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    instructions = int(re.search(r"refs:\s*([\d,]+)", done.stderr).group(1).replace(",", ""))
    log = pathlib.Path(out, "run.log").read_text(encoding="utf-8")
    return instructions, int(re.search(r"(?m)^events: (\d+)", log).group(1))


def main():
    """Prints a line for each scenario; the exit code is 1 if one costs too much."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", default=str(ROOT / "target/release/splw-sim"))
    program = parser.parse_args().program
    too_many = False
    for scenario, (few, many), measured in MEASURED:
        with tempfile.TemporaryDirectory() as folder:
            out = str(pathlib.Path(folder, "out"))
            (less, fewer), (more, events) = (counted(program, scenario, count, out) for count in (few, many))
        each = (more - less) / (events - fewer)
        over = each > ALLOWED * measured
        too_many |= over
        print(f"{scenario}: {each:,.0f} instructions an event, {measured:,} when last measured"
              + (f"; more than {ALLOWED} times as many" if over else ""))
    sys.exit(too_many)


if __name__ == "__main__":
    main()
