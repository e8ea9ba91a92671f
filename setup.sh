#!/usr/bin/env bash
# Makes this checkout ready to run: the .NET build and, where apt may install it, the data set of the default run.
# Silent and quick when nothing is missing.
set -euo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")"

log=artifacts/setup.log

say() { echo "setup: $*" >&2; }

die() {
    say "$@"
    exit 1
}

require_dotnet() {
    # Without a match in a pipe: the SDK must not be told that nobody reads on.
    if ! [[ $'\n'$(dotnet --list-sdks 2>/dev/null) == *$'\n'10.* ]]; then
        die "the .NET 10 SDK was not found. Get it from https://dotnet.microsoft.com/download/dotnet/10.0 and put dotnet on the PATH."
    fi
}

data_package=dataset-fashion-mnist

apt_install() { DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$data_package"; }

# Fashion-MNIST as a package, if this is a Debian system and we are root. It is tried once, and nothing depends on it:
# where the set is missing, heaviside fetches it or says how to get it.
install_data() {
    local tried=artifacts/tried-$data_package
    if [[ -f $tried ]] || ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null || [[ $(id -u) != 0 ]]; then return; fi
    if [[ $(dpkg-query -W -f '${db:Status-Status}' "$data_package" 2>/dev/null) == installed ]]; then return; fi
    say "installing the package $data_package (70,000 images to train on)"
    touch "$tried"
    if ! { apt_install || { apt-get update && apt_install; }; } >"$log" 2>&1; then
        say "it could not be installed, so the first run that needs it will fetch it (what apt said is in $PWD/$log)"
    fi
}

# True when something named after the first argument, a file, is newer than it, or it is not there.
stale() {
    local target=$1
    shift
    [[ ! -f $target ]] || [[ -n $(find "$@" -newer "$target" -print -quit) ]]
}

build() {
    local stamp=artifacts/built
    # Folders count too: removing a file changes only the folder's time.
    stale "$stamp" src tests samples benchmarks build Heaviside.slnx Directory.*.props Directory.*.targets global.json .editorconfig || return 0
    say "restoring packages and building (some minutes the first time)"
    touch "$stamp.new" # what is edited during the build is newer than this
    if ! dotnet build Heaviside.slnx --configuration Release --nologo --verbosity quiet >"$log" 2>&1; then
        tail -n 20 "$log" >&2
        die "the build failed (all of its output is in $PWD/$log)"
    fi
    mv "$stamp.new" "$stamp"
}

# One at a time. flock --close keeps the lock out of build servers, which outlive this script; macOS has no flock.
mkdir -p artifacts
if [[ -z ${HEAVISIDE_SETUP_LOCKED:-} ]] && command -v flock >/dev/null; then
    HEAVISIDE_SETUP_LOCKED=1 exec flock --close artifacts/setup.lock ./setup.sh
fi
unset HEAVISIDE_SETUP_LOCKED
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1

require_dotnet
install_data
build
