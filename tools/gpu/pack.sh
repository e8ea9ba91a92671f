#!/usr/bin/env bash
# Packs Heaviside for a machine without .NET: the program in one file, the shim's source, and run.sh to build and try them.
set -euo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../.."
archive=artifacts/heaviside-gpu.tar.gz
most=40000000

./setup.sh
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
folder=$work/heaviside-gpu

# Its own artifacts folder: a build for one runtime must not disturb the restored state of the others. Partial trimming
# leaves packages that are not made for it whole; IL2104 only says that there are such packages.
dotnet publish src/Heaviside.Cli --configuration Release --runtime linux-x64 --self-contained --output "$work/publish" \
    --artifacts-path artifacts/gpu --nologo --verbosity quiet -clp:ErrorsOnly \
    -p:PublishSingleFile=true -p:EnableCompressionInSingleFile=true -p:PublishTrimmed=true -p:TrimMode=partial \
    -p:DebugType=none -p:WarningsNotAsErrors=IL2104 >&2

mkdir "$folder"
cp "$work/publish/Heaviside.Cli" "$folder/heaviside"
cp -r native tools/gpu/run.sh tools/gpu/README.md LICENSE "$folder"
tar --sort=name --owner=0 --group=0 --numeric-owner -czf "$archive" -C "$work" heaviside-gpu

size=$(stat -c %s "$archive")
if ((size > most)); then
    rm "$archive"
    echo "pack: the archive would have $size bytes, more than $most" >&2
    exit 1
fi
echo "$archive ($size bytes)"
