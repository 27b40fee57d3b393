#!/bin/sh
# SPDX-License-Identifier: MIT
# complete.sh: every public function of medsgd.h appears where all of them have to. Prints what is missing; fails if anything is.
functions=$(awk '/^MEDSGD_API/ && match($0, /medsgd_[a-z0-9_]+\(/) { print substr($0, RSTART, RLENGTH - 1) }' medsgd.h | sort -u)
[ "$(echo "$functions" | wc -l)" -ge 40 ] || { echo 'medsgd.h: the list of functions is not found'; exit 1; }
missing=0
# in_file FILE PREFIX SUFFIX [EXCEPT]: FILE has PREFIX, the function's name without medsgd_, and SUFFIX (regular expressions).
in_file() {
  for f in $functions; do
    case $f in $4) continue ;; esac
    grep -Eq -- "$2${f#medsgd_}$3" "$1" || { echo "$1 misses $f"; missing=1; }
  done
}
in_file tests/compile/api.h '= medsgd_' ';'
in_file tests/portability/threads.c 'medsgd_' '\('
in_file README.md '`' '`'
in_file docs/algorithms.md '`medsgd_' '`'
# The sizes of scratch memory may change from version to version; everything else has a digest in both precisions.
for precision in f32 f64; do in_file tests/kat/digests.txt '^' "(\\.[a-z]+)? +$precision " 'medsgd_*_work'; done
# The header defines no macro outside its own names.
if awk '/^ *# *define/ && !/# *define MEDSGD_/' medsgd.h | grep .; then echo 'medsgd.h defines foreign macros'; missing=1; fi
exit $missing
