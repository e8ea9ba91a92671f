namespace Heaviside.Data;

/// <summary>What a run is trained on and judged by.</summary>
public abstract class TrainingData
{
    /// <summary>A short name, such as that of the catalogue.</summary>
    public abstract string Name { get; }

    /// <summary>Where the data come from and how they were split, in words; belongs into every result.</summary>
    public abstract string Source { get; }

    /// <summary>SHA-256 over the data in lower-case hexadecimal: equal data have equal ones.</summary>
    public abstract string Fingerprint { get; }

    /// <summary>What examples are, in the plural: images, rows, episodes.</summary>
    public virtual string Unit => "examples";

    /// <summary>What every result must be read with, such as the binarization of pixels.</summary>
    public virtual IReadOnlyList<(string Name, string Value)> Facts => [];

    /// <summary>How many examples a part has, in an epoch where they are made anew.</summary>
    public abstract int Count(Split split);

    /// <summary>Batches for training: each epoch in an order of its own.</summary>
    /// <param name="split">The part.</param>
    /// <param name="batchSize">Examples a batch, at least 1.</param>
    /// <param name="seed">Decides the order and what is drawn anew.</param>
    public abstract IBatchSource Shuffled(Split split, int batchSize, ulong seed);

    /// <summary>Batches for evaluation: each example once, in order.</summary>
    /// <param name="split">The part.</param>
    /// <param name="batchSize">Examples a batch, at least 1.</param>
    /// <param name="seed">Decides what is drawn anew.</param>
    public abstract IBatchSource InOrder(Split split, int batchSize, ulong seed);
}
