
namespace Heaviside.Distributions;

/// <summary>A discrete law with a logit for each number of its values.</summary>
public interface IHasLogits
{
    /// <summary>Unnormalized log-odds, log-probabilities or scores. Shape <c>BatchShape + EventShape</c>.</summary>
    Tensor Logits { get; }
}
