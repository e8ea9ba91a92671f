using Heaviside.Peers.Boltzmann;
using Heaviside.Peers.Direct;
using Heaviside.Peers.Estimators;
using Heaviside.Peers.Graphs;

namespace Heaviside.Peers;

/// <summary>The training steps that <c>heaviside bench</c> measures, as one writes them in idiomatic TorchSharp without Heaviside.</summary>
public static class Peer
{
    /// <summary>Answers a benchmark on the standard input and output until the input ends; see <see cref="Driver"/>.</summary>
    /// <param name="arguments">The name of the benchmark, then options of <see cref="Driver"/>.</param>
    /// <returns>The exit code: 0, or 2 where there is no such benchmark.</returns>
    public static int Run(string[] arguments)
    {
        if (arguments is not [var name, .. var options] || Find(name) is not { } create)
        {
            Console.Error.WriteLine($"expected the name of a benchmark: {string.Join(", ", Names)}");
            return 2;
        }

        new Driver(create, name == Estimators ? EstimatorTraining.Names : []).Serve(options);
        return 0;
    }

    /// <summary>The benchmarks.</summary>
    internal static IReadOnlyList<string> Names => ["vae", Estimators, "direct", "gumbolt", "gibbs", "nri"];

    private const string Estimators = "estimators";

    /// <summary>What makes a work of a benchmark, or null where there is no such benchmark.</summary>
    internal static CreateWork? Find(string benchmark) => benchmark switch
    {
        "vae" => CategoricalVae.Create,
        Estimators => EstimatorTraining.Create,
        "direct" => DirectTraining.Create,
        "gumbolt" => GumBolt.Create,
        "gibbs" => GibbsSweeps.Create,
        "nri" => RelationalInference.Create,
        _ => null,
    };
}
