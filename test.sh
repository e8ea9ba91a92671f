#!/usr/bin/env bash
# Sets up what is missing, checks the format and runs every test. Arguments go to dotnet test: ./test.sh --filter Data
set -euo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")"
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
export DOTNET_GCgen0size=0x20000000 # few collections: src/Heaviside.Training/Evaluation/QuietCollector.cs says why

./setup.sh
# The third part, analyzers, would find nothing: their warnings are errors of the build.
for part in whitespace style; do dotnet format "$part" Heaviside.slnx --no-restore --verify-no-changes; done

# counter FILE NAME: an attribute of the totals in a TRX file.
counter() { sed -n "s/.*<Counters .*\b$2=\"\([0-9]*\)\".*/\1/p" "$1"; }

# The projects run side by side, so that the last tests of one leave no core idle.
results=artifacts/test-results
rm -rf "$results"
status=0 passed=0 failed=0 skipped=0 summary=()
dotnet test Heaviside.slnx --no-build --configuration Release --nologo "$@" || status=1
for trx in "$results"/*.trx; do
    if [[ ! -f $trx ]]; then continue; fi # nothing matched a filter
    p=$(counter "$trx" passed) executed=$(counter "$trx" executed) total=$(counter "$trx" total)
    f=$((executed - p)) s=$((total - executed)) # the file's own notExecuted leaves skipped tests out
    summary+=("$(basename "$trx" .trx): $p passed, $f failed, $s skipped")
    passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
done

echo
if ((${#summary[@]})); then printf '%s\n' "${summary[@]}"; fi
if ((passed + failed == 0)); then
    echo "No test ran." >&2
    status=1
fi
if ((failed)); then
    status=1
elif ((status)); then
    echo "A test process ended before its tests had: what it said is above." >&2
fi
echo "$passed passed, $failed failed, $skipped skipped"
exit $status
