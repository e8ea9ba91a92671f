using static TorchSharp.torch;

namespace Heaviside.Peers.Tests;

/// <summary>Tests that draw from torch's own generator, of which there is one: they run one after another, on one thread as the benchmarks do.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class GlobalGenerator : ICollectionFixture<GlobalGenerator>
{
    internal const string Name = "torch's own generator";

    public GlobalGenerator() => set_num_threads(1);
}
