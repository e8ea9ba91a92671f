
namespace Heaviside.Laboratory;

/// <summary>The two gradients of one estimate: the loss's for the model, the tuning loss's for the estimator.</summary>
internal static class LossGradients
{
    /// <summary>Returns the loss's gradient, a tensor of the parameter's shape or null for each, and leaves that of the tuning loss in <paramref name="tuned"/>.</summary>
    internal static Tensor?[] Take(Tensor loss, Tensor? tuningLoss, Tensor[] parameters, Tensor[] tuned)
    {
        var tuning = tuningLoss is not null && tuned.Length > 0
            ? Autograd.GradOrNull([tuningLoss], tuned, retainGraph: true)
            : new Tensor?[tuned.Length];
        for (var i = 0; i < tuned.Length; i++) tuned[i].grad = tuning[i];
        return Autograd.GradOrNull([loss], parameters);
    }
}
