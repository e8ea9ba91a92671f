using Heaviside.Data;
using Heaviside.Estimators;

namespace Heaviside.Models;

/// <summary>Whatever the trainer trains: it has an objective for a batch, and a score by which its weights are judged.</summary>
/// <remarks>A module: its parameters are registered as those of any other. Where an estimator must know its latent variables beforehand, because it learns
/// something of their shape, the model is an <see cref="IHasDiscreteLatents"/> as well.</remarks>
/// <example><code>
/// sealed class Regression : TrainableModel
/// {
///     private readonly Linear encoder, decoder;
///
///     public Regression(int inputs, int bits)
///     {
///         register_module("encoder", encoder = torch.nn.Linear(inputs, bits));
///         register_module("decoder", decoder = torch.nn.Linear(bits, 1));
///     }
///
///     public override TrainingObjective Objective(Batch batch, GradientEstimator? estimator, Generator rng)
///     {
///         var f = Estimators.Objective.Differentiable(b => -Error(batch, b));
///         return TrainingObjective.Of(estimator!.Estimate(new Bernoulli(encoder.call(batch["x"])), f, rng));
///     }
///
///     public override Tensor Score(Batch batch, Generator rng) => -Error(batch, new Bernoulli(encoder.call(batch["x"])).Sample([1], rng))[0];
///
///     private Tensor Error(Batch batch, Tensor b) => (decoder.call(b).squeeze(-1) - batch["y"]).square();
/// }
/// </code></example>
public abstract class TrainableModel : Component
{
    /// <summary>For derived classes.</summary>
    protected TrainableModel()
        : base(nameof(TrainableModel))
    {
    }

    /// <summary>What <see cref="Score"/> is, as results print it, such as "minus the squared error"; of a bound, what it is a bound of.</summary>
    public virtual string Quantity => "score";

    /// <summary>The objective of one training step.</summary>
    /// <param name="batch">The examples.</param>
    /// <param name="estimator">What estimates the gradient through the latent variables; null where none was asked for.</param>
    /// <param name="rng">The source of randomness.</param>
    public abstract TrainingObjective Objective(Batch batch, GradientEstimator? estimator, Generator rng);

    /// <summary>How good the model is for each example, the larger the better: validation keeps the weights with the largest mean.</summary>
    /// <param name="batch">The examples.</param>
    /// <param name="rng">The source of randomness.</param>
    /// <returns>Shape <c>[B]</c>.</returns>
    public abstract Tensor Score(Batch batch, Generator rng);
}
