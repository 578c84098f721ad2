#!/usr/bin/env bash
# Checks the claims on the ranks of Open MPI, a shard a rank, and merges their reports.
#   examples/campaign/mpirun.sh RANKS FOLDER [GLOB...]
# FOLDER is made, and must be one that all ranks see; report.json and report.xml are written there at the end. TOUCHSTONE is
# the program (default: touchstone), JOBS how many claims a rank checks at a time (default: 1, a rank being a core). What
# mpirun is to know besides, hosts for instance, it reads from its variables OMPI_MCA_*.
# Exit status: 0 all claims hold, 1 some do not, 2 a shard is missing or the call is wrong.
set -euo pipefail

[ $# -ge 2 ] || { sed -n '3,7s/^# //p' "$0" >&2; exit 2; }
ranks=$1
folder=$2
shift 2
export TOUCHSTONE=${TOUCHSTONE:-touchstone} JOBS=${JOBS:-1}
mkdir -- "$folder" || exit 2 # a new one, without the reports of another run

# Status 1 says that a claim fails. mpirun would take it for a crash and stop the other ranks; the merge will say it.
# shellcheck disable=SC2016
rank='i=$((OMPI_COMM_WORLD_RANK + 1))
  "$TOUCHSTONE" verify --shard "$i/$OMPI_COMM_WORLD_SIZE" --jobs "$JOBS" --json "$0/shard-$i.json" "$@" >"$0/shard-$i.log" ||
    [ $? -eq 1 ]'
mpirun -n "$ranks" bash -c "$rank" "$folder" "$@" || exit 2

"$TOUCHSTONE" merge "$folder"/shard-*.json --json "$folder/report.json" --junit "$folder/report.xml"
