#!/bin/sh
# SPDX-License-Identifier: MIT
# run.sh BUILD_DIR: install into a scratch prefix, use the header from a separate folder in each way the documentation names, uninstall.
here=$PWD/tests/packaging
mkdir -p "$1" || exit 1
out=$(cd "$1" && pwd)
prefix=$out/prefix
passed=0 failed=0 skipped=0
check() { # NAME: the output of the program must be the version and the norm
  if [ "$(cat "$out/actual" 2>/dev/null)" = "$version 5" ]; then passed=$((passed + 1)); else failed=$((failed + 1)); echo "FAIL $1"; cat "$out/log"; fi
  rm -f "$out/actual"
}
rm -rf "$prefix" "$out/elsewhere" && mkdir -p "$out/elsewhere"
make -s install PREFIX="$prefix" >"$out/log" 2>&1 || { cat "$out/log"; exit 1; }
version=$(awk '/^#define MEDSGD_VERSION "/ { gsub(/"/, "", $3); print $3 }' medsgd.h)
cp "$here/use.c" "$here/CMakeLists.txt" "$out/elsewhere/"
cd "$out/elsewhere" || exit 1

${CC:-cc} -I"$prefix/include" use.c -o use -lm >"$out/log" 2>&1 && ./use >"$out/actual" 2>>"$out/log"; check 'cc -I'
mkdir copied && cp "$prefix/include/medsgd.h" use.c copied/ && (cd copied && ${CC:-cc} -I. use.c -o use -lm && ./use) >"$out/actual" 2>"$out/log"; check 'the header alone'
if command -v pkg-config >/dev/null 2>&1; then
  # shellcheck disable=SC2046
  PKG_CONFIG_PATH=$prefix/share/pkgconfig; export PKG_CONFIG_PATH
  ${CC:-cc} $(pkg-config --cflags medsgd) use.c -o use $(pkg-config --libs medsgd) >"$out/log" 2>&1 && ./use >"$out/actual"; check pkg-config
  if [ "$(pkg-config --modversion medsgd)" = "$version" ]; then passed=$((passed + 1)); else failed=$((failed + 1)); echo 'FAIL pkg-config: version'; fi
else echo 'skip pkg-config: not installed'; skipped=$((skipped + 1)); fi
if command -v cmake >/dev/null 2>&1; then
  { cmake -S . -B cmake -DCMAKE_PREFIX_PATH="$prefix" && cmake --build cmake; } >"$out/log" 2>&1 && ./cmake/use >"$out/actual"; check CMake
  # Another major version is another interface: refused.
  sed 's/medsgd 1.0/medsgd 2.0/' CMakeLists.txt >next && mv next CMakeLists.txt
  if cmake -S . -B cmake2 -DCMAKE_PREFIX_PATH="$prefix" >"$out/log" 2>&1; then failed=$((failed + 1)); echo 'FAIL CMake: version 2.0 found'; else passed=$((passed + 1)); fi
else echo 'skip CMake: not installed'; skipped=$((skipped + 1)); fi

cd "$here/../.." && make -s uninstall PREFIX="$prefix" >"$out/log" 2>&1
if [ -z "$(find "$prefix" -type f)" ]; then passed=$((passed + 1)); else failed=$((failed + 1)); echo 'FAIL uninstall leaves:'; find "$prefix" -type f; fi
make -s install DESTDIR="$out/stage" PREFIX=/usr >"$out/log" 2>&1
if [ -f "$out/stage/usr/include/medsgd.h" ] && grep -q '^prefix=/usr$' "$out/stage/usr/share/pkgconfig/medsgd.pc"; then passed=$((passed + 1)); else failed=$((failed + 1)); echo 'FAIL DESTDIR'; cat "$out/log"; fi
make -s uninstall DESTDIR="$out/stage" PREFIX=/usr >"$out/log" 2>&1
if [ -z "$(find "$out/stage" -type f)" ]; then passed=$((passed + 1)); else failed=$((failed + 1)); echo 'FAIL uninstall with DESTDIR leaves:'; find "$out/stage" -type f; fi
rm -rf "$out/stage"

echo "$passed passed, $failed failed, $skipped skipped"
[ $failed -eq 0 ] && [ $passed -gt 0 ]
