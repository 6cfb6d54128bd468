#!/bin/sh
# Fuzzes the Markdown path (bytes -> notebook -> HTML) with libFuzzer.
# Usage: Fuzz/run-markdown.sh [SECONDS]      60 s unless told
# What it finds lies in .build/fuzz/markdown/crash-*; Fuzz/minimise.py makes it small.
set -eu
cd "$(dirname "$0")/.."
scratch=.build/fuzz/libfuzzer
work=.build/fuzz/markdown
NNBOOK_FUZZ=libfuzzer swift build -c release --sanitize=fuzzer --scratch-path "$scratch" --product FuzzMarkdown
mkdir -p "$work/corpus" "$work/seeds"
python3 Fuzz/pathological.py "$work/seeds" 1
# A crash would hang on Swift's own backtrace.
SWIFT_BACKTRACE=enable=no exec "$scratch/release/FuzzMarkdown" \
  -max_total_time="${1:-60}" -max_len=3000 -timeout=10 -dict=Fuzz/markdown.dict \
  -artifact_prefix="$work/" "$work/corpus" "$work/seeds" Fuzz/Corpus
