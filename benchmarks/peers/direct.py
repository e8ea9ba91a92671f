"""Training steps of direct optimization through argmax, of the exact gradient and of Gumbel-Softmax in idiomatic PyTorch.

Driven by `heaviside bench direct`, see driver.py. A work is the latents and what is trained, such as 1x10/direct. Structured
posteriors find their best bits by comparing all assignments, which a batched matrix product scores.
"""
import torch
from torch import nn
from torch.nn import functional as F

import driver

EPSILON = 1.0
TEMPERATURE = 0.5
HIDDEN = 300


def perceptron(*widths):
    return nn.Sequential(nn.Linear(widths[0], widths[1]), nn.ReLU(), nn.Linear(widths[1], widths[2]))


def gumbel_like(x):
    return -torch.empty_like(x).exponential_().log()


def one_hot(scores):
    return F.one_hot(scores.argmax(-1), scores.shape[-1]).to(scores.dtype)


def losses(decoder, codes, x):
    """Cross-entropy per code and example, summed over pixels; the shape of codes without its last dimension."""
    logits = decoder(codes)
    return F.binary_cross_entropy_with_logits(logits, x.expand_as(logits), reduction="none").sum(-1)


def divergence(scores):
    log_q = scores.log_softmax(-1)
    return (log_q.exp() * (log_q - log_q.new_tensor(1 / scores.shape[-1]).log())).sum(-1)


class OneVariable(nn.Module):
    def __init__(self, pixels, classes, work):
        super().__init__()
        self.encoder = perceptron(pixels, HIDDEN, classes)
        self.decoder = perceptron(classes, HIDDEN, pixels)
        self.classes = classes
        self.work = getattr(self, work.replace("-", "_"))

    def forward(self, x):
        h = self.encoder(x)
        return (self.work(h, x) + divergence(h)).mean()

    def gumbel_softmax(self, h, x):
        return losses(self.decoder, F.gumbel_softmax(h, tau=TEMPERATURE), x)

    def each_class(self, x):
        codes = torch.eye(self.classes).unsqueeze(1).expand(-1, len(x), -1)
        return losses(self.decoder, codes, x).t()

    def enumeration(self, h, x):
        return (h.softmax(-1) * self.each_class(x)).sum(-1)

    def direct(self, h, x):
        noise = gumbel_like(h)
        z = one_hot((h + noise).detach())
        with torch.no_grad():
            towards = one_hot(h + noise - EPSILON * self.each_class(x))
        return losses(self.decoder, z, x) + ((z - towards) * h).sum(-1) / EPSILON


class Bits(nn.Module):
    def __init__(self, pixels, work, bits=15):
        super().__init__()
        self.bits = bits
        self.pairs = [] if "pairs" in work or "gumbel" in work else torch.triu_indices(bits, bits, 1)
        self.encoder = perceptron(pixels, HIDDEN, 2 * bits + (len(self.pairs[0]) if len(self.pairs) else 0))
        self.decoder = perceptron(2 * bits, HIDDEN, pixels)
        self.softplus = "supermodular" in work
        self.relaxed = "gumbel" in work
        if len(self.pairs):
            states = torch.arange(2**bits).unsqueeze(1) >> torch.arange(bits - 1, -1, -1) & 1
            self.states = states.float()
            self.products = (states[:, self.pairs[0]] * states[:, self.pairs[1]]).float()

    def scores(self, x):
        h = self.encoder(x)
        single, pairwise = h[:, : 2 * self.bits].view(-1, self.bits, 2), h[:, 2 * self.bits :]
        return single, F.softplus(pairwise) if self.softplus else pairwise

    def argmax(self, single, pairwise):
        if not len(self.pairs):
            return one_hot(single)
        total = (single[..., 1] - single[..., 0]) @ self.states.t() + pairwise @ self.products.t()
        bits = self.states[total.argmax(-1)]
        return torch.stack([1 - bits, bits], -1)

    def score(self, z, single, pairwise):
        total = (z * single).sum((-1, -2))
        if len(self.pairs):
            bits = z[..., 1]
            total = total + (bits[:, self.pairs[0]] * bits[:, self.pairs[1]] * pairwise).sum(-1)
        return total

    def forward(self, x):
        single, pairwise = self.scores(x)
        if self.relaxed:
            return losses(self.decoder, F.gumbel_softmax(single, tau=TEMPERATURE).flatten(1), x).mean()
        noise = gumbel_like(single)
        with torch.no_grad():
            z = self.argmax(single + noise, pairwise)
            changed = z.unsqueeze(1).repeat(1, self.bits, 1, 1)
            index = torch.arange(self.bits)
            changed[:, index, index] = 1 - changed[:, index, index]
            flipped = losses(self.decoder, changed.flatten(2), x.unsqueeze(1))
        loss = losses(self.decoder, z.flatten(1), x)
        with torch.no_grad():
            each = torch.where(z.bool(), loss.view(-1, 1, 1), flipped.unsqueeze(-1))
            towards = self.argmax(single + noise - EPSILON * each, pairwise)
        return (loss + (self.score(z, single, pairwise) - self.score(towards, single, pairwise)) / EPSILON).mean()


def create(work, pixel_means):
    latents, name = work.split("/")
    pixels = len(pixel_means)
    return driver.Training(Bits(pixels, name) if latents == "15-bits" else OneVariable(pixels, int(latents.split("x")[1]), name))


if __name__ == "__main__":
    driver.serve(create)
