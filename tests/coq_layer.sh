#!/usr/bin/env bash
# Generates the bridge from the reference and has it checked, with the whole Coq layer, by coqc and by coqchk.
#   tests/coq_layer.sh PROGRAM BUILD
set -euo pipefail

program=$1
build=$2
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"$program" obligations "$folder"
"$(dirname "${BASH_SOURCE[0]}")/../proofs/coq/run" --build "$build" "$folder/coq/Bridge.v"
