using Heaviside.Estimators;
using Heaviside.Training;

namespace Heaviside.Tests.Training;

public class SupervisionTests
{
    private static readonly (string, string)[] Labeled =
        [("model", "mixed-vae"), ("classes", "3"), ("gaussian-size", "2"), ("labels", "12"), ("labeled-batch", "5"), ("binarization", "dynamic")];

    // Before and after the supervised steps (5), checkpoints (3), validations (4), and passes over the labeled images (3).
    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(7)]
    public void Run_StoppedAndContinued_IsTheUninterruptedRun(long step)
    {
        (string, string)[] changes = [.. Labeled, ("supervised-steps", "5"), ("label-weight", "linear(2, 1, steps=8)"), ("probes", "[accuracy, clusters, inference-network]")];
        using var whole = new TinyRun { Images = LabeledStripes.Data };
        using var parts = new TinyRun { Images = LabeledStripes.Data };
        whole.Train(changes: changes);
        parts.TrainTo(step, changes).Step.ShouldBe(step);
        parts.Train(changes: changes);
        parts.ShouldEqual(whole);
    }

    // A third of the images by chance; unsupervised classes would be in any order.
    [Theory]
    [InlineData("enumeration")]
    [InlineData("gumbel-softmax")]
    [InlineData("reinforce")]
    public void Run_FewLabels_TellClassesApart(string estimator)
    {
        using var run = new TinyRun { Images = LabeledStripes.Data };
        run.Train(default, [.. Labeled, ("estimator", estimator), ("batch-size", "60"), ("labels", "30"), ("labeled-batch", "30"), ("binarization", "threshold"), ("learning-rate", "0.003"),
            ("steps", "120"), ("validate-every", "120"), ("probes", "accuracy"), ("label-weight", "10")]);
        var row = run.Rows().Single(r => (string?)r["kind"] == "accuracy");
        ((double)row["mode"]!).ShouldBeGreaterThan(0.9);
        ((double)row["validation-mode"]!).ShouldBeGreaterThan(0.8);
        ((double)row["sampled"]!).ShouldBeInRange(0.6, 1);
        ((int)row["images"]!, (int)row["validation-images"]!).ShouldBe((120, 30));
        run.Rows().Last(r => (string?)r["kind"] == "train")["label-weight"]!.GetValue<double>().ShouldBe(10);
    }

    [Fact]
    public void Objective_SupervisedSteps_SeeTheLabeledImagesAlone()
    {
        using var scope = torch.NewDisposeScope();
        using var experiment = Experiment([("supervised-steps", "3")]);
        float Loss(long step, double pixel)
        {
            using var rng = new Generator(1);
            experiment.Supervision!.Step = step;
            return experiment.Supervision.Objective(experiment.Model, TinyRun.Batch(6, pixel), experiment.Estimator!, rng).Loss.item<float>();
        }

        Loss(2, 0).ShouldBe(Loss(2, 1));
        Loss(3, 0).ShouldNotBe(Loss(3, 1));
    }

    // Every label is there once a pass, with the pixels of its image; the term is that of the estimator, and its weight the schedule's.
    [Fact]
    public void Objective_LabelTerm_IsTheMeanLogProbabilityOfTheLabels()
    {
        using var scope = torch.NewDisposeScope();
        using var noGrad = torch.no_grad();
        using var experiment = Experiment([("label-weight", "3"), ("labeled-batch", "12"), ("binarization", "none"), ("estimator", "enumeration")]);
        var (images, supervision) = (experiment.Images.Set.Train, experiment.Supervision!);
        supervision.Images.Count.ShouldBe(12);
        experiment.Model.eval();
        var logProb = supervision.Images.Average(i =>
        {
            var x = torch.tensor(images.Image(i).ToArray().Select(p => p / 255f).ToArray(), [1, 16]);
            return experiment.Model.ShouldBeOfType<Heaviside.Models.MixedVae>().ClusterLogits(x).log_softmax(-1).ToArray<float>()[images.Labels!.Value.Span[i]];
        });
        var x = torch.zeros([4, 16]);
        using var batch = TinyRun.Batch(4, 0);
        float Loss(Func<Generator, TrainingObjective> objective)
        {
            using var rng = new Generator(1);
            return objective(rng).Loss.item<float>();
        }

        var plain = Loss(rng => experiment.DiscreteModel.Objective(x, experiment.Estimator!, rng));
        Loss(rng => supervision.Objective(experiment.Model, batch, experiment.Estimator!, rng)).ShouldBe(plain - (3 * logProb), 1e-4f);
    }

    [Fact]
    public void Images_SameSeed_AreTheSameAndAnotherSeedAnother()
    {
        int[] Images(string seed)
        {
            using var experiment = Experiment([("seed", seed)]);
            return [.. experiment.Supervision!.Images];
        }

        Images("1").ShouldBe(Images("1"));
        Images("1").ShouldNotBe(Images("2"));
    }

    [Fact]
    public void Create_WhatCannotBe_SaysWhyInOneLine()
    {
        static void Fails(string expected, params (string, string)[] changes)
        {
            var message = Should.Throw<InputException>(() => Experiment(changes).Dispose()).Message;
            message.ShouldContain(expected);
            message.ShouldNotContain('\n');
        }

        Fails("the data have 3 classes, the model 2: set classes=3", ("classes", "2"));
        Fails("expected a multiple of 3", ("labels", "10"));
        Fails("class 0 has 80 training images", ("labels", "300"));
        Fails("label-weight", ("label-weight", "-1"));
        Fails("set labels, such as labels=100", ("labels", "0"), ("probes", "accuracy"));
        Should.Throw<InputException>(() => TinyRun.Experiment(("model", "mixed-vae"), ("labels", "12"))).Message.ShouldContain("the data set has none");
        Should.Throw<InputException>(() => TinyRun.Experiment(("labels", "12"))).Message.ShouldContain("unknown setting 'labels'");
        Should.Throw<InputException>(() => TinyRun.Experiment(("probes", "accuracy"))).Message.ShouldContain("choose a model such as mixed-vae");
    }

    [Fact]
    public void Write_ModelWithClasses_LeavesAPictureWithARowForEach()
    {
        using var run = new TinyRun { Images = LabeledStripes.Data };
        var state = run.Train(changes: Labeled);
        using var experiment = Experiment([]);
        using var folder = RunFolder.Open(run.Path);
        RunReport.Write(folder, experiment, state, run.Observer, default);
        var picture = RunImages.Classes(experiment, seed: 1);
        (picture.Width, picture.Height).ShouldBe((1057, 330)); // 10 x 3 tiles of 100 pixels, with the labels of rows and the caption
        File.ReadAllBytes(folder.ClassesFile)[..4].ShouldBe([0x89, (byte)'P', (byte)'N', (byte)'G']);
        using var other = TinyRun.Experiment();
        Should.Throw<ArgumentException>(() => RunImages.Classes(other, seed: 1)).Message.ShouldContain("has no classes");
    }

    private static Experiment Experiment((string Key, string Value)[] changes) => TinyRun.Experiment(null, LabeledStripes.Data, [.. Labeled, .. changes]);
}
