#!/bin/sh
# SPDX-License-Identifier: MIT
# wp.sh FOLDER LOG KIND PROVERS SECONDS FUNCTIONS OPTIONS: one run of Frama-C on FOLDER/medsgd.h; LOG.log gets its messages and LOG.json
# its results. KIND is f32, f64 or smoke; FUNCTIONS are separated by commas, or "lemmas"; OPTIONS is '-' for none.
folder=$1 log=$2 kind=$3 provers=$4 seconds=$5 functions=$6 options=$7
flags='' select="-wp-fct $functions"
if [ "$kind" = f64 ]; then flags=-DMEDSGD_DOUBLE; fi
if [ "$kind" = smoke ]; then
  select="$select -wp-smoke-tests -wp-smoke-timeout 3
    -wp-prop=-@requires,-@assigns,-@ensures,-@exits,-@assert,-@check,-@invariant,-@variant,-@terminates,-@lemma,-@complete_behaviors,-@disjoint_behaviors"
fi
if [ "$functions" = lemmas ]; then select=-wp-prop=@lemma; fi
if [ "$options" != - ]; then select="$select $options"; fi
frama-c -cpp-extra-args="-I$folder -Iproofs $flags" -warn-special-float none -wp -wp-rte -wp-model Typed+float -wp-cache none -wp-par 1 \
  -wp-prover "$provers" -wp-timeout "$seconds" $select -wp-report-json "$log.json" proofs/medsgd.c >"$log.log" 2>&1 || echo "frama-c failed" >>"$log.log"
