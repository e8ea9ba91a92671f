"""The categorical VAE's training step in idiomatic PyTorch, for side-by-side timing.

Driven by `heaviside bench vae`, see driver.py. A work is the shape of the latents, such as 30x10.
"""
import torch
from torch import nn
from torch.nn import functional as F

import driver

TEMPERATURE = 0.5


class CategoricalVae(nn.Module):
    def __init__(self, pixels, variables, classes):
        super().__init__()
        self.variables, self.classes = variables, classes
        code = variables * classes
        self.encoder = nn.Sequential(nn.Linear(pixels, 200), nn.ELU(), nn.Linear(200, code))
        self.decoder = nn.Sequential(nn.Linear(code, 400), nn.ELU(), nn.Linear(400, pixels))
        self.register_buffer("output_bias", torch.zeros(pixels))

    def forward(self, x):
        logits = self.encoder(x).view(-1, self.variables, self.classes)
        b = F.gumbel_softmax(logits, tau=TEMPERATURE)
        reconstruction = self.decoder(b.flatten(1)) + self.output_bias
        log_likelihood = -F.binary_cross_entropy_with_logits(reconstruction, x, reduction="none").sum(-1)
        log_q = F.log_softmax(logits, dim=-1)
        kl = (log_q.exp() * (log_q + torch.tensor(float(self.classes)).log())).sum((-1, -2))
        return -(log_likelihood - kl).mean()


def create(work, pixel_means):
    return driver.Training(CategoricalVae(len(pixel_means), *map(int, work.split("x"))).to(pixel_means.device))


if __name__ == "__main__":
    driver.serve(create)
