namespace Heaviside.Tests;

/// <summary>What tests ask of tensors, in the words of the other assertions.</summary>
internal static class TensorAssertions
{
    internal static void ShouldBeTrue(this Tensor one, string? message = null) => one.item<bool>().ShouldBeTrue(message);

    internal static void ShouldBeFalse(this Tensor one, string? message = null) => one.item<bool>().ShouldBeFalse(message);

    /// <summary>The part of a dimension from one place up to another, or to the end.</summary>
    internal static Tensor slice(this Tensor t, long dim, long from, long? to = null) => t.narrow(dim, from, (to ?? t.size((int)dim)) - from);
}
