# make notebooks   render every tutorial into output/
# make test        every check; what CI runs
# make format      lay the sources out as the checks want them
# make test-arm64  the kernels' arm64 build under qemu
# make test-threads  a training under ThreadSanitizer
# make bench       compare with the peers: Benchmarks/RESULTS.md
# make test-files  renders killed, at once, on a full disk: a minute; FILES=long for half an hour
# make fuzz        a minute of fuzzing for each parser, and the property test
# make property    10,000 random programs beside Python and NumPy; SEED=7 for those of a seed

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.PHONY: notebooks test format lint build check-pages memory-check bench fuzz property \
  property-sample packages data test-packages test-kernels test-arm64 test-models \
  test-threads test-training test-files check-guide arm64-packages clean

# Data sets that stand beside the repository are found without being installed.
ifneq ($(wildcard ../shared/data),)
export NNBOOK_DATA := $(abspath ../shared/data)$(if $(NNBOOK_DATA),:$(NNBOOK_DATA))
endif

SWIFT_FLAGS := -c release --static-swift-stdlib --explicit-target-dependency-import-check error
NNBOOK := .build/release/nnbook

notebooks: build data
	$(NNBOOK) help nn --notebook > notebooks/reference.md
	$(NNBOOK) render notebooks -o output

build: packages
	swift build $(SWIFT_FLAGS) --product nnbook

test: test-packages lint build
	swift build --build-tests --explicit-target-dependency-import-check error
	$(MAKE) --no-print-directory check-pages memory-check property-sample \
	  test-kernels test-arm64 test-models test-training test-files check-guide
	NNBOOK_EXECUTABLE=$(abspath $(NNBOOK)) swift test --skip-build

# The committed pages and records are those that the sources give.
check-pages: build
	Scripts/check-pages $(NNBOOK)

# Every session of the guide goes as it is shown.
check-guide: build
	Scripts/check-guide $(NNBOOK)

memory-check: build
	Scripts/memory-check $(NNBOOK)

# Every path, thread count and tiling gives the recorded bits.
test-kernels:
	Scripts/test-kernels

test-arm64: arm64-packages
	Scripts/test-kernels arm64

# Older x86-64 processors: one without AVX-512, one without fma too.
test-models: arm64-packages
	Scripts/test-kernels models

# Not in `make test`: its build of nnbook takes more than a minute.
test-threads: packages
	Scripts/test-threads

test-training: build
	Scripts/test-training $(NNBOOK)

# Nothing half-written stays, nothing old is lost, and the cache gives what a fresh run gives.
ifeq ($(FILES),long)
test-files: build
	python3 Tests/Scripts/kill $(NNBOOK) --count 500
	python3 Tests/Scripts/together $(NNBOOK) --count 300
	python3 Tests/Scripts/full-disk $(NNBOOK) --levels 60
	python3 Tests/Scripts/interrupt $(NNBOOK) --count 200
	python3 Tests/Scripts/cache $(NNBOOK) --edits 2000
else
test-files: build
	python3 Tests/Scripts/kill $(NNBOOK) --count 20 --seed 1
	python3 Tests/Scripts/together $(NNBOOK) --count 18 --seed 1
	python3 Tests/Scripts/full-disk $(NNBOOK) --levels 4 --seed 1
	python3 Tests/Scripts/interrupt $(NNBOOK) --count 9
	python3 Tests/Scripts/cache $(NNBOOK) --edits 60 --seed 1
endif

lint:
	swift format lint --strict --recursive --parallel Package.swift Sources Tests

format:
	swift format --in-place --recursive --parallel Package.swift Sources Tests

bench: build
	Benchmarks/run $(NNBOOK)
	Benchmarks/articles/run $(NNBOOK)
	Benchmarks/products 5
	Benchmarks/products 5 2

fuzz: packages property
	Fuzz/run-markdown.sh
	Fuzz/run-language.sh

property: build
	python3 Tests/Scripts/property $(NNBOOK) --count 10000 $(if $(SEED),--seed $(SEED))

# The same few programs every time.
property-sample: build
	python3 Tests/Scripts/property $(NNBOOK) --count 500 --seed 1

packages:
	@Scripts/install-packages build

test-packages:
	@Scripts/install-packages build test data
	@Scripts/install-jupyter
	@Scripts/install-spec

data:
	@Scripts/install-packages data

arm64-packages:
	@Scripts/install-packages arm64

clean:
	swift package clean
