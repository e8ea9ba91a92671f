
namespace Heaviside.Estimators.Controls;

/// <summary>One learned scale eta per parameter tensor behind the logits; the variance is that of the gradient with respect
/// to those parameters, averaged over the batch.</summary>
/// <remarks>
/// <para>The scales are of the gradient of the batch's mean: the surrogate says the same of every example, and means what
/// it should only if the examples are averaged with equal weights. Requires an objective that names the parameters.</para>
/// <para>The derivative of the variance with respect to what the control variate learns is exact: with v = dV/dg, it is that
/// of v' g = (J v)' h, h the gradient with respect to the logits, and J v is the derivative of g's own backward pass.</para>
/// <para>Reference: arXiv:1703.07370, appendix G.2.</para>
/// </remarks>
public sealed class ParameterScale : ControlScale
{
    private readonly LearnedScale eta;
    private readonly int count;

    /// <summary>A scale of 1 for each parameter tensor of the model that <paramref name="input"/> describes.</summary>
    public ParameterScale(EstimatorInput input)
    {
        count = input.LogitParameters;
        eta = this.AddModule("eta", new LearnedScale(count, input));
    }

    /// <inheritdoc/>
    internal override bool SeparatesExamples => false;

    /// <inheritdoc/>
    internal override (Tensor Surrogate, Tensor Variance) Combine(IReadOnlyList<GradientParts> parts, Objective f)
    {
        if (f is not IHasLogitParameters { LogitParameters: var parameters })
            throw new UnsupportedException($"a scale per parameter tensor needs an objective that names the parameters behind the logits (IHasLogitParameters), which {f.GetType().Name} is not; use one scale per layer");
        if (parameters.Count != count) throw new ArgumentException($"f: expected {count} parameter tensors, got {parameters.Count}", nameof(f));

        // Leaves in place of the parts: g is linear in them.
        var (score, control) = (parts.Select(p => Leaf(p.Score)).ToArray(), parts.Select(p => Leaf(p.Control)).ToArray());
        var a = Gradients(parts, score, parameters);
        var h = Gradients(parts, control, parameters);
        var (surrogate, sum, size) = (torch.zeros_like(parts[0].Along(score[0]).detach()), torch.zeros([], score[0].dtype, score[0].device), 0L);
        for (var i = 0; i < count; i++)
        {
            if (a[i] is not { } ai || h[i] is not { } hi) continue;
            var g = ai - (eta[i] * hi);
            surrogate = surrogate + (g.detach() * parameters[i]).sum();
            sum = sum + g.square().sum();
            size += g.numel();
        }

        var variance = sum / size;
        Tensor[] leaves = [.. score, .. control];
        var slopes = Autograd.Grad([variance], leaves, retainGraph: true);
        var through = slopes.Zip(parts.Select(p => p.Score).Concat(parts.Select(p => p.Control)), (v, part) => (v * part).sum()).Aggregate((x, y) => x + y);
        return (surrogate, variance + through - through.detach());
    }

    private static Tensor?[] Gradients(IReadOnlyList<GradientParts> parts, Tensor[] with, IReadOnlyList<Tensor> parameters)
    {
        var mean = parts.Zip(with, (p, g) => p.Along(g).mean()).Aggregate((x, y) => x + y);
        return Autograd.GradOrNull([mean], [.. parameters], createGraph: true);
    }

    private static Tensor Leaf(Tensor part) => part.detach().requires_grad_();
}
