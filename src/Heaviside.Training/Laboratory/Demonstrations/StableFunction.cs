using Heaviside.Networks;
using Heaviside.Optimizers;
using Heaviside.Regularizers;
using Heaviside.Training;

namespace Heaviside.Laboratory.Demonstrations;

/// <summary>A function of standard normal inputs with values in (0, 1), sigmoid(network), trained to have a given mean and to be stable:
/// the loss is weight (batch mean of f - mean)^2 - stability weight * maximand.</summary>
/// <remarks>The inputs are the regularizer's Gaussian noise themselves, z = 0.</remarks>
internal sealed class StableFunction : IDisposable
{
    private readonly StableFunctionOptions options;
    private readonly Sequential network;
    private readonly Optimizer optimizer;
    private readonly NoiseStability regularizer;
    private readonly Generator rng;
    private readonly Tensor zeros;

    /// <summary>An untrained function.</summary>
    /// <param name="options">The function and its training.</param>
    /// <param name="inputs">How many numbers it is of.</param>
    internal StableFunction(StableFunctionOptions options, long inputs)
    {
        (this.options, regularizer) = (options, options.Stability.Regularizer);
        Conditions = $"network {inputs}-{string.Join('-', options.Layers)}-1, seed {Seed}, batches of {options.BatchSize}";

        using var initial = new Generator(Seeds.Derive(Seed, "initial weights"));
        network = Perceptron.Create([inputs, .. options.Layers.Select(n => (long)n), 1], () => torch.nn.Tanh(), initial);
        using (torch.no_grad())
            foreach (var parameter in network.parameters()) parameter.mul_(options.Gain);
        network.to(Device);
        optimizer = options.UpdateRule.Create(network.parameters());
        rng = new(Seeds.Derive(Seed, "training"), Device);
        zeros = torch.zeros([options.BatchSize, inputs], device: Device).DetachFromDisposeScope();
    }

    internal ulong Seed => options.Seed;

    internal long Steps => options.Steps;

    internal Device Device => options.Device.Torch;

    /// <summary>The network and how it is trained, in words.</summary>
    internal string Conditions { get; }

    /// <summary>The mean that it shall have.</summary>
    internal double Mean { get; set; }

    /// <summary>The correlation at which it shall be stable.</summary>
    internal double Rho => regularizer is MeanCenteredStability centered ? centered.Rho1 : ((StabilityRegularizer)regularizer).Rho;

    /// <summary>Its values at inputs <c>[B, D]</c>, shape <c>[B, 1]</c>.</summary>
    internal Tensor At(Tensor inputs) => network.call(inputs).sigmoid();

    /// <summary>One training step on fresh inputs.</summary>
    internal void Step(long step)
    {
        using var scope = torch.NewDisposeScope();
        var estimate = regularizer.Estimate(At, zeros, rng);
        var loss = (options.MeanWeight * (estimate.Output.mean() - Mean).square()) - (options.Stability.Weight.At(step) * estimate.Maximand);
        if (loss.Number() is var value && !double.IsFinite(value))
            throw new NonFiniteException($"step {step}: the loss is {value}; try a smaller learning rate");
        optimizer.zero_grad();
        loss.backward();
        optimizer.learning_rate = options.LearningRate.At(step);
        optimizer.step();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        zeros.Dispose();
        rng.Dispose();
        optimizer.Dispose();
        network.Dispose();
    }
}
