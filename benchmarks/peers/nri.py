"""Training steps of neural relational inference in idiomatic PyTorch, with relation matrices as the public code has them.

Driven by `heaviside bench nri`, see driver.py. A work is what edges are (soft, hard or tree), the objects, frames and features of
the data, the width of all layers, the types of edges and the first of them that has messages, such as soft/5x49x4/256/2/0.
"""
import torch
from torch import nn
from torch.nn import functional as F

import driver

TEMPERATURE = 0.5
VARIANCE = 5e-5
STEPS = 10
LEAST_SCORE = -10  # below the largest: determinants in single precision need it


def gumbel_like(x):
    return -torch.empty_like(x).exponential_().log()


class Relations:
    """The ordered pairs of n objects as matrices of zeros and ones, row by row over (receiver, sender)."""

    def __init__(self, objects):
        pairs = torch.ones(objects, objects).fill_diagonal_(0).nonzero()
        self.receivers = F.one_hot(pairs[:, 0], objects).float()
        self.senders = F.one_hot(pairs[:, 1], objects).float()

    def to_pairs(self, objects):
        return torch.cat([torch.matmul(self.senders, objects), torch.matmul(self.receivers, objects)], -1)

    def to_objects(self, pairs):
        return pairs.transpose(-2, -1).matmul(self.receivers).transpose(-2, -1).contiguous()


class Block(nn.Module):
    def __init__(self, inputs, width):
        super().__init__()
        self.layers = nn.Sequential(nn.Linear(inputs, width), nn.ELU(), nn.Linear(width, width), nn.ELU())
        self.norm = nn.BatchNorm1d(width)

    def forward(self, x):
        hidden = self.layers(x)
        return self.norm(hidden.flatten(0, 1)).view(hidden.shape)


class Encoder(nn.Module):
    def __init__(self, relations, inputs, width, outputs):
        super().__init__()
        self.relations = relations
        self.objects = Block(inputs, width)
        self.pairs = Block(2 * width, width)
        self.objects_again = Block(width, width)
        self.pairs_again = Block(3 * width, width)
        self.output = nn.Linear(width, outputs)

    def forward(self, x):
        known = self.pairs(self.relations.to_pairs(self.objects(x)))
        heard = torch.matmul(self.relations.receivers.t(), known) / x.shape[1]
        return self.output(self.pairs_again(torch.cat([self.relations.to_pairs(self.objects_again(heard)), known], -1)))


class Decoder(nn.Module):
    def __init__(self, relations, features, width, types, first):
        super().__init__()
        self.relations, self.width, self.first = relations, width, first
        self.message_first = nn.ModuleList(nn.Linear(2 * features, width) for _ in range(types))
        self.message_second = nn.ModuleList(nn.Linear(width, width) for _ in range(types))
        self.output = nn.Sequential(
            nn.Linear(features + width, width), nn.ReLU(), nn.Linear(width, width), nn.ReLU(), nn.Linear(width, features))

    def next(self, frames, types):
        pairs = self.relations.to_pairs(frames)
        messages = torch.zeros(*pairs.shape[:-1], self.width)
        for k in range(self.first, len(self.message_first)):
            message = F.relu(self.message_second[k](F.relu(self.message_first[k](pairs))))
            messages += message * types[..., k : k + 1]
        return frames + self.output(torch.cat([frames, self.relations.to_objects(messages)], -1))

    def forward(self, x, edges):
        last = x[:, ::STEPS]
        types = edges.unsqueeze(1).expand(-1, last.shape[1], -1, -1)
        predicted = []
        for _ in range(STEPS):
            last = self.next(last, types)
            predicted.append(last)
        return torch.stack(predicted, 2).flatten(1, 2)[:, : x.shape[1] - 1]


def symmetric(x, objects):
    i, j = torch.triu_indices(objects, objects, 1)
    upper = torch.zeros(len(x), objects, objects)
    upper[:, i, j] = x
    return upper + upper.transpose(-2, -1)


def tree_marginals(scores, objects):
    """The probability of each edge where that of a spanning tree is proportional to the exponential of its scores' sum."""
    weights = symmetric((scores - scores.amax(-1, keepdim=True)).clamp_min(LEAST_SCORE).exp(), objects)
    laplacian = weights.sum(-1).diag_embed() - weights
    log_partition = torch.linalg.slogdet(laplacian[:, 1:, 1:]).logabsdet
    return torch.autograd.grad(log_partition.sum(), scores, create_graph=True)[0]


class RelationalInference(nn.Module):
    def __init__(self, kind, objects, frames, features, width, types, first):
        super().__init__()
        self.kind, self.shape = kind, (frames, objects, features)
        relations = Relations(objects)
        self.encoder = Encoder(relations, frames * features, width, 1 if kind == "tree" else types)
        self.decoder = Decoder(relations, features, width, types, first)

    def errors(self, frames, edges):
        errors = self.decoder(frames, edges) - frames[:, 1:]
        return (errors.square() / (2 * VARIANCE)).sum((1, 2, 3))

    def tree(self, frames, logits):
        objects = self.shape[1]
        i, j = torch.triu_indices(objects, objects, 1)
        others = ~torch.eye(objects, dtype=torch.bool)
        matrix = torch.zeros(len(logits), objects, objects)
        matrix[:, others] = logits
        scores = (matrix + matrix.transpose(-2, -1))[:, i, j] / 2
        edges = symmetric(tree_marginals(scores + gumbel_like(scores), objects), objects)[:, others]
        return self.errors(frames, torch.stack([1 - edges, edges], -1)).mean()

    def forward(self, x):
        frames = x.view(-1, *self.shape)
        logits = self.encoder(frames.transpose(1, 2).flatten(2))
        if self.kind == "tree":
            return self.tree(frames, logits.squeeze(-1))
        log_q = logits.log_softmax(-1)
        divergence = (log_q.exp() * log_q).sum((-1, -2))
        if self.kind == "soft":
            return (self.errors(frames, F.softmax((logits + gumbel_like(logits)) / TEMPERATURE, -1)) + divergence).mean()
        edges = F.one_hot((logits.detach() + gumbel_like(logits)).argmax(-1), logits.shape[-1]).to(logits.dtype)
        errors = self.errors(frames, edges)
        score = (edges * log_q).sum((-1, -2))
        return (errors + errors.detach() * (score - score.detach()) + divergence).mean()


def create(work, pixel_means):
    kind, sizes, width, types, first = work.split("/")
    return driver.Training(RelationalInference(kind, *map(int, sizes.split("x")), int(width), int(types), int(first)))


if __name__ == "__main__":
    driver.serve(create)
