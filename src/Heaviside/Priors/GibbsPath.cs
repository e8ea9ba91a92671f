namespace Heaviside.Priors;

/// <summary>The ways to compute the same thing: block Gibbs sweeps of a restricted Boltzmann machine.</summary>
public enum GibbsPath
{
    /// <summary>Tables of sums in 16-bit integers, random numbers compared with an approximate probability and again with the
    /// exact one where that could decide otherwise. The law is exactly that of the machine with its parameters rounded to multiples of
    /// a unit of at most 0.001 nats, and with units certain whose logit is beyond 20 in every state. Logits that could be so large that the unit would
    /// be coarser are computed by <see cref="Tables"/>. Needs AVX2; without it, <see cref="Portable"/> is taken, which gives the same bits.</summary>
    Quantized,

    /// <summary>Tables of sums in single precision: nothing is rounded to a grid.</summary>
    Tables,

    /// <summary>As <see cref="Quantized"/>, every decision exact at once, on any processor; the same bits, several times slower.</summary>
    Portable,

    /// <summary>Matrix products and random numbers of torch, on any device.</summary>
    Torch,
}
