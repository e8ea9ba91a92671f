namespace Heaviside.Tests;

/// <summary>What tests ask of tensors, in the words of the other assertions.</summary>
internal static class TensorAssertions
{
    /// <summary>Whether shapes and all elements are equal; TorchSharp's <c>equal</c> compares one by one.</summary>
    internal static bool IsSame(this Tensor one, Tensor other) => one.shape.SequenceEqual(other.shape) && one.eq(other).all().item<bool>();

    /// <summary>The part of a dimension from one place up to another, or to the end.</summary>
    internal static Tensor slice(this Tensor t, long dim, long from, long? to = null) => t.narrow(dim, from, (to ?? t.size((int)dim)) - from);
}
