#!/usr/bin/env bash
# Checks the claims in a Slurm job array, a shard a task, and merges their reports. Called on a login node, it submits itself
# and waits.
#   examples/campaign/slurm.sh TASKS FOLDER [GLOB...]
# FOLDER is made, and must be one that all nodes see; report.json and report.xml are written there at the end. TOUCHSTONE is
# the program (default: touchstone). What else sbatch is to know, it reads from its variables SBATCH_* (SBATCH_PARTITION).
# Exit status: 0 all claims hold, 1 some do not, 2 a shard is missing or the call is wrong.
#SBATCH --job-name=touchstone
#SBATCH --cpus-per-task=4
#SBATCH --mem-per-cpu=2G
#SBATCH --time=01:00:00
set -euo pipefail

[ $# -ge 2 ] || { sed -n '4,7s/^# //p' "$0" >&2; exit 2; }
tasks=$1
folder=$2
touchstone=${TOUCHSTONE:-touchstone}

# A task of the array, numbered from 1.
if [ -n "${SLURM_ARRAY_TASK_ID:-}" ]; then
  i=$SLURM_ARRAY_TASK_ID
  exec "$touchstone" verify --shard "$i/$tasks" --jobs "$SLURM_CPUS_PER_TASK" --json "$folder/shard-$i.json" "${@:3}"
fi

mkdir -- "$folder" || exit 2 # a new one, without the reports of another run
# The array fails where a claim fails in one of its tasks. Whether that is all that happened the merge says.
sbatch --wait --array="1-$tasks" --output="$folder/shard-%a.log" "$0" "$@" ||
  echo "slurm.sh: not all tasks ended with status 0; see $folder/shard-*.log" >&2

"$touchstone" merge "$folder"/shard-*.json --json "$folder/report.json" --junit "$folder/report.xml"
