# Speed. One core; compare by ratio, the absolute values are this machine's.
.PHONY: bench bench-scaling
BENCHFLAGS ?= -O3 -march=native

$(B)/bench: tests/bench/bench.c medsgd.h Makefile tests/bench/bench.mk
	@mkdir -p $(@D)
	$(CC) -std=c99 $(BENCHFLAGS) -DBENCH_FLAGS='"$(BENCHFLAGS)"' -I. $< -o $@ $(LDLIBS)

bench: $(B)/bench ## each kernel against this machine's bandwidth and the naive form (BENCHFLAGS="-O2", ARGS="--csv", "--quick", a name)
	$(B)/bench $(ARGS)

bench-scaling: $(B)/bench ## how the cost grows with the number of coordinates and of rows
	$(B)/bench --scaling $(ARGS)
