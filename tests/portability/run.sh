#!/bin/sh
# SPDX-License-Identifier: MIT
# run.sh BUILD_DIR: build the digests with every compiler, option and architecture that is installed, run them (foreign architectures under
# qemu-user), and compare each output with tests/kat/digests.txt. What is missing is named and skipped. Last line: the summary.
here=tests/portability
out=${1:-build/portability}
expected=tests/kat/digests.txt
mkdir -p "$out" || exit 1
passed=0 failed=0 skipped=0

ok() { passed=$((passed + 1)); printf 'ok    %s\n' "$1"; }
bad() { failed=$((failed + 1)); printf 'FAIL  %s\n' "$1"; [ -f "$2" ] && sed -n 1,10p "$2"; }
skip() { skipped=$((skipped + 1)); printf 'skip  %s\n' "$1"; }

# digest NAME RUNNER COMPILER FLAGS...: both precisions, at once and in chunks, against the known answers.
digest() {
  name=$1 runner=$2
  shift 2
  rm -f "$out/actual"
  for precision in '' -DMEDSGD_DOUBLE; do
    # shellcheck disable=SC2086 # runner and precision are words or nothing
    if ! "$@" $precision -I. $here/digests.c -o "$out/digests" -lm >"$out/log" 2>&1; then bad "$name: does not compile" "$out/log"; return; fi
    if ! $runner "$out/digests" >>"$out/actual" 2>"$out/log"; then bad "$name: does not run" "$out/log"; return; fi
    if ! $runner "$out/digests" chunks >>"$out/actual.chunks" 2>"$out/log"; then bad "$name: does not run" "$out/log"; return; fi
  done
  if ! cmp -s "$out/actual" "$out/actual.chunks"; then diff "$out/actual" "$out/actual.chunks" >"$out/log"; bad "$name: chunks differ" "$out/log"
  elif ! cmp -s "$out/actual" $expected; then diff "$out/actual" $expected >"$out/log"; bad "$name" "$out/log"
  else ok "$name"; fi
  rm -f "$out/actual.chunks"
}
have() { command -v "$1" >/dev/null 2>&1; }

for cc in gcc clang clang-19; do
  if ! have $cc; then skip "$cc: not installed"; continue; fi
  for options in -O0 -O2 -O3 '-O3 -march=native' -Os '-O2 -flto' '-O2 -std=gnu17 -march=native -ffp-contract=on'; do
    [ "$cc $options" = "clang -O2 -flto" ] && ! have ld.lld && ! [ -e /usr/lib/llvm-14/lib/LLVMgold.so ] && { skip "clang -O2 -flto: no linker plug-in"; continue; }
    # shellcheck disable=SC2086
    digest "$cc $options" '' $cc $options
  done
done
if have gcc; then digest 'gcc -O2 -std=gnu17 -march=native -ffp-contract=fast' '' gcc -O2 -std=gnu17 -march=native -ffp-contract=fast; fi
for cxx in g++ clang++ clang++-19; do
  if have $cxx; then digest "$cxx -std=c++11 -O2, as C++" '' $cxx -x c++ -std=c++11 -O2; else skip "$cxx: not installed"; fi
done

# Threads: any number of them gives the same digests.
if have gcc; then
  for precision in '' -DMEDSGD_DOUBLE; do
    gcc -O2 $precision -DDIGEST_THREADS -I. $here/digests.c -o "$out/threads" -lm -lpthread || failed=$((failed + 1))
    for n in 1 2 8; do
      "$out/threads" $n >"$out/actual"
      "$out/threads" >"$out/whole"
      if cmp -s "$out/actual" "$out/whole"; then ok "$n threads $precision"; else bad "$n threads $precision" ''; fi
    done
  done
fi

# 32-bit x86 needs SSE: with x87 registers the header refuses.
if have i686-linux-gnu-gcc; then
  digest 'i686 with SSE' qemu-i386 i686-linux-gnu-gcc -O2 -msse2 -mfpmath=sse -static
  if i686-linux-gnu-gcc -O2 -mno-sse -mfpmath=387 -I. -c tests/compile/implementation.c -o "$out/x87.o" 2>"$out/log"; then bad 'i686 with x87: compiled' ''
  elif grep -q 'msse2' "$out/log"; then ok 'i686 with x87 is refused'; else bad 'i686 with x87: wrong message' "$out/log"; fi
else skip 'i686: i686-linux-gnu-gcc is not installed'; fi

while read -r arch compiler emulator flags; do
  if ! have $compiler; then skip "$arch: $compiler is not installed"; continue; fi
  if ! have $emulator; then skip "$arch: $emulator is not installed"; continue; fi
  # shellcheck disable=SC2086
  digest "$arch" $emulator $compiler -O2 -static $flags
done <<'LIST'
aarch64 aarch64-linux-gnu-gcc qemu-aarch64
arm-hard-float arm-linux-gnueabihf-gcc qemu-arm
riscv64 riscv64-linux-gnu-gcc qemu-riscv64
ppc64le powerpc64le-linux-gnu-gcc qemu-ppc64le
mips64el mips64el-linux-gnuabi64-gcc qemu-mips64el
s390x-big-endian s390x-linux-gnu-gcc qemu-s390x
ppc64-big-endian powerpc64-linux-gnu-gcc qemu-ppc64
LIST

if have x86_64-w64-mingw32-gcc; then
  if x86_64-w64-mingw32-gcc -O2 -I. $here/digests.c -o "$out/digests.exe" -lm 2>"$out/log"; then ok 'Windows: compiles and links'; else bad 'Windows' "$out/log"; fi
else skip 'Windows: x86_64-w64-mingw32-gcc is not installed'; fi

echo "$passed passed, $failed failed, $skipped skipped"
[ $failed -eq 0 ] && [ $passed -gt 0 ]
