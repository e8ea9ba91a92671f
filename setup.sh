#!/usr/bin/env bash
# Makes this checkout ready to run: packages, the libtorch shim, the .NET build. Silent and quick when nothing is missing.
# HEAVISIDE_LIBTORCH or CMAKE_PREFIX_PATH names a libtorch (a folder with include/ and lib/) other than Debian's.
set -euo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")"

header=include/ATen/core/dispatch/Dispatcher.h
shim=artifacts/native/libheaviside_torch.so
log=artifacts/setup.log

say() { echo "setup: $*" >&2; }

die() {
    say "$@"
    exit 1
}

# step WHAT COMMAND...: runs the command with its output in the log, and shows the end of that if it fails.
step() {
    say "$1"
    shift
    if ! "$@" >"$log" 2>&1; then
        tail -n 20 "$log" >&2
        die "this failed: $* (all of its output is in $PWD/$log)"
    fi
}

# Prints the folder of the libtorch that the environment names; nothing for the system's.
named_libtorch() {
    if [[ -n ${HEAVISIDE_LIBTORCH:-} ]]; then
        [[ -f $HEAVISIDE_LIBTORCH/$header ]] ||
            die "HEAVISIDE_LIBTORCH=$HEAVISIDE_LIBTORCH holds no libtorch: $header is not there. Correct or unset it."
        readlink -f "$HEAVISIDE_LIBTORCH"
    elif [[ -n ${CMAKE_PREFIX_PATH:-} ]]; then
        local folder folders
        IFS=':;' read -ra folders <<<"$CMAKE_PREFIX_PATH"
        for folder in "${folders[@]}"; do
            folder=${folder%/share/cmake} # what torch.utils.cmake_prefix_path ends with
            if [[ -f $folder/$header ]]; then
                readlink -f "$folder"
                return
            fi
        done
        die "CMAKE_PREFIX_PATH=$CMAKE_PREFIX_PATH holds no libtorch: $header is in none of its folders. Correct or unset it."
    fi
}

require_dotnet() {
    if ! { command -v dotnet && dotnet --list-sdks | grep -q '^10\.'; } >/dev/null 2>&1; then
        die "the .NET 10 SDK was not found. Get it from https://dotnet.microsoft.com/download/dotnet/10.0 and put dotnet on the PATH."
    fi
}

installed() { [[ $(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null) == installed ]]; }

apt_install() { DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@"; }

apt_install_fresh() { apt-get update && apt_install "$@"; }

# Installs what is missing, or says how to. Without the data set everything but its own recipe runs,
# so its absence stops nobody who cannot install it.
require_packages() {
    local name missing=() extra=()
    for name in cmake g++ make; do command -v "$name" >/dev/null || missing+=("$name"); done
    if [[ -z $libtorch ]]; then
        for name in libtorch-dev libopenblas0-pthread libgloo-dev; do installed "$name" || missing+=("$name"); done
    fi
    installed dataset-fashion-mnist || extra+=(dataset-fashion-mnist)

    local can_install=true
    if ! command -v apt-get >/dev/null || [[ $(id -u) != 0 ]]; then can_install=false; fi
    if [[ ${#missing[@]} == 0 ]] && { [[ ${#extra[@]} == 0 ]] || ! $can_install; }; then return; fi
    missing+=("${extra[@]}")
    if ! command -v apt-get >/dev/null; then
        die "this is no Debian system, so install these by its own means and run this again: ${missing[*]}" \
            "(HEAVISIDE_LIBTORCH can name a folder with libtorch's include/ and lib/ instead of libtorch-dev)"
    elif ! $can_install; then
        die "packages are missing and only root can install them. Run this first:" \
            "sudo apt-get update && sudo apt-get install -y --no-install-recommends ${missing[*]}"
    fi

    if apt_install --simulate "${missing[@]}" >/dev/null 2>&1; then
        step "installing ${missing[*]} (up to some minutes)" apt_install "${missing[@]}"
    else
        step "updating the package lists and installing ${missing[*]} (up to some minutes)" apt_install_fresh "${missing[@]}"
    fi
}

# True when something named after the first argument, a file, is newer than it, or it is not there.
stale() {
    local target=$1
    shift
    [[ ! -f $target ]] || [[ -n $(find "$@" -newer "$target" -print -quit) ]]
}

build_shim() {
    # Which libtorch the shim was built against; another one means to start afresh.
    local wanted built=artifacts/native/libtorch
    wanted=${libtorch:-system $(dpkg-query -W -f '${Version}' libtorch-dev 2>/dev/null || true)}
    if [[ ! -f $built || $(<"$built") != "$wanted" ]]; then
        rm -rf artifacts/native
    elif ! stale "$shim" native; then
        return
    fi
    mkdir -p artifacts/native
    step "preparing to build the shim against libtorch (${wanted})" \
        env HEAVISIDE_LIBTORCH="$libtorch" cmake -S native -B artifacts/native
    step "building the shim (about 30 seconds)" cmake --build artifacts/native --parallel
    touch "$shim"
    echo "$wanted" >"$built"
}

build_solution() {
    local stamp=artifacts/built
    # Folders count too: removing a file changes only the folder's time.
    stale "$stamp" "$shim" src benchmarks tests tools Heaviside.slnx Directory.*.props global.json .editorconfig || return 0
    touch "$stamp.new" # what is edited during the build is newer than this
    step "restoring packages and building the solution (about a minute the first time)" \
        dotnet build Heaviside.slnx --configuration Release --nologo --verbosity quiet
    mv "$stamp.new" "$stamp"
}

# One at a time. flock --close keeps the lock out of build servers, which outlive this script.
mkdir -p artifacts
if [[ -z ${HEAVISIDE_SETUP_LOCKED:-} ]]; then
    HEAVISIDE_SETUP_LOCKED=1 exec flock --close artifacts/setup.lock ./setup.sh
fi
unset HEAVISIDE_SETUP_LOCKED
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1

libtorch=$(named_libtorch)
require_dotnet
require_packages
build_shim
build_solution
