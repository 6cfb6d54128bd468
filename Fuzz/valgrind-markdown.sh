#!/bin/sh
# Runs the Markdown path under valgrind over Fuzz/Corpus (each construct once, replaced nodes,
# footnotes, broken front matter): no invalid access, nothing lost.
set -eu
cd "$(dirname "$0")/.."
command -v valgrind > /dev/null || { echo "skipped: valgrind is not installed"; exit 0; }
scratch=.build/fuzz/debug
NNBOOK_FUZZ=1 swift build --scratch-path "$scratch" --product ReplayMarkdown
exec valgrind --quiet --leak-check=full --errors-for-leak-kinds=definite,indirect \
  --show-leak-kinds=definite,indirect --error-exitcode=9 \
  "$scratch/debug/ReplayMarkdown" Fuzz/Corpus/*
