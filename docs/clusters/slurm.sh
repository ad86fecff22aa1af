#!/bin/bash
# A study on a Slurm cluster, as a job array and a job that joins its parts: slurm.sh STUDY PARTS RESULTS
# RESULTS is a folder that every node sees; the whole study will be in RESULTS/whole.
set -euo pipefail
study=$1 parts=$2 results=$3
here=$(cd "$(dirname "$0")" && pwd)

mkdir -p "$results/log"
array=$(sbatch --parsable --array="1-$parts" --output="$results/log/part-%a.txt" \
    "$here/slurm-part.sh" "$study" "$parts" "$results")
# Begins when every part has ended well; leaves the queue when one has not.
whole=$(sbatch --parsable --dependency="afterok:$array" --kill-on-invalid-dep=yes \
    --output="$results/log/whole.txt" "$here/merge.sh" "$parts" "$results")
echo "parts: job $array, whole: job $whole"
