#!/bin/bash
# Joins the parts of a study when all are done: merge.sh PARTS RESULTS. slurm.sh and parallel.sh use it.
#SBATCH --job-name=splw-sim-merge
#SBATCH --mem=2G
#SBATCH --time=00:10:00
set -euo pipefail
parts=$1 results=$2

folders=()
for ((part = 1; part <= parts; part++)); do
    folders+=("$results/part-$part")
done
exec splw-sim merge "${folders[@]}" --out "$results/whole"
