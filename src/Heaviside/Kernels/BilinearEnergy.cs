namespace Heaviside.Kernels;

/// <summary>E(z) = -(a z1 + b z2 + z2 W z1), the energy of a restricted Boltzmann machine, for many states z = [z1, z2].</summary>
internal static class BilinearEnergy
{
    /// <summary>E, shape <c>[...]</c>.</summary>
    /// <param name="z">Shape <c>[..., L + R]</c>.</param>
    /// <param name="a">Shape <c>[L]</c>.</param>
    /// <param name="b">Shape <c>[R]</c>.</param>
    /// <param name="w">W, shape <c>[R, L]</c>.</param>
    internal static Tensor Of(Tensor z, Tensor a, Tensor b, Tensor w)
    {
        var sides = z.split([a.size(0), b.size(0)], -1);
        return -(sides[0].MatMul(a) + (sides[1] * Affine.Of(sides[0], w, b)).sum(-1));
    }
}
