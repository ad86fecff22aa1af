#!/usr/bin/env python3
"""Makes up a folder of scenarios as large as England, to measure `splw-sim run DIR` on.

1,300 primary care networks with practices, list sizes and link workers drawn from the published
distributions for England in June and July 2026 (Patients Registered at a GP Practice; Primary Care
Network Workforce, both NHS England), piece by piece straight between the published points. No
network in it is a real one. Everything else is as in scenarios/rayleigh.toml.

    benches/england.py FOLDER [--networks 1300] [--weeks 156] [--replications 20]
"""
import argparse
import pathlib
import random
import re

ROOT = pathlib.Path(__file__).resolve().parent.parent

# Networks by number of practices; the last stands for nine or more, of which the greatest has 31.
BY_PRACTICES = {1: 93, 2: 130, 3: 220, 4: 250, 5: 221, 6: 138, 7: 97, 8: 57, 9: 92}
NINE_OR_MORE = [(0.0, 9), (0.5, 10), (0.9, 14), (1.0, 31)]
# Share of networks below, and the value; the least is an assumption.
PATIENTS = [(0.0, 12_000), (0.05, 27_114), (0.25, 35_885), (0.5, 45_119), (0.75, 56_027),
            (0.95, 84_512), (1.0, 270_256)]
PRACTICE_LIST = [(0.0, 1_200), (0.05, 3_049), (0.25, 5_887), (0.5, 8_815), (0.75, 12_720),
                 (0.95, 22_069), (1.0, 60_000)]
WITHOUT_POST = 0.15
WTE = [(0.0, 0.2), (0.05, 0.8), (0.25, 1.0), (0.5, 2.0), (0.75, 3.0), (0.95, 6.6), (1.0, 15.9)]


def draw(points, chance):
    """The value below which a share of `chance` lies, straight between the points."""
    for (share, value), (next_share, next_value) in zip(points, points[1:]):
        if chance <= next_share:
            return value + (chance - share) / (next_share - share) * (next_value - value)
    return points[-1][1]


def practices_of(chance):
    """List sizes of a network's practices: as many as are usual, adding up to a usual network."""
    [count] = chance.choices(list(BY_PRACTICES), BY_PRACTICES.values())
    if count == 9:
        count = round(draw(NINE_OR_MORE, chance.random()))
    sizes = [draw(PRACTICE_LIST, chance.random()) for _ in range(count)]
    whole = draw(PATIENTS, chance.random())
    return [max(500, round(size / sum(sizes) * whole)) for size in sizes]


def posts_of(chance):
    """WTE of each post: whole ones and what remains."""
    if chance.random() < WITHOUT_POST:
        return []
    wte = round(draw(WTE, chance.random()), 1)
    rest = round(wte - int(wte), 1)
    return [1.0] * int(wte) + ([rest] if rest else [])


def scenario(number, chance, common, settings):
    """The text of one scenario: its own practices and posts in what all have in common."""
    head, post = common
    text = head.replace("Rayleigh and District PCN: one link worker, six practices",
                        f"Made-up network {number}")
    text = re.sub(r"(?m)^weeks = \d+", f"weeks = {settings.weeks}", text)
    text = re.sub(r"(?m)^replications = \d+", f"replications = {settings.replications}", text)
    for nth, size in enumerate(practices_of(chance), 1):
        text += f'[[practices]]\nname = "Surgery {nth}"\nods_code = "X{number:04}{nth:02}"\nlist_size = {size}\n\n'
    for nth, wte in enumerate(posts_of(chance), 1):
        one = re.sub(r"(?m)^wte = .*$", f"wte = {wte}", post)
        text += one.replace("Link worker 1", f"Link worker {nth}") + "\n"
    return text


def main():
    """Writes the folder."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--networks", type=int, default=1_300)
    parser.add_argument("--weeks", type=int, default=156)
    parser.add_argument("--replications", type=int, default=20)
    settings = parser.parse_args()
    rayleigh = (ROOT / "scenarios" / "rayleigh.toml").read_text(encoding="utf-8")
    head = rayleigh[:rayleigh.index("[[practices]]")]
    post = re.search(r"(?ms)^\[\[posts\]\]\n.*?(?=\n\n)", rayleigh).group() + "\n"
    chance = random.Random(20261005)
    settings.folder.mkdir(parents=True)
    for number in range(1, settings.networks + 1):
        text = scenario(number, chance, (head, post), settings)
        (settings.folder / f"network-{number:04}.toml").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
