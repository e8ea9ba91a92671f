using Heaviside.Data;
using Heaviside.Data.Sources;
using Heaviside.Estimators;
using Heaviside.Training;
using Regression;
using static TorchSharp.torch;

// Regression TABLE.csv COLUMN RUN: predicts a column of a table; started again, it goes on where it was stopped.
var table = (StoredData)new TableFile(args[0]) { Target = args[1] }.Load(DataFolders.Standard());
random.manual_seed(1); // of the initial weights
using var experiment = new Experiment(
    new BitRegression(table.Examples(Split.Train).Fields[0].Size, bits: 20),
    table,
    new DisArm(),
    new TrainingOptions { Steps = 3000, BatchSize = 50, LearningRate = 3e-3, CheckpointEvery = 200 });
var result = Trainer.Train(experiment, args[2]);
Console.WriteLine($"{result.Elbo.Description}: {result.Elbo.Mean:F3} +- {result.Elbo.StandardError:F3} on {result.Elbo.Images} test rows");
