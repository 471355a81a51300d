# What a person types. Each target works on a fresh machine with python3.11, git and make.
# PORT and BPF_DATA let several instances run side by side.

export PORT ?= 8000
export BPF_DATA ?= $(CURDIR)/var
export DJANGO_SETTINGS_MODULE ?= bpf_site.settings.dev

VENV ?= .venv
PYTHON = $(VENV)/bin/python
MANAGE = $(PYTHON) manage.py

.PHONY: help run test test-postgresql postgres elasticsearch lint bench clean

help:  ## list the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 20

$(VENV)/run-time: requirements.txt
	.ci/system-packages run
	python3.11 -m venv $(VENV) 2>/dev/null || python3 -m venv $(VENV)
	$(PYTHON) -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(VENV)/development: requirements-dev.txt requirements.txt $(VENV)/run-time
	$(PYTHON) -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@

$(VENV)/benchmarks: requirements-bench.txt $(VENV)/development
	$(PYTHON) -m pip install --quiet --disable-pip-version-check -r requirements-bench.txt
	@touch $@

run: $(VENV)/run-time  ## load the library of all years and serve it on PORT
	$(MANAGE) serve

test: $(VENV)/development  ## the whole suite
	.ci/system-packages test
	DJANGO_SETTINGS_MODULE=bpf_site.settings.test $(VENV)/bin/pytest -n auto --dist loadgroup -m "not load"
	DJANGO_SETTINGS_MODULE=bpf_site.settings.test $(VENV)/bin/pytest -q -m load

test-postgresql: $(VENV)/development  ## the rooms that lean on the database, on the PostgreSQL of DATABASE_URL
	DJANGO_SETTINGS_MODULE=bpf_site.settings.test $(VENV)/bin/pytest -q tests/editions/test_services.py \
		tests/editions/test_frozen.py tests/workflow/test_perform.py tests/workflow/test_matrix.py
	DJANGO_SETTINGS_MODULE=bpf_site.settings.test $(VENV)/bin/pytest -q tests/site/test_moving.py tests/load/test_two_hosts.py

postgres:  ## start a PostgreSQL for tests and for trying, and print its DATABASE_URL
	@tests/postgresql/start

elasticsearch:  ## start an Elasticsearch node for tests and for trying, and print its address
	@tests/elasticsearch/start

lint: $(VENV)/development  ## style, types, layers, templates
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy editions workflow consultation search pdf api bpf_pages site/bpf_site
	PYTHONPATH=.:site $(VENV)/bin/lint-imports
	$(VENV)/bin/djlint --lint templates

bench: $(VENV)/benchmarks  ## time the product beside its peers in one run (about half an hour)
	.ci/system-packages test
	@echo "== moves over HTTP beside a plain publication"
	BENCH_MOVES=1600 DJANGO_SETTINGS_MODULE=bpf_site.settings.test $(VENV)/bin/pytest -q -s -m load
	@echo "== alignment, campaigns and anchors of a consultation"
	PYTHONPATH=.:site $(PYTHON) -m tests.bench.consultation
	@echo "== search beside the raw engine and SQLite FTS5"
	$(MANAGE) bench_search
	@echo "== printing beside WeasyPrint and typst"
	PYTHONPATH=.:site $(PYTHON) -m tests.bench.pdf.run

clean:  ## remove what `make run` made (database, media, index)
	rm -rf $(BPF_DATA)
