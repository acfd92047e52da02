# Everything a developer runs. `make run` and `make test` need only git, Python 3.11+ and make.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PACKAGE_VENV := build/package-venv
# In CI two workers fit the machine; elsewhere pytest takes as many as there are cores.
WORKERS ?= $(if $(CI),2,auto)

.PHONY: run test check format bench screenshots docs test-llm test-codex package test-package \
	package-tools system-packages clean

run: $(VENV)/.runtime
	$(BIN)/ccr serve $(ARGS)

test: system-packages $(VENV)/.development check
	$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal $(ARGS)

check: $(VENV)/.development
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(VENV)/.development
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(VENV)/.development
	$(BIN)/python -m benchmarks.run $(ARGS)

# The pictures of the docs, and in build/screenshots every view, light and dark, in each language, at
# 100 and 200 %, empty, typical and crowded. `ARGS="--crowded FOLDER"` and the like: these alone.
screenshots: $(VENV)/.development
	$(BIN)/python -m scripts.screenshots $(or $(ARGS),docs/images)
	$(if $(ARGS),,$(BIN)/python -m scripts.screenshots --language zh_CN docs/zh/images \
		--only $(addsuffix -light,home providers routes routes-rules launch activity \
		activity-details settings settings-status-line help wizard update))
	$(if $(ARGS),,$(BIN)/python -m scripts.screenshots --walk docs/images)
	$(if $(ARGS),,$(BIN)/python -m scripts.screenshots --walk --language zh_CN docs/zh/images)
	$(if $(ARGS),,$(BIN)/python -m scripts.screenshots --all build/screenshots)

# The documentation as a site, in build/site: open its index.html.
docs: $(VENV)/.development
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build $(ARGS)

# Compiles a model server first, which takes minutes: not part of `make test`.
test-llm: $(VENV)/.development
	$(BIN)/python -m pytest tests/llm/real_model.py -v -o timeout=1800 $(ARGS)

# Downloads 400 MB first: not part of `make test`.
test-codex: $(VENV)/.development build/codex
	$(BIN)/python -m pytest tests/codex/real_codex.py -v $(ARGS)

build/codex:
	npm install --no-fund --no-audit --prefix $@ @openai/codex@0.169.0

# The app in one folder, with all that it needs, in build/package; on Linux the packages of it, too.
package: package-tools $(PACKAGE_VENV)/.ready
	rm -rf build/package
	$(PACKAGE_VENV)/bin/pyinstaller --noconfirm --distpath build/package \
		--workpath build/package-work installers/pyinstaller/ccr-desktop.spec
	if [ "$$(uname)" = Linux ]; then PYTHON=$(PACKAGE_VENV)/bin/python \
		sh installers/linux/build_packages.sh build/package/ccr-desktop build/package; fi

# What `make package` has built, from outside. Takes minutes: not part of `make test`.
test-package: package-tools $(VENV)/.development
	$(BIN)/python -m pytest tests/package/built_package.py tests/package/linux_packages.py \
		tests/package/windows_installer.py -v -o timeout=1800 $(ARGS)

# What builds packages, and what tries them in a bare system.
package-tools:
	@sh scripts/system-packages.sh package

# Without what the tests need: a bundle takes along what it finds.
$(PACKAGE_VENV)/.ready: pyproject.toml
	@sh scripts/make-venv.sh "$(PYTHON)" "$(PACKAGE_VENV)"
	$(PACKAGE_VENV)/bin/python -m pip install --quiet --upgrade "pip>=25.1"
	$(PACKAGE_VENV)/bin/python -m pip install --quiet --editable '.[desktop]' --group package
	@touch $@

# What the tests need of the system. Only root on Debian can have it installed for them.
system-packages:
	@sh scripts/system-packages.sh

$(VENV)/bin/python:
	@sh scripts/make-venv.sh "$(PYTHON)" "$(VENV)"

$(VENV)/.runtime: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --editable .
	@touch $@

$(VENV)/.development: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --upgrade "pip>=25.1"
	$(BIN)/python -m pip install --quiet --editable '.[desktop]' --group dev
	@touch $@ $(VENV)/.runtime

clean:
	rm -rf $(VENV) build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
