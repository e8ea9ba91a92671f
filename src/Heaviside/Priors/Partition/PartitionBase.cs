namespace Heaviside.Priors.Partition;

/// <summary>The law of independent units from which sampling methods go to the machine, beta from 0 to 1; its Z is a product.</summary>
public enum PartitionBase
{
    /// <summary>The biases alone: only the weights are multiplied by beta. Nearer to the machine, so fewer temperatures are needed.</summary>
    Biases,

    /// <summary>All states equally likely: biases and weights are multiplied by beta. Farther, and a different way: where biases alone
    /// hide modes that the weights make likely again, this one finds them.</summary>
    Uniform,
}
