# For Linux and macOS; README.md says the same in plain pip for Windows.
# Every path is relative and no installed script is called by name, so that a folder with spaces
# or letters of any alphabet in its path works.

PYTHON = .venv/bin/python
# Where the machine forbids it, every one of the many processes of the tests would compile anew.
export PYTHONDONTWRITEBYTECODE =

CATALOGUES = $(wildcard resources/locale/*/*/*.po)

.PHONY: run test lint faults build pictures clean ready
.DELETE_ON_ERROR:

run: ready
	@$(PYTHON) -m revmentor_desktop --sample

test: lint
	QT_QPA_PLATFORM=offscreen $(PYTHON) -m pytest

lint: ready
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m mypy
	$(PYTHON) -c "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports())"

# Kills at random moments, then the frozen app; takes minutes.
faults: ready build
	QT_QPA_PLATFORM=offscreen $(PYTHON) -m pytest tests/faults -n2 --timeout=1200
	REVMENTOR_EVENTS=3000 QT_QPA_PLATFORM=offscreen $(PYTHON) -m pytest -n0 tests/gui/test_monkey.py
	QT_QPA_PLATFORM=offscreen dist/revmentor-desktop/revmentor-desktop --selftest

pictures: ready
	REVMENTOR_PICTURES=new QT_QPA_PLATFORM=offscreen $(PYTHON) -m pytest -q -n0 tests/gui/test_pictures.py

build: ready
	@$(PYTHON) .setup/system_libraries.py --build
	$(PYTHON) -m PyInstaller --noconfirm --log-level=WARN --distpath dist --workpath build build.spec

clean:
	rm -rf build dist out .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find revmentor_desktop tests .setup -name __pycache__ -type d -prune -exec rm -rf {} +

ready: .venv/package-installed
	@$(PYTHON) .setup/system_libraries.py

# Python 3.11 reads the path to the project in the locale's letters, and does not start where it
# cannot; as a relative path it has none.
.venv/package-installed: .venv/libraries-installed pyproject.toml $(CATALOGUES)
	@$(PYTHON) -m pip install -qq --no-deps --no-build-isolation --editable .
	@for link in .venv/lib/python3*/site-packages/*revmentor_desktop.pth; do \
		printf '../../../..\n' > "$$link"; \
	done
	@touch $@

.venv/libraries-installed: requirements.txt .setup/environment.sh
	@sh .setup/environment.sh
	@echo "Installing the libraries into .venv (once; a minute or two) ..."
	@$(PYTHON) -m pip install -qq --require-hashes -r requirements.txt
	@touch $@
