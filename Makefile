# The portal's commands; `make help` explains them.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
SOURCE ?=
# What asks the database for more than rows by their key is tried on both databases.
ON_POSTGRESQL := tests/integration/content tests/integration/search/synonyms tests/integration/search/watch \
	tests/integration/search/test_api_agrees.py tests/integration/search/elastic/test_life_cycle.py $(addprefix tests/integration/portal/test_, admin_desk.py \
	api_standards.py browse.py changed_pages.py detail.py downloads.py metrics.py pages.py search_page.py)
# The portal and its tests are many processes; compiling the same modules in each would double their start.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help
help: ## Show the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-9s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# uv makes the environment; it is itself installed from the very pin and hashes that requirements.txt holds.
$(VENV)/bin/uv: requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; name it with PYTHON=…"; exit 1; }
	@$(PYTHON) -m venv --clear $(VENV) || { echo "On Debian and Ubuntu: apt-get install python3-venv"; exit 1; }
	@awk '/^uv==/{on=1} on{print} on&&!/\\$$/{exit}' requirements.txt > $(VENV)/uv.txt
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r $(VENV)/uv.txt
	@touch $@

$(VENV)/.run: requirements.txt $(VENV)/bin/uv
	@echo "Installing the libraries …"
	@$(VENV)/bin/uv pip install --quiet --compile-bytecode --python $(PY) --require-hashes --no-deps -r requirements.txt
	@touch $@

$(VENV)/.dev: tests/requirements.txt $(VENV)/.run
	@echo "Installing the tools for tests …"
	@$(VENV)/bin/uv pip install --quiet --compile-bytecode --python $(PY) --require-hashes --no-deps -r tests/requirements.txt
	@touch $@

.PHONY: run
run: $(VENV)/.run ## Set up and run the portal on PORT (8000)
	@exec $(PY) manage.py run

.PHONY: test
test: lint servers ## Run all checks and tests
	# The longest first, so that no process waits for the other in the end.
	$(PY) -m pytest tests/relevance tests/integration/celery tests/integration/portal tests --ignore=tests/browser \
		-n 2 --dist loadfile --no-loadscope-reorder
	$(PY) -m pytest -p tests.on_postgresql $(ON_POSTGRESQL) -n 2 --dist loadfile
	$(PY) -m pytest tests/browser

.PHONY: lint
lint: $(VENV)/.dev ## Check style, types, import directions and migrations
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy portal content search crawlers tests
	$(VENV)/bin/lint-imports
	$(PY) manage.py makemigrations --check --dry-run

.PHONY: format
format: $(VENV)/.dev ## Put the code into its standard form
	$(VENV)/bin/ruff check --fix .
	$(VENV)/bin/ruff format .

.PHONY: bench
bench: $(VENV)/.dev servers ## Measure ingest, search and PDF reading against the bare libraries
	$(PY) -m tests.benchmarks

.PHONY: services
services: $(VENV)/.run ## Run PostgreSQL, Redis and Elasticsearch, and print how the portal is told of them
	@$(PY) -m tests.services.debian postgresql redis-server maven
	@exec $(PY) -m tests.services

.PHONY: crawl
crawl: $(VENV)/.run ## Crawl one source: make crawl SOURCE=iso (live), ARGS=--recorded for the bundle
	@test -n "$(SOURCE)" || { $(PY) manage.py sources; echo "Name one: make crawl SOURCE=…"; exit 1; }
	$(PY) manage.py crawl $(SOURCE) $(ARGS)

.PHONY: shell
shell: $(VENV)/.run ## Open a Python shell with the portal loaded
	@$(PY) manage.py shell

.PHONY: lock
lock: $(VENV)/bin/uv ## Renew the pinned requirements from pyproject.toml
	$(VENV)/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--no-emit-find-links --custom-compile-command "make lock" pyproject.toml -o requirements.txt
	$(VENV)/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--no-emit-find-links --custom-compile-command "make lock" pyproject.toml --group dev -c requirements.txt \
		-o tests/requirements.txt

# Tests use real servers and a real browser: Debian's packages, installed if we are root, and Elasticsearch.
.PHONY: servers
servers: $(VENV)/.dev
	@$(PY) -m tests.services.debian
	@$(PY) -m tests.services fetch
