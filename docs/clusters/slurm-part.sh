#!/bin/bash
# One part of a study, as one task of a Slurm job array: slurm-part.sh STUDY PARTS RESULTS. slurm.sh submits it.
#SBATCH --job-name=splw-sim
#SBATCH --cpus-per-task=2
#SBATCH --mem=2G
#SBATCH --time=04:00:00
#SBATCH --requeue
set -euo pipefail
study=$1 parts=$2 results=$3

# How many parts there are is told, not asked of $SLURM_ARRAY_TASK_COUNT: that is 1 when one task is submitted again.
exec splw-sim sweep "$study" --shard "$SLURM_ARRAY_TASK_ID/$parts" \
    --threads "$SLURM_CPUS_PER_TASK" --out "$results/part-$SLURM_ARRAY_TASK_ID"
