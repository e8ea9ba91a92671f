namespace Heaviside.Kernels;

/// <summary>y = x W' + c for many rows x.</summary>
internal static class Affine
{
    /// <summary>y, shape <c>[..., N]</c>.</summary>
    /// <param name="x">Shape <c>[..., M]</c>.</param>
    /// <param name="weight">W, shape <c>[N, M]</c>.</param>
    /// <param name="constant">c, whose shape is the last dimensions of y: <c>[N]</c> or <c>[B, N]</c>.</param>
    internal static Tensor Of(Tensor x, Tensor weight, Tensor constant) => constant.dim() == 1
        ? torch.nn.functional.linear(x, weight, constant)
        : torch.nn.functional.linear(x, weight) + constant;
}
