"""What all peers share: training steps on demand, timed, over standard input and output.

Driven by `heaviside bench`: a line "run N WORK" makes N training steps of a work and answers with one line of JSON, the
seconds that each took; "losses N WORK" answers with the losses before them; an empty line ends the program. The first line
of output says which PyTorch this is.
"""
import argparse
import json
import sys
import time

import torch


class Training:
    """A module whose forward pass gives the loss, and an optimizer, ready to make steps."""

    def __init__(self, model, learning_rate=1e-3):
        self.model = model
        self.optimizer = torch.optim.Adam(model.parameters(), lr=learning_rate)

    def step(self, x):
        self.optimizer.zero_grad()
        loss = self.model(x)
        loss.backward()
        self.optimizer.step()
        return loss.item()


def serve(create, works=()):
    """Answers until the input ends. create(work, pixel_means) makes what has step(x), with the same seed for every work."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", help="file of float32 images, row by row; not for what needs none")
    parser.add_argument("--pixels", type=int)
    parser.add_argument("--batch", type=int)
    parser.add_argument("--device", default="cpu")
    args = parser.parse_args()

    batches, pixel_means = [None], None
    if args.data:
        with open(args.data, "rb") as file:
            images = torch.frombuffer(bytearray(file.read()), dtype=torch.float32).view(-1, args.pixels).to(args.device)
        batches, pixel_means = [batch for batch in images.split(args.batch) if len(batch) == args.batch], images.mean(0)
    training, done = {}, {}
    print(json.dumps({"torch": torch.__version__, "works": list(works)}), flush=True)

    for line in sys.stdin:
        if not line.strip():
            break
        what, steps, work = line.split()
        if work not in training:
            torch.manual_seed(1)
            training[work], done[work] = create(work, pixel_means), 0
        times, losses = [], []
        for _ in range(int(steps)):
            x = batches[done[work] % len(batches)]
            start = time.perf_counter()
            losses.append(training[work].step(x))
            times.append(time.perf_counter() - start)
            done[work] += 1
        print(json.dumps(losses if what == "losses" else times), flush=True)
