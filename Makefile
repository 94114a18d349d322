# Two commands on a fresh machine: `make serve` and `make test`. The rest is for those who change things.

PYTHON_HERE := .venv/bin/python
RUFF := .venv/bin/ruff
OFFLINE := $(PYTHON_HERE) -m scripts.offline
MANAGE_OFFLINE := $(OFFLINE) $(PYTHON_HERE) -W ignore::RuntimeWarning -m jiangxue.project.manage
TEMPLATES = $(shell find src -name '*.html')
CHECKS := check-format check-lint check-types check-imports check-dependencies check-spelling check-templates check-web \
	check-migrations check-messages

.DEFAULT_GOAL := help
.PHONY: help serve seal-key backup restore test test-fast bench bench-media bench-ledger bench-storage bench-reports bench-rosters bench-face measure-face chaos prove-rules check fix screens clean setup setup-test $(CHECKS)

help:
	@echo 'make serve       start everything and print the address (PORT, TLS=1, JIANGXUE_DATA, DATABASE_URL)'
	@echo 'make backup      a backup of what is served (ARGS="/another/disk"); docs/backup.md'
	@echo 'make restore     bring a backup back into a new data folder (ARGS="/another/disk/jiangxue-… --checkpoint FILE")'
	@echo 'make test        run every test (ARGS="tests/rules -k cap" runs a part)'
	@echo 'make test-fast   rules, kernel and repository only'
	@echo 'make prove-rules take each guard of trusted time away in turn: a named test must notice; then a minute of two processes'
	@echo 'make check       formats, lint, types, import contracts, dependencies, spelling, migrations, messages'
	@echo 'make fix         mend what a tool can mend'
	@echo 'make screens     pictures of every page in screens/'
	@echo 'make bench       beats a second on this machine (ARGS="--help" shows what else it can measure)'
	@echo 'make bench-media what it costs to package films, sounds and documents on this machine'
	@echo 'make bench-ledger what the log of evidence costs to fill, sign, prove and audit (ARGS="--size 100000")'
	@echo 'make bench-storage what a learner-hour takes on the disk, by table, and what millions would (ARGS="--learners 40")'
	@echo 'make bench-reports how long lists and statistics take with a million learning records (ARGS="--learners 10000")'
	@echo 'make bench-rosters how long it takes to take in rosters of 10,000 people and to open their class (ARGS="--people 1000")'
	@echo 'make measure-face how often attacks on the face check pass, and honest people do not (ARGS="--times 5 --attempts 3")'
	@echo 'make bench-face  what it costs to look at faces, and how many cores 50,000 learners need'
	@echo 'make chaos       kill every part under load, and count what was lost (ARGS="--seconds 600")'
	@echo 'make seal-key    count what each sealing key seals, while nothing runs (ARGS="--new", "--go-on", "--take-away 1")'
	@echo 'make clean       remove what can be made again; never the data folder'

serve: setup
	@exec $(PYTHON_HERE) -m scripts.serve

seal-key: setup
	@exec $(PYTHON_HERE) -m scripts.seal_key $(ARGS)

backup: setup
	@exec $(PYTHON_HERE) -m scripts.backup $(ARGS)

restore: setup
	@exec $(PYTHON_HERE) -m scripts.restore $(ARGS)

test: setup-test
	@exec $(PYTHON_HERE) -m scripts.test $(ARGS)

test-fast: setup
	@exec $(PYTHON_HERE) -m scripts.test --fast $(ARGS)

prove-rules: setup-test
	@$(PYTHON_HERE) -m scripts.prove_rules $(ARGS)
	@$(if $(ARGS),,$(PYTHON_HERE) -m scripts.test -m slow -q tests/attacks)

screens: setup-test
	@exec $(PYTHON_HERE) -m scripts.screens $(ARGS)

bench: setup
	@exec $(PYTHON_HERE) -m scripts.bench $(ARGS)

bench-media: setup
	@exec $(PYTHON_HERE) -m scripts.bench_media

bench-ledger: setup
	@exec $(PYTHON_HERE) -m scripts.bench_ledger $(ARGS)

bench-storage: setup
	@exec $(PYTHON_HERE) -m scripts.bench_storage $(ARGS)

bench-reports: setup
	@exec $(PYTHON_HERE) -m scripts.bench_reports $(ARGS)

bench-rosters: setup-test
	@exec $(PYTHON_HERE) -m scripts.bench_rosters $(ARGS)

measure-face: setup
	@exec $(PYTHON_HERE) -m scripts.measure_face $(ARGS)

bench-face: setup
	@exec $(PYTHON_HERE) -m scripts.bench_face

chaos: setup
	@exec $(PYTHON_HERE) -m scripts.chaos $(ARGS)

check: setup
	@$(MAKE) --no-print-directory --keep-going $(CHECKS)
	@echo 'Every check passed.'

fix: setup
	$(RUFF) format
	$(RUFF) check --fix
	.venv/bin/djade --target-version 6.1 $(TEMPLATES)
	npm run --silent fix

clean:
	@scripts/clean.sh

setup:
	@scripts/setup.sh serve

setup-test:
	@scripts/setup.sh test

check-format:
	$(RUFF) format --check
check-lint:
	$(RUFF) check
check-types:
	$(OFFLINE) .venv/bin/mypy
check-imports:
	.venv/bin/lint-imports
check-dependencies:
	.venv/bin/deptry .
check-spelling:
	.venv/bin/codespell
check-templates:
	.venv/bin/djade --target-version 6.1 --check $(TEMPLATES)
check-web:
	npm run --silent check
check-migrations:
	$(MANAGE_OFFLINE) check
	$(MANAGE_OFFLINE) makemigrations --check --dry-run
check-messages:
	$(PYTHON_HERE) -m scripts.messages check
