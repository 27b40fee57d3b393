#!/bin/sh
# SPDX-License-Identifier: MIT
# object.sh BUILD_DIR: what the compiled header consists of: no writable data, no calls but the listed ones, no static constructors;
# and that it builds for a Cortex-M without heap or operating system, with its code size per function.
out=${1:-build/object}
mkdir -p "$out" || exit 1
passed=0 failed=0 skipped=0
allowed=' sqrt sqrtf memcpy memset memmove '  # compilers may turn loops into the mem functions; -ffreestanding environments provide them

for cc in gcc clang clang-19; do
  if ! command -v $cc >/dev/null 2>&1; then echo "skip $cc: not installed"; skipped=$((skipped + 1)); continue; fi
  for precision in '' -DMEDSGD_DOUBLE; do
    # shellcheck disable=SC2086
    $cc -std=c99 -O2 $precision -I. -c tests/compile/implementation.c -o "$out/medsgd.o" || exit 1
    nm "$out/medsgd.o" >"$out/symbols"
    writable=$(awk '$2 ~ /^[dDbBcC]$/ { print $3 }' "$out/symbols")
    calls=$(awk -v allowed="$allowed" '$1 == "U" && !index(allowed, " " $2 " ") { print $2 }' "$out/symbols")
    foreign=$(awk '$2 == "T" && $3 !~ /^medsgd_/ { print $3 }' "$out/symbols")
    if [ -z "$writable$calls$foreign" ]; then passed=$((passed + 1)); else
      failed=$((failed + 1)); echo "FAIL $cc $precision: writable: $writable; calls: $calls; exported: $foreign"; fi
  done
done

if command -v arm-none-eabi-gcc >/dev/null 2>&1; then
  # 32-bit size_t, single-precision hardware, double in software, no operating system: bare.c calls a vote and a median step.
  if arm-none-eabi-gcc -std=c99 -Os -mcpu=cortex-m4 -mthumb -mfloat-abi=hard -mfpu=fpv4-sp-d16 -ffunction-sections -Wl,--gc-sections --specs=nosys.specs \
       -Wall -Wextra -Wpedantic -Wconversion -Werror -I. tests/portability/bare.c -o "$out/bare.elf" -lm >"$out/log" 2>&1 &&
     arm-none-eabi-gcc -std=c99 -Os -mcpu=cortex-m4 -mthumb -mfloat-abi=hard -mfpu=fpv4-sp-d16 -I. -c tests/compile/implementation.c -o "$out/bare.o"; then
    if arm-none-eabi-nm "$out/bare.elf" | grep -qE ' [tT] _?(malloc|_malloc_r|sbrk|_sbrk)$'; then failed=$((failed + 1)); echo 'FAIL Cortex-M: the heap is linked'; else passed=$((passed + 1)); fi
    echo 'Cortex-M4, -Os: bytes of code per function'
    arm-none-eabi-nm -S --size-sort "$out/bare.o" | awk '$3 ~ /^[tT]$/ { printf "  %6d %s\n", hex($2), $4 }
      function hex(s, i, n) { n = 0; for (i = 1; i <= length(s); i++) n = n * 16 + index("0123456789abcdef", tolower(substr(s, i, 1))) - 1; return n }'
    arm-none-eabi-size "$out/bare.elf"
  else failed=$((failed + 1)); echo 'FAIL Cortex-M'; cat "$out/log"; fi
else echo 'skip Cortex-M: arm-none-eabi-gcc is not installed'; skipped=$((skipped + 1)); fi

if ${CC:-cc} -std=gnu11 -O1 -g -fsanitize=thread -I. tests/portability/threads.c -o "$out/threads" -lm -lpthread >"$out/log" 2>&1; then
  if "$out/threads" >"$out/log" 2>&1; then passed=$((passed + 1)); else failed=$((failed + 1)); echo 'FAIL ThreadSanitizer'; head -40 "$out/log"; fi
else echo 'skip ThreadSanitizer: the compiler has none'; skipped=$((skipped + 1)); fi

echo "$passed passed, $failed failed, $skipped skipped"
[ $failed -eq 0 ] && [ $passed -gt 0 ]
