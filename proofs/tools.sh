#!/bin/sh
# SPDX-License-Identifier: MIT
# tools.sh [1]: is everything here that the proofs need? With 1, install what Debian 12 has of it.
packages='frama-c-base why3 z3 cvc4 cvc5 gappa'
if [ "${1:-}" = 1 ]; then apt-get install -y --no-install-recommends $packages || exit 1; fi
missing=0
for tool in frama-c why3 z3 cvc4 cvc5 gappa; do
  if command -v $tool >/dev/null 2>&1; then echo "$tool: $(command -v $tool)"; else echo "$tool: missing"; missing=1; fi
done
version=$(frama-c -version 2>/dev/null)
case $version in 25.*) ;; '') ;; *) echo "frama-c is version $version; the proofs were made with 25.0" ;; esac
if [ $missing -ne 0 ]; then echo "install them on Debian 12 with: apt-get install $packages"; fi
exit $missing
