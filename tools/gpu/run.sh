#!/usr/bin/env bash
# run.sh [--quick] [LIBTORCH]: builds the shim against a libtorch and tries Heaviside on every device it has.
# Everything goes to report.txt beside this script. --quick stops after `doctor`. See README.md.
set -uo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")" || exit 1
quick=false
if [[ ${1:-} == --quick ]]; then
    quick=true
    shift
fi
report=$PWD/report.txt
exec > >(tee "$report") 2>&1

die() {
    echo "run: $*"
    exit 1
}

# step COMMAND...: runs it; a failure is reported and remembered, and the next step runs all the same.
failed=0
step() {
    local code=0 start=$SECONDS
    echo "=== $*"
    "$@" || code=$?
    if ((code)); then
        echo "=== FAILED with exit code $code after $((SECONDS - start)) s: $*"
        failed=$((failed + 1))
    else
        echo "=== done in $((SECONDS - start)) s"
    fi
    return $code
}

torch=${1:-${HEAVISIDE_LIBTORCH:-}}
if [[ -z $torch ]]; then
    torch=$(python3 -c 'import importlib.util as u; print(u.find_spec("torch").submodule_search_locations[0])' 2>/dev/null) ||
        die "python3 has no torch. Name a libtorch: ./run.sh FOLDER (with include/ and lib/)"
fi
[[ -f $torch/include/ATen/core/dispatch/Dispatcher.h ]] || die "$torch holds no libtorch: include/ATen is not there"
for tool in cmake g++ make; do command -v "$tool" >/dev/null || die "$tool is needed to build the shim"; done

# A wheel's CUDA libraries lie beside it, in packages of their own.
for libraries in "$torch/lib" "$torch"/../nvidia/*/lib; do
    if [[ -f $torch/lib/libtorch_cpu.so && -d $libraries ]]; then
        export LD_LIBRARY_PATH=${LD_LIBRARY_PATH:+$LD_LIBRARY_PATH:}$libraries
    fi
done
export HEAVISIDE_LIBTORCH=$torch HEAVISIDE_SHIM=$PWD/shim/libheaviside_torch.so

echo "Heaviside on $(uname -srm), libtorch in $torch"
devices=(cpu)
if nvidia-smi -L 2>/dev/null; then devices=(cuda cpu); else echo "no NVIDIA GPU: only the CPU is tried"; fi

rm -rf shim # another libtorch than last time, perhaps
step cmake -S native -B shim || exit 1
step cmake --build shim --parallel || exit 1
step ./heaviside doctor
if ! $quick; then
    for device in "${devices[@]}"; do
        step ./heaviside check --device "$device"
        step ./heaviside bench vae --device "$device" --json
    done
fi

echo "steps that failed: $failed (this is in $report)"
((failed == 0))
