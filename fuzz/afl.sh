# SPDX-License-Identifier: MIT
# How AFL++ and the sanitizers run, for the scripts beside this one (read with `.`).
AFL_SKIP_CPUFREQ=1 AFL_NO_UI=1 AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES=1 AFL_NO_AFFINITY=1 AFL_FORKSRV_INIT_TMOUT=20000
ASAN_OPTIONS=abort_on_error=1:symbolize=0:detect_leaks=0:malloc_context_size=0:quarantine_size_mb=16
UBSAN_OPTIONS=abort_on_error=1:symbolize=0:halt_on_error=1
export AFL_SKIP_CPUFREQ AFL_NO_UI AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES AFL_NO_AFFINITY AFL_FORKSRV_INIT_TMOUT ASAN_OPTIONS UBSAN_OPTIONS
