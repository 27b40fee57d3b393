# Proofs with Frama-C. Everything that is assumed is listed in proofs/SOUNDNESS.md.
.PHONY: verify verify-tools verify-mutants

verify: ## prove the contracts of medsgd.h in both precisions (needs Frama-C; see verify-tools)
	@sh proofs/verify.sh medsgd.h $(B)/proofs $(ARGS)

verify-tools: ## say which proof tools are installed and how to install them (INSTALL=1 installs them with apt-get)
	@sh proofs/tools.sh $(INSTALL)
