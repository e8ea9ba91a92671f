using Heaviside.Configuration;
using Heaviside.Numerics;
using Heaviside.Optimizers;
using Heaviside.Regularizers;
using Heaviside.Training;

namespace Heaviside.Laboratory.Demonstrations;

/// <summary>A function that is made stable, and its training; the defaults are those of a demonstration.</summary>
/// <exception cref="ArgumentOutOfRangeException">A value is out of its range.</exception>
public abstract record StableFunctionOptions
{
    private protected StableFunctionOptions(Schedule stabilityWeight, double rho2) => Stability = new(stabilityWeight, new() { Alpha = 1 }, rho2);

    /// <summary>The seed of the weights and the inputs; default 1.</summary>
    [Option("seed of the weights and the inputs", Least = 0)]
    public ulong Seed { get; init; } = 1;

    /// <summary>Training steps, 1 or more.</summary>
    [Option("training steps", Least = 1, Most = 1_000_000_000)]
    public long Steps { get; init => field = OptionInfo.Checked(this, value); }

    /// <summary>Inputs of a step, 2 or more; default 1000.</summary>
    [Option("inputs of a step", Least = 2, Most = 1_000_000)]
    public int BatchSize { get; init => field = OptionInfo.Checked(this, value); } = 1000;

    /// <summary>The step size of the optimizer, 0 or more.</summary>
    [Option("step size of the optimizer", Least = 0)]
    public Schedule LearningRate { get; init => field = OptionInfo.Checked(this, value); } = 1e-3;

    /// <summary>What is maximized, and its weight.</summary>
    [OptionGroup]
    public StabilityOptions Stability { get; }

    /// <summary>The weight of the squared distance of the mean from what it shall be, from 0 to 1e6.</summary>
    [Option("weight of the squared distance of the mean from what it shall be", Least = 0, Most = 1e6)]
    public double MeanWeight { get; init => field = OptionInfo.Checked(this, value); }

    /// <summary>Widths of the hidden layers, tanh.</summary>
    [Option("widths of the hidden layers, tanh", Least = 1, Most = 100_000)]
    public IReadOnlyList<int> Layers { get; init => field = OptionInfo.Checked(this, value); } = [];

    /// <summary>The factor of the initial weights and biases, from 1e-6 to 1e6: how steep the untrained function is.</summary>
    [Option("factor of the initial weights and biases: how steep the untrained function is", Least = 1e-6, Most = 1e6)]
    public double Gain { get; init => field = OptionInfo.Checked(this, value); } = 1;

    /// <summary>Where to compute: cpu, cuda or cuda:N; default cpu.</summary>
    [Option("where to compute: cpu, cuda or cuda:N")]
    public ComputeDevice Device { get; init; } = ComputeDevice.Cpu;

    /// <summary>The optimizer's name; default adam.</summary>
    [Option("update rule: adam, adamw or sgd")]
    public string Optimizer { get; init => field = OptimizerCatalog.All.Find(value).Name; } = OptimizerCatalog.All[0].Name;

    /// <summary>The optimizer's options.</summary>
    [OptionGroup]
    public OptimizerOptions UpdateRule => field ??= OptimizerCatalog.All.Find(Optimizer).New();
}
