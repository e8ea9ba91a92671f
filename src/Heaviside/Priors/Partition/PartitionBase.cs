namespace Heaviside.Priors.Partition;

/// <summary>The law of independent units from which sampling methods go to the machine, beta from 0 to 1; its Z is a product.</summary>
public enum PartitionBase
{
    /// <summary>The biases alone: only the weights are multiplied by beta. The better, the more of the machine its biases are.</summary>
    Biases,

    /// <summary>All states equally likely: biases and weights are multiplied by beta. Where biases and weights work against each other, as
    /// they do in trained machines, the shorter way; it finds modes that the biases alone hide.</summary>
    Uniform,
}
