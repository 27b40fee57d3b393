#!/bin/sh
# SPDX-License-Identifier: MIT
# run.sh BUILD_DIR: compile the header in every language, precision and way of inclusion with each compiler that is installed.
# Prints what failed, and "N passed, N failed, N skipped" at the end.
here=tests/compile
out=${1:-build/compile}
mkdir -p "$out" || exit 1
passed=0 failed=0 skipped=0
warnings='-Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion -Wshadow -Wcast-qual -Wdouble-promotion -Werror'

# attempt NAME COMMAND...: the command must succeed.
attempt() {
  name=$1; shift
  if "$@" >"$out/log" 2>&1; then passed=$((passed + 1)); else
    failed=$((failed + 1)); echo "FAIL $name: $*"; sed -n 1,8p "$out/log"; fi
}
# refuse NAME TEXT COMMAND...: the command must fail, with TEXT in its message.
refuse() {
  name=$1 text=$2; shift 2
  if "$@" >"$out/log" 2>&1; then failed=$((failed + 1)); echo "FAIL $name: compiled: $*"
  elif grep -q -- "$text" "$out/log"; then passed=$((passed + 1)); else
    failed=$((failed + 1)); echo "FAIL $name: wrong message: $*"; sed -n 1,8p "$out/log"; fi
}

# language COMPILER LANGUAGE STANDARD: every standard checks every way of inclusion; linking and running is done once per language.
language() {
  for precision in '' -DMEDSGD_DOUBLE; do
    flags="-x $2 -std=$3 $warnings -I. -I$here $precision"
    tag="$1 $3 $precision"
    # shellcheck disable=SC2086 # the flags are words
    for unit in declarations late static_one static_two hostile_names; do attempt "$tag $unit" $1 $flags -fsyntax-only $here/$unit.c; done
    case $3 in c99 | c++11)
      # shellcheck disable=SC2086
      {
        attempt "$tag optimized" $1 $flags -O2 -c $here/late.c -o "$out/late.o"
        attempt "$tag two units" $1 $flags $here/implementation.c $here/declarations.c -o "$out/two" -lm
        attempt "$tag two units run" "$out/two"
        attempt "$tag static" $1 $flags $here/static_one.c $here/static_two.c -o "$out/static" -lm
        attempt "$tag static run" "$out/static"
      } ;;
    esac
  done
}

for cc in gcc clang clang-19; do
  if ! command -v $cc >/dev/null 2>&1; then echo "skip $cc: not installed"; skipped=$((skipped + 1)); continue; fi
  for std in c99 c11 c17 c2x; do language $cc c $std; done
  for misuse in '-include medsgd.h -DLATE_DOUBLE:without MEDSGD_DOUBLE' '-include medsgd.h -DLATE_STATIC:without MEDSGD_STATIC' '-DMEDSGD_DOUBLE -include medsgd.h -DEARLY_DOUBLE:with MEDSGD_DOUBLE'; do
    # shellcheck disable=SC2086
    refuse "$cc ${misuse%:*}" "${misuse#*:}" $cc -std=c99 -I. ${misuse%:*} -fsyntax-only $here/misuse.c
  done
  refuse "$cc -ffast-math" fast-math $cc -std=c99 -ffast-math -I. -c $here/implementation.c -o "$out/x.o"
done
for cxx in g++ clang++ clang++-19; do
  if ! command -v $cxx >/dev/null 2>&1; then echo "skip $cxx: not installed"; skipped=$((skipped + 1)); continue; fi
  for std in c++11 c++14 c++17 c++20; do language $cxx c++ $std; done
done

# The quickstart of the README compiles and prints what it says when pasted: its first C block, run through cc.
cc=${CC:-cc}
awk '/^```c$/ { on = 1; next } /^```$/ { if (on) exit } on' README.md >"$out/quickstart.c"
attempt "README quickstart" $cc -std=c99 -Wall -Wextra -Werror -I. "$out/quickstart.c" -o "$out/quickstart" -lm
awk '/^```text quickstart$/ { on = 1; next } /^```$/ { if (on) exit } on' README.md >"$out/quickstart.expected"
"$out/quickstart" >"$out/quickstart.txt" 2>&1
attempt "README quickstart output" cmp "$out/quickstart.txt" "$out/quickstart.expected"

echo "$passed passed, $failed failed, $skipped skipped"
[ $failed -eq 0 ] && [ $passed -gt 0 ]
