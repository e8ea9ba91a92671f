using Heaviside.Configuration;
using Heaviside.Estimators;
using Heaviside.Models;
using Heaviside.Torch;

namespace Heaviside.Cli.Benchmarks;

/// <summary>The categorical VAE with Gumbel-Softmax and Adam, ready to make training steps.</summary>
internal sealed class VaeStep : IDisposable
{
    private readonly Generator rng;
    private readonly CategoricalVae model;
    private readonly GumbelSoftmax estimator = new();
    private readonly Optimizer optimizer;

    internal VaeStep(LatentShape latents, ModelInput input, Device device)
    {
        rng = new Generator(1, device);
        model = CategoricalVae.Create(new Settings([new("latents", $"{latents}")]), input);
        model.to(device);
        optimizer = torch.optim.Adam(model.parameters(), 1e-3);
    }

    /// <summary>One training step on a batch [B, D].</summary>
    internal void Make(Tensor x)
    {
        using var scope = torch.NewDisposeScope();
        var objective = model.Objective(x, estimator, rng);
        optimizer.zero_grad();
        objective.Loss.backward();
        optimizer.step();
        _ = objective.Value.item<double>();
    }

    public void Dispose()
    {
        optimizer.Dispose();
        model.Dispose();
        estimator.Dispose();
        rng.Dispose();
    }
}
