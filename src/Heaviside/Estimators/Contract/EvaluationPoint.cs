namespace Heaviside.Estimators;

/// <summary>Where an estimate's value was taken, and so what it says about E[f(b)].</summary>
public enum EvaluationPoint
{
    /// <summary>At hard samples: an unbiased estimate of E[f(b)].</summary>
    HardSample,

    /// <summary>At relaxed samples: another objective, no estimate and no bound of E[f(b)].</summary>
    RelaxedSample,

    /// <summary>At every value, weighted: E[f(b)] itself.</summary>
    Expectation,

    /// <summary>At the most probable value: another objective, no estimate and no bound of E[f(b)].</summary>
    Mode,

    /// <summary>At K hard samples together: the value is their bound log 1/K sum_k exp f(b_k), an unbiased estimate of its own expectation.</summary>
    ImportanceWeighted,

    /// <summary>At K relaxed samples together: log 1/K sum_k exp f(y_k), no estimate and no bound of its value at hard ones.</summary>
    RelaxedImportanceWeighted,
}
