namespace Heaviside.Networks.Graphs;

/// <summary>From which frames of a trajectory predictions start, and how many frames each goes on from its own predictions.</summary>
/// <remarks>Together the predictions are of each frame after the first, once.</remarks>
internal sealed class Rollout
{
    private Rollout(IEnumerable<(int Start, int Length)> segments) => Segments = [.. segments.OrderByDescending(s => s.Length).ThenBy(s => s.Start)];

    /// <summary>The frame that is seen and the number of frames predicted from it, the longest first.</summary>
    internal IReadOnlyList<(int Start, int Length)> Segments { get; }

    /// <summary>How many frames are predicted.</summary>
    internal int Frames => Segments.Sum(s => s.Length);

    /// <summary>Whether a prediction starts from the frame that is seen, for each frame but the last.</summary>
    internal bool[] IsSeen
    {
        get
        {
            var seen = new bool[Frames];
            foreach (var (start, _) in Segments) seen[start] = true;
            return seen;
        }
    }

    /// <summary>Each frame is predicted from the true one before it.</summary>
    internal static Rollout OneStep(int frames) => Every(1, frames);

    /// <summary>A true frame is seen every so many steps.</summary>
    /// <param name="steps">How many frames are predicted from each that is seen.</param>
    /// <param name="frames">How many frames the trajectory has.</param>
    internal static Rollout Every(int steps, int frames) =>
        new(from i in Enumerable.Range(0, (frames + steps - 2) / steps) select (i * steps, Math.Min(steps, frames - 1 - (i * steps))));

    /// <summary>All true frames are seen up to the last ones, which are predicted from the predictions before them.</summary>
    /// <param name="frames">How many frames the trajectory has.</param>
    /// <param name="free">How many of them are predicted freely, 1 or more.</param>
    internal static Rollout AfterBurnIn(int frames, int free)
    {
        var last = Math.Max(0, frames - 1 - free);
        return new(Enumerable.Range(0, last).Select(t => (t, 1)).Append((last, frames - 1 - last)));
    }
}
