// How good is a gradient estimator on a network of one's own? Compares some with each other and with the exact gradient.
using Heaviside.Distributions;
using Heaviside.Estimators;
using Heaviside.Estimators.Baselines;
using Heaviside.Estimators.Controls;
using Heaviside.Laboratory;
using TorchSharp;

using var rng = torch.manual_seed(1);

// Any model: here eight inputs, six bits, and a decoder that must give the inputs back.
var x = torch.rand(20, 8, generator: rng);
var encoder = torch.nn.Linear(8, 6);
var decoder = torch.nn.Linear(6, 8);

// What is minimized, with the estimator left open.
torch.Tensor Loss(GradientEstimator estimator, torch.Generator noise)
{
    var q = new Bernoulli(encoder.call(x));
    var f = Objective.Differentiable(b => -(decoder.call(b) - x).square().sum(-1)); // [S, B, 6] to [S, B]
    return -estimator.Estimate(q, f, noise).Surrogate.mean();
}

var reports = GradientLab.Measure(
    Loss,
    [.. encoder.parameters()],
    [
        ("reinforce", new Reinforce()),
        ("reinforce, 4 samples", new Reinforce { Samples = 4 }),
        ("rebar", new Rebar { LearnTemperature = false, Scale = ScaleKind.None, Baseline = BaselineKind.None }),
        ("disarm", new DisArm()),
        ("gumbel-softmax", new GumbelSoftmax { Temperature = 0.5 }),
        ("straight-through", new StraightThrough()),
    ],
    draws: 500);

Console.WriteLine($"{"estimator",-22}{"log variance",13}{"bias",8}{"std. error",12}   (bias in lengths of the exact gradient)");
foreach (var r in reports)
    Console.WriteLine($"{r.Name,-22}{r.LogVariance,13:F2}{r.RelativeBias,8:F2}{r.RelativeError,12:F2}");
