# What a person types. Each target works on a fresh machine with python3.11, git and make.
# PORT and BPF_DATA let several instances run side by side.

export PORT ?= 8000
export BPF_DATA ?= $(CURDIR)/var
export DJANGO_SETTINGS_MODULE ?= bpf_site.settings.dev
# Containers of Python often set it: each of the hundred processes of a suite would then compile every module anew.
unexport PYTHONDONTWRITEBYTECODE

VENV ?= .venv
PYTHON = $(VENV)/bin/python
# One more than there are cores: while a test waits for a browser, a node or a process, another goes on.
WORKERS ?= $(shell expr $$(nproc) + 1)
MANAGE = $(PYTHON) manage.py

.PHONY: round-trips help run production-like test test-suite test-load test-postgresql migrated-template test-wagtail-8 postgres elasticsearch lint lock sbom rooms faults mutants bench bench-engines clean

help:  ## list the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 20

$(VENV)/run-time: requirements.txt
	.ci/system-packages run
	python3.11 -m venv $(VENV) 2>/dev/null || python3 -m venv $(VENV)
	$(PYTHON) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

$(VENV)/development: requirements-dev.txt requirements-s3.txt requirements-redis.txt requirements.txt $(VENV)/run-time
	$(PYTHON) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

$(VENV)/benchmarks: requirements-bench.txt $(VENV)/development
	$(PYTHON) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-bench.txt
	@touch $@

$(VENV)-tools/installed: requirements-tools.txt
	python3.11 -m venv $(VENV)-tools 2>/dev/null || python3 -m venv $(VENV)-tools
	$(VENV)-tools/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-tools.txt
	@touch $@

LOCK = $(VENV)-tools/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate \
	--no-emit-index-url --custom-compile-command "make lock"

lock: $(VENV)-tools/installed  ## write requirements*.txt, every package with its hashes, from what requirements*.in name
	@# The largest list first: what is in several has one version, or pip refuses to install them together.
	$(LOCK) --output-file requirements-dev.txt requirements-dev.in
	for list in requirements requirements-s3 requirements-redis requirements-bench; do \
		$(LOCK) --constraint requirements-dev.txt --output-file $$list.txt $$list.in || exit 1; done
	$(LOCK) --output-file requirements-tools.txt requirements-tools.in

sbom: $(VENV)/run-time $(VENV)-tools/installed  ## write a CycloneDX bill of materials of what runs into BPF_DATA
	@mkdir -p $(BPF_DATA)
	$(VENV)-tools/bin/cyclonedx-py requirements requirements.txt --output-format JSON --output-file $(BPF_DATA)/sbom.cdx.json
	@echo $(BPF_DATA)/sbom.cdx.json

run: $(VENV)/run-time  ## load the library of all years and serve it on PORT
	$(MANAGE) serve

production-like:  ## PostgreSQL, nginx with TLS, web, worker and clock on this machine, from nothing to https://localhost:8443
	BPF_DATA="$(BPF_DATA)/production" deploy/production-like

test: test-suite test-load  ## the whole suite

test-suite: $(VENV)/development
	.ci/system-packages test
	DJANGO_SETTINGS_MODULE=bpf_site.settings.test $(VENV)/bin/pytest -n $(WORKERS) --dist loadgroup -m "not load"

test-load: $(VENV)/development
	.ci/system-packages test
	@# One after the other: what one of them breaks or floods would be the next one's too.
	DJANGO_SETTINGS_MODULE=bpf_site.settings.test $(VENV)/bin/pytest -q -m load

test-postgresql: $(VENV)/development  ## every test that the kind of database could change, on the PostgreSQL of DATABASE_URL
	.ci/system-packages test
	DJANGO_SETTINGS_MODULE=bpf_site.settings.test $(VENV)/bin/pytest -n $(WORKERS) --dist loadgroup -m "database and not once and not load"

migrated-template: $(VENV)/development  ## the database on the PostgreSQL of DATABASE_URL that its tests begin with
	DJANGO_SETTINGS_MODULE=bpf_site.settings.test PYTHONPATH=.:site $(PYTHON) -c \
		"import django; django.setup(); from tests.migrated_database import migrated_template; print(migrated_template())"

test-wagtail-8: $(VENV)/development  ## the suite on the newest Wagtail 8.0, in an environment of its own
	.ci/system-packages test
	python3.11 -m venv $(VENV)-wagtail-8 2>/dev/null || python3 -m venv $(VENV)-wagtail-8
	$(VENV)-wagtail-8/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	$(VENV)-wagtail-8/bin/python -m pip install --quiet --disable-pip-version-check 'wagtail==8.0.*'
	DJANGO_SETTINGS_MODULE=bpf_site.settings.test $(VENV)-wagtail-8/bin/python manage.py check
	DJANGO_SETTINGS_MODULE=bpf_site.settings.test $(VENV)-wagtail-8/bin/python manage.py makemigrations --check --dry-run
	DJANGO_SETTINGS_MODULE=bpf_site.settings.test $(VENV)-wagtail-8/bin/pytest -n $(WORKERS) --dist loadgroup -m "not load"

