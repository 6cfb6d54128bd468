#!/bin/sh
# Runs the Markdown path over texts built to take long and prints the slowest.
# Usage: Fuzz/run-pathological.sh [KILOBYTES]
set -eu
cd "$(dirname "$0")/.."
scratch=.build/fuzz/release
texts=.build/fuzz/pathological
NNBOOK_FUZZ=1 swift build -c release --scratch-path "$scratch" --product ReplayMarkdown
rm -rf "$texts"
python3 Fuzz/pathological.py "$texts" "${1:-200}"
status=0
"$scratch/release/ReplayMarkdown" "$texts"/*.md > "$texts/times" || status=1
sort -t, -k2 -rn "$texts/times" | head -20
exit $status
