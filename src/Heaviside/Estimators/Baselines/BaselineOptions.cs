using Heaviside.Configuration;

namespace Heaviside.Estimators.Baselines;

/// <summary>Which baseline, with the options of its kind.</summary>
public sealed record BaselineOptions
{
    /// <summary>Which.</summary>
    [Option("what is subtracted from f", Name = "baseline")]
    public required BaselineKind Kind { get; init; }

    /// <summary>The number of a constant baseline, from -1e15 to 1e15; default 0.</summary>
    [Option("the constant baseline, in the units of f", Name = "baseline-value", Least = -ConstantBaseline.Most, Most = ConstantBaseline.Most, If = nameof(Kind), Is = BaselineKind.Constant)]
    public double Value { get; init => field = OptionInfo.Checked(this, value); }

    /// <summary>What remains of the mean of a running baseline after a batch, from 0 to 0.999999; default 0.9.</summary>
    [Option("what remains of the running mean after a batch", Name = "baseline-decay", Least = 0, Most = 0.999999, If = nameof(Kind), Is = BaselineKind.Running)]
    public double Decay { get; init => field = OptionInfo.Checked(this, value); } = 0.9;

    /// <summary>A kind with its defaults.</summary>
    public static implicit operator BaselineOptions(BaselineKind kind) => new() { Kind = kind };

    /// <summary>Whether the baseline holds something that depends on a model.</summary>
    internal bool NeedsModel => Kind is BaselineKind.Running or BaselineKind.Input;

    /// <summary>The baseline for a model; null where there is none, which is enough for one that <see cref="NeedsModel"/> is false of.</summary>
    internal Baseline For(EstimatorInput? input) => Kind switch
    {
        BaselineKind.None => new ConstantBaseline(0),
        BaselineKind.Constant => new ConstantBaseline(Value),
        BaselineKind.LeaveOneOut => new LeaveOneOutBaseline(),
        BaselineKind.Batch => new BatchBaseline(),
        BaselineKind.Running => new RunningBaseline(input!.Type, input.Rng.device) { Decay = Decay },
        _ => new InputBaseline(input!),
    };
}
