# What the documentation says about the header, taken from the header and from proofs/goals.txt.
.PHONY: docs docs-lines test-docs

docs: ## write the counts of proved functions into README.md and docs/verification.md
	@sh tests/docs/docs.sh fill

docs-lines: ## print the papers' formulas with the function and the lines of medsgd.h (declaration, body)
	@sh tests/docs/docs.sh lines

test-docs: ## documented functions exist and are complete, no more is called proved than is, links and commands are right
	@sh tests/docs/docs.sh check
