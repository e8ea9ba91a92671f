using System.Numerics;

namespace Heaviside.Optimizers;

/// <summary>An update rule for as many elements as a vector register holds.</summary>
internal interface IUpdate<T>
{
    /// <summary>Updates the parameter and its state; state that the rule does not have is zero and dropped.</summary>
    void Apply(ref Vector<T> parameter, Vector<T> gradient, ref Vector<T> first, ref Vector<T> second);
}
