using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using Heaviside.Data;
using Heaviside.Estimators;

namespace Heaviside.Training;

/// <summary>Finds where a NaN or an infinity first appeared.</summary>
internal static partial class NonFiniteDiagnosis
{
    /// <summary>Names the first culprit among the batch, the state, and the modules, terms of the objective and gradients of one step.</summary>
    /// <param name="experiment">The run.</param>
    /// <param name="batch">The batch.</param>
    /// <param name="step">Repeats the step's objective, with the random numbers that it had.</param>
    internal static string Explain(Experiment experiment, Batch batch, Func<TrainingObjective> step)
    {
        using var scope = torch.NewDisposeScope();
        if (Forward(experiment, batch, step, out var objective) is { } culprit) return culprit;
        if (objective is not null && Term(objective) is { } term) return term;

        experiment.Optimizer.zero_grad();
        if (objective is not null) Autograd.Backward(objective.Loss);
        return Gradient(experiment) ?? "no module, no term of the objective and no gradient had it when the step was repeated";
    }

    /// <summary>Whether an operation refused numbers because they were not finite: laws do, samplers and sums over states.</summary>
    internal static bool IsRefusal(Exception error) =>
        error is NonFiniteException || (error is ArgumentException or InvalidOperationException or ExternalException && NotFinite().IsMatch(error.Message));

    /// <summary>As the other, for a step that ended with a refusal: what the refusal says where nothing before it is to blame.</summary>
    internal static string Explain(Experiment experiment, Batch batch, Func<TrainingObjective> step, Exception refusal)
    {
        using var scope = torch.NewDisposeScope();
        return Forward(experiment, batch, step, out _) ?? refusal.Message.Split('\n')[0];
    }

    /// <summary>The name of the first tensor that is not finite; null if all are.</summary>
    internal static string? First(IReadOnlyDictionary<string, Tensor> tensors) => tensors.Where(t => !IsFinite(t.Value)).Select(t => t.Key).FirstOrDefault();

    // Repeats a step up to its objective; that is null where the step is refused again.
    private static string? Forward(Experiment experiment, Batch batch, Func<TrainingObjective> step, out TrainingObjective? objective)
    {
        objective = null;
        if (batch.Names.FirstOrDefault(name => !IsFinite(batch[name])) is { } spoiled) return $"'{spoiled}' of the batch has it";
        if (Explain(experiment) is { } culprit) return culprit;

        string? found = null;
        var hooks = new List<Action>();
        foreach (var (owner, module) in Modules(experiment))
            foreach (var (name, part) in module.named_modules().Append((owner, module)))
                if (part is torch.nn.Module<Tensor, Tensor> map)
                    hooks.Add(map.register_forward_hook((_, input, output) =>
                    {
                        if (found is null && !IsFinite(output))
                            found = $"{(IsFinite(input) ? "the output" : "the input")} of '{name}' of the {owner}, of shape [{string.Join(", ", (IsFinite(input) ? output : input).shape)}], had it first";
                        return output;
                    }).remove);
        try
        {
            objective = step();
        }
        catch (Exception error) when (IsRefusal(error))
        {
        }
        finally
        {
            foreach (var remove in hooks) remove();
        }

        return found;
    }

    /// <summary>Names a parameter or buffer that is not finite, and what may have spoiled it; null if all are.</summary>
    internal static string? Explain(Experiment experiment)
    {
        foreach (var (owner, module) in Modules(experiment))
            if (First(module.state_dict()) is { } name)
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

    private static string? Term(TrainingObjective objective) =>
        !IsFinite(objective.Value) ? "the value of the objective had it first: a log-probability or a divergence, as no module's output has it"
        : !IsFinite(objective.Loss) ? "the surrogate loss had it first: the estimator's score or weight, as the objective's value is finite"
        : objective.TuningLoss is { } tuning && !IsFinite(tuning) ? "the loss that the estimator learns from had it first"
        : null;

    [GeneratedRegex(@"\b(nan|finite|infinite|infinity)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex NotFinite();

    private static bool IsFinite(Tensor t)
    {
        if (t.dtype is not (ScalarType.Float32 or ScalarType.Float64)) return true;
        using var finite = t.detach().isfinite();
        using var all = finite.all();
        return all.item<bool>();
    }
}
