using Heaviside.Estimators;
using Heaviside.Estimators.Baselines;
using Heaviside.Training;
using Planner;
using static TorchSharp.torch;

// Planner RUN: learns plans of eight moves through a room with walls; started again, it goes on where it was stopped.
random.manual_seed(1); // of the initial weights
using var experiment = new Experiment(
    new PlanPolicy(),
    new Room(),
    new Reinforce { Samples = 8, Baseline = BaselineKind.LeaveOneOut },
    new TrainingOptions { Steps = 2000, LearningRate = 3e-3, CheckpointEvery = 200 });
var result = Trainer.Train(experiment, args[0]);
Console.WriteLine($"{result.Elbo.Description}: {result.Elbo.Mean:F3} +- {result.Elbo.StandardError:F3} over {result.Elbo.Images} test starts");
