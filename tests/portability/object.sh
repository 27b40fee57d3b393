#!/bin/sh
# SPDX-License-Identifier: MIT
# object.sh BUILD_DIR: what the compiled header consists of: no writable data, no calls but those that docs/api-conventions.md lists, no large
# stack frames, no names of its own but medsgd_*; every function in eight threads under ThreadSanitizer; and the whole header linked for a Cortex-M without
# operating system and heap, with the code size and the stack frame of each function.
out=${1:-build/object}
mkdir -p "$out" || exit 1
passed=0 failed=0 skipped=0
skip() { echo "skip $*"; skipped=$((skipped + 1)); }

# What the documentation promises: the names in backquotes of its line.
allowed=$(awk -F '`' '/^The compiled functions call nothing but/ { for (i = 2; i <= NF; i += 2) printf " %s", $i; print " " }' docs/api-conventions.md)
[ -n "$allowed" ] || { echo 'docs/api-conventions.md: the list of calls is not found'; exit 1; }

frame=40000 # bytes, the documentation's promise too

for cc in gcc clang clang-19; do
  command -v $cc >/dev/null 2>&1 || { skip "$cc: not installed"; continue; }
  for options in -O0 -O2 '-O2 -DMEDSGD_DOUBLE'; do
    # shellcheck disable=SC2086 # options are words
    $cc -std=c99 $options -fstack-usage -I. -c tests/compile/implementation.c -o "$out/medsgd.o" && nm "$out/medsgd.o" >"$out/symbols" || exit 1
    writable=$(awk 'NF == 3 && $2 ~ /^[dDbBcCgGsSvVwW]$/ { print $3 }' "$out/symbols")
    calls=$(awk -v allowed="$allowed" 'NF == 2 && $1 == "U" && !index(allowed, " " $2 " ") { print $2 }' "$out/symbols")
    foreign=$(awk 'NF == 3 && $2 ~ /^[A-Z]$/ && $3 !~ /^medsgd_[a-z]/ { print $3 }' "$out/symbols")
    functions=$(awk 'NF == 3 && $2 == "T"' "$out/symbols" | wc -l)
    frames=$(awk -F '\t' -v most=$frame '$2 > most { print $1, $2 }' "$out/medsgd.su")
    if [ -z "$writable$calls$foreign$frames" ] && [ "$functions" -ge 40 ]; then passed=$((passed + 1)); else
      failed=$((failed + 1)); echo "FAIL $cc $options: $functions functions; writable:" $writable "; calls:" $calls "; exported:" $foreign "; frames:" $frames; fi
  done
done

for precision in '' -DMEDSGD_DOUBLE; do
  # shellcheck disable=SC2086
  if ${CC:-cc} -std=gnu11 -O1 -g -fsanitize=thread $precision -I. tests/portability/threads.c -o "$out/threads" -lm -lpthread >"$out/log" 2>&1; then
    if "$out/threads" >"$out/log" 2>&1; then passed=$((passed + 1)); else failed=$((failed + 1)); echo "FAIL ThreadSanitizer $precision"; head -40 "$out/log"; fi
  else skip 'ThreadSanitizer: the compiler has none'; fi
done

if command -v arm-none-eabi-gcc >/dev/null 2>&1; then
  # 32-bit size_t, float in hardware, double in software. Without --gc-sections the whole header has to link, not only what bare.c calls.
  arm='-std=c99 -Os -mcpu=cortex-m4 -mthumb -mfloat-abi=hard -mfpu=fpv4-sp-d16 -Wall -Wextra -Wpedantic -Wconversion -Werror -I.'
  # shellcheck disable=SC2086
  if arm-none-eabi-gcc $arm -fstack-usage -c tests/compile/implementation.c -o "$out/arm.o" >"$out/log" 2>&1 &&
     arm-none-eabi-gcc $arm --specs=nosys.specs tests/portability/bare.c "$out/arm.o" -o "$out/bare.elf" -lm >"$out/log" 2>&1; then
    if arm-none-eabi-nm "$out/bare.elf" | grep -E ' [tTwW] _*(malloc|malloc_r|calloc|realloc|sbrk)$'; then failed=$((failed + 1)); echo 'FAIL Cortex-M: the heap is linked'; else passed=$((passed + 1)); fi
    echo 'Cortex-M4, -Os: bytes of code, and of stack in its own frame, per function'
    { cat "$out"/arm.su; arm-none-eabi-nm -S --size-sort "$out/arm.o"; } | awk '
      function hex(s, i, n) { n = 0; for (i = 1; i <= length(s); i++) n = n * 16 + index("0123456789abcdef", tolower(substr(s, i, 1))) - 1; return n }
      /\.h:[0-9]+:[0-9]+:/ { split($1, part, ":"); frame[part[4]] = $2; next }
      NF == 4 && $3 ~ /^[tT]$/ { name = $4; sub(/\..*/, "", name); printf "  %6d %6d  %s\n", hex($2), frame[name], $4; code += hex($2) }
      END { printf "  %6d         in all\n", code }'
  else failed=$((failed + 1)); echo 'FAIL Cortex-M'; head -40 "$out/log"; fi
else skip 'Cortex-M: arm-none-eabi-gcc is not installed'; fi

echo "$passed passed, $failed failed, $skipped skipped"
[ $failed -eq 0 ] && [ $passed -gt 0 ]
