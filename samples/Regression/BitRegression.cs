using Heaviside.Data;
using Heaviside.Distributions;
using Heaviside.Estimators;
using Heaviside.Models;
using static TorchSharp.torch;
using Sequential = TorchSharp.Modules.Sequential;

namespace Regression;

/// <summary>A number from a row of features, through a layer of random bits.</summary>
internal sealed class BitRegression : TrainableModel
{
    private readonly Sequential encoder;
    private readonly Sequential decoder;

    public BitRegression(long features, int bits)
    {
        encoder = nn.Sequential(nn.Linear(features, 64), nn.Tanh(), nn.Linear(64, bits));
        decoder = nn.Sequential(nn.Linear(bits, 64), nn.Tanh(), nn.Linear(64, 1));
        register_module(nameof(encoder), encoder);
        register_module(nameof(decoder), decoder);
    }

    public override string Quantity => "minus the squared error";

    public override TrainingObjective Objective(Batch batch, GradientEstimator? estimator, Generator rng)
    {
        var f = Heaviside.Estimators.Objective.Differentiable(bits => MinusError(bits, batch));
        return TrainingObjective.Of(estimator!.Estimate(Law(batch), f, rng));
    }

    public override Tensor Score(Batch batch, Generator rng) => MinusError(Law(batch).Sample([1], rng), batch)[0];

    private Bernoulli Law(Batch batch) => new(encoder.call(batch["features"]));

    // Bits [S, B, N] to [S, B].
    private Tensor MinusError(Tensor bits, Batch batch) => -(decoder.call(bits).squeeze(-1) - batch["target"]).square();
}
