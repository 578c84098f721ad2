#!/usr/bin/env bash
# g++ and clang++, with and without optimisation, give the same trajectories to the last bit.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

build() { # COMPILER LEVEL
  "$1" -std=c++20 "$2" -ffp-contract=off -I"$here/../../reference" -isystem /usr/include/eigen3 "$here/main.cpp" \
    -o "$work/$1$2" -lmpfr -lgmp
  "$work/$1$2" >"$work/$1$2.txt"
}
build g++ -O2 &
gcc=$!
build clang++ -O2
wait "$gcc"
build g++ -O0
[ "$(wc -l <"$work/g++-O2.txt")" -eq 14 ] || { cat "$work/g++-O2.txt" >&2; echo "compilers: expected 14 lines" >&2; exit 1; }
for other in clang++-O2 g++-O0; do
  diff "$work/g++-O2.txt" "$work/$other.txt" >&2 || { echo "compilers: $other differs from g++-O2" >&2; exit 1; }
done
echo "compilers: 14 trajectories, the same bits from g++ and clang++"
