"""The categorical VAE's training step in idiomatic PyTorch, for side-by-side timing.

Driven by `heaviside bench vae` through standard input: a line "run N" makes N training steps and
answers with one line of JSON, the seconds that each took; an empty line ends the program.
"""
import argparse
import json
import sys
import time

import torch
from torch import nn
from torch.nn import functional as F


class CategoricalVae(nn.Module):
    def __init__(self, pixels, variables, classes):
        super().__init__()
        self.variables, self.classes = variables, classes
        code = variables * classes
        self.encoder = nn.Sequential(nn.Linear(pixels, 200), nn.ELU(), nn.Linear(200, code))
        self.decoder = nn.Sequential(nn.Linear(code, 400), nn.ELU(), nn.Linear(400, pixels))
        self.register_buffer("output_bias", torch.zeros(pixels))

    def forward(self, x, temperature):
        logits = self.encoder(x).view(-1, self.variables, self.classes)
        b = F.gumbel_softmax(logits, tau=temperature)
        reconstruction = self.decoder(b.flatten(1)) + self.output_bias
        log_likelihood = -F.binary_cross_entropy_with_logits(reconstruction, x, reduction="none").sum(-1)
        log_q = F.log_softmax(logits, dim=-1)
        kl = (log_q.exp() * (log_q + torch.tensor(float(self.classes)).log())).sum((-1, -2))
        return -(log_likelihood - kl).mean()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", help="file of float32 images, row by row")
    parser.add_argument("--pixels", type=int)
    parser.add_argument("--batch", type=int)
    parser.add_argument("--latents", help="NxK")
    parser.add_argument("--device", default="cpu")
    args = parser.parse_args()

    with open(args.data, "rb") as file:
        images = torch.frombuffer(bytearray(file.read()), dtype=torch.float32).view(-1, args.pixels).to(args.device)
    batches = images.split(args.batch)
    variables, classes = map(int, args.latents.split("x"))
    torch.manual_seed(1)
    model = CategoricalVae(args.pixels, variables, classes).to(args.device)
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
    print(json.dumps({"torch": torch.__version__, "threads": torch.get_num_threads()}), flush=True)

    step = 0
    for line in sys.stdin:
        if not line.strip():
            break
        times = []
        for _ in range(int(line.split()[1])):
            start = time.perf_counter()
            x = batches[step % len(batches)]
            optimizer.zero_grad()
            loss = model(x, 0.5)
            loss.backward()
            optimizer.step()
            loss.item()
            times.append(time.perf_counter() - start)
            step += 1
        print(json.dumps(times), flush=True)


if __name__ == "__main__":
    main()
