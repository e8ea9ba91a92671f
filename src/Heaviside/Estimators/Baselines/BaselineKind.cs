namespace Heaviside.Estimators.Baselines;

/// <summary>The baselines of this library.</summary>
public enum BaselineKind
{
    /// <summary>Nothing is subtracted.</summary>
    None,

    /// <summary>A given number: <see cref="ConstantBaseline"/>.</summary>
    Constant,

    /// <summary>The mean of f over earlier batches: <see cref="RunningBaseline"/>.</summary>
    Running,

    /// <summary>The mean of f over the example's other samples: <see cref="LeaveOneOutBaseline"/>.</summary>
    LeaveOneOut,

    /// <summary>The mean of f over the batch's other examples: <see cref="BatchBaseline"/>.</summary>
    Batch,

    /// <summary>A network of the example's context: <see cref="InputBaseline"/>.</summary>
    Input,
}
