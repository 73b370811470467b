# Everything a developer runs. Python 3.11 where there is one, else python3; the environment lives in .venv.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
TESTS ?= tests
# Processes that share the tests; 1 where something has to be looked at in peace.
WORKERS ?= auto
SHELL := /bin/bash
# durable-rules is built from its source; without a compiler pip's own words are long and do not say what is missing.
HINT = echo "ติดตั้งไม่สำเร็จ ถ้าขาดตัวแปลภาษา C: apt install gcc python3-dev (This needs a C compiler and Python's headers.)" >&2

# Debian's name for the Thai model of Tesseract; tesserocr itself brings the program along.
OCR_PACKAGES = tesseract-ocr-script-thai poppler-utils
NO_APT = echo "ติดตั้งแบบจำลองภาษาไทยของ Tesseract (Thai.traineddata) ด้วยตนเอง (Please install Tesseract's Thai model yourself.)" >&2

BROWSER_PACKAGES = chromium fonts-thai-tlwg
NO_BROWSER = echo "ติดตั้ง Chromium, Chrome หรือ Edge ด้วยตนเอง (Please install Chromium, Chrome or Edge yourself.)" >&2

.PHONY: run test check lint eval bench venv clean setup-ocr setup-browser

# The configured agencies (as it stands: the sample agency). Gaps and undecided items are results, no failures of make.
run: $(VENV)/.runtime
	@$(BIN)/ita-rules audit; status=$$?; case $$status in 0|10|12) exit 0;; *) exit $$status;; esac

test: lint
	$(BIN)/python -m pytest -n $(WORKERS) -m "not slow and not browser" $(TESTS)
	$(BIN)/ita-rules rules test
	$(BIN)/python -m benchmarks.eval
	$(BIN)/python -m benchmarks.documents

check: $(VENV)/.dev
	$(BIN)/python -m pytest -m "slow or browser" $(TESTS)
	$(BIN)/python -m benchmarks.eval --full
	$(BIN)/python -m benchmarks.documents --full
	$(BIN)/python -m benchmarks.fuzz --seconds 60

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/interrogate ita_rules crawlers reports
	$(BIN)/lint-imports
	$(BIN)/ita-rules rules lint

eval: $(VENV)/.dev
	$(BIN)/python -m benchmarks.eval --full
	$(BIN)/python -m benchmarks.documents --full

bench: $(VENV)/.dev
	$(BIN)/python -m benchmarks.inference
	$(BIN)/python -m benchmarks.check
	$(BIN)/python -m benchmarks.readers
	$(BIN)/python -m benchmarks.ocr
	$(BIN)/python -m benchmarks.crawl --sizes 100,1000
	$(BIN)/python -m benchmarks.workbook
	$(BIN)/python -m benchmarks.audit --agencies 6 --workers 0

venv: $(VENV)/.dev

# What reads letters in scans: the model from the system, tesserocr and OpenCV into .venv; says at the end what is there.
setup-ocr: $(VENV)/.runtime
	@if command -v apt-get >/dev/null; then as=; [ "$$(id -u)" = 0 ] || as=sudo; \
	$$as apt-get update -qq && $$as apt-get install -y -qq $(OCR_PACKAGES); else $(NO_APT); fi
	@$(BIN)/python -m pip install -q --disable-pip-version-check -e ".[ocr]"
	@$(BIN)/python -c "from crawlers.readers.ocr import engine; print('OCR:', engine.version() or engine.available())"

# What shows pages that need scripts: the system's Chromium with fonts that have Thai letters, playwright into .venv.
setup-browser: $(VENV)/.runtime
	@if command -v apt-get >/dev/null; then as=; [ "$$(id -u)" = 0 ] || as=sudo; \
	$$as apt-get update -qq && $$as apt-get install -y -qq $(BROWSER_PACKAGES); else $(NO_BROWSER); fi
	@$(BIN)/python -m pip install -q --disable-pip-version-check -e ".[browser]"
	@$(BIN)/python -c "from crawlers.browser import machine; print('Chromium:', machine.find() or '-')"

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

# The stamps make the second time quick: pip runs again only when what is installed may have changed.
$(VENV)/.runtime: pyproject.toml | $(VENV)/bin/python
	@$(BIN)/python -m pip install -q --disable-pip-version-check -e . || { $(HINT); exit 1; }
	@touch $@

$(VENV)/.dev: pyproject.toml | $(VENV)/bin/python
	@$(BIN)/python -m pip install -q --disable-pip-version-check -e ".[dev]" || { $(HINT); exit 1; }
	@touch $@ $(VENV)/.runtime

clean:
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
