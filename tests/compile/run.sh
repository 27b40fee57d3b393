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

# multiversion COMPILER: with the flags of `language`. clang 14 gives the versions' resolvers names that collide, and is refused.
multiversion() {
  major=$(echo __clang_major__ | $1 -E -x c - | tail -n 1)
  # shellcheck disable=SC2086
  if [ "$major" != __clang_major__ ] && [ "$major" -lt 19 ]; then
    refuse "$tag multiversion" 'clang 19' $1 $flags -DMEDSGD_MULTIVERSION -fsyntax-only $here/implementation.c
  else
    attempt "$tag multiversion" $1 $flags -DMEDSGD_MULTIVERSION -O2 $here/implementation.c $here/declarations.c -o "$out/versions" -lm
    attempt "$tag multiversion run" "$out/versions"
    attempt "$tag static multiversion" $1 $flags -DMEDSGD_MULTIVERSION -O2 $here/static_one.c $here/static_two.c -o "$out/versions" -lm
    attempt "$tag static multiversion run" "$out/versions"
  fi
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
        if [ "$(uname -m)" = x86_64 ]; then multiversion "$1"; fi
      } ;;
    esac
  done
}

c_compiler() {
  cc=$1
  for std in c99 c11 c17 c2x; do language $cc c $std; done
  for misuse in '-include medsgd.h -DLATE_DOUBLE:without MEDSGD_DOUBLE' '-DMEDSGD_DOUBLE -include medsgd.h -DEARLY_DOUBLE:with MEDSGD_DOUBLE' \
      '-include medsgd.h -DLATE_STATIC:without MEDSGD_STATIC' '-DMEDSGD_STATIC -include medsgd.h -DEARLY_STATIC:with MEDSGD_STATIC' \
      '-DMEDSGD_STATIC -include medsgd.h -DEARLY_STATIC -DLATE_IMPLEMENTATION:with MEDSGD_STATIC'; do
    # shellcheck disable=SC2086
    refuse "$cc ${misuse%:*}" "${misuse#*:}" $cc -std=c99 -I. ${misuse%:*} -fsyntax-only $here/misuse.c
  done
  fast='-ffast-math -Ofast -ffinite-math-only'
  case $cc in gcc*) fast="$fast -funsafe-math-optimizations -freciprocal-math -fno-signed-zeros" ;; esac # clang shows these in no macro
  for option in $fast; do refuse "$cc $option" ffast-math $cc -std=c99 $option -I. -fsyntax-only $here/implementation.c; done
  # The header quietens -Wshadow for the sake of the including file's globals; it shadows nothing of its own all the same.
  sed '/diagnostic ignored "-Wshadow"/d' medsgd.h >"$out/medsgd.h" && cp $here/implementation.c "$out/shadow.c"
  attempt "$cc -Wshadow" $cc -std=c99 -Wshadow -Werror -I"$out" -fsyntax-only "$out/shadow.c"
  # Units with and without -fshort-enums in one program.
  attempt "$cc short enums" $cc -std=c99 -I. -O1 -fshort-enums -c $here/implementation.c -o "$out/short.o"
  attempt "$cc long enums" $cc -std=c99 -I. -O1 -c $here/implementation.c -o "$out/long.o"
  attempt "$cc short enums link" $cc -std=c99 -I. -O1 $here/short_enums.c "$out/short.o" -o "$out/enums" -lm
  attempt "$cc short enums run" "$out/enums"
  attempt "$cc long enums link" $cc -std=c99 -I. -O1 -fshort-enums $here/short_enums.c "$out/long.o" -o "$out/enums" -lm
  attempt "$cc long enums run" "$out/enums"
}
cxx_compiler() {
  for std in c++11 c++14 c++17 c++20; do language "$1" c++ $std; done
}

# All compilers at once, each in a folder of its own.
base=$out started=
for compiler in 'c_compiler gcc' 'c_compiler clang' 'c_compiler clang-19' 'cxx_compiler g++' 'cxx_compiler clang++' 'cxx_compiler clang++-19'; do
  name=${compiler#* }
  if ! command -v "$name" >/dev/null 2>&1; then echo "skip $name: not installed"; skipped=$((skipped + 1)); continue; fi
  mkdir -p "$base/$name" || exit 1
  rm -f "$base/$name/count"
  # shellcheck disable=SC2086 # function and argument
  (out=$base/$name passed=0 failed=0; $compiler; echo "$passed $failed" >"$out/count") >"$base/$name/messages" 2>&1 &
  started="$started $name"
done
wait
for name in $started; do
  cat "$base/$name/messages"
  read -r p f <"$base/$name/count" || { echo "FAIL $name: broke off"; f=1 p=0; }
  passed=$((passed + p)) failed=$((failed + f))
done

# x87 registers keep more digits than float has: refused. (clang has no such option on 64-bit x86.)
if command -v gcc >/dev/null 2>&1 && gcc -mfpmath=387 -E -x c /dev/null >/dev/null 2>&1; then
  refuse 'gcc -mfpmath=387' msse2 gcc -std=c99 -mfpmath=387 -I. -fsyntax-only $here/implementation.c
else echo 'skip x87: not an x86 gcc'; skipped=$((skipped + 1)); fi

attempt 'every function everywhere' sh $here/complete.sh

# The quickstart of the README compiles and prints what it says when pasted: its first C block, run through cc.
cc=${CC:-cc}
awk '/^```c$/ { on = 1; next } /^```$/ { if (on) exit } on' README.md >"$out/quickstart.c"
attempt "README quickstart" $cc -std=c99 -Wall -Wextra -Werror -I. "$out/quickstart.c" -o "$out/quickstart" -lm
awk '/^```text quickstart$/ { on = 1; next } /^```$/ { if (on) exit } on' README.md >"$out/quickstart.expected"
"$out/quickstart" >"$out/quickstart.txt" 2>&1
attempt "README quickstart output" cmp "$out/quickstart.txt" "$out/quickstart.expected"

echo "$passed passed, $failed failed, $skipped skipped"
[ $failed -eq 0 ] && [ $passed -gt 0 ]
