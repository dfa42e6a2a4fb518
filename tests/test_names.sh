#!/usr/bin/env bash
# A semicolon in a test's name makes CMake register half a name, which always passes. Usage: test_names.sh ROOT
set -u
found=$(grep -rnE '^[[:space:]]*(TEST_CASE|SCENARIO|TEST_CASE_METHOD)\(.*"[^"]*;[^"]*"' "$1/tests" --include='*.cpp')
[ -z "$found" ] && exit 0
echo "test names with a semicolon:"
echo "$found"
exit 1
