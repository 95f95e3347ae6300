# Two commands: `make demo` and `make test`. Everything else is for those who build Aftercare.
PYTHON ?= python3
SETUP := $(PYTHON) packaging/bootstrap.py
RUN := $(SETUP) --
TEST := $(SETUP) --for test --
FAULTS := $(SETUP) --for faults --

.PHONY: help setup demo test slow faults check bench screenshots packages packages-windows test-packages \
	test-packages-windows lock clean

help:
	@echo "make demo         set up, make training records, print their reports into demo/, open the window"
	@echo "make test         set up and pass the tests"
	@echo "make slow         the tests that take minutes (kills, power cuts, large vaults)"
	@echo "make check        ruff, mypy and the import rules alone"
	@echo "make faults       the nineteen promises of SECURITY.md with their full counts, one line each (an hour)"
	@echo "make bench        the figures of performance, as a table and as JSON"
	@echo "make packages     freeze the program and pack it: .deb, .rpm, installer, portable; into dist/packages"
	@echo "make packages-windows  freeze under Wine for tests, pack setup.exe, .msi, portable .zip; into dist/packages-windows"
	@echo "make test-packages  install, use, update and remove each of them on bare systems (root), and under Wine"
	@echo "make test-packages-windows  the same for Windows alone, without root"
	@echo "make screenshots  every page, dialog and state as PNG into screenshots/; refreshes the README's pictures"

setup:
	$(RUN)

demo:
	$(RUN) python packaging/demo.py

check:
	$(TEST) ruff check .
	$(TEST) ruff format --check .
	$(TEST) mypy
	$(TEST) lint-imports

test: check
	$(TEST) python packaging/run_tests.py -m "not slow"

slow:
	$(FAULTS) python packaging/run_tests.py -m "slow and not full"

# ONLY="2 4" runs these promises alone; INTO=SECURITY.md writes what came out into its table
faults:
	$(FAULTS) python packaging/run_faults.py $(addprefix --only ,$(ONLY)) $(addprefix --into ,$(INTO))

bench:
	$(TEST) python -m benchmarks

screenshots:
	$(TEST) python packaging/on_screen.py python -m aftercare screenshots --out screenshots
	$(TEST) python packaging/readme_pictures.py screenshots

packages:
	$(RUN) python packaging/packages.py

# AGAIN=--again freezes anew; FROZEN=DIR packs what was frozen on Windows
packages-windows:
	$(TEST) python packaging/windows_packages.py $(AGAIN) $(addprefix --frozen ,$(FROZEN))

# the Windows half where it was packed
test-packages:
	$(RUN) python packaging/try_packages.py
	test ! -d dist/packages-windows || $(TEST) python packaging/try_windows.py

# STAND_IN=--stand-in tries the installers alone, in minutes
test-packages-windows:
	$(TEST) python packaging/try_windows.py $(STAND_IN)

LOCK := uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
	--no-emit-index-url --no-emit-find-links

lock:
	$(RUN) $(LOCK) --upgrade --group dev pyproject.toml -o requirements.lock
	$(RUN) $(LOCK) --group release pyproject.toml -c requirements.lock -o packaging/release.lock

clean:
	rm -rf .venv build dist demo faults screenshots src/aftercare/_built .mypy_cache .ruff_cache .pytest_cache
