#!/bin/sh
# Fetches cmark-gfm's source from Debian, for its test/spec.txt and test/extensions.txt, into
# .build/spec. They are CC-BY-SA, so they are not kept here; ConformanceTests skips without them.
set -eu
cd "$(dirname "$0")/../../.."
mkdir -p .build/spec/lists/partial
cd .build/spec
keyring=/usr/share/keyrings/debian-archive-keyring.gpg
echo "deb-src [signed-by=$keyring] http://deb.debian.org/debian bookworm main" > sources.list
options="-o Dir::Etc::sourcelist=$PWD/sources.list -o Dir::Etc::sourceparts=- -o Dir::State::lists=$PWD/lists"
apt-get $options update
apt-get $options source --download-only cmark-gfm
tar xzf cmark-gfm_*.orig.tar.gz --strip-components=2 --wildcards '*/test/spec.txt' '*/test/extensions.txt'
ls spec.txt extensions.txt
