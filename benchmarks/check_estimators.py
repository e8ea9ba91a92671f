"""Checks the gradients of peers/estimators.py, all or those named, on a network small enough to enumerate.

Prints, per estimator, the largest deviation of its mean gradient from the exact one over all parameters, in
standard errors; and for those that learn, that of their own gradient from finite differences of what they
minimize. Fails where an unbiased estimator deviates by more than 4.5, or a learned one by more than 1e-5.
"""
import itertools
import os
import sys

import torch

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "peers"))
from estimators import ESTIMATORS, SigmoidBeliefNetwork  # noqa: E402

PIXELS, UNITS, REPEATS, BATCHES = 6, 3, 250, 400
BIASED = {"gumbel-softmax"}
MOST = 4.5


def gradients(loss, model):
    return torch.cat([g.flatten() for g in torch.autograd.grad(loss, list(model.parameters()))])


def exact(model, x):
    logits = model.posterior(x)
    elbo = 0
    for bits in itertools.product([0.0, 1.0], repeat=UNITS):
        b = torch.tensor(bits).expand_as(logits)
        q = torch.distributions.Bernoulli(logits=logits).log_prob(b).sum(-1).exp()
        elbo = elbo + q * model.elbo(x, logits, b)
    return gradients(-elbo.mean(), model)


def bias(estimator, model, x):
    repeated = x.repeat(REPEATS, 1)
    draws = torch.stack([gradients(estimator(model, repeated)[0], model) for _ in range(BATCHES)])
    error = draws.std(0) / BATCHES ** 0.5
    return ((draws.mean(0) - exact(model, x)) / error).abs().max().item()


def tuning_error(estimator, model, x, step=1e-5):
    def objective():
        torch.manual_seed(3)
        return estimator(model, x)[1]

    worst = 0.0
    for parameter in estimator.parameters():
        gradient, = torch.autograd.grad(objective(), parameter)
        for i in range(parameter.numel()):
            value = parameter.data.view(-1)
            sides = []
            for shift in (step, -step):
                value[i] += shift
                sides.append(objective().item())
                value[i] -= shift
            numeric = (sides[0] - sides[1]) / (2 * step)
            worst = max(worst, abs(gradient.view(-1)[i].item() - numeric) / max(1.0, abs(numeric)))
    return worst


def main():
    torch.set_default_dtype(torch.float64)
    torch.manual_seed(2)
    model = SigmoidBeliefNetwork(torch.rand(PIXELS), UNITS)
    for parameter in model.parameters():
        torch.nn.init.normal_(parameter)
    x = torch.bernoulli(torch.full((4, PIXELS), 0.5))
    failed = False
    for name in sys.argv[1:] or ESTIMATORS:
        torch.manual_seed(5)
        estimator = ESTIMATORS[name](PIXELS, UNITS)
        deviation = bias(estimator, model, x)
        line = f"{name:16} {deviation:7.2f} standard errors"
        failed |= deviation > MOST and name not in BIASED
        if list(estimator.parameters()):
            error = tuning_error(estimator, model, x)
            failed |= error > 1e-5
            line += f", what it learns {error:.1e}"
        print(line + (" (biased by design)" if name in BIASED else ""), flush=True)
    sys.exit(failed)


if __name__ == "__main__":
    main()
