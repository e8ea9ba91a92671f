using Heaviside.Models;
using Heaviside.Torch;

namespace Heaviside.Training;

/// <summary>Finds the tensor in which a NaN or an infinity first appeared.</summary>
internal static class NonFiniteDiagnosis
{
    /// <summary>Names the first culprit among the batch, the model's state and the operators of one forward pass.</summary>
    /// <param name="experiment">The run.</param>
    /// <param name="x">The batch.</param>
    /// <param name="rng">A generator in the state that it had before the step.</param>
    internal static string Explain(Experiment experiment, Tensor x, Generator rng)
    {
        using var scope = torch.NewDisposeScope();
        if (!IsFinite(x)) return "the batch of images has it";
        if (Explain(experiment.Model) is { } culprit) return culprit;

        string? found = null;
        torch.observe_operators(
            (name, result) =>
            {
                if (found is null && !IsFinite(result)) found = $"the result of {name}, of shape [{string.Join(", ", result.shape)}], had it first";
            },
            () => experiment.Model.Objective(x, experiment.Estimator, rng));
        return found ?? "no operator's result had it when the step was repeated";
    }

    /// <summary>Names a parameter or buffer that is not finite; null if all are.</summary>
    internal static string? Explain(LatentVariableModel model)
    {
        foreach (var (name, tensor) in model.state_dict())
            if (!IsFinite(tensor)) return $"'{name}' of the model is NaN or infinite; a smaller learning rate may help";
        return null;
    }

    private static bool IsFinite(Tensor t)
    {
        if (t.dtype is not (ScalarType.Float32 or ScalarType.Float64)) return true;
        using var finite = t.detach().isfinite();
        using var all = finite.all();
        return all.item<bool>();
    }
}
