namespace Heaviside.Cli.Reproduction;

/// <summary>Where a run of a study is.</summary>
internal enum RunState
{
    /// <summary>Its turn has not come.</summary>
    Waiting,

    /// <summary>A process of another program works on it: it is waited for.</summary>
    Elsewhere,

    /// <summary>Its process works.</summary>
    Running,

    /// <summary>There is nothing left to do for it.</summary>
    Finished,

    /// <summary>Its process ended with an error.</summary>
    Failed,

    /// <summary>It was interrupted; the same study continues it.</summary>
    Stopped,
}
