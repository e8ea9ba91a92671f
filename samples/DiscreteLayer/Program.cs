// Makes a layer of one's own network discrete: an autoencoder of sixteen patterns whose code becomes ten bits.
using Heaviside.Regularizers;
using static TorchSharp.torch;

using var rng = manual_seed(1);
var patterns = eye(16);
var encoder = nn.Sequential(nn.Linear(16, 32), nn.Tanh(), nn.Linear(32, 10));
var decoder = nn.Sequential(nn.Linear(10, 32), nn.Tanh(), nn.Linear(32, 16));

// Any layer with outputs in (0, 1) will do, a network that ends in one too; StableCategories is for softmaxes.
var bits = new StableBits(nn.Sigmoid()) { Regularizer = new StabilityRegularizer { Alpha = 0.95, Reduction = StabilityReduction.Sum } };
using var adam = optim.Adam([.. encoder.parameters(), .. decoder.parameters()], lr: 0.01);

for (var step = 0; step < 1000; step++)
{
    using var scope = NewDisposeScope();
    var x = patterns.repeat([8, 1]);
    var code = bits.Stabilize(encoder.call(x), rng); // the layer under noise, and how stable it is
    var error = -(x * decoder.call(code.Output).log_softmax(-1)).sum(-1).mean();
    adam.zero_grad();
    (error - (0.3 * code.Maximand)).backward(); // it is to be maximized
    adam.step();
    if (step % 200 == 199) Console.WriteLine($"step {step + 1}: error {error.item<float>():F3}, distance from 0 or 1 {code.Discreteness.item<float>():F3}");
}

// In use there is no noise, and the code is bits.
var hard = bits.Hard(encoder.call(patterns));
var right = decoder.call(hard).argmax(-1).eq(arange(16)).to(ScalarType.Float32).mean().item<float>();
Console.WriteLine($"from bits alone: {right * 100:F0} % of the patterns right");
