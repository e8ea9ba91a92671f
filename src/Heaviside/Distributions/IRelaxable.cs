using Heaviside.Torch;

namespace Heaviside.Distributions;

/// <summary>A discrete law that is the hard limit of a continuous one, b = H(z).</summary>
public interface IRelaxable
{
    /// <summary>The continuous law whose draws become this law's as the temperature goes to 0.</summary>
    /// <param name="temperature">Greater than 0.</param>
    IReparameterized Relax(double temperature);

    /// <summary>The discrete value that a relaxed one rounds to, of the same shape and without a gradient.</summary>
    Tensor Harden(Tensor relaxed);
}
