"""A sigmoid belief network's training step with each gradient estimator in idiomatic PyTorch, for side-by-side timing.

Driven by `heaviside bench estimators`, see driver.py. A work is the name of an estimator.
"""
import torch
from torch import nn
from torch.nn import functional as F

import driver


def log_bernoulli(b, logits):
    """log p(b) summed over the last dimension; b may be fractional."""
    return -F.binary_cross_entropy_with_logits(logits.expand_as(b), b, reduction="none").sum(-1)


class SigmoidBeliefNetwork(nn.Module):
    """p(b) p(x | b) and q(b | x) with one stochastic layer, each conditional an affine map."""

    def __init__(self, pixel_means, units=200):
        super().__init__()
        self.encoder = nn.Linear(len(pixel_means), units)
        self.decoder = nn.Linear(units, len(pixel_means))
        self.prior = nn.Parameter(torch.zeros(units))
        self.register_buffer("pixel_means", pixel_means)
        self.register_buffer("output_bias", pixel_means.clamp(0.001, 0.999).logit())

    def center(self, x):
        return x - self.pixel_means

    def posterior(self, x):
        return self.encoder(self.center(x))

    def elbo(self, x, logits, b):
        """log p(x, b) - log q(b | x), one value per example; b may be relaxed."""
        log_likelihood = log_bernoulli(x, self.decoder(2 * b - 1) + self.output_bias)
        return log_likelihood + log_bernoulli(b, self.prior) - log_bernoulli(b, logits)


def perceptron(*widths, activation):
    layers = []
    for i in range(1, len(widths)):
        layers += [nn.Linear(widths[i - 1], widths[i]), activation()]
    return nn.Sequential(*layers[:-1])


def logistic(u):
    u = u.clamp(1e-7, 1 - 1e-7)
    return u.log() - (-u).log1p()


def surrogate(f, gradient, logits):
    """A loss whose gradient is -gradient at the logits and that of -f everywhere else, averaged over the batch."""
    return -(f + (gradient.detach() * logits).sum(-1)).mean()


class Estimator(nn.Module):
    """Called with a model and a batch; returns the loss, and what the estimator's own parameters minimize, if any."""

    def __init__(self, pixels, units):
        super().__init__()


class GumbelSoftmax(Estimator):
    """Binary Concrete samples, pathwise gradient."""

    temperature = 0.5

    def forward(self, model, x):
        logits = model.posterior(x)
        y = torch.sigmoid((logits + logistic(torch.rand_like(logits))) / self.temperature)
        return -model.elbo(x, logits, y).mean(), None


class Reinforce(Estimator):
    """The baseline is the mean of the batch's other examples."""

    def forward(self, model, x):
        logits = model.posterior(x)
        q = logits.detach().sigmoid()
        b = torch.bernoulli(q)
        f = model.elbo(x, logits.detach(), b)
        signal = f.detach()
        signal = (signal - signal.mean()) * len(x) / (len(x) - 1)
        return surrogate(f, signal.unsqueeze(-1) * (b - q), logits), None


class Nvil(Estimator):
    """The baseline is a network of the input, fit by least squares."""

    def __init__(self, pixels, units):
        super().__init__(pixels, units)
        self.baseline = perceptron(pixels, 100, 1, activation=nn.Tanh)

    def forward(self, model, x):
        logits = model.posterior(x)
        q = logits.detach().sigmoid()
        b = torch.bernoulli(q)
        f = model.elbo(x, logits.detach(), b)
        signal = f.detach().unsqueeze(-1) - self.baseline(model.center(x))
        return surrogate(f, signal * (b - q), logits), signal.square().mean()


class MuProp(Estimator):
    """The first-order expansion around the mean is the control variate; scales and baseline fit by least squares."""

    def __init__(self, pixels, units):
        super().__init__(pixels, units)
        self.baseline = perceptron(pixels, 100, 1, activation=nn.Tanh)
        self.scales = nn.Parameter(torch.zeros(2))

    def forward(self, model, x):
        logits = model.posterior(x)
        mu = logits.detach().sigmoid().requires_grad_()
        f_mu = model.elbo(x, logits.detach(), mu)
        slope, = torch.autograd.grad(f_mu.sum(), mu)
        mu = mu.detach()
        b = torch.bernoulli(mu)
        f = model.elbo(x, logits.detach(), b)
        constant, linear = 2 * self.scales.sigmoid()
        expansion = constant * f_mu.detach() + linear * (slope * (b - mu)).sum(-1)
        signal = (f.detach() - expansion).unsqueeze(-1) - self.baseline(model.center(x))
        gradient = signal * (b - mu) + linear * slope * mu * (1 - mu)
        return surrogate(f, gradient, logits), signal.square().mean()


class Arm(Estimator):
    """Two antithetic points, weighted by the noise that made them."""

    def forward(self, model, x):
        logits = model.posterior(x)
        u = torch.rand_like(logits)
        b1, b2 = (u > torch.sigmoid(-logits)).to(u), (u < torch.sigmoid(logits)).to(u)
        f1, f2 = model.elbo(x, logits.detach(), b1), model.elbo(x, logits.detach(), b2)
        gradient = (f1 - f2).unsqueeze(-1) * (u - 0.5)
        return surrogate((f1 + f2) / 2, gradient, logits), None


