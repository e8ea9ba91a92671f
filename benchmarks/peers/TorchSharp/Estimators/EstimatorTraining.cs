using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Heaviside.Peers.Estimators;

/// <summary>A sigmoid belief network with an estimator and Adam, for <c>heaviside bench estimators</c>. A work is the name of an estimator.</summary>
internal sealed class EstimatorTraining : IWork
{
    private const double LearningRate = 1e-3, Beta2 = 0.99999;

    private readonly SigmoidBeliefNetwork model;
    private readonly Estimator estimator;
    private readonly Parameter[] tuned;
    private readonly Adam optimizer;

    private EstimatorTraining(SigmoidBeliefNetwork model, Estimator estimator)
    {
        (this.model, this.estimator) = (model, estimator);
        tuned = [.. estimator.parameters()];
        List<Adam.ParamGroup> groups = [new(model.parameters(), LearningRate, beta2: Beta2)];
        if (tuned.Length > 0) groups.Add(new(tuned, 10 * LearningRate, beta2: Beta2));
        optimizer = new(groups, LearningRate, beta2: Beta2);
    }

    /// <summary>The estimators.</summary>
    internal static IReadOnlyList<string> Names => ["gumbel-softmax", "reinforce", "nvil", "muprop", "rebar", "relax", "arm", "disarm"];

    internal static IWork Create(string work, Tensor pixelMeans)
    {
        var model = new SigmoidBeliefNetwork(pixelMeans);
        return new EstimatorTraining(model, Find(work, model));
    }

    /// <summary>A new estimator for a network.</summary>
    internal static Estimator Find(string name, SigmoidBeliefNetwork model) => name switch
    {
        "gumbel-softmax" => new GumbelSoftmax(),
        "reinforce" => new Reinforce(),
        "nvil" => new Nvil(model.Pixels),
        "muprop" => new MuProp(model.Pixels),
        "rebar" => new Rebar(model.Pixels),
        "relax" => new Relax(model.Pixels, model.Units),
        "arm" => new Arm(),
        "disarm" => new DisArm(),
        _ => throw new ArgumentException($"there is no estimator '{name}'", nameof(name)),
    };

    public double? Step(Tensor x)
    {
        using var scope = NewDisposeScope();
        optimizer.zero_grad();
        var (loss, tuningLoss) = estimator.forward(model, x);
        loss.backward();
        tuningLoss?.backward(inputs: tuned);
        optimizer.step();
        return loss.item<float>();
    }
}
