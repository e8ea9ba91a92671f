using Heaviside.Data;
using Heaviside.Distributions;
using Heaviside.Estimators;
using Heaviside.Estimators.Baselines;
using Heaviside.Models;
using Heaviside.Training;

namespace Heaviside.Tests.Training;

/// <summary>Experiments of parts that are made in C#.</summary>
public sealed class PartsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private static ArrayData Data => new("numbers", "made up", new NamedArrays(40).With("x", [.. Enumerable.Range(0, 40).Select(i => i / 40f)]));

    [Fact]
    public void Train_PartsOfOnesOwn_LeavesARunThatNamesThem()
    {
        using var experiment = new Experiment(new Coin(), Data, new Reinforce { Samples = 3, Baseline = BaselineKind.LeaveOneOut }, new TrainingOptions { Steps = 6, BatchSize = 10, Seed = 4 });
        var result = Trainer.Train(experiment, folder["run"], new Recorder());
        result.ImportanceWeighted.ShouldBeNull();
        result.Elbo.Description.ShouldBe("closeness, mean over the examples");
        var recipe = File.ReadAllText(folder["run/recipe.yaml"]);
        foreach (var line in new[] { "model: coin", "data: numbers", "estimator: reinforce", "samples: 3", "baseline: leave-one-out", "seed: 4", "steps: 6" }) recipe.ShouldContain(line + "\n");
        recipe.ShouldNotContain("Repeat it");
        File.Exists(folder["run/samples.png"]).ShouldBeFalse("there are no images");
    }

    [Fact]
    public void Train_SameFolderAgain_GoesOnAndRefusesOtherParts()
    {
        void Train(int samples, long steps)
        {
            using var experiment = new Experiment(new Coin(), Data, new Reinforce { Samples = samples }, new TrainingOptions { Steps = steps, BatchSize = 10 });
            Trainer.Train(experiment, folder["run"], new Recorder());
        }

        Train(1, 5);
        Train(1, 9);
        File.ReadAllText(folder["run/result.json"]).ShouldContain("\"steps\": 9");
        Should.Throw<InputException>(() => Train(2, 12)).Message.ShouldContain("samples: 1");
    }

    // NVIL learns a baseline of the context: the model must say how large that is.
    [Fact]
    public void Experiment_EstimatorThatLearns_NeedsToKnowTheLatents()
    {
        using var nvil = new Nvil();
        Should.Throw<ArgumentException>(() => new Experiment(new Coin(), Data, nvil)).Message.ShouldContain(nameof(IHasDiscreteLatents));
    }

    private sealed class Coin : TrainableModel
    {
        private readonly TorchSharp.Modules.Parameter logit = new(torch.zeros([1]));

        public Coin() => register_parameter(nameof(logit), logit);

        public override string Quantity => "closeness";

        public override TrainingObjective Objective(Batch batch, GradientEstimator? estimator, Generator rng) =>
            TrainingObjective.Of(estimator!.Estimate(Law(batch), Heaviside.Estimators.Objective.BlackBox(b => Closeness(batch, b)), rng));

        public override Tensor Score(Batch batch, Generator rng) => Closeness(batch, Law(batch).Sample([1], rng))[0];

        private Bernoulli Law(Batch batch) => new(logit.unsqueeze(0).expand([batch.Count, 1]));

        private static Tensor Closeness(Batch batch, Tensor b) => -(b.squeeze(-1) - batch["x"]).square();
    }
}
