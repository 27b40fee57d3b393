# Proofs with Frama-C. Everything that is assumed is listed in proofs/SOUNDNESS.md.
.PHONY: verify verify-mutants verify-values verify-tools

verify: ## prove the contracts of medsgd.h in both precisions (needs Frama-C; ARGS="functions" for some)
	@sh proofs/verify.sh medsgd.h $(B)/proofs $(ARGS)

verify-mutants: ## plant known mistakes in copies of the header: each must break a proof (ARGS="functions" for some)
	@sh proofs/mutants.sh medsgd.h $(B)/mutants $(ARGS)

verify-tools: ## say which proof tools are installed and how to install them (INSTALL=1 installs them with apt-get)
	@sh proofs/tools.sh $(INSTALL)

verify-values: ## whole functions at fixed sizes, for whatever the arrays hold, by value analysis (needs Frama-C; ARGS="cases" for some)
	@sh proofs/values.sh medsgd.h $(B)/values $(ARGS)
