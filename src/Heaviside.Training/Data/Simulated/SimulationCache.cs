using Heaviside.Files;
using Heaviside.Simulators;

namespace Heaviside.Data.Simulated;

/// <summary>Keeps simulations in files, some hundreds in each, so that they are made once, and what was killed goes on.</summary>
/// <remarks>A file is written all or nothing, with what decides its bits and a checksum: one that is missing, damaged or of something else is made anew.
/// Processes that want the same simulations take turns by the file, and read what the others made.</remarks>
/// <param name="folder">Where the files are, made when it is needed.</param>
internal sealed class SimulationCache(string folder)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(0.1);

    /// <summary>The cache of the user, beside the data that were fetched.</summary>
    public static SimulationCache OfUser => new(Path.Combine(DataFolders.Cache, "simulations"));

    /// <summary>Where the files of a data set are.</summary>
    public string FolderOf(SimulationPlan plan) => Path.Combine(folder, plan.Folder);

    /// <summary>Whether all files of a data set are there; whether they are damaged is seen when they are read.</summary>
    public bool Has(SimulationPlan plan) => plan.Blocks.All(b => File.Exists(PathOf(b)));

    /// <summary>Bytes of the files of a data set.</summary>
    public long Bytes(SimulationPlan plan) => plan.Blocks.Sum(b => new FileInfo(PathOf(b)).Length);

    /// <summary>Reads the simulations of a part, and makes those that are not there. Where nothing can be written, they are made every time.</summary>
    public Trajectories Get(SimulationPlan plan, SimulatedPart part)
    {
        var blocks = plan.BlocksOf(part).ToList();
        var (size, pairs) = (blocks[0].Size, plan.Simulator.Pairs);
        var all = new Trajectories(new float[checked(part.Count * size)], new long[checked(part.Count * pairs)]);
        foreach (var block in blocks)
        {
            var simulated = Obtain(block, mustKeep: false, made: null, CancellationToken.None);
            simulated.Values.CopyTo(all.Values, block.First * size);
            simulated.Edges.CopyTo(all.Edges, block.First * pairs);
        }

        return all;
    }

    /// <summary>Makes the simulations of a data set that are not there.</summary>
    /// <param name="plan">The data set.</param>
    /// <param name="progress">Told how far it is, from any thread.</param>
    /// <param name="stop">Stops it; the files that are whole stay.</param>
    /// <returns>How many were made.</returns>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public int Make(SimulationPlan plan, IProgress<SimulationProgress>? progress = null, CancellationToken stop = default)
    {
        var (done, made, reporting) = (0, 0, new Lock());
        foreach (var block in plan.Blocks)
        {
            stop.ThrowIfCancellationRequested();
            var before = made;
            Obtain(block, mustKeep: true, Report, stop);
            done += block.Count - (made - before);
            progress?.Report(new(done, plan.Count, made));
        }

        return made;

        void Report(int more)
        {
            lock (reporting)
            {
                (done, made) = (done + more, made + more);
                progress?.Report(new(done, plan.Count, made));
            }
        }
    }

    private string PathOf(SimulationBlock block) => Path.Combine(FolderOf(block.Plan), block.File);

    private Trajectories Obtain(SimulationBlock block, bool mustKeep, Action<int>? made, CancellationToken stop)
    {
        for (; ; stop.WaitHandle.WaitOne(Pause))
        {
            stop.ThrowIfCancellationRequested();
            if (SimulationFile.Read(PathOf(block), block) is { } there) return there;
            Trajectories? simulated = null;
            try
            {
                using var turn = Turn(FolderOf(block.Plan));
                if (turn is null) continue;
                if (SimulationFile.Read(PathOf(block), block) is { } others) return others; // which they made meanwhile
                simulated = block.Run(made, stop);
                SimulationFile.Write(PathOf(block), block, simulated);
                return simulated;
            }
            catch (IOException) when (!mustKeep)
            {
                return simulated ?? block.Run(made, stop); // the disk is full or read-only
            }
        }
    }

    // Null while another process has its turn; one that is killed loses it.
    private static FileStream? Turn(string folder)
    {
        try
        {
            return new FileStream(Path.Combine(Directory.CreateDirectory(folder).FullName, ".lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException error) when (Disk.IsHeldByAnother(error))
        {
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Disk.Explain(folder, error);
        }
    }
}
