namespace Heaviside.Cli.Benchmarks;

/// <summary>What makes steps and times each.</summary>
internal interface ITimed : IDisposable
{
    /// <summary>Makes some steps; the seconds that each took.</summary>
    double[] Run(int steps);
}
