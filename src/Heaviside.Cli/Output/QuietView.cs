namespace Heaviside.Cli.Output;

/// <summary>Shows nothing of a run but its result.</summary>
internal sealed class QuietView : TrainingView;
