using Heaviside.Estimators;
using Heaviside.Evaluation;

namespace Heaviside.Training;

/// <summary>Is told how a run comes along; the command line shows it.</summary>
public interface ITrainingObserver
{
    /// <summary>A training step is done.</summary>
    /// <param name="state">Where the run is.</param>
    /// <param name="options">How far it goes.</param>
    /// <param name="objective">The objective of this step, in nats.</param>
    /// <param name="point">Where the latents were: at relaxed samples the objective is no bound.</param>
    void Stepped(TrainingState state, TrainingOptions options, double objective, EvaluationPoint point);

    /// <summary>A validation is done.</summary>
    void Validated(TrainingState state, Bound bound);

    /// <summary>Images of an evaluation are done.</summary>
    void Evaluating(string what, int done, int total);

    /// <summary>Something that a person should know.</summary>
    void Note(string message);
}
