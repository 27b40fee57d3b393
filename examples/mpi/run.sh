#!/bin/sh
# SPDX-License-Identifier: MIT
# run.sh BUILD_DIR: build the MPI example where mpicc exists, run it on 1, 2 and 4 ranks, and compare the digests. Skips with a word otherwise.
out=${1:-build/examples}
if ! command -v mpicc >/dev/null 2>&1 || ! command -v mpirun >/dev/null 2>&1; then echo 'mpi: skipped, no mpicc (Debian: apt-get install libopenmpi-dev openmpi-bin)'; exit 0; fi
mkdir -p "$out" && mpicc -std=c99 -O2 -I. -Iexamples/common examples/mpi/mpi_tally.c examples/common/rng.c -o "$out/mpi_tally" -lm || exit 1
OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1
export OMPI_ALLOW_RUN_AS_ROOT OMPI_ALLOW_RUN_AS_ROOT_CONFIRM
first=
for ranks in 1 2 4; do
  digest=$(mpirun --oversubscribe -n $ranks "$out/mpi_tally") || { echo "mpi: failed on $ranks ranks"; exit 1; }
  echo "mpi: $ranks ranks: $digest"
  [ -z "$first" ] && first=$digest
  [ "$digest" = "$first" ] || { echo 'mpi: the ranks disagree'; exit 1; }
done
