using Heaviside.Torch;

namespace Heaviside.Estimators;

/// <summary>The small networks that estimators learn: affine layers with an activation between them.</summary>
internal static class Perceptron
{
    /// <summary>A network from <paramref name="inputs"/> numbers to one, with weights as in arXiv:1703.07370 and biases of 0.</summary>
    internal static Sequential ToScalar(long inputs, IReadOnlyList<int> hidden, Func<Module<Tensor, Tensor>> activation, EstimatorInput input)
    {
        var layers = new List<Module<Tensor, Tensor>>();
        var width = inputs;
        foreach (var next in hidden)
        {
            layers.Add(Layer(width, next, input));
            layers.Add(activation());
            width = next;
        }

        layers.Add(Layer(width, 1, input));
        return torch.nn.Sequential([.. layers]);
    }

    private static Linear Layer(long inputs, long outputs, EstimatorInput input)
    {
        var layer = torch.nn.Linear(inputs, outputs, input.Rng, dtype: input.Type);
        torch.nn.init.variance_scaling_(layer.weight, input.Rng);
        torch.nn.init.zeros_(layer.bias!);
        return layer;
    }
}
