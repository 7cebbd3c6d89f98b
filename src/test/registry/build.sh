#!/bin/sh
# Builds the registry of the tests from Go modules: some minutes the first time, a second after.
set -eu
cd "$(dirname "$0")"
bin=${CDI_TEST_CACHE:-$HOME/.cache/datavolume-test}/bin
mkdir -p "$bin"
CGO_ENABLED=0 go build -trimpath -ldflags '-s -w' -o "$bin/registry.new" .
mv "$bin/registry.new" "$bin/registry"
echo "$bin/registry"
