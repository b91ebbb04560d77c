# make shakespeare   train three minutes on the plays, and talk with the result
# make test          every test
# make help          the rest

SWIFT ?= swift
PREFIX ?= /usr/local
MINUTES ?= 3
PYTHON ?= python3
DOCC ?= $(or $(shell command -v docc),xcrun docc)
# Options of Benchmarks/Peers/measure.py, such as --configurations AB
PEERS ?=
# Options of Benchmarks/Means/means.py, such as --steps 500
MEANS ?=
BUILD := $(SWIFT) build --configuration release --product bard
BARD := .build/release/bard
QUICK := checkpoints/shakespeare-quick.safetensors
WARNINGS ?=

.PHONY: help setup build shakespeare test check-kernels check-pages lint docs benchmark peers means clean-peers install uninstall clean

help:
	@echo 'make shakespeare [MINUTES=3]  train on the plays, show samples, and open the REPL at a terminal'
	@echo 'make test                     every test'
	@echo 'make check-kernels            compare all kernel variants, also with sanitizers, and ARM in an emulator'
	@echo 'make check-pages              open every page in headless Chromium, and compare what it shows'
	@echo 'make build                    build $(BARD)'
	@echo 'make benchmark                speed beside what the processor can do; also written to benchmark.json'
	@echo 'make peers                    speed beside PyTorch and Keras, which pip installs in Benchmarks/Peers'
	@echo 'make means                    other LSTMs beside this one, in PyTorch: what each gains on a text'
	@echo 'make lint                     check the format'
	@echo 'make docs                     the documentation of the library as web pages, in .build-docs/html'
	@echo 'make install [PREFIX=...]     install bard, its model and shell completions in PREFIX (default $(PREFIX))'
	@echo 'make uninstall [PREFIX=...]   remove them'

# GNU readline is the one system package; where its header is missing it is installed.
setup:
	@command -v $(SWIFT) >/dev/null || { echo 'Swift is missing: see https://www.swift.org/install' >&2; exit 1; }
	@if ! printf '#include <stdio.h>\n#include <readline/readline.h>\n' | cc -E - >/dev/null 2>&1; then scripts/install-readline; fi

build: setup
	$(BUILD)

shakespeare: build
	$(BARD) train corpora/shakespeare.txt --output $(QUICK) --minutes $(MINUTES) --force
	@for temperature in 0.5 0.8 1.0; do \
	  echo "--- temperature $$temperature ---"; \
	  $(BARD) generate $(QUICK) --output - --length 300 --temperature $$temperature --seed 1; \
	done
	@if [ -t 0 ] && [ -t 1 ]; then exec $(BARD) repl $(QUICK); fi

# Tests train, so they run optimised; the release configuration needs its internals opened for them.
test: setup
	$(SWIFT) test --configuration release -Xswiftc -enable-testing --scratch-path .build-test $(WARNINGS)

# All pages in headless Chromium, which is installed where it is missing.
check-pages: build
	scripts/check-pages $(BARD)

check-kernels:
	scripts/check-kernels
	scripts/check-kernels sanitize
	scripts/check-kernels arm

lint:
	$(SWIFT) format lint --strict --recursive Sources Tests Benchmarks/Sources Package.swift Benchmarks/Package.swift

# With the toolchain's own DocC: its plugin would be a dependency of everyone who uses the library.
docs:
	SWIFT='$(SWIFT)' scripts/check-documentation
	rm -rf .build-docs/html
	$(DOCC) convert Sources/CharLSTM/CharLSTM.docc --additional-symbol-graph-dir .build-docs/symbol-graphs \
	  --fallback-bundle-identifier bard.CharLSTM --fallback-default-module-kind Library \
	  --output-path .build-docs/html --warnings-as-errors
	@echo 'To read it: python3 -m http.server --bind localhost --directory .build-docs/html 8000'
	@echo 'and open http://localhost:8000/documentation/charlstm/'

# The figures, as Markdown; with everything in benchmark.json.
benchmark: build
	$(SWIFT) run --package-path Benchmarks --configuration release benchmark --bard $(BARD) --json benchmark.json

means: Benchmarks/Peers/.venv-torch/made
	Benchmarks/Peers/.venv-torch/bin/python Benchmarks/Means/means.py $(MEANS)

# Each peer has an environment of its own. The mark is written last, so that an unfinished one is made anew.
peers: Benchmarks/Peers/.venv-torch/made Benchmarks/Peers/.venv-keras/made setup
	$(SWIFT) build --package-path Benchmarks --configuration release --product benchmark
	$(PYTHON) Benchmarks/Peers/measure.py $(PEERS)

Benchmarks/Peers/.venv-%/made: Benchmarks/Peers/requirements-%.txt
	$(PYTHON) -m venv --clear $(@D)
	$(@D)/bin/pip install --disable-pip-version-check --quiet --requirement $<
	touch $@

clean-peers:
	rm -rf Benchmarks/Peers/.venv-* Benchmarks/Peers/results.json Benchmarks/Means/results.jsonl

install: setup
	$(BUILD) --static-swift-stdlib --scratch-path .build-static
	install -d $(PREFIX)/bin $(PREFIX)/share/bard $(PREFIX)/share/bash-completion/completions \
	  $(PREFIX)/share/zsh/site-functions $(PREFIX)/share/fish/vendor_completions.d
	install -m 755 .build-static/release/bard $(PREFIX)/bin/bard
	install -m 644 checkpoints/shakespeare.safetensors $(PREFIX)/share/bard/shakespeare.safetensors
	$(PREFIX)/bin/bard --generate-completion-script bash >$(PREFIX)/share/bash-completion/completions/bard
	$(PREFIX)/bin/bard --generate-completion-script zsh >$(PREFIX)/share/zsh/site-functions/_bard
	$(PREFIX)/bin/bard --generate-completion-script fish >$(PREFIX)/share/fish/vendor_completions.d/bard.fish

uninstall:
	rm -f $(PREFIX)/bin/bard $(PREFIX)/share/bard/shakespeare.safetensors $(PREFIX)/share/bash-completion/completions/bard \
	  $(PREFIX)/share/zsh/site-functions/_bard $(PREFIX)/share/fish/vendor_completions.d/bard.fish

clean:
	rm -rf .build .build-test .build-static .build-docs
