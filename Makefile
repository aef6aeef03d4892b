# carnet: two commands on a fresh machine with Python >= 3.11 and make: `make demo`, `make test`.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet --quiet install
BROCHURES ?= ../shared/brochures

# Tests start hundreds of commands: where this is set, each of them would compile all modules anew.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: demo quick test audit accuracy bench docs docs-site pictures lock clean draw fit
.DEFAULT_GOAL := demo

# Pinned by hash, without addresses: any index or mirror that serves the same bytes will do.
$(VENV)/.installed: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(0 if (3, 11) <= sys.version_info < (3, 15) else "carnet needs Python 3.11 to 3.14, this is %d.%d: name another with make PYTHON=python3.12" % sys.version_info[:2])'
	@echo "Preparing $(VENV) (once, about a minute) …"
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(BIN)/python -m ensurepip --default-pip >/dev/null
	@$(PIP) --require-hashes -r requirements.lock
	@$(PIP) --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed requirements-dev.lock
	@$(PIP) --require-hashes -r requirements-dev.lock
	@touch $@

demo: $(VENV)/.installed
	@sh tests/demo.sh $(BIN)/carnet

test: $(VENV)/.installed-dev
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/mypy
	@$(BIN)/pytest -n 2 --dist loadfile --no-loadscope-reorder

# What is fast to check: no brochure is read whole, nothing is started.
QUICK := tests/unit/cli tests/unit/decode tests/unit/fields tests/unit/page tests/unit/rules tests/unit/values \
  $(wildcard tests/unit/test_*.py) tests/test_fields.py tests/test_site.py
quick: $(VENV)/.installed-dev
	@$(BIN)/ruff check --quiet .
	@$(BIN)/pytest -n 2 --dist loadfile -m "not slow" $(QUICK)

# Known vulnerabilities of what is pinned; offline it only says that it could not ask.
audit: $(VENV)/.installed-dev
	@$(BIN)/python -m tests.audit

# How right the reading is on every brochure with reference answers: tests/accuracy/scores.csv. FLOORS=1: higher floors.
accuracy: $(VENV)/.installed-dev
	@$(BIN)/python -m tests.accuracy.measure $(if $(FLOORS),--floors) $(BROCHURES)

# What reading costs beside bare pdfplumber, PDFium and others (those that are installed), what one more edition costs,
# and what pages cost a reader: docs/performance.md.
bench: $(VENV)/.installed-dev
	@$(BIN)/python -m tests.bench --write docs/performance.md $(wildcard raw/*.pdf $(BROCHURES)/ocalia-slides.pdf $(BROCHURES)/ocalia-portrait.pdf)
	@$(BIN)/python -m tests.many_editions --write docs/performance.md 10 1000 10000
	@$(BIN)/python -m tests.bench_views --write docs/performance.md
	@$(BIN)/python -m tests.bench_ocr --write docs/performance.md

# N brochures of each genre, drawn by lot into FOLDER as examples with their answers.
N ?= 2
FOLDER ?= build/drawn
draw: $(VENV)/.installed-dev
	@$(BIN)/python -m carnet.pipeline.teach.make_examples $(FOLDER) --each $(N)

# The model of roles and links from examples in FOLDER (make draw N=50 makes enough) and from the written brochures named
# in tests/samples/hand/learned.txt: two networks, in turn the same at each run. Needs PyTorch: pip install torch.
EPOCHS ?= 30
fit: $(VENV)/.installed-dev
	@mkdir -p build
	@$(BIN)/python -m carnet.pipeline.teach.written $(FOLDER) --times 5 $(patsubst %,tests/samples/hand/%.pdf,$(shell cat tests/samples/hand/learned.txt))
	@for seed in 1 2; do $(BIN)/python -m carnet.pipeline.teach.fit $(FOLDER) build/model.$$seed.npz --seed $$seed --epochs $(EPOCHS) --minutes 600 || exit 1; done
	@$(BIN)/python -m carnet.pipeline.teach.join build/model.1.npz build/model.2.npz pipeline/roles/model.npz

# What the documents show of the program itself: views, commands, findings, ready questions.
docs: $(VENV)/.installed-dev
	@$(BIN)/python -m tests.make_docs

# The documentation as a site, build/site/index.html; needs no network to be read.
docs-site: $(VENV)/.installed-dev
	@NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --quiet --strict
	@echo "build/site/index.html"

# The pictures of the tutorial and the README, taken of the pages; needs Chromium.
pictures: $(VENV)/.installed-dev
	@$(BIN)/python -m tests.make_pictures

# New pins; needs uv. Whoever has a clone has PDFs too.
lock:
	echo 'setuptools>=77' | uv pip compile pyproject.toml - --extra pdf $(LOCK) -o requirements.lock
	echo 'setuptools>=77' | uv pip compile pyproject.toml - --extra dev $(LOCK) -c requirements.lock -o requirements-dev.lock
LOCK := --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate

clean:
	rm -rf $(VENV) build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis warehouse/carnet.duckdb* warehouse/.prefect
