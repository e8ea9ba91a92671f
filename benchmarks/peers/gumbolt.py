"""Training steps of GumBolt in idiomatic PyTorch: a variational autoencoder of bits with a restricted Boltzmann machine as prior.

Driven by `heaviside bench gumbolt`, see driver.py. A work is GROUPS/HIDDEN/SAMPLES, such as 2/2/20.
"""
import math

import torch
from torch import nn
from torch.nn import functional as F

import driver

UNITS = 200
CHAINS = 100
SWEEPS = 200
TEMPERATURE = 1 / 7


class Perceptron(nn.Module):
    """Affine maps with batch norm and tanh between them, of inputs with any leading dimensions."""

    def __init__(self, inputs, hidden_layers, outputs):
        super().__init__()
        layers = []
        for _ in range(hidden_layers):
            layers += [nn.Linear(inputs, UNITS), nn.BatchNorm1d(UNITS, eps=1e-2, momentum=0.2), nn.Tanh()]
            inputs = UNITS
        self.layers = nn.Sequential(*layers, nn.Linear(inputs, outputs))

    def forward(self, x):
        return self.layers(x.flatten(0, -2)).unflatten(0, x.shape[:-1])


class BoltzmannMachine(nn.Module):
    def __init__(self, side):
        super().__init__()
        self.side = side
        self.a = nn.Parameter(torch.zeros(side))
        self.b = nn.Parameter(torch.zeros(side))
        self.weights = nn.Parameter(torch.zeros(side, side))
        self.register_buffer("left", torch.bernoulli(torch.full((CHAINS, side), 0.5)))

    def energy(self, z):
        left, right = z.split(self.side, -1)
        return -(left @ self.a + right @ self.b + (right * (left @ self.weights.t())).sum(-1))

    @torch.no_grad()
    def sample(self):
        for _ in range(SWEEPS):
            right = torch.bernoulli(torch.sigmoid(torch.addmm(self.b, self.left, self.weights.t())))
            self.left = torch.bernoulli(torch.sigmoid(torch.addmm(self.a, right, self.weights)))
        return torch.cat([self.left, right], -1)


class GumBolt(nn.Module):
    def __init__(self, pixels, groups, hidden_layers, samples):
        super().__init__()
        self.samples = samples
        self.encoders = nn.ModuleList(Perceptron(pixels + i * UNITS, hidden_layers, UNITS) for i in range(groups))
        self.decoder = Perceptron(groups * UNITS, hidden_layers, pixels)
        self.prior = BoltzmannMachine(groups * UNITS // 2)

    def forward(self, x):
        x = x.expand(self.samples, *x.shape)
        zeta, log_q = [], 0
        for encoder in self.encoders:
            logits = encoder(torch.cat([x - 0.5, *zeta], -1))
            noise = torch.rand_like(logits).clamp(1e-6, 1 - 1e-6)
            zeta.append(torch.sigmoid((logits + noise.log() - torch.log1p(-noise)) / TEMPERATURE))
            log_q = log_q - F.binary_cross_entropy_with_logits(logits, zeta[-1], reduction="none").sum(-1)
        z = torch.cat(zeta, -1)
        log_likelihood = -F.binary_cross_entropy_with_logits(self.decoder(z), x, reduction="none").sum(-1)
        bound = torch.logsumexp(log_likelihood - self.prior.energy(z) - log_q, 0) - math.log(self.samples)
        log_partition = -self.prior.energy(self.prior.sample()).mean()
        return log_partition - bound.mean()


def create(work, pixel_means):
    return driver.Training(GumBolt(len(pixel_means), *map(int, work.split("/"))))


if __name__ == "__main__":
    driver.serve(create)
