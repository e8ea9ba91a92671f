#!/usr/bin/env bash
# Writes src/*/PublicAPI.Unshipped.txt anew: what each library offers now and PublicAPI.Shipped.txt does not have yet.
# What has gone since a release, the build names (RS0017).
set -euo pipefail
export LC_ALL=C
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.."

for project in Heaviside Heaviside.Training Heaviside.OrTools Heaviside.Cli; do
    file=src/$project/PublicAPI.Unshipped.txt
    echo '#nullable enable' >"$file"
    log=$(dotnet build "src/$project" --configuration Release --nologo --verbosity quiet -p:TreatWarningsAsErrors=false) || { echo "$log" >&2; exit 1; }
    sed -n "s/.*warning RS0016: Symbol '\(.*\)' is not part of the declared public API.*\/$project\.csproj\]$/\1/p" <<<"$log" | sort -u >>"$file"
    echo "$file: $(($(wc -l <"$file") - 1)) lines"
done
