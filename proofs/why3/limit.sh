#!/bin/sh
# SPDX-License-Identifier: MIT
# limit.sh T COMMAND...: run a prover for at most T/10 seconds of processor time. WP itself stops it after T seconds by the clock, which
# would lose goals on a busy machine.
ulimit -t $((($1 + 9) / 10))
shift
exec "$@"
