
namespace Heaviside.Estimators;

/// <summary>An objective that names the parameters from which the logits of the law were computed.</summary>
public interface IHasLogitParameters
{
    /// <summary>The parameters, always in the same order; each of any shape.</summary>
    IReadOnlyList<Tensor> LogitParameters { get; }
}
