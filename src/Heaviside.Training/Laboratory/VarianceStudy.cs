using Heaviside.Data;
using Heaviside.Training;

namespace Heaviside.Laboratory;

/// <summary>Follows one training trajectory and compares estimators along it: at the same weights, on the same minibatches.</summary>
/// <remarks>
/// <para>The weights follow one estimator, exactly as if the experiment were trained with it. Every other one estimates the gradient of each
/// step too, with noise of its own, and what it learns is trained along. Their variances are those of
/// <see cref="Evaluation.GradientMoments"/>, averaged over the steps between two reports.</para>
/// <para>Reference: the protocol of arXiv:1703.07370 for comparing gradient variances.</para>
/// </remarks>
public sealed class VarianceStudy : IDisposable
{
    private readonly Experiment experiment;
    private readonly List<Contender> contenders = [];
    private readonly Contender followed;

    /// <summary>A study that is about to start.</summary>
    /// <param name="experiment">What is trained; its estimator is the one that is followed.</param>
    /// <param name="choices">The estimators to compare.</param>
    /// <param name="follow">How results call the experiment's estimator; if it is one of <paramref name="choices"/>, its gradient is taken once.</param>
    /// <exception cref="InputException">An estimator does not fit the model.</exception>
    public VarianceStudy(Experiment experiment, IReadOnlyList<EstimatorChoice> choices, EstimatorChoice follow)
    {
        this.experiment = experiment;
        try
        {
            foreach (var choice in choices) contenders.Add(choice.Name == follow.Name ? Contender.Followed(choice.Name, experiment) : Contender.Beside(choice, experiment));
            followed = contenders.Find(c => c.Name == follow.Name) ?? Contender.Followed(follow.Name, experiment);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Trains for the experiment's steps, or until <paramref name="stop"/> is requested.</summary>
    /// <param name="every">Steps between reports, 1 or more.</param>
    /// <param name="stop">After this request comes one more report.</param>
    /// <param name="stepped">Is told how many steps are done.</param>
    /// <returns>A row per estimator and report, as they come.</returns>
    /// <exception cref="NonFiniteException">An objective became NaN or infinite.</exception>
    public IEnumerable<VarianceRow> Run(long every, CancellationToken stop, Action<long>? stepped = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(every, 1);
        var options = experiment.Options;
        var loader = experiment.Data.Shuffled(Split.Train, options.BatchSize, options.Seed);
        var hasCommon = contenders.Any(c => c.IsUnbiased);
        long step = 0;
        experiment.Model.train();
        foreach (var batch in loader.From())
        {
            using (batch) Step(batch, step++);
            stepped?.Invoke(step);
            var ends = step >= options.Steps || stop.IsCancellationRequested;
            if (ends || step % every == 0)
                foreach (var contender in contenders) yield return contender.Report(step, hasCommon);
            if (ends) yield break;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var contender in contenders) contender.Dispose();
        if (followed is not null && !contenders.Contains(followed)) followed.Dispose();
    }

    private void Step(Batch batch, long step)
    {
        using var scope = torch.NewDisposeScope();
        batch.Device = experiment.Device;
        foreach (var contender in All()) Scoped(() => contender.Measure(batch, step));
        var common = CommonMeans();
        foreach (var contender in contenders) contender.Record(common);
        foreach (var contender in All()) contender.Update(experiment.Options.LearningRate.At(step));
    }

    private IEnumerable<Contender> All() => contenders.Contains(followed) ? contenders : contenders.Prepend(followed);

    // The graphs of all estimators together would not fit where that of one does.
    private static void Scoped(Action measure)
    {
        using var scope = torch.NewDisposeScope();
        measure();
    }

    // The average over the unbiased estimators, which have one mean.
    private IReadOnlyList<Tensor>? CommonMeans()
    {
        using var noGrad = torch.no_grad();
        Contender[] unbiased = [.. contenders.Where(c => c.IsUnbiased)];
        return unbiased.Length == 0
            ? null
            : [.. unbiased[0].Means.Select((_, p) => torch.stack([.. unbiased.Select(c => c.Means[p])]).mean([0]))];
    }
}
