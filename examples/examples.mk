# Examples: one folder each, the program named after its folder. `demo` has its own target.
.PHONY: examples examples-quick examples-planted figures
EXAMPLES = $(filter-out demo,$(patsubst examples/%/,%,$(dir $(foreach n,$(notdir $(wildcard examples/*)),$(wildcard examples/$(n)/$(n).c)))))

examples: $(addprefix $(B)/examples/,$(EXAMPLES)) ## run every example (ARGS="--data DIR" for MNIST files); each checks its paper's finding
	@for e in $(EXAMPLES); do echo "==== $$e"; $(B)/examples/$$e --out $(B)/$$e.svg $(ARGS) || exit 1; done
	@echo '==== mpi' && sh examples/mpi/run.sh $(B)/examples

examples-quick: ## the same at sizes that take seconds
	@$(MAKE) -s examples ARGS="--quick $(ARGS)"

figures: $(addprefix $(B)/examples/,demo $(EXAMPLES)) ## draw every figure into docs/figures
	@mkdir -p docs/figures
	@for e in demo $(filter-out parameter_server,$(EXAMPLES)); do $(B)/examples/$$e --out docs/figures/$$e.svg $(ARGS) || exit 1; done

examples-planted: ## take away what makes a finding true, one after the other: the example has to miss it
	@sh examples/planted.sh $(B)/planted
