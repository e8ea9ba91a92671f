using Heaviside.Priors;
using Heaviside.Priors.Partition;
using TorchSharp.Utils;

namespace Heaviside.Models;

/// <summary>A Boltzmann machine as the prior of a model that is being trained, with chains that follow it.</summary>
/// <remarks>The chains are moved once for each training step, however often its objective is computed, and are never begun anew.</remarks>
internal sealed class BoltzmannPrior : Component
{
    private static readonly PartitionEstimator Quick = new AutomaticPartition(new AnnealedImportanceSampling { Betas = 500, Chains = 100 });

    private readonly Func<int, Generator, MarkovChains> create;
    private readonly MarkovChains? chains;
    private readonly int sweeps;
    [ComponentName(Name = "log_partition")] private readonly Tensor logPartition;
    private long? sampledAt;
    private long? estimatedAt;

    /// <summary>A prior.</summary>
    /// <param name="machine">The machine, with parameters 0.</param>
    /// <param name="create">Makes as many chains of it as it is told.</param>
    /// <param name="count">The number of chains that follow the training; none where log Z has a closed form.</param>
    /// <param name="sweeps">By how many sweeps each training step moves them.</param>
    /// <param name="rng">The source of randomness.</param>
    internal BoltzmannPrior(BoltzmannMachine machine, Func<int, Generator, MarkovChains> create, int count, int sweeps, Generator rng)
        : base(nameof(BoltzmannPrior))
    {
        (this.create, this.sweeps) = (create, sweeps);
        Machine = this.AddModule("machine", machine);
        if (machine is not FactorialMachine) chains = this.AddModule("chains", create(count, rng));
        logPartition = this.AddBuffer("log_partition", torch.tensor([machine.Units * Math.Log(2)]));
    }

    /// <summary>The machine.</summary>
    internal BoltzmannMachine Machine { get; }

    /// <summary>log Z as it was estimated last, in nats.</summary>
    internal double LogPartition
    {
        get => logPartition.Number();
        set => logPartition.fill_(value);
    }

    /// <summary>Estimates log Z at every hundredth training step, so that objectives between two evaluations are near their values.</summary>
    /// <param name="step">The training step.</param>
    /// <param name="rng">The source of randomness.</param>
    internal void FollowLogPartition(long step, Generator rng)
    {
        const int Every = 100;
        if (step % Every != 0 || estimatedAt == step) return;
        estimatedAt = step;
        LogPartition = Quick.Estimate(Machine, rng).LogPartition;
    }

    /// <summary>A scalar whose gradient is that of log Z or an estimate of it; its value means nothing.</summary>
    /// <param name="step">The training step.</param>
    internal Tensor LogPartitionTerm(long step)
    {
        if (chains is null) return Machine.LogPartition();
        var samples = chains.Sample(sampledAt == step ? 0 : sweeps);
        sampledAt = step;
        return Machine.LogPartitionSurrogate(samples);
    }

    /// <summary>States of the machine, <c>[count, N]</c>: of chains that begin where those of the training are.</summary>
    internal Tensor Sample(int count, Generator rng) => SampleAlong(count, [1000], rng).squeeze(1);

    /// <summary>The states that chains pass through, <c>[count, n, N]</c>, after some numbers of sweeps that do not decrease.</summary>
    internal Tensor SampleAlong(int count, IReadOnlyList<long> sweeps, Generator rng)
    {
        using var scope = torch.NewDisposeScope();
        using var copies = create(count, rng);
        if (chains is not null) copies.States.copy_(chains.States.index_select(0, torch.randint(0, chains.Chains, [count], ScalarType.Int64, generator: rng)));
        var before = sweeps.Prepend(0);
        return scope.MoveToOuter(torch.stack([.. sweeps.Zip(before, (now, then) => copies.Sample(chains is null ? 1 : (int)(now - then)))], 1));
    }
}
