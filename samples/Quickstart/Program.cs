using Heaviside.Distributions;
using Heaviside.Estimators;
using TorchSharp;

using var rng = new torch.Generator(1);
var target = torch.tensor([1f, 0, 1, 1, 0]);
var f = Objective.BlackBox(b => -(b - target).abs().sum(-1)); // any function of hard bits, [S, B, 5] to [S, B]
var logits = torch.nn.Parameter(torch.zeros(1, 5));
using var adam = torch.optim.Adam([logits], lr: 0.1);
var estimator = new Reinforce { Samples = 4 }; // or any other of the catalogue

for (var step = 0; step < 300; step++)
{
    using var scope = torch.NewDisposeScope();
    var estimate = estimator.Estimate(new Bernoulli(logits), f, rng);
    adam.zero_grad();
    (-estimate.Surrogate).mean().backward();
    adam.step();
}

Console.WriteLine(string.Join(" ", logits.sigmoid().data<float>().Select(p => $"{p:F2}"))); // 1, 0, 1, 1, 0
