namespace Heaviside.Models;

/// <summary>What follows the hidden layers of a perceptron.</summary>
public enum Nonlinearity
{
    /// <summary>The exponential linear unit.</summary>
    Elu,

    /// <summary>The rectifier.</summary>
    Relu,
}
