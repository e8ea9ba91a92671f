using System.Reflection;
using Heaviside.Cli.Benchmarks;
using Heaviside.Configuration;

namespace Heaviside.Cli;

/// <summary>All commands of Heaviside, for a program of one's own: what it has added to the catalogues trains, is checked and is measured as what is there.</summary>
/// <example><code>
/// EstimatorCatalog.All.Add(new("mine", "what it does", LatentKinds.Any, "S", "arXiv:2601.00001", () => new Mine()));
/// return HeavisideProgram.Run(args);
/// </code></example>
public static class HeavisideProgram
{
    /// <summary>Runs a command line, and turns whatever goes wrong into one line on the standard error. It belongs at the end of a program's <c>Main</c>,
    /// with the arguments as they came: commands start the program again for parts of their work, with arguments of their own.</summary>
    /// <param name="args">What was typed after the program's name.</param>
    /// <param name="name">The program's name as help and messages write it; by default that of its assembly.</param>
    /// <returns>The exit code: 0; 1 for a run or a check that failed; 2 for wrong input; 130 for what was interrupted.</returns>
    public static int Run(string[] args, string? name = null)
    {
        // A benchmark's peer comes before anything of ours is loaded: none of our settings of threads or memory are its own.
        if (args is [PeerProcess.Command, .. var peer]) return Peers.Peer.Run(peer);
        HostProgram.Name = name ?? Assembly.GetEntryAssembly()?.GetName().Name ?? HostProgram.Name;
        return Application.Run(args);
    }
}
