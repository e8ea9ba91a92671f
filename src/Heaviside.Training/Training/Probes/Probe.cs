using Heaviside.Optimizers;

namespace Heaviside.Training.Probes;

/// <summary>Follows a run without changing it, and reports at every validation.</summary>
/// <remarks>A module: what it keeps from step to step is in its parameters and buffers, which checkpoints save. It draws nothing
/// from the training's random stream.</remarks>
public abstract class Probe : Component
{
    /// <summary>For derived classes.</summary>
    protected Probe()
        : base(nameof(Probe))
    {
    }

    /// <summary>What changes the probe's own parameters, if anything; saved in checkpoints, disposed with the experiment.</summary>
    public virtual IReadOnlyList<Optimizer> Optimizers => [];

    /// <summary>Is called when the gradients of a training step are in the model's parameters, before the update.</summary>
    /// <param name="step">The number of the step, from 0.</param>
    public virtual void AfterBackward(long step)
    {
    }

    /// <summary>The fields of a line of metrics, beside kind, step, epoch and seconds.</summary>
    /// <param name="observer">Is told of images done.</param>
    public abstract IReadOnlyList<(string Name, object? Value)> Report(ITrainingObserver observer);
}
