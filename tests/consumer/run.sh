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
    # With the flags of an outside project that is as strict as we are; Eigen's headers count as system headers. Most headers
    # include scalar.hpp, and with it Eigen, themselves or by what they include: for these it is read first, compiled.
    # A header that does without it, though it should not, is not among them.
    cd "$work/prefix/include"
    first=touchstone/numbers/scalar.hpp
    eigen=$(pkg-config --cflags-only-I eigen3 2>/dev/null | sed 's/-I/-isystem /' || true)
    # shellcheck disable=SC2206
    options=(-std=c++20 -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion -Werror
      ${eigen:--isystem /usr/include/eigen3} -I"$PWD")
    including() { # HEADER: what includes it, at whatever distance
      local found=$1 before=
      while [ "$found" != "$before" ]; do
        before=$found
        found=$({ echo "$before"; grep -lrFf <(sed 's/.*/#include "&"/' <<<"$before") --include='*.hpp' . | sed 's|^\./||'; } |
          LC_ALL=C sort -u)
      done
      grep -vxF "$1" <<<"$found" || true
    }
    compile_alone() { # a list of headers from standard input, with options
      xargs -P "$(nproc)" -I{} sh -c 'header=$1; shift
        "$@" -include "$header" -x c++ /dev/null || { echo "consumer: $header does not compile alone" >&2; exit 1; }' \
        _ {} "$compiler" "${options[@]}" -fsyntax-only "$@"
    }
    compile_all() { # every header of the folder
      local headers after
      headers=$(find . -name '*.hpp' -printf '%P\n' | LC_ALL=C sort)
      after=$(including "$first")
      { grep -vxFf <(echo "$after") <<<"$headers" || true; } | compile_alone &&
        compile_alone -include "$work/first.hpp" <<<"$after"
    }
    echo "#include \"$first\"" >"$work/first.hpp"
    "$compiler" "${options[@]}" -x c++-header "$work/first.hpp" -o "$work/first.hpp.gch"
    count=$(find touchstone -name '*.hpp' | wc -l)
    [ "$count" -gt 20 ] || { echo "consumer: only $count headers are installed" >&2; exit 1; }
    compile_all
    mkdir "$work/broken"
    cd "$work/broken"
    for broken in 'Undeclared x;' "#include \"$first\""$'\nUndeclared x;' 'inline touchstone::Vector<double> without_its_header;'; do
      echo "$broken" >broken.hpp
      words=$(compile_all 2>&1) || true
      [[ $words == *'broken.hpp does not compile alone'* ]] ||
        { echo "consumer: the check is blind to a broken header: $broken" >&2; exit 1; }
    done
    echo "consumer: all $count headers compile alone"
    ;;
  *)
    echo "consumer: unknown argument '$what'; expected nothing or headers" >&2
    exit 2
    ;;
esac
