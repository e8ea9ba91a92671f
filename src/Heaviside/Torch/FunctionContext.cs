namespace Heaviside.Torch;

/// <summary>What the forward pass of a <see cref="Function"/> leaves for its backward pass.</summary>
internal sealed class FunctionContext
{
    /// <summary>The tensors that <see cref="SaveForBackward"/> was given.</summary>
    internal Tensor[] Saved { get; set; } = [];

    internal bool[] Needs { get; init; } = [];

    /// <summary>Whether the gradient of an input is wanted; the backward pass may return null for the others.</summary>
    internal bool NeedsGradient(int input) => Needs[input];

    /// <summary>Keeps inputs, outputs or other tensors for the backward pass.</summary>
    internal void SaveForBackward(params Tensor[] tensors) => Saved = tensors;
}
