using Heaviside.Models;
using Heaviside.Torch;

namespace Heaviside.Training;

/// <summary>Finds the tensor in which a NaN or an infinity first appeared.</summary>
internal static class NonFiniteDiagnosis
{
    /// <summary>Names the first culprit among the batch, the state, and the operators and gradients of one step.</summary>
    /// <param name="experiment">The run.</param>
    /// <param name="x">The batch.</param>
    /// <param name="step">Repeats the step's objective, with the random numbers that it had.</param>
    internal static string Explain(Experiment experiment, Tensor x, Func<TrainingObjective> step)
    {
        using var scope = torch.NewDisposeScope();
        if (!IsFinite(x)) return "the batch of images has it";
        if (Explain(experiment) is { } culprit) return culprit;

        string? found = null;
        TrainingObjective? objective = null;
        torch.observe_operators(
            (name, result) =>
            {
                if (found is null && !IsUnwritten(name) && !IsFinite(result)) found = $"the result of {name}, of shape [{string.Join(", ", result.shape)}], had it first";
            },
            () => objective = step());
        if (found is not null) return found;

        experiment.Optimizer.zero_grad();
        objective!.Loss.backward();
        return Gradient(experiment) ?? "no operator's result and no gradient had it when the step was repeated";
    }

    /// <summary>Names a parameter or buffer that is not finite, and what may have spoiled it; null if all are.</summary>
    internal static string? Explain(Experiment experiment)
    {
        foreach (var (owner, module) in Modules(experiment))
            foreach (var (name, tensor) in module.state_dict())
                if (!IsFinite(tensor))
                    return $"'{name}' of the {owner} is NaN or infinite; {Gradient(experiment) ?? "a smaller learning rate may help"}";
        return null;
    }

    // Gradients stay until the next step: these are of the last one.
    private static string? Gradient(Experiment experiment)
    {
        foreach (var (owner, module) in Modules(experiment))
            foreach (var (name, parameter) in module.named_parameters())
            {
                using var gradient = parameter.grad;
                if (gradient is not null && !IsFinite(gradient)) return $"the gradient of '{name}' of the {owner} had it first";
            }

        return null;
    }

    private static (string Owner, Module Module)[] Modules(Experiment e) =>
        e.Estimator is null ? [("model", e.Model)] : [("model", e.Model), ("estimator", e.Estimator)];

    // Memory that is still to be filled, with whatever was in it before.
    private static bool IsUnwritten(string name) => name.Contains("empty", StringComparison.Ordinal);

    private static bool IsFinite(Tensor t)
    {
        if (t.dtype is not (ScalarType.Float32 or ScalarType.Float64)) return true;
        using var finite = t.detach().isfinite();
        using var all = finite.all();
        return all.item<bool>();
    }
}