postgres:  ## start a PostgreSQL for tests and for trying, and print its DATABASE_URL
	@tests/postgresql/start

elasticsearch:  ## start an Elasticsearch node for tests and for trying, and print its address
	@tests/elasticsearch/start

lint: $(VENV)/development  ## style, types, layers, templates
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy core gate mail files accounts editions formats workflow consultation search pdf api bpf_pages site/bpf_site
	PYTHONPATH=.:site $(VENV)/bin/lint-imports
	$(VENV)/bin/djlint --lint templates
	$(PYTHON) docs/draw_rooms.py --check

rooms: $(VENV)/run-time  ## draw the picture and the table of rooms from the import contracts
	$(PYTHON) docs/draw_rooms.py

faults: $(VENV)/development  ## 2,000 searches and 100 publications while nodes stop, start, hang and die
	.ci/system-packages test
	@# The tests start nodes of their own; the address only says that nodes are wanted.
	ELASTICSEARCH_URL=http://127.0.0.1:9 LOAD=full LOG_LEVEL=CRITICAL DJANGO_SETTINGS_MODULE=bpf_site.settings.test \
		$(VENV)/bin/pytest -s tests/search_parity/test_faults.py

mutants: $(VENV)/development $(VENV)-tools/installed  ## are the rules held by tests: a sample of small changes of the code, each tried with its room's cheap tests
	@# Hours; what is tried stays in BPF_DATA/mutants: interrupted, run it again and it goes on. MUTANTS="--help" lists what can be said.
	$(VENV)-tools/bin/python -m tests.mutation --python $(abspath $(VENV))/bin/python $(MUTANTS)

round-trips: $(VENV)/benchmarks  ## every property of the readers on all of its examples, 300 documents written by others and read back, 1,600 changes made in LibreOffice
	.ci/system-packages test
	@# LibreOffice is asked where it is installed (Debian's libreoffice-writer-nogui); its tests skip elsewhere.
	EXAMPLES=full ROUND_TRIPS=75 DJANGO_SETTINGS_MODULE=bpf_site.settings.test $(VENV)/bin/pytest -q -n auto tests/formats tests/editions \
		tests/consultation/word_comments

bench-engines: $(VENV)/benchmarks  ## 100,000 and 500,000 passages on both engines side by side (starts a node)
	.ci/system-packages test
	@# What is built stays in BPF_DATA/bench: interrupted, run it again and it goes on.
	@export ES_PORT=9260 ES_HEAP=1g ES_JAVA_OPTS=-XX:+TieredCompilation ES_DATA=$(BPF_DATA)/bench/node; url=$$(tests/elasticsearch/start) || exit 1; \
		ELASTICSEARCH_URL=$$url PYTHONPATH=.:site $(PYTHON) -m tests.bench.search engines --passages 100000 500000; \
		status=$$?; tests/elasticsearch/stop; exit $$status

bench: $(VENV)/benchmarks bench-engines  ## time the product beside its peers in one run (about two hours; SOAK=600 for a shorter soak)
	.ci/system-packages test
	@echo "== moves over HTTP beside a plain publication"
	BENCH_MOVES=1600 DJANGO_SETTINGS_MODULE=bpf_site.settings.test $(VENV)/bin/pytest -q -s -m load
	@echo "== a bot on every form beside 200 people, slow clients, a write lock of five minutes"
	LOAD=full DJANGO_SETTINGS_MODULE=bpf_site.settings.test $(VENV)/bin/pytest -q -s tests/load/test_strangers.py \
		tests/load/test_write_lock.py tests/load/test_reload.py
	@echo "== the same moves on PostgreSQL"
	DATABASE_URL=$$(PG_PORT=5460 tests/postgresql/start) BENCH_MOVES=1600 DJANGO_SETTINGS_MODULE=bpf_site.settings.test \
		$(VENV)/bin/pytest -q -s -m load tests/load/test_moves.py; \
		status=$$?; PG_PORT=5460 PURGE=1 tests/postgresql/stop; exit $$status
	@echo "== requests in a library of 2,000 documents"
	PYTHONPATH=.:site $(PYTHON) -m tests.bench.requests --documents 2000
	@echo "== a document page, stored and drawn, beside a page of stock Wagtail"
	PYTHONPATH=.:site $(PYTHON) -m tests.bench.page_costs
	@echo "== memory, failures and growth under readers for an hour"
	PYTHONPATH=.:site $(PYTHON) -m tests.bench.soak --seconds $(or $(SOAK),3600)
	@echo "== alignment, campaigns and anchors of a consultation"
	PYTHONPATH=.:site $(PYTHON) -m tests.bench.consultation
	@echo "== search beside the raw engine and SQLite FTS5"
	PYTHONPATH=.:site $(PYTHON) -m tests.bench.search own
	@echo "== printing beside WeasyPrint and typst"
	PYTHONPATH=.:site $(PYTHON) -m tests.bench.pdf.run

clean:  ## remove what `make run` made (database, media, index)
	rm -rf $(BPF_DATA)
