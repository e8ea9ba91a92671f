namespace Heaviside.Torch;

/// <summary>The function after a layer, for which <see cref="torch.nn.init.calculate_gain"/> corrects the weights.</summary>
public enum Nonlinearity
{
    /// <summary>None, or a convolution.</summary>
    Linear,

    /// <summary>The logistic function.</summary>
    Sigmoid,

    /// <summary>The hyperbolic tangent.</summary>
    Tanh,

    /// <summary>max(x, 0).</summary>
    ReLU,

    /// <summary>max(x, 0) + a min(x, 0).</summary>
    LeakyReLU,

    /// <summary>The self-normalizing exponential unit.</summary>
    SELU,
}
