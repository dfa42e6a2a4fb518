#!/usr/bin/env bash
# Installs a build into a folder of its own, runs the installed program on the installed tables, and builds and runs the example against the package.
# Usage: check.sh BUILD_FOLDER
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cmake --install "$1" --prefix "$work/installed" >/dev/null
cd "$work"
"$work/installed/bin/instroom" run --regions Zeeuws-Vlaanderen --scale 0.05 --until 2021-01 --quiet -o installed.h5
cmake -S "$here" -B build -G Ninja -DCMAKE_PREFIX_PATH="$work/installed" -DCMAKE_BUILD_TYPE=Release >/dev/null
cmake --build build >/dev/null
./build/example
test -s installed.h5 && test -s zeeuws-vlaanderen.h5
