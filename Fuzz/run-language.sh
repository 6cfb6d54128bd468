#!/bin/sh
# Fuzzes the nn path (bytes -> tokens -> tree -> run -> page) with libFuzzer.
# Usage: Fuzz/run-language.sh [SECONDS]      60 s unless told
# What it finds lies in .build/fuzz/language/crash-*; ReplayLanguage runs such a file alone.
set -eu
cd "$(dirname "$0")/.."
scratch=.build/fuzz/libfuzzer
work=.build/fuzz/language
NNBOOK_FUZZ=libfuzzer swift build -c release --sanitize=fuzzer --scratch-path "$scratch" --product FuzzLanguage
mkdir -p "$work/corpus"
rm -rf "$work/seeds"
python3 Fuzz/language_seeds.py "$work/seeds"
# A crash would hang on Swift's own backtrace.
SWIFT_BACKTRACE=enable=no exec "$scratch/release/FuzzLanguage" \
  -max_total_time="${1:-60}" -max_len=2000 -timeout=10 -rss_limit_mb=4096 \
  -dict=Fuzz/language.dict -artifact_prefix="$work/" "$work/corpus" "$work/seeds"
