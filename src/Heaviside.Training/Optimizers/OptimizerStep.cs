namespace Heaviside.Optimizers;

/// <summary>The numbers that an <see cref="Optimizer"/> applies to one parameter in one step.</summary>
/// <param name="Count">How many times the parameter has been updated, this time included.</param>
/// <param name="LearningRate">The learning rate of the parameter's group.</param>
/// <param name="WeightDecay">The weight decay of the parameter's group.</param>
public readonly record struct OptimizerStep(long Count, double LearningRate, double WeightDecay);
