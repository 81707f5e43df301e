# Everything one does with Pathways. Only Python 3.11+ and make are presumed; `make` alone lists the targets.
PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin
export PORT

.DEFAULT_GOAL := help
.PHONY: help run setup test check format bench demo-reset lock messages db-start db-stop clean

help: ## List the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

run: ## Set up what is missing, start everything, print address and demo sign-ins (PORT=8000)
	@$(PYTHON) config/runtime/install.py base
	@exec $(BIN)/python -m config.runtime run

setup: ## Virtual environment with everything for development, front-end parts
	@$(PYTHON) config/runtime/install.py dev

test: setup ## All tests, in parallel, on real PostgreSQL
	@$(BIN)/python -m pytest -n auto $(ARGS)

check: setup ## Format, lint, types, templates, import contracts, migrations, translations
	@$(BIN)/python -m scripts.check

format: setup ## Bring code and templates into the house style
	@$(BIN)/ruff format -q . && $(BIN)/ruff check -q --fix . && $(BIN)/djlint --quiet --reformat templates || true

bench: ## Measure against the floors at a million cases (docs/performance.md)
	@$(PYTHON) config/runtime/install.py bench
	@$(BIN)/python -m bench $(ARGS)

demo-reset: ## Throw the local database away and build the demo world anew
	@$(PYTHON) config/runtime/install.py base
	@$(BIN)/python -m config.runtime demo-reset

lock: setup ## Write the locks anew from pyproject.toml and package.json
	@$(BIN)/python -m scripts.lock

messages: setup ## Collect the texts to translate into locale/
	@$(BIN)/python -m scripts.messages

db-start: setup ## Start the embedded PostgreSQL alone, in the background
	@$(BIN)/python -m config.runtime db-start

db-stop: ## Stop it
	@$(BIN)/python -m config.runtime db-stop

clean: db-stop ## Remove everything that was installed or built; the data in var/ stay
	@rm -rf .venv node_modules static/vendor
