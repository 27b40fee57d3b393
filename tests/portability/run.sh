#!/bin/sh
# SPDX-License-Identifier: MIT
# run.sh BUILD_DIR [WORD]: build the digests with every compiler, option and architecture that is installed, run them (foreign architectures
# under qemu-user), and compare each output with tests/kat/digests.txt; with WORD only those whose name contains it. What is missing is
# named and skipped. As many jobs at once as there are processors. Last line: the summary.
here=tests/portability
out=${1:-build/portability}
word=$2
rm -rf "$out" && mkdir -p "$out" || exit 1
for precision in f32 f64; do grep " $precision " tests/kat/digests.txt >"$out/known.$precision" || exit 1; done

jobs=0 skipped=0
# job NAME KIND COMPILER...: KIND is `digests [EMULATOR]`, `threads` or `links`. Without its programs the job is skipped.
job() {
  case $1 in *"$word"*) ;; *) return ;; esac
  name=$1 kind=$2
  shift 2
  for program in "${kind#* }" "$1"; do
    case $program in digests | threads | links) continue ;; esac
    if ! command -v "$program" >/dev/null 2>&1; then printf 'skip  %s: %s is not installed\n' "$name" "$program"; skipped=$((skipped + 1)); return; fi
  done
  jobs=$((jobs + 1))
  printf '%s\n' "$name" "$kind" "$*" >"$out/$(printf %03d $jobs).job"
}

# The longest first, so that the last processor does not wait for long.
for cc in clang gcc; do
  for options in '-O3 -march=native' -O3 -O2 -Os '-O2 -flto' -O0; do
    # clang's link-time optimisation needs a linker that understands it.
    if [ "$cc $options" = 'clang -O2 -flto' ]; then command -v ld.lld >/dev/null 2>&1 && options='-O2 -flto -fuse-ld=lld' || continue; fi
    job "$cc $options" digests $cc $options
  done
done
job 'gcc -O2 -march=native -ffp-contract=fast' digests gcc -O2 -march=native -ffp-contract=fast
job 'gcc -O2 -fshort-enums' digests gcc -O2 -fshort-enums
job 'clang 19 -O3 -march=native' digests clang-19 -O3 -march=native
job 'clang 19 -O2' digests clang-19 -O2
for cc in gcc clang-19; do job "$cc -O2, multiversion" digests $cc -O2 -DMEDSGD_MULTIVERSION; done
job 'C++11 by g++' digests g++ -x c++ -std=c++11 -O2
job 'C++11 by clang++' digests clang++ -x c++ -std=c++11 -O2
job 'C++20 by clang++ 19' digests clang++-19 -x c++ -std=c++20 -O2
job '1, 2 and 8 threads' threads gcc -O2 -DDIGEST_THREADS -pthread
job 's390x (big-endian)' 'digests qemu-s390x' s390x-linux-gnu-gcc -O2 -static
job 'ppc64 (big-endian)' 'digests qemu-ppc64' powerpc64-linux-gnu-gcc -O2 -static
job 'mips64el' 'digests qemu-mips64el' mips64el-linux-gnuabi64-gcc -O2 -static
job 'arm (hard float)' 'digests qemu-arm' arm-linux-gnueabihf-gcc -O2 -static
job 'i686 (SSE)' 'digests qemu-i386' i686-linux-gnu-gcc -O2 -msse2 -mfpmath=sse -static
job 'ppc64le' 'digests qemu-ppc64le' powerpc64le-linux-gnu-gcc -O2 -static
job 'riscv64' 'digests qemu-riscv64' riscv64-linux-gnu-gcc -O2 -static
job 'aarch64' 'digests qemu-aarch64' aarch64-linux-gnu-gcc -O2 -static
if command -v wine >/dev/null 2>&1; then job 'Windows (mingw-w64, under wine)' 'digests wine' x86_64-w64-mingw32-gcc -O2 -static
else job 'Windows (mingw-w64, linked only)' links x86_64-w64-mingw32-gcc -O2; fi

if [ $jobs -gt 0 ]; then
  # shellcheck disable=SC2012 # the names are numbers
  ls "$out"/*.job | xargs -P "$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2)" -n 1 sh $here/job.sh
fi
passed=$(cat "$out"/*.result 2>/dev/null | grep -c '^ok$')
echo "$passed passed, $((jobs - passed)) failed, $skipped skipped"
[ "$passed" -eq $jobs ] && [ $jobs -gt 0 ]
