# make shakespeare   train on the plays for three minutes, then write with the model
# make test          run all tests
# make help          list the other targets

SWIFT ?= swift
PREFIX ?= /usr/local
MINUTES ?= 3
PYTHON ?= python3
DOCC ?= $(or $(shell command -v docc),xcrun docc)
# Options for Benchmarks/Peers/measure.py, such as --configurations AB
PEERS ?=
# Options for Benchmarks/Ablations/ablations.py, such as --steps 500
ABLATIONS ?=
BUILD := $(SWIFT) build --configuration release --product bard
BARD := .build/release/bard
QUICK := checkpoints/shakespeare-quick.safetensors
WARNINGS ?=

.PHONY: help setup build shakespeare test check-kernels check-pages check-completions check-assets check-readme lint docs \
  manual benchmark peers ablations clean-peers install uninstall dist check-dist clean

help:
	@echo 'make shakespeare [MINUTES=3]  train on the plays, show samples, and open the REPL if there is a terminal'
	@echo 'make test                     run all tests'
	@echo 'make check-kernels            compare all kernel variants, also with sanitizers; those for ARM run in an emulator'
	@echo 'make check-pages              open every page in headless Chromium, and check what it shows'
	@echo 'make check-completions        press TAB in bash, zsh and fish, and check the completions'
	@echo 'make check-assets             parse the JavaScript and the CSS of the pages'
	@echo 'make check-readme             run every command of README.md in a fresh folder'
	@echo 'make setup                    install GNU readline if it is missing'
	@echo 'make build                    build $(BARD)'
	@echo 'make benchmark                measure the speed and compare it with the peak of the processor; also writes benchmark.json'
	@echo 'make peers                    compare the speed with PyTorch and Keras (pip installs them in Benchmarks/Peers)'
	@echo 'make ablations                train variants of the LSTM in PyTorch and compare their losses'
	@echo 'make clean-peers              remove what make peers and make ablations have made'
	@echo 'make lint                     check the format'
	@echo 'make docs                     make the library documentation as web pages, in .build-docs/html'
	@echo 'make manual                   make the manual pages, in .build-manual/pages'
	@echo 'make install [PREFIX=...]     install bard, its model, manual pages and completions in PREFIX (default: $(PREFIX))'
	@echo 'make uninstall [PREFIX=...]   remove what make install has installed'
	@echo 'make dist                     make the release archive: dist/bard-VERSION-PLATFORM.tar.gz'
	@echo 'make check-dist               make that archive, unpack it elsewhere and test it'
	@echo 'make clean                    remove everything that was built'

# GNU readline is the only system package that bard needs. This target installs it if its header is missing.
setup:
	@command -v $(SWIFT) >/dev/null || { echo 'Swift is missing: see https://www.swift.org/install' >&2; exit 1; }
	@if ! printf '#include <stdio.h>\n#include <readline/readline.h>\n' | $(CC) -E - >/dev/null 2>&1; then scripts/install-readline; fi

build: setup
	$(BUILD)

shakespeare: build
	$(BARD) train corpora/shakespeare.txt --output $(QUICK) --minutes $(MINUTES) --force
	@for temperature in 0.5 0.8 1.0; do \
	  echo "--- temperature $$temperature ---"; \
	  $(BARD) generate $(QUICK) --output - --length 300 --temperature $$temperature --seed 1; \
	done
	@if [ -t 0 ] && [ -t 1 ]; then exec $(BARD) repl $(QUICK); fi

# Tests train networks, so they run optimised. The release configuration needs -enable-testing for @testable imports.
test: setup
	$(SWIFT) test --configuration release -Xswiftc -enable-testing --scratch-path .build-test $(WARNINGS)

# Opens all pages in headless Chromium, which is installed if it is missing.
check-pages: build
	scripts/check-pages $(BARD)

check-completions: build
	scripts/check-completions $(BARD)

check-assets:
	scripts/check-assets

