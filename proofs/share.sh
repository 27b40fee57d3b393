#!/bin/sh
# SPDX-License-Identifier: MIT
# share.sh FOLDER: WP's own files with its theory of casts between float and double mended, as FOLDER. In Frama-C 25 a cast goes by way
# of the real numbers, and what comes back from there is never NaN: `double widen(float x) { return x; }` "is never NaN" for every x.
# Here a real that a NaN may have become, cast_nan, is left out of the axioms that say so. The theory gets weaker only: what is proved
# with it is proved with WP's, too. proofs/casts.c has the false statements, which verify.sh has to find unprovable.
rm -rf "$1" && cp -r "$(frama-c -print-share-path)/wp" "$1" || exit 1
theory=$1/why3/frama_c_wp/cfloat.mlw
sed -i -e 's/^\(  axiom to_f\(32\|64\)_\(minus\|plus\)_infinity: forall x\.\)\(.*->.*\)$/\1 x <> cast_nan ->\4/' -e '/^  function to_f64 real : f64$/a\
\
  constant cast_nan : real\
  axiom cast_nan_32: forall f:f32. is_finite_f32(f) -> of_f32 f <> cast_nan\
  axiom cast_nan_64: forall f:f64. is_finite_f64(f) -> of_f64 f <> cast_nan' "$theory"
if [ "$(grep -c 'x <> cast_nan ->' "$theory")" -ne 4 ] || [ "$(grep -c '^  constant cast_nan' "$theory")" -ne 1 ]; then
  echo "this Frama-C has another theory of casts than Frama-C 25" >&2
  exit 1
fi
