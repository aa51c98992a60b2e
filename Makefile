# Two commands for newcomers: `make run` and `make test`. The rest is in CONTRIBUTING.md.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes

.PHONY: run test check browser lock bench

run: $(VENV)/run.made
	@$(BIN)/python -m bot

test: check
	$(BIN)/python -m pytest --numprocesses auto --dist worksteal

check: $(VENV)/test.made
	$(BIN)/ruff format --check --quiet
	$(BIN)/ruff check --quiet
	$(BIN)/mypy
	$(BIN)/oxlint --quiet bot/playground/page
	$(BIN)/lint-imports --no-logo
	$(BIN)/python -m bot check
	$(BIN)/bandit --quiet --recursive --configfile pyproject.toml bot

# What the browser tests need beyond wheels. Without it they skip, and say so.
browser:
	@if command -v chromium >/dev/null && fc-list 2>/dev/null | grep -qi emoji; then \
		echo "Chromium and an emoji font are here already."; \
	elif [ "$$(id -u)" = 0 ]; then \
		echo "Installing Chromium and an emoji font with apt-get."; \
		apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium fontconfig fonts-noto-color-emoji fonts-dejavu-core >/dev/null; \
	elif command -v sudo >/dev/null; then \
		echo "Installing Chromium and an emoji font with sudo apt-get."; \
		sudo apt-get update -qq && sudo apt-get install -y -qq --no-install-recommends chromium fontconfig fonts-noto-color-emoji fonts-dejavu-core >/dev/null; \
	else \
		echo "Please install Chromium and an emoji font (Debian: chromium fonts-noto-color-emoji)." >&2; exit 1; \
	fi

bench: $(VENV)/test.made
	$(BIN)/python -m benchmarks

$(VENV)/made:
	@command -v $(PYTHON) >/dev/null || { \
		echo "Steady Toes needs Python 3.11 or newer, and there is no '$(PYTHON)' here: install it, or name another with make PYTHON=..." >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Steady Toes needs Python 3.11 or newer, and '$(PYTHON)' is older: install a newer one, or name it with make PYTHON=..." >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "Steady Toes needs Python's venv module, and '$(PYTHON)' has none: install it (Debian: apt install python3-venv)." >&2; exit 1; }
	@rm -rf $(VENV)
	@echo "Making $(VENV) ..."
	@$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/run.made: requirements.txt | $(VENV)/made
	@echo "Installing what the bot needs ..."
	@$(PIP) -r requirements.txt
	@touch $@

$(VENV)/test.made: requirements-dev.txt | $(VENV)/made
	@echo "Installing what the bot and its tests need ..."
	@$(PIP) -r requirements-dev.txt
	@touch $@ $(VENV)/run.made

# Needs uv. No address may stand in a lock file.
LOCK := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
	--no-emit-index-url --no-emit-find-links pyproject.toml
lock:
	$(LOCK) --output-file requirements.txt
	$(LOCK) --group dev --output-file requirements-dev.txt
