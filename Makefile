# A newcomer needs two commands: make run, make test. Everything else: make help.

PYTHONS := python3 python3.13 python3.12 python3.11 python3.14
UV := $(shell command -v uv 2>/dev/null)
CORPORA ?= ../shared/corpora
WORKERS ?= auto
ARGS ?=

ifneq ($(UV),)
export UV_PYTHON_DOWNLOADS := never
export UV_SYSTEM_CERTS := 1
export UV_NATIVE_TLS := 1
INSTALL := uv pip install --quiet --python .venv/bin/python
else
export PIP_DISABLE_PIP_VERSION_CHECK := 1
INSTALL := .venv/bin/python -m pip install --quiet
endif

# A company's own folder, database and key never reach the tests.
PYTEST := env -u PAWFILE_DATA -u SECRET_KEY .venv/bin/python -m pytest -n $(WORKERS) --dist worksteal
SQLITE := env -u DATABASE_URL
POSTGRES := .venv/bin/python -m tests.postgres
DJANGO := env -u PAWFILE_DATA -u SECRET_KEY -u DATABASE_URL \
	DJANGO_SETTINGS_MODULE=pawfile.settings_test .venv/bin/python -m django

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.SUFFIXES:
MAKEFLAGS += --no-builtin-rules --no-print-directory

.PHONY: help
help: ## This list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# --- what people do

.PHONY: run
run: .venv/.core ## Install, make the database and the demo company, serve (PORT, PAWFILE_DATA, DATABASE_URL)
	@.venv/bin/pawfile serve --demo

.PHONY: test
test: .venv/.test .venv/.npm ## Every test, on SQLite and on PostgreSQL (ARGS="-k name")
	@echo "Tests on SQLite"; $(SQLITE) $(PYTEST) $(ARGS) && sqlite=passed || sqlite=FAILED; \
	echo "Tests on PostgreSQL"; $(POSTGRES) $(PYTEST) $(ARGS) && postgres=passed || postgres=FAILED; \
	echo "SQLite: $$sqlite. PostgreSQL: $$postgres."; \
	[ "$$sqlite$$postgres" = passedpassed ]

.PHONY: test-quick
test-quick: .venv/.test .venv/.npm ## Tests without a browser, on SQLite only
	@$(SQLITE) $(PYTEST) -m "not browser and not corpora" $(ARGS)

.PHONY: corpora
corpora: .venv/.test ## Sweep real files from a folder (CORPORA=../shared/corpora)
	@[ -d "$(CORPORA)" ] || { echo "No folder $(CORPORA). Say where the files are: make corpora CORPORA=/some/folder"; exit 1; }
	@CORPORA="$(CORPORA)" $(SQLITE) $(PYTEST) -m corpora $(ARGS)

.PHONY: bench
bench: .venv/.test ## Measure speed on both databases
	@env -u PAWFILE_DATA -u SECRET_KEY .venv/bin/python -m bench $(ARGS)

# --- what must hold before a commit

.PHONY: check check-format check-lint check-imports check-templates check-security check-types check-migrations check-system
check: check-format check-lint check-imports check-templates check-security check-types check-migrations check-system ## Format, lint, types, import contracts, migrations, system check, templates, bandit
	@echo "All checks passed."

check-format: .venv/.dev
	@.venv/bin/ruff format --quiet --diff .
check-lint: .venv/.dev
	@.venv/bin/ruff check --quiet .
check-imports: .venv/.dev
	@.venv/bin/lint-imports --no-logo
check-templates: .venv/.dev
	@.venv/bin/djlint pawfile/templates --lint --quiet
check-security: .venv/.dev
	@.venv/bin/bandit --quiet --configfile pyproject.toml --recursive pawfile
check-types: .venv/.dev
	@.venv/bin/mypy
check-migrations: .venv/.dev
	@$(DJANGO) makemigrations --check --dry-run
check-system: .venv/.dev
	@$(DJANGO) check --fail-level WARNING

.PHONY: format
format: .venv/.dev ## Format the code and mend what can be mended by itself
	@.venv/bin/ruff check --quiet --fix-only .
	@.venv/bin/ruff format .