# For make commands, the script runs only make -n, which prints but does nothing. With --with-make it really builds and installs.
check-readme: build
	scripts/check-readme $(BARD)

check-kernels:
	scripts/check-kernels
	scripts/check-kernels sanitize
	scripts/check-kernels arm

lint:
	$(SWIFT) format lint --strict --recursive Sources Tests Benchmarks/Sources Examples/Sources Package.swift Benchmarks/Package.swift Examples/Package.swift

# Uses the toolchain's DocC. The DocC plugin would become a dependency of every package that uses the library.
docs:
	SWIFT='$(SWIFT)' scripts/check-documentation
	rm -rf .build-docs/html
	$(DOCC) convert Sources/CharLSTM/CharLSTM.docc --additional-symbol-graph-dir .build-docs/symbol-graphs \
	  --fallback-bundle-identifier bard.CharLSTM --fallback-default-module-kind Library \
	  --output-path .build-docs/html --warnings-as-errors
	@echo 'To read it: python3 -m http.server --bind localhost --directory .build-docs/html 8000'
	@echo 'and open http://localhost:8000/documentation/charlstm/'

manual: build
	scripts/make-manual $(BARD) .build-manual/pages
	@echo 'To read one: man -l .build-manual/pages/bard-train.1'

# Prints the results as Markdown; benchmark.json contains all of them.
benchmark: build
	$(SWIFT) run --package-path Benchmarks --configuration release benchmark --bard $(BARD) --json benchmark.json

ablations: Benchmarks/Peers/.venv-torch/made
	Benchmarks/Peers/.venv-torch/bin/python Benchmarks/Ablations/ablations.py $(ABLATIONS)

# Each peer has its own Python environment. The file `made` is written last, so an incomplete environment is made again.
peers: Benchmarks/Peers/.venv-torch/made Benchmarks/Peers/.venv-keras/made setup
	$(SWIFT) build --package-path Benchmarks --configuration release --product benchmark
	$(PYTHON) Benchmarks/Peers/measure.py $(PEERS)

Benchmarks/Peers/.venv-%/made: Benchmarks/Peers/requirements-%.txt
	$(PYTHON) -m venv --clear $(@D)
	$(@D)/bin/pip install --disable-pip-version-check --quiet --requirement $<
	touch $@

clean-peers:
	rm -rf Benchmarks/Peers/.venv-* Benchmarks/Peers/results.json Benchmarks/Ablations/results.jsonl

install: setup
	$(BUILD) --static-swift-stdlib --scratch-path .build-static
	SWIFT='$(SWIFT)' scripts/make-manual .build-static/release/bard .build-manual/pages
	install -d $(PREFIX)/bin $(PREFIX)/share/bard $(PREFIX)/share/man/man1
	install -m 755 .build-static/release/bard $(PREFIX)/bin/bard
	install -m 644 checkpoints/shakespeare.safetensors $(PREFIX)/share/bard/shakespeare.safetensors
	install -m 644 .build-manual/pages/*.1 $(PREFIX)/share/man/man1
	scripts/make-completions $(PREFIX)/bin/bard $(PREFIX)/share

uninstall:
	rm -f $(PREFIX)/bin/bard $(PREFIX)/share/bard/shakespeare.safetensors $(PREFIX)/share/man/man1/bard.1 \
	  $(PREFIX)/share/man/man1/bard-*.1 $(PREFIX)/share/bash-completion/completions/bard \
	  $(PREFIX)/share/zsh/site-functions/_bard $(PREFIX)/share/fish/vendor_completions.d/bard.fish

dist: setup
	SWIFT='$(SWIFT)' MAKE='$(MAKE)' scripts/make-dist

# Makes the archive twice, because the same commit must give the same bytes.
check-dist: setup
	SWIFT='$(SWIFT)' MAKE='$(MAKE)' scripts/check-dist

clean:
	rm -rf .build .build-test .build-index .build-static .build-docs .build-manual .build-dist dist
