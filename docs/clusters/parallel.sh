#!/bin/bash
# A study in parts side by side with GNU parallel, and their results joined: parallel.sh STUDY PARTS RESULTS
set -euo pipefail
study=$1 parts=$2 results=$3
here=$(cd "$(dirname "$0")" && pwd)

# One part a core, on one thread each. Begun again it goes on where it was stopped: what is done is not run twice.
seq "$parts" | parallel --quote --halt soon,fail=1 \
    splw-sim sweep "$study" --shard "{}/$parts" --threads 1 --out "$results/part-{}" --quiet
"$here/merge.sh" "$parts" "$results"