.PHONY: audit
audit: .venv/.dev ## Known vulnerabilities and licences of the dependencies (asks the network)
	@.venv/bin/pip-licenses --packages $$(sed -n 's/^\([A-Za-z0-9_.-]*\)==.*/\1/p' requirements/core.txt)
	@.venv/bin/pip-audit --strict --disable-pip --require-hashes --progress-spinner off -r requirements/dev.txt

# --- dependencies

LOCK := --quiet --universal --python-version 3.11 --only-binary :all: --generate-hashes \
	--no-emit-index-url --no-emit-find-links $(UPGRADE)

.PHONY: lock
lock: .venv/.place ## Compile requirements/*.txt from pyproject.toml (UPGRADE=--upgrade)
	@uv=$$(command -v uv || ls .venv/bin/uv) || { echo "make lock needs uv; 'make check' once installs it."; exit 1; }; \
	set -e; export UV_CUSTOM_COMPILE_COMMAND="make lock"; compile="$$uv pip compile $(LOCK)"; \
	.venv/bin/python -c "import tomllib; print(*tomllib.load(open('pyproject.toml', 'rb'))['build-system']['requires'], sep='\n')" \
		| $$compile - --output-file requirements/build.txt; \
	$$compile pyproject.toml --constraint requirements/build.txt --output-file requirements/core.txt; \
	$$compile pyproject.toml --constraint requirements/core.txt --extra test --output-file requirements/test.txt; \
	$$compile pyproject.toml --constraint requirements/test.txt --extra test --extra dev --output-file requirements/dev.txt

# .venv is made anew when the checkout moved (its scripts name their folder) or its installer is gone.
# Each lock leaves a stamp in it: an unchanged one costs nothing.
ifneq ($(shell cat .venv/.place 2>/dev/null),$(CURDIR))
.PHONY: .venv/.place
else ifeq ($(UV)$(wildcard .venv/bin/pip),)
.PHONY: .venv/.place
endif

SUPPORTED := import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 14))

.venv/.place:
	@if [ ! -e $@ ] && [ -n "$(UV)$(wildcard .venv/bin/pip)" ] && .venv/bin/python -c '$(SUPPORTED)' 2>/dev/null; \
	then echo "$(CURDIR)" > $@; exit; fi; \
	found=; for python in $(PYTHONS); do \
		if $$python -c '$(SUPPORTED)' 2>/dev/null; then found=$$python; break; fi; \
	done; \
	if [ -z "$$found" ]; then \
		echo "Pawfile needs Python 3.11 to 3.14; here python3 is: $$(python3 --version 2>&1 | tail -n 1)"; \
		echo "Debian, Ubuntu: sudo apt-get install python3 python3-venv    macOS: brew install python@3.13"; exit 1; fi; \
	if [ -z "$(UV)" ] && ! $$found -c 'import ensurepip, venv' 2>/dev/null; then \
		echo "Python's venv module is missing. Debian, Ubuntu: sudo apt-get install python3-venv"; exit 1; fi; \
	set -e; rm -rf .venv; echo "Making .venv with $$($$found --version)"; \
	if [ -n "$(UV)" ]; then uv venv --quiet --python "$$(command -v $$found)" .venv; \
	else $$found -m venv .venv; fi; \
	echo "$(CURDIR)" > $@

.venv/.core .venv/.test .venv/.dev: .venv/.%: requirements/%.txt requirements/build.txt .venv/.place
	@echo "Installing $< (about a minute the first time)"
	@$(INSTALL) --require-hashes --only-binary :all: -r requirements/build.txt -r $<
	@PYTHONWARNINGS=ignore $(INSTALL) --no-deps --no-index --no-build-isolation --editable .
	@touch $@

# A calendar client that exists for JavaScript only. npm comes from a wheel of the tests' lock.
.venv/.npm: requirements/package.json requirements/package-lock.json .venv/.test
	@mkdir -p .venv/npm; cp requirements/package.json requirements/package-lock.json .venv/npm/
	@NODE_USE_SYSTEM_CA=1 .venv/bin/npm ci --prefix .venv/npm --ignore-scripts --no-audit --no-fund --loglevel error
	@touch $@

.PHONY: clean
clean: ## Remove .venv and caches; the company's data stays
	@rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis .cache test-results *.egg-info
	@find pawfile tests bench -name __pycache__ -type d -prune -exec rm -rf {} +
