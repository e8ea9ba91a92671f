namespace Heaviside.Structured;

/// <summary>Sums over all assignments z of a structure, each with the weight exp(sum_i s_i z_i): of problems of one size, one after the
/// other, in memory that it keeps; each thread has its own.</summary>
/// <remarks><see cref="Sum"/> takes the scores s of a problem; what is asked for after it is about the law whose probabilities are
/// proportional to the weights.</remarks>
public abstract class GibbsSolver
{
    /// <summary>How many uniform numbers a draw takes.</summary>
    public abstract int NumbersPerDraw { get; }

    /// <summary>Takes a problem.</summary>
    /// <param name="scores">Finite score of each bit, <c>[N]</c>.</param>
    /// <returns>The logarithm of the sum of the weights, in nats.</returns>
    public abstract double Sum(ReadOnlySpan<double> scores);

    /// <summary>Writes the probability of each bit to be 1.</summary>
    /// <param name="marginals">Shape <c>[N]</c>.</param>
    public abstract void Marginals(Span<double> marginals);

    /// <summary>Multiplies the covariance matrix of the bits, which is the Jacobian of the marginals, with a vector.</summary>
    /// <param name="direction">The vector, <c>[N]</c>.</param>
    /// <param name="product">Takes the product, <c>[N]</c>.</param>
    public abstract void Covary(ReadOnlySpan<double> direction, Span<double> product);

    /// <summary>Draws an assignment.</summary>
    /// <param name="uniforms">Independent uniform numbers in [0, 1), as many as <see cref="NumbersPerDraw"/> says.</param>
    /// <param name="assignment">Takes the bits, <c>[N]</c> of 0 and 1; holds anything before.</param>
    public abstract void Draw(ReadOnlySpan<double> uniforms, Span<double> assignment);
}
