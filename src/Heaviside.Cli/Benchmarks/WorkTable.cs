namespace Heaviside.Cli.Benchmarks;

/// <summary>Works that take turns, and whose times are one table.</summary>
/// <param name="Header">What the names of the works are.</param>
/// <param name="What">What is trained, in words.</param>
/// <param name="Works">The works.</param>
internal sealed record WorkTable(string Header, string What, IReadOnlyList<Work> Works)
{
    /// <summary>Examples per step.</summary>
    internal int Batch { get; init; } = 100;

    /// <summary>What its works are trained on; images by default.</summary>
    internal Func<BenchmarkRequest, BenchmarkData> Read { get; init; } = request => BenchmarkImages.Read(request.Folders);
}
