# Reads a study and a run with polars, says one thing of each and draws both: with_polars.py STUDY RUN FIGURE
import sys

import matplotlib.pyplot as plt
import polars as pl

study, run, figure = sys.argv[1:]
wte, referrals = "posts.0.wte", "demand.referrals_per_1000_a_year"

# One measure of the study: a row a point. pl.read_csv(f"{study}/sweep.csv") gives the same.
points = pl.read_parquet(f"{study}/sweep.parquet").filter(measure="share_contacted_ever")
best = points.sort("mean").row(-1, named=True)
print(f"{best['mean']:.1%} at {best[wte]:g} WTE and {best[referrals]:g} referrals")

# One measure of the run: a row a replication. Scanned, so that rows of other measures are not kept.
runs = pl.scan_parquet(f"{run}/replications.parquet")
runs = runs.filter(option="base", scope="pcn", measure="share_contacted_ever")
ever = runs.select("value").collect()["value"].drop_nulls()
print(f"{ever.mean():.1%} over {len(ever)} runs, the worst {ever.min():.1%}")

# What the file says of itself: version, seed, units, how to cite it.
print("Cite as:", pl.read_parquet_metadata(f"{run}/replications.parquet")["citation"])

panels, (left, right) = plt.subplots(1, 2, figsize=(10, 4), layout="constrained")
for (size,), line in points.group_by(wte, maintain_order=True):
    (drawn,) = left.plot(line[referrals], 100 * line["mean"], marker="o", label=f"{size:g} WTE")
    left.fill_between(
        line[referrals], 100 * line["ci95_low"], 100 * line["ci95_high"], alpha=0.2, color=drawn.get_color()
    )
left.legend(frameon=False, reverse=True)
left.set(title="Mean of each point, with its 95% interval", xlabel="Referrals per 1,000 people a year")
left.set(ylabel="People contacted ever, %", ylim=(0, 100), xticks=points[referrals].unique())
right.hist(100 * ever, bins=range(0, 101), color="0.7", edgecolor="white")
right.axvline(100 * ever.mean(), color="black")
right.set(title="Single runs, and their mean", xlabel="People contacted ever, %", ylabel="Runs")
right.set(xlim=(100 * ever.min() - 2, 100 * ever.max() + 2))
panels.savefig(figure, dpi=120)
