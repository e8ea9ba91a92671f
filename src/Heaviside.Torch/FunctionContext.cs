namespace Heaviside.Torch;

/// <summary>What the forward pass of a <see cref="Function"/> leaves for its backward pass.</summary>
public sealed class FunctionContext
{
    /// <summary>The tensors that <see cref="SaveForBackward"/> was given.</summary>
    public Tensor[] Saved { get; internal set; } = [];

    /// <summary>Anything else the backward pass needs; never a tensor that the function returns.</summary>
    public object? State { get; set; }

    internal bool[] Needs { get; init; } = [];

    /// <summary>Whether the gradient of an input is wanted; the backward pass may return null for the others.</summary>
    public bool NeedsGradient(int input) => Needs[input];

    /// <summary>Keeps inputs, outputs or other tensors for the backward pass.</summary>
    public void SaveForBackward(params Tensor[] tensors) => Saved = tensors;
}
