#!/usr/bin/env bash
# Uses touchstone as an outside project does: installs a build to a temporary prefix, then builds and runs the consumer
# against it, and against the source tree.
#   tests/consumer/run.sh BUILD          all ways
#   tests/consumer/run.sh BUILD headers  every installed header compiles alone
set -euo pipefail

build=${1:?a build directory of touchstone}
what=${2:-ways}
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
source=$(cd "$here/../.." && pwd)
compiler=${CXX:-g++}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Headers and CMake files only: the program need not be built.
cmake --install "$build" --component Unspecified --prefix "$work/prefix" >"$work/install.log" ||
  { cat "$work/install.log" >&2; echo "consumer: cannot install '$build'" >&2; exit 1; }

consume() { # NAME OPTION...
  local name=$1
  shift
  if ! { cmake -S "$here" -B "$work/$name" -G Ninja -DCMAKE_CXX_COMPILER="$compiler" "$@" &&
         cmake --build "$work/$name"; } >"$work/$name.log" 2>&1; then
    cat "$work/$name.log" >&2
    echo "consumer: $name does not build" >&2
    exit 1
  fi
  "$work/$name/consumer" >"$work/$name.out" || { echo "consumer: $name gives $(cat "$work/$name.out")" >&2; exit 1; }
  echo "consumer: $name works"
}

case $what in
  ways)
    consume find_package -DWAY=find_package -DCMAKE_PREFIX_PATH="$work/prefix"
    consume find_package_numbers -DWAY=find_package -DNUMBERS=ON -DCMAKE_PREFIX_PATH="$work/prefix"
    consume fetch_content -DWAY=fetch_content -DTOUCHSTONE_SOURCE="$source"
    consume add_subdirectory -DWAY=add_subdirectory -DNUMBERS=ON -DTOUCHSTONE_SOURCE="$source"
    # What must fail: a version that does not exist.
    sed 's/touchstone 0\.1 REQUIRED/touchstone 9.9 REQUIRED/' "$here/CMakeLists.txt" >"$work/CMakeLists.txt"
    cp "$here/main.cpp" "$work"
    if cmake -S "$work" -B "$work/future" -G Ninja -DCMAKE_PREFIX_PATH="$work/prefix" >/dev/null 2>&1; then
      echo "consumer: version 9.9 was found" >&2
      exit 1
    fi
    ;;
  headers)
    # With the flags of an outside project that is as strict as we are; Eigen's headers count as system headers.
    eigen=$(pkg-config --cflags-only-I eigen3 2>/dev/null | sed 's/-I/-isystem /' || true)
    cd "$work/prefix/include"
    compile_alone() {
      # shellcheck disable=SC2086
      "$compiler" -std=c++20 -fsyntax-only -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion -Werror \
        ${eigen:--isystem /usr/include/eigen3} -I. -include "$1" -x c++ /dev/null
    }
    export -f compile_alone
    export compiler eigen
    mapfile -t headers < <(find touchstone -name '*.hpp' | LC_ALL=C sort)
    [ ${#headers[@]} -gt 20 ] || { echo "consumer: only ${#headers[@]} headers are installed" >&2; exit 1; }
    # shellcheck disable=SC2016
    printf '%s\n' "${headers[@]}" | xargs -P "$(nproc)" -I{} bash -c \
      'compile_alone "$1" || { echo "consumer: $1 does not compile alone" >&2; exit 1; }' _ {}
    echo 'Undeclared x;' >"$work/prefix/include/broken.hpp"
    if compile_alone broken.hpp 2>/dev/null; then
      echo "consumer: a broken header compiles: the check is blind" >&2
      exit 1
    fi
    echo "consumer: all ${#headers[@]} headers compile alone"
    ;;
  *)
    echo "consumer: unknown argument '$what'; expected nothing or headers" >&2
    exit 2
    ;;
esac
