namespace Heaviside.Laboratory.Demonstrations;

/// <summary>A small experiment on made-up data that shows what a method does: it takes seconds, and is a function of its settings
/// and its seed.</summary>
public abstract class Demonstration : IDisposable
{
    /// <summary>What it shows, in a few words.</summary>
    public abstract string Title { get; }

    /// <summary>Data, seed, network and how its numbers are taken; a reader of any of them must know these.</summary>
    public abstract string Conditions { get; }

    /// <summary>Training steps.</summary>
    public abstract long Steps { get; }

    /// <summary>Trains to the end or until <paramref name="stop"/> is requested.</summary>
    /// <param name="every">Steps between reports, 1 or more; there is one before the first step too.</param>
    /// <param name="stop">After this request comes one more report.</param>
    /// <param name="stepped">Is told how many steps are done.</param>
    /// <returns>The rows of the reports, as they come.</returns>
    public IEnumerable<ILabRow> Run(long every, CancellationToken stop, Action<long>? stepped = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(every, 1);
        for (long step = 0; ; step++)
        {
            var isLast = step >= Steps || stop.IsCancellationRequested;
            if (isLast || step % every == 0)
                foreach (var row in Report(step, isLast)) yield return row;
            if (isLast) yield break;
            Step(step);
            stepped?.Invoke(step + 1);
        }
    }

    /// <inheritdoc/>
    public abstract void Dispose();

    /// <summary>One training step.</summary>
    private protected abstract void Step(long step);

    /// <summary>What there is to see after so many steps.</summary>
    private protected abstract IReadOnlyList<ILabRow> Report(long step, bool isLast);
}
