#!/bin/sh
# SPDX-License-Identifier: MIT
# share.sh FOLDER: WP's own files with its theory of casts between float and double mended, as FOLDER. In Frama-C 25 a cast goes by way
# of the real numbers, and what comes back from there is never NaN: `double widen(float x) { return x; }` "is never NaN" for every x.
# That follows from four statements about every real number beyond the floats. Here they are made of finite doubles only, so that the
# real a NaN became is none of their business; from finite floats no double can overflow, so that the two about doubles go. Nothing is
# added: what is proved with this theory is proved with WP's. proofs/casts.c has false statements, which verify.sh has to find unprovable.
rm -rf "$1" && cp -r "$(frama-c -print-share-path)/wp" "$1" || exit 1
theory=$1/why3/frama_c_wp/cfloat.mlw
before=$(grep -c '_infinity: forall x\. ' "$theory")
sed -i -e '/to_f64_\(minus\|plus\)_infinity: forall x\. /d' \
  -e '/to_f32_\(minus\|plus\)_infinity: forall x\. /{ s/forall x\. x /forall x:f64. is_finite_f64 x -> of_f64 x /; s/(to_f32 x)/(to_f32 (of_f64 x))/; }' "$theory"
if [ "$before" -ne 4 ] || [ "$(grep -c '_infinity: forall x:f64\. is_finite_f64 x -> of_f64 x .* (to_f32 (of_f64 x))$' "$theory")" -ne 2 ]; then
  echo "this Frama-C has another theory of casts than Frama-C 25" >&2
  exit 1
fi