class DisArm(Estimator):
    """ARM with the noise integrated out."""

    def forward(self, model, x):
        logits = model.posterior(x)
        u = torch.rand_like(logits)
        b1, b2 = (u > torch.sigmoid(-logits)).to(u), (u < torch.sigmoid(logits)).to(u)
        f1, f2 = model.elbo(x, logits.detach(), b1), model.elbo(x, logits.detach(), b2)
        gradient = 0.5 * (f1 - f2).unsqueeze(-1) * (b1 - b2) * torch.sigmoid(logits.abs())
        return surrogate((f1 + f2) / 2, gradient, logits), None


class ControlVariateEstimator(Estimator):
    """The score function with a control variate c(z), reparameterized without and with b given.

    All that is learned minimizes the square of the gradient at the logits.
    """

    def __init__(self, pixels, units):
        super().__init__(pixels, units)
        self.scale = nn.Parameter(torch.ones(()))
        self.log_temperature = nn.Parameter(torch.tensor(0.5).log())

    def forward(self, model, x):
        logits = model.posterior(x)
        phi = logits.detach().requires_grad_()  # c's slopes are differentiated again, but not into the encoder
        q = phi.sigmoid()
        u = torch.rand_like(phi)
        z = phi + logistic(u)
        b = (z > 0).to(z)
        v = self.conditional_noise(u, b, q.detach())
        z_given_b = phi + logistic(torch.where(b > 0, 1 - q + v * q, v * (1 - q)))

        f = model.elbo(x, phi.detach(), b)
        c, c_given_b = self.control(model, x, phi, z), self.control(model, x, phi, z_given_b)
        slope, = torch.autograd.grad((c - c_given_b).sum(), phi, create_graph=True)
        signal = f.detach() - self.baseline_of(model.center(x)) - c_given_b
        gradient = signal.unsqueeze(-1) * (b - q.detach()) + slope
        return surrogate(f, gradient, logits), gradient.square().mean()

    def relaxed(self, model, x, phi, z):
        """The scaled objective at the relaxation that tends to the mean as its temperature grows."""
        temperature = self.log_temperature.exp()
        y = torch.sigmoid(z / temperature + phi * temperature / (temperature + 1))
        return self.scale * model.elbo(x, phi.detach(), y)


class Rebar(ControlVariateEstimator):
    """c is the relaxed objective; there is a baseline as well."""

    def __init__(self, pixels, units):
        super().__init__(pixels, units)
        self.baseline = perceptron(pixels, 100, 1, activation=nn.Tanh)

    def conditional_noise(self, u, b, q):
        # Makes z given b the value that z has.
        return torch.where(b > 0, (u - (1 - q)) / q, u / (1 - q)).clamp(0, 1)

    def control(self, model, x, phi, z):
        return self.relaxed(model, x, phi, z)

    def baseline_of(self, centered):
        return self.baseline(centered).squeeze(-1)


class Relax(ControlVariateEstimator):
    """c is the relaxed objective plus a network of the noisy logits and the input."""

    def __init__(self, pixels, units):
        super().__init__(pixels, units)
        self.free = perceptron(pixels + units, 200, 200, 1, activation=nn.ReLU)

    def conditional_noise(self, u, b, q):
        return torch.rand_like(u)

    def control(self, model, x, phi, z):
        free = self.free(torch.cat([model.center(x), z], -1)).squeeze(-1)
        return self.relaxed(model, x, phi, z) + free

    def baseline_of(self, centered):
        return 0


ESTIMATORS = {
    "gumbel-softmax": GumbelSoftmax,
    "reinforce": Reinforce,
    "nvil": Nvil,
    "muprop": MuProp,
    "rebar": Rebar,
    "relax": Relax,
    "arm": Arm,
    "disarm": DisArm,
}


class Training:
    """A model with an estimator and an optimizer, ready to make steps."""

    def __init__(self, estimator, pixel_means, learning_rate=1e-3):
        self.model = SigmoidBeliefNetwork(pixel_means)
        self.estimator = ESTIMATORS[estimator](len(pixel_means), len(self.model.prior))
        self.tuned = list(self.estimator.parameters())
        groups = [{"params": self.model.parameters()}, {"params": self.tuned, "lr": 10 * learning_rate}]
        self.optimizer = torch.optim.Adam(groups[: 2 if self.tuned else 1], lr=learning_rate, betas=(0.9, 0.99999))

    def step(self, x):
        self.optimizer.zero_grad()
        loss, tuning_loss = self.estimator(self.model, x)
        loss.backward()
        if self.tuned:
            tuning_loss.backward(inputs=self.tuned)
        self.optimizer.step()
        return loss.item()


if __name__ == "__main__":
    driver.serve(Training, ESTIMATORS)
