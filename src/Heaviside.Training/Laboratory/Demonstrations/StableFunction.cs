using Heaviside.Configuration;
using Heaviside.Networks;
using Heaviside.Numerics;
using Heaviside.Optimizers;
using Heaviside.Regularizers;
using Heaviside.Training;

namespace Heaviside.Laboratory.Demonstrations;

/// <summary>A function of standard normal inputs with values in (0, 1), sigmoid(network), trained to have a given mean and to be stable:
/// the loss is weight (batch mean of f - mean)^2 - stability weight * maximand.</summary>
/// <remarks>The inputs are the regularizer's Gaussian noise themselves, z = 0.</remarks>
internal sealed class StableFunction : IDisposable
{
    private readonly Sequential network;
    private readonly Optimizer optimizer;
    private readonly NoiseStability regularizer;
    private readonly Schedule learningRate, stabilityWeight;
    private readonly Generator rng;
    private readonly Tensor zeros;
    private readonly double meanWeight;

    /// <summary>An untrained function as settings describe it.</summary>
    /// <param name="s">The settings that have a name here are read.</param>
    /// <param name="inputs">How many numbers it is of.</param>
    /// <param name="defaults">What is not given.</param>
    internal StableFunction(Settings s, long inputs, StableFunctionDefaults defaults)
    {
        Seed = (ulong)s.Long("seed", 1, 0, long.MaxValue, "seed of the weights and the inputs");
        Steps = s.Long("steps", defaults.Steps, 1, 1_000_000_000, "training steps");
        var batch = s.Int("batch-size", 1000, 2, 1_000_000, "inputs of a step");
        learningRate = s.Schedule("learning-rate", defaults.LearningRate, "step size of the optimizer", ScheduleRange.NotNegative);
        stabilityWeight = StabilitySettings.ReadWeight(s, defaults.StabilityWeight);
        regularizer = StabilitySettings.ReadRegularizer(s, new() { Alpha = 1 }, defaults.Rho2);
        meanWeight = s.Double("mean-weight", defaults.MeanWeight, 0, 1e6, "weight of the squared distance of the mean from what it shall be");
        var layers = s.IntList("layers", defaults.Layers, 1, 100_000, "widths of the hidden layers, tanh");
        var gain = s.Double("gain", defaults.Gain, 1e-6, 1e6, "factor of the initial weights and biases: how steep the untrained function is");
        Device = Experiment.ParseDevice(s.Text("device", "cpu", "where to compute: cpu, cuda or cuda:N"));
        Conditions = $"network {inputs}-{string.Join('-', layers)}-1, seed {Seed}, batches of {batch}";

        using var initial = new Generator(Seeds.Derive(Seed, "initial weights"));
        network = Perceptron.Create([inputs, .. layers.Select(n => (long)n), 1], () => torch.nn.Tanh(), initial);
        using (torch.no_grad())
            foreach (var parameter in network.parameters()) parameter.mul_(gain);
        network.to(Device);
        optimizer = OptimizerCatalog.Create(s, network.parameters());
        rng = new(Seeds.Derive(Seed, "training"), Device);
        zeros = torch.zeros([batch, inputs], device: Device).DetachFromDisposeScope();
    }

    internal ulong Seed { get; }

    internal long Steps { get; }

    internal Device Device { get; }

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
        var loss = (meanWeight * (estimate.Output.mean() - Mean).square()) - (stabilityWeight.At(step) * estimate.Maximand);
        if (loss.Number() is var value && !double.IsFinite(value))
            throw new NonFiniteException($"step {step}: the loss is {value}; try a smaller learning rate");
        optimizer.zero_grad();
        loss.backward();
        optimizer.learning_rate = learningRate.At(step);
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
