namespace Heaviside.Estimators;

/// <summary>What a value is called, by where it was taken.</summary>
public static class EvaluationPoints
{
    /// <summary>The name of a training objective in displays and plots.</summary>
    public static string ObjectiveName(this EvaluationPoint point) => point switch
    {
        EvaluationPoint.RelaxedSample => "relaxed objective (no bound)",
        EvaluationPoint.Mode => "objective at the mode (no bound)",
        EvaluationPoint.RelaxedImportanceWeighted => "relaxed K-sample objective (no bound)",
        EvaluationPoint.ImportanceWeighted => "K-sample bound",
        _ => "training objective",
    };
}
