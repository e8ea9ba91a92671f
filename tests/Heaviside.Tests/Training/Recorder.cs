using Heaviside.Estimators;
using Heaviside.Evaluation;
using Heaviside.Training;

namespace Heaviside.Tests.Training;

/// <summary>Remembers what a run told.</summary>
internal sealed class Recorder : ITrainingObserver
{
    public List<string> Notes { get; } = [];

    public List<long> Steps { get; } = [];

    public List<EvaluationPoint> Points { get; } = [];

    public List<Bound> Bounds { get; } = [];

    public List<(string What, int Done, int Total)> Evaluations { get; } = [];

    public Action<TrainingState>? OnStep { get; set; }

    public void Stepped(TrainingState state, TrainingOptions options, double objective, EvaluationPoint point)
    {
        Points.Add(point);
        Steps.Add(state.Step);
        OnStep?.Invoke(state);
    }

    public void Validated(TrainingState state, Bound bound) => Bounds.Add(bound);

    public void Evaluating(string what, int done, int total) => Evaluations.Add((what, done, total));

    public void Note(string message) => Notes.Add(message);
}
