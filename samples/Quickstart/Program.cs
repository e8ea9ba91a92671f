using Heaviside.Distributions;
using Heaviside.Estimators;
using Heaviside.Estimators.Baselines;
using Heaviside.Estimators.Controls;
using static TorchSharp.torch;

set_num_threads(1); // products as small as these gain nothing from a second thread
using var rng = random.manual_seed(1);
var x = eye(16); // sixteen patterns, to be told apart by eight bits
var encoder = nn.Sequential(nn.Linear(16, 32), nn.Tanh(), nn.Linear(32, 8));
var decoder = nn.Sequential(nn.Linear(8, 32), nn.Tanh(), nn.Linear(32, 16));
var rebar = new Rebar { LearnTemperature = false, Scale = ScaleKind.None, Baseline = BaselineKind.None }; // or any other of the catalogue
using var adam = optim.Adam([.. encoder.parameters(), .. decoder.parameters()], lr: 0.01);
var f = Objective.Differentiable(b => (x * decoder.call(b).log_softmax(-1)).sum(-1)); // bits [S, B, 8] to nats [S, B]

for (var step = 0; step < 1000; step++)
{
    using var scope = NewDisposeScope();
    var estimate = rebar.Estimate(new Bernoulli(encoder.call(x)), f, rng);
    adam.zero_grad();
    (-estimate.Surrogate).mean().backward(); // gradients of both networks, unbiased
    adam.step();
}

var bits = encoder.call(x).sigmoid().round();
var right = decoder.call(bits).argmax(-1).eq(arange(16)).sum().item<long>();
Console.WriteLine($"{right} of 16 patterns right"); // 16 of 16 patterns right
