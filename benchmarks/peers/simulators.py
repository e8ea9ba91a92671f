"""Springs in a box with NumPy, one trajectory at a time: a loop over the steps, arrays over the particles.

Driven by `heaviside bench simulators` with the protocol of driver.py; it needs NumPy alone. A work is springs/OBJECTS/STEPS.
The law is that of the generator which was published with arXiv:1802.04687, and of src/Heaviside.Training/Simulators.
"""
import json
import sys
import time

import numpy as np

BOX, TIME_STEP, STRENGTH, MOST_FORCE, STEPS_PER_FRAME = 5.0, 1e-3, 0.1, 100.0, 100


def reflect(place, velocity):
    over, under = place > BOX, place < -BOX
    place[over] = 2 * BOX - place[over]
    velocity[over] = -np.abs(velocity[over])
    place[under] = -2 * BOX - place[under]
    velocity[under] = np.abs(velocity[under])


def force(place, springs):
    difference = place[:, :, None] - place[:, None, :]  # [2, n, n]
    return np.clip((-STRENGTH * springs * difference).sum(axis=-1), -MOST_FORCE, MOST_FORCE)


def simulate(place, velocity, springs, steps):
    """Frames [T, 4, n] of places and velocities, both [2, n] at the start; springs [n, n] are 0 and 1."""
    frames = []
    reflect(place, velocity)
    velocity += TIME_STEP * force(place, springs)
    for step in range(1, steps + 1):
        place += TIME_STEP * velocity
        reflect(place, velocity)
        if step % STEPS_PER_FRAME == 0:
            frames.append(np.concatenate([place, velocity]))
        velocity += TIME_STEP * force(place, springs)
    return np.stack(frames)


def trajectory(rng, objects, steps):
    springs = np.tril(rng.integers(0, 2, (objects, objects)), -1)
    place, velocity = 0.5 * rng.standard_normal((2, objects)), rng.standard_normal((2, objects))
    velocity *= 0.5 / np.linalg.norm(velocity, axis=0)
    return simulate(place, velocity, springs + springs.T, steps)


def main():
    rng = np.random.default_rng(1)
    print(json.dumps({"numpy": np.__version__, "works": []}), flush=True)
    for line in sys.stdin:
        if not line.strip():
            break
        _, count, work = line.split()
        _, objects, steps = work.split("/")
        times = []
        for _ in range(int(count)):
            start = time.perf_counter()
            trajectory(rng, int(objects), int(steps))
            times.append(time.perf_counter() - start)
        print(json.dumps(times), flush=True)


if __name__ == "__main__":
    main()
