"""Block Gibbs sweeps of a restricted Boltzmann machine with PyTorch's operators.

Driven by `heaviside bench gibbs`, see driver.py. A work is WAY/SIDE/CHAINS/SWEEPS, such as plain/100/100/200: plain is
bernoulli(sigmoid(addmm)) for each side, tuned is in place and compares uniform numbers.
"""
import torch

import driver

WEIGHT_SCALE = 0.1


class GibbsSweeps:
    def __init__(self, way, side, chains, sweeps):
        self.sweep, self.sweeps = getattr(self, way), sweeps
        self.a, self.b, self.weights = (WEIGHT_SCALE * torch.randn(shape) for shape in [(side,), (side,), (side, side)])
        self.z1, self.z2 = torch.zeros(chains, side), torch.zeros(chains, side)
        self.p1, self.p2 = torch.empty_like(self.z1), torch.empty_like(self.z2)

    def plain(self):
        self.z2 = torch.bernoulli(torch.sigmoid(torch.addmm(self.b, self.z1, self.weights.t())))
        self.z1 = torch.bernoulli(torch.sigmoid(torch.addmm(self.a, self.z2, self.weights)))

    def tuned(self):
        self.p2.copy_(self.b).addmm_(self.z1, self.weights.t()).sigmoid_()
        self.z2.uniform_().lt_(self.p2)
        self.p1.copy_(self.a).addmm_(self.z2, self.weights).sigmoid_()
        self.z1.uniform_().lt_(self.p1)

    @torch.no_grad()
    def step(self, x):
        for _ in range(self.sweeps):
            self.sweep()


def create(work, pixel_means):
    way, *counts = work.split("/")
    return GibbsSweeps(way, *map(int, counts))


if __name__ == "__main__":
    driver.serve(create)
