# SPDX-License-Identifier: MIT
# Thin: each target says which script or preset does the work.
.PHONY: demo test test-full fuzz bench docs generate lint clean
SPECS := $(wildcard schema/*.yaml)

demo:            ## an old PromptForge database, adopted, migrated and queried
	@scripts/setup.sh
	@scripts/demo.sh

test:            ## everything a change must pass
	@scripts/setup.sh test
	@scripts/test.sh

test-full:       ## the same with the long sweeps, and again under the sanitizers
	@scripts/setup.sh test clang
	@FORGE_DB_FULL=1 scripts/test.sh dev asan tsan

fuzz:            ## looks for inputs that break a parser or a loader of YAML, ten minutes each
	@scripts/setup.sh clang
	@scripts/fuzz.sh

bench:           ## ForgeDB against the same work on the SQLite C API: time, instructions, compile cost
	@scripts/setup.sh
	@scripts/bench.sh

docs:            ## the tested regions of tests/docs/ into README.md and docs/, and the reference pages
	@scripts/docs.py

generate:        ## generated/ from schema/
	@scripts/setup.sh
	@codegen/forge generate $(SPECS)

lint:            ## clang-format, clang-tidy and ruff
	@scripts/setup.sh lint
	@scripts/lint.sh

clean:
	@rm -rf build build-*
