namespace Heaviside.Structured;

/// <summary>A structure that allows some assignments only, with scores of single bits: without scores of pairs.</summary>
public abstract class StructureOracle : ArgmaxOracle
{
    /// <inheritdoc/>
    public sealed override bool IsFree => false;

    /// <inheritdoc/>
    public sealed override bool TakesPairs => false;

    /// <inheritdoc/>
    protected abstract override double Count(int bits);

    /// <inheritdoc/>
    protected abstract override void List(int bits, Span<float> table);
}
