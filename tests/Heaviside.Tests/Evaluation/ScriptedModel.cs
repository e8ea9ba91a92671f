using Heaviside.Bounds;
using Heaviside.Models;

namespace Heaviside.Tests.Evaluation;

/// <summary>A model whose s-th log weight of every image is given, and which remembers how it was asked.</summary>
internal sealed class ScriptedModel : DiscreteLatentModel
{
    private readonly Func<int, float> logWeight;
    private int next;

    /// <param name="logWeight">The log weights.</param>
    /// <param name="width">The length of its one parameter; 0: it has none.</param>
    public ScriptedModel(Func<int, float> logWeight, int width = 0)
    {
        this.logWeight = logWeight;
        if (width > 0) this.AddParameter("weight", torch.zeros([2, width]));
    }

    public List<int> Chunks { get; } = [];

    public List<bool> Modes { get; } = [];

    public List<bool> GradientModes { get; } = [];

    public override IReadOnlyList<long[]> LatentLayers => [];

    public override IReadOnlyList<Tensor> LogitParameters => [];

    public override long ContextSize => 0;

    public override Tensor LogWeights(Tensor x, int samples, Generator rng)
    {
        Chunks.Add(samples);
        var values = Enumerable.Range(next, samples).Select(logWeight).ToArray();
        next += samples;
        return torch.tensor(values).unsqueeze(1).expand([samples, x.size(0)]);
    }

    public override Tensor Elbo(Tensor x, Generator rng)
    {
        Modes.Add(training);
        GradientModes.Add(torch.is_grad_enabled());
        return x.sum(-1);
    }

    public override Tensor Reconstruct(Tensor x, Generator rng) => throw new NotSupportedException();

    protected override Elbo Bound(Tensor x, Generator rng) => throw new NotSupportedException();
}
