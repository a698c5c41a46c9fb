# Each target prepares what it needs on a fresh machine. See CONTRIBUTING.md.
.PHONY: demo test test-long lint format bench env env-dev assets messages needs help clean

HOST ?= 127.0.0.1
PORT ?= 8000
BOOT = @scripts/bootstrap

help:
	@echo "make demo       the product with a living sample network on http://$(HOST):$(PORT)"
	@echo "make test       everything that proves it (as .ci/run)"
	@echo "make lint       the rules of the house; make format mends what a tool can mend"
	@echo "make bench      measures it against a floor, see docs/benchmarks.md"
	@echo "make test-long  minutes-long tests: many kills, much load"

demo: export LUUKKU_DEMO = 1
demo: export LUUKKU_BASE_URL = http://$(HOST):$(PORT)
demo: env assets messages
	@.venv/bin/luukku demo
	@.venv/bin/luukku serve --worker --host $(HOST) --port $(PORT)

test: needs
	@scripts/test

test-long: needs
	@LUUKKU_TEST_MARKS=long scripts/test

lint: env-dev
	@scripts/lint

format: env-dev
	@.venv/bin/ruff check --fix .
	@.venv/bin/ruff format .

bench: export LUUKKU_DEMO = 1
bench: env-dev assets messages
	$(BOOT) mail
	@.venv/bin/luukku demo
	@.venv/bin/luukku bench all

env:
	$(BOOT) run

env-dev:
	$(BOOT) dev

assets: env
	$(BOOT) assets

messages: env
	$(BOOT) messages

needs: env-dev
	$(BOOT) assets messages browser mail postgres

clean:
	rm -rf .venv node_modules var dist src/luukku/core/ui/static/luukku/built
