"""Compares the peers in TorchSharp with those in PyTorch: from the same seed both draw the same numbers, so their losses agree.

Needs a Python with torch and a built heaviside; takes the names of benchmarks, by default all. Prints for each work how far
the losses of the first step, and of all of them, are apart. Fails where a first loss is not the same but for rounding.
Later ones of estimators that draw bits may part: a probability that differs in its last digit can turn a bit.
"""
import json
import os
import random
import subprocess
import sys
import tempfile
from array import array

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
PROGRAM = os.path.join(ROOT, "artifacts", "bin", "Heaviside.Tool", "release", "Heaviside.Tool.dll")
PIXELS, IMAGES, BATCH, STEPS = 784, 1000, 100, 5
MOST = 1e-5  # the rounding of a sum over the pixels in single precision
WORKS = {
    "vae": ["30x10", "100x2"],
    "estimators": ["gumbel-softmax", "reinforce", "nvil", "muprop", "rebar", "relax", "arm", "disarm"],
    "direct": ["1x10/gumbel-softmax", "1x10/direct", "1x10/enumeration", "15-bits/gumbel-softmax", "15-bits/direct,-no-pairs",
               "15-bits/direct,-supermodular,-max-flow", "15-bits/direct,-general,-exhaustive"],
    "gumbolt": ["1/0/1", "2/2/2"],
    "nri": ["soft/4x49x4/32/2/0", "hard/4x49x4/32/2/1", "tree/4x49x4/32/2/1"],
}


def images():
    random.seed(1)
    patterns = [[float(random.random() < 0.3) for _ in range(PIXELS)] for _ in range(8)]
    return array("f", [v if random.random() < 0.9 else 1 - v for _ in range(IMAGES) for v in random.choice(patterns)])


def losses(command, benchmark, data):
    one_thread = {f"{library}_NUM_THREADS": "1" for library in ("OMP", "OPENBLAS", "MKL")}
    asked = "".join(f"losses {STEPS} {work}\n" for work in WORKS[benchmark])
    options = ["--data", data, "--pixels", str(PIXELS), "--batch", str(BATCH)]
    done = subprocess.run(command + options, input=asked, text=True, stdout=subprocess.PIPE, env=os.environ | one_thread, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()[1:]]


def main():
    failed = False
    with tempfile.TemporaryDirectory() as folder:
        data = os.path.join(folder, "images.f32")
        with open(data, "wb") as file:
            file.write(images().tobytes())
        for benchmark in sys.argv[1:] or WORKS:
            torch = losses([sys.executable, os.path.join(ROOT, "benchmarks", "peers", f"{benchmark}.py")], benchmark, data)
            sharp = losses(["dotnet", PROGRAM, "bench-peer", benchmark], benchmark, data)
            for work, ours, theirs in zip(WORKS[benchmark], sharp, torch):
                apart = [abs(a - b) / abs(b) for a, b in zip(ours, theirs)]
                failed |= apart[0] > MOST
                print(f"{benchmark:12} {work:40} first {apart[0]:.1e}, worst {max(apart):.1e}", flush=True)
    sys.exit(failed)


if __name__ == "__main__":
    main()
