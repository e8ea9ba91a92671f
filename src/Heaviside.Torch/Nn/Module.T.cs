namespace Heaviside.Torch;

/// <summary>A module that maps one value to a result.</summary>
public abstract class Module<T, TResult> : Module
{
    /// <summary>Computes the result.</summary>
    public abstract TResult forward(T input);
}

/// <summary>A module that maps two values to a result.</summary>
public abstract class Module<T1, T2, TResult> : Module
{
    /// <summary>Computes the result.</summary>
    public abstract TResult forward(T1 input1, T2 input2);
}
