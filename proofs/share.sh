#!/bin/sh
# SPDX-License-Identifier: MIT
# share.sh FOLDER: the theories that the proofs use, as FOLDER/wp (WP's own, mended) and FOLDER/why3 (Why3's own, made smaller).
rm -rf "$1" && mkdir -p "$1" && cp -r "$(frama-c -print-share-path)/wp" "$1/wp" && cp -r "$(why3 --print-datadir)/stdlib" "$1/why3" || exit 1

# Casts between float and double. In Frama-C 25 a cast goes by way of the real numbers, and what comes back from there is never NaN:
# `double widen(float x) { return x; }` "is never NaN" for every x. That follows from four statements about every real number beyond
# the floats. Here they are made of finite doubles only, so that the real a NaN became is none of their business; from finite floats no
# double can overflow, so that the two about doubles go. Nothing is added: what is proved with this theory is proved with WP's.
# proofs/casts.c has false statements, which verify.sh has to find unprovable.
theory=$1/wp/why3/frama_c_wp/cfloat.mlw
before=$(grep -c '_infinity: forall x\. ' "$theory")
sed -i -e '/to_f64_\(minus\|plus\)_infinity: forall x\. /d' \
  -e '/to_f32_\(minus\|plus\)_infinity: forall x\. /{ s/forall x\. x /forall x:f64. is_finite_f64 x -> of_f64 x /; s/(to_f32 x)/(to_f32 (of_f64 x))/; }' "$theory"
if [ "$before" -ne 4 ] || [ "$(grep -c '_infinity: forall x:f64\. is_finite_f64 x -> of_f64 x .* (to_f32 (of_f64 x))$' "$theory")" -ne 2 ]; then
  echo "this Frama-C has another theory of casts than Frama-C 25" >&2
  exit 1
fi

# Why3's axioms and lemmas of IEEE floats: none is added here, all are deleted. CVC5 and Z3, which know floats, are never given them, and to
# leave them out takes Why3 more than a tenth of a second for every goal and prover. This, too, only makes the theory weaker.
theory=$1/why3/ieee_float.mlw
awk '/^  (axiom|lemma) / { skip = 1; next }
  /^    goal [a-z_0-9]+,$/ { next }
  skip && /^ ? ?[^ ]/ && !/^  forall / { skip = 0 }
  !skip' "$theory" >"$theory.new" && mv "$theory.new" "$theory"
if ! WHY3LOADPATH=$1/why3 why3 prove "$theory" >/dev/null || grep -q '^ *\(axiom\|lemma\) [A-Za-z]' "$theory"; then
  echo "this Why3 has another theory of floats than Why3 1.5" >&2
  exit 1
fi
