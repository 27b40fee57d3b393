#!/bin/sh
# SPDX-License-Identifier: MIT
# wp.sh FOLDER LOG KIND PROVERS SECONDS FUNCTIONS OPTIONS: one run of Frama-C on FOLDER/medsgd.h; LOG.log gets its messages and LOG.json
# its results. KIND is f32, f64, smoke, or mutant (float, stopped at the first goal that fails and is not named in the file
# FOLDER/../FUNCTIONS/open); FUNCTIONS are separated by commas, or
# "lemmas"; PROVERS is std for the usual ones, full for the usual ones with Why3's axioms of floats (share.sh),
# first for those that stop after a second; OPTIONS is '-' for none. SECONDS, for each goal and prover, are of processor time (why3/limit.sh).
folder=$1 log=$2 kind=$3 provers=$4 seconds=$5 functions=$6 options=$7
if [ "$provers" = full ]; then unset WHY3LOADPATH; provers=std; fi
case $provers in
  first) provers=z3first,cvc5first,cvc4first ;;
  std) provers=z3first,cvc5first,cvc4first,cvc5next,z3next,cvc4next,cvc5,z3,cvc4,z3nobv ;;
esac
OCAMLRUNPARAM=s=8M,o=200 # (Frama-C's garbage collector: a tenth less time)
export OCAMLRUNPARAM
flags='' select="-wp-fct $functions"
if [ "$kind" = f64 ]; then flags=-DMEDSGD_DOUBLE; fi
if [ "$kind" = smoke ]; then
  select="$select -wp-smoke-tests -wp-smoke-timeout 30
    -wp-prop=-@requires,-@assigns,-@ensures,-@exits,-@assert,-@check,-@invariant,-@variant,-@terminates,-@lemma,-@complete_behaviors,-@disjoint_behaviors"
fi
if [ "$functions" = lemmas ]; then select="-wp-prop=@lemma -wp-no-rte"; fi
if [ "$options" != - ]; then select="$select $options"; fi
# (-iquote, because Frama-C itself puts -I. first)
run() {
  exec frama-c -wp-share "${WHY3CONFIG%/*}/share/wp" -cpp-extra-args="-iquote $folder -Iproofs $flags" -warn-special-float none -wp -wp-rte -wp-no-pruning -wp-model Typed+float -wp-cache none \
    -wp-par 1 -wp-prover "$provers" -wp-timeout "$((10 * seconds))" $select -wp-report-json "$log.json" proofs/medsgd.c
}
run >"$log.log" 2>&1 &
process=$!
if [ "$kind" = mutant ]; then
  known=${folder%/*}/$functions/open alive=1
  while [ $alive = 1 ]; do
    sleep 1
    kill -0 $process 2>/dev/null || alive=0
    if sed -n 's/^\[wp\] \[[A-Z][a-z]*\] Goal \(typed_[A-Za-z0-9_]*\)$/\1/p' "$log.log" | grep -qvxFf "$known"; then
      if [ $alive = 1 ]; then kill $process; fi
      echo "stopped: a goal fails" >>"$log.log"
      alive=0
    fi
  done
fi
wait $process 2>/dev/null || grep -q '^stopped' "$log.log" || echo "frama-c failed" >>"$log.log"
# (Lemmas have no code that run-time errors could be looked for in.)
if [ "$functions" = lemmas ]; then grep -v 'Warning: Missing RTE guards' "$log.log" >"$log.tmp"; mv "$log.tmp" "$log.log"; fi
# (Of code without a branch and a contract without a precondition there is nothing that could be dead.)
if [ "$kind" = smoke ]; then grep -v 'Warning: No goal generated' "$log.log" >"$log.tmp"; mv "$log.tmp" "$log.log"; fi
