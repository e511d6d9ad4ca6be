# `make` alone says what there is. Setup runs by itself before everything and takes no time when all is there.
.DEFAULT_GOAL := help
.PHONY: help setup demo test lint bench simulate pictures
bin := .venv/bin
export CHROMIUM

help: ## say what can be made
	@echo "Resonanz: feedback and effect measurement for jobcenters"
	@echo
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1|\2/p' Makefile | awk -F'|' '{ printf "%-16s %s\n", $$1, $$2 }'
	@echo
	@echo "  make demo CHECK=1                    live through it all, verify each step, end"
	@echo "  make test CHROMIUM=/path/to/chromium browser tests with a browser of your own"
	@echo "  make test WITHOUT=browser            leave out what needs it; also java, node, poppler, postgresql"

setup: ## install what is missing: system packages, locked environment, htmx, fonts
	@.ci/setup

demo: setup ## a synthetic jobcenter from export to report, then the survey on 127.0.0.1:8000
	@$(bin)/$(if $(CHECK),python -m tests.demo.check,survey demo) --home var

test: ## everything that must hold: style, types, floors, templates, tests
	@.ci/setup test
	@$(MAKE) --no-print-directory lint
	$(bin)/pytest -n auto --dist loadfile $(addprefix --without=,$(WITHOUT))

lint: setup ## style, types, floors and templates only
	$(bin)/ruff check .
	$(bin)/ruff format --check .
	$(bin)/mypy
	$(bin)/lint-imports
	$(bin)/djlint templates --lint --quiet

bench: ## speed and memory as ratios, one run, one machine
	@.ci/setup test
	@$(bin)/python -m tests.load.bench

simulate: ## what reports say by chance, against what they promise: seeded simulations, most of an hour
	@.ci/setup test
	@$(bin)/python -m tests.simulate

pictures: ## every page and every PDF page as PNG under var/pictures
	@.ci/setup test
	@$(bin)/python -m tests.journeys.pictures
