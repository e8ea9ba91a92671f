
namespace Heaviside.Estimators.Baselines;

/// <summary>The exponentially weighted mean of f over the batches before this one; while training only does it move.</summary>
public sealed class RunningBaseline : Baseline
{
    private readonly Tensor mean;
    private readonly Tensor weight;

    /// <summary>A baseline that has seen nothing: 0.</summary>
    /// <param name="type">The type of the mean.</param>
    /// <param name="device">Where it is.</param>
    public RunningBaseline(ScalarType type = ScalarType.Float32, Device? device = null)
    {
        mean = this.AddBuffer("mean", torch.zeros([], type, device));
        weight = this.AddBuffer("weight", torch.zeros([], type, device));
    }

    /// <summary>What remains of the mean after a batch, in [0, 1); default 0.9.</summary>
    public double Decay
    {
        get;
        init => field = value is >= 0 and < 1 ? value : throw new ArgumentOutOfRangeException(nameof(Decay), value, "must be from 0 to below 1");
    } = 0.9;

    // The weight corrects for the start at 0, as in Adam.
    /// <inheritdoc/>
    public override Tensor Of(Tensor value, Objective f)
    {
        using var _ = torch.no_grad();
        var before = (mean / weight.clamp_min(1e-30)).clone();
        if (training)
        {
            mean.mul_(Decay).add_(value.mean(), 1 - Decay);
            weight.mul_(Decay).add_(1 - Decay);
        }

        return before;
    }
}
