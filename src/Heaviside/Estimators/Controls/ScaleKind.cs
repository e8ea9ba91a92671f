namespace Heaviside.Estimators.Controls;

/// <summary>What has a scale eta of its own.</summary>
public enum ScaleKind
{
    /// <summary>Each layer's logits: <see cref="LogitScale"/>.</summary>
    Layer,

    /// <summary>Each parameter tensor behind the logits: <see cref="ParameterScale"/>.</summary>
    Parameter,

    /// <summary>Nothing, eta is 1: <see cref="UnitScale"/>.</summary>
    None,
}
