# Two commands are enough: `make demo` shows motjuste at work, `make test` runs every test.
SHELL := bash
PYTHON := .venv/bin/python
ARGS ?=
LINUX_ONLY := adapters/(dbus|accessibility|discreet_desktop)

.DEFAULT_GOAL := help
.PHONY: help demo test test-full lint bench venv clean

help:
	@echo "make demo       type a trigger in a real window and see the note (DISPLAY_REAL=1: on your own screen)"
	@echo "make test       run every test, the desktop ones in real applications on a private display"
	@echo "make test-full  the same with the slow ones; writes docs/results.md"
	@echo "make lint       ruff, and mypy for Linux, Windows and macOS"
	@echo "make bench      speed and memory, beside AutoKey; writes docs/numbers.md"
	@echo "make venv       only make the environment in .venv"
	@echo "make clean      remove everything that was made"

venv:
	@scripts/environment test,lint

demo:
	@scripts/demo

test:
	@scripts/prepare desktop test,lint
	@$(PYTHON) -m pytest -m "not full" -o faulthandler_timeout=300 -o faulthandler_exit_on_timeout=true $(ARGS)

test-full:
	@scripts/prepare desktop test,lint
	@mkdir -p build
	@$(PYTHON) -m pytest --junitxml=build/results.xml $(ARGS); status=$$?; \
		$(PYTHON) scripts/result_table.py docs/results.md build/results.xml; exit $$status

lint: venv
	@$(PYTHON) -m ruff check .
	@$(PYTHON) -m mypy
	@$(PYTHON) -m mypy --platform win32 --exclude "$(LINUX_ONLY)"
	@$(PYTHON) -m mypy --platform darwin --exclude "$(LINUX_ONLY)"

bench:
	@scripts/prepare desktop test,lint
	@scripts/packages --check peers 2>/dev/null && scripts/packages peers || \
		echo "motjuste: AutoKey cannot be installed here ('scripts/packages peers' says why), so it is left out" >&2
	@$(PYTHON) -m benchmarks --write docs/numbers.md $(ARGS)

clean:
	rm -rf .venv build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -prune -exec rm -rf {} +
