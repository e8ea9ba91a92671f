using System.Globalization;
using Heaviside.Data;
using Heaviside.Models;
using Heaviside.Training;

namespace Heaviside.Tests.Training;

/// <summary>Trainings whose numbers become useless: each ends with one line that says where, and keeps what was good before.</summary>
public class DivergenceTests
{
    public static TheoryData<string, string, string> Machines
    {
        get
        {
            var cases = new TheoryData<string, string, string>();
            foreach (var path in new[] { "quantized", "tables", "portable", "torch" })
            {
                cases.Add("[6]", "restricted", path); // log Z by enumeration
                cases.Add("[44]", "restricted", path); // by annealing
            }

            cases.Add("[6]", "factorial", "quantized");
            return cases;
        }
    }

    [Fact]
    public void Run_ValidationOverflows_NamesItAndTheLastCheckpoint()
    {
        using var run = new TinyRun();
        using var experiment = TinyRun.Experiment();
        using var folder = RunFolder.Create(run.Path, experiment);
        run.Observer.OnStep = s =>
        {
            if (s.Step == 8) experiment.Model.state_dict()["decoder.2.bias"].AsSpan<float>().Fill(float.MaxValue);
        };
        var message = Should.Throw<NonFiniteException>(() => new Trainer(experiment, folder, run.Observer).Run(default)).Message;
        message.ShouldStartWith("step 8: the validation bound over 13 images is -");
        message.ShouldEndWith("the last good checkpoint is " + run.Checkpoints()[^1]);
        run.Best().ShouldBe(["best-0000000004.safetensors"]);
    }

    [Fact]
    public void Run_ParameterIsNaN_NamesStepTensorAndCheckpoint()
    {
        using var run = new TinyRun();
        using var experiment = TinyRun.Experiment();
        using var folder = RunFolder.Create(run.Path, experiment);
        run.Observer.OnStep = s =>
        {
            if (s.Step == 7) experiment.Model.state_dict()["decoder.2.bias"].AsSpan<float>()[3] = float.NaN;
        };
        var message = Should.Throw<NonFiniteException>(() => new Trainer(experiment, folder, run.Observer).Run(default)).Message;
        message.ShouldStartWith("step 7: the objective is NaN: 'decoder.2.bias' of the model");
        message.ShouldEndWith("the last good checkpoint is " + run.Checkpoints()[^1]);
        message.ShouldEndWith("step-0000000006");
    }

    [Fact]
    public void Run_LossOverflowsWhileTheObjectiveIsFinite_StopsBeforeTheUpdate()
    {
        using var run = new TinyRun { Estimator = () => new SpoiledEstimator(logProb => logProb.mean() * double.PositiveInfinity) };
        var message = Should.Throw<NonFiniteException>(() => run.Train()).Message;
        message.ShouldStartWith("step 0: the loss is ");
        message.ShouldContain("had it first");
    }

    // The root of 0 has the derivative infinity, times 0 of what is inside it.
    private static Tensor RootOfZero(Tensor logProb) => (logProb * 0).square().sum().sqrt();

    [Fact]
    public void Run_GradientIsNaNWhileTheLossIsFinite_NamesTheFirstParameterWithOne()
    {
        using var run = new TinyRun { Estimator = () => new SpoiledEstimator(RootOfZero) };
        Should.Throw<NonFiniteException>(() => run.Train()).Message
            .ShouldStartWith("step 1: the objective cannot be computed: 'encoder.0.weight' of the model is NaN or infinite; the gradient of 'encoder.0.weight' of the model had it first");
    }

    [Fact]
    public void Explain_ForwardPassIsFinite_LooksAtTheGradients()
    {
        using var scope = torch.NewDisposeScope();
        using var experiment = TinyRun.Experiment(() => new SpoiledEstimator(RootOfZero));
        using var healthy = TinyRun.Experiment();
        using var rng = new Generator(1);
        using var batch = experiment.Data.InOrder(Split.Train, 2, seed: 1).At(0, 0);
        NonFiniteDiagnosis.Explain(experiment, batch, () => experiment.Model.Objective(batch, experiment.Estimator, rng)).ShouldBe("the gradient of 'encoder.0.weight' of the model had it first");
        NonFiniteDiagnosis.Explain(healthy, batch, () => healthy.Model.Objective(batch, healthy.Estimator, rng)).ShouldStartWith("no module, no term of the objective and no gradient");
    }

    // The update overflows at a step after which a checkpoint is due: it must not be kept as a good one.
    [Theory]
    [InlineData("3", "100")]
    [InlineData("100", "3")]
    public void Run_LearningRateTooLarge_NeitherKeepsNorJudgesTheSpoiledWeights(string checkpointEvery, string validateEvery)
    {
        using var run = new TinyRun();
        var rate = 1e300.ToString(CultureInfo.InvariantCulture);
        var message = Should.Throw<NonFiniteException>(() => run.Train(default, ("learning-rate", $"steps(1e-3, {rate}, at=[2])"), ("optimizer", "sgd"),
            ("momentum", "0"), ("checkpoint-every", checkpointEvery), ("validate-every", validateEvery))).Message;
        message.ShouldStartWith("step 2: after its update '");
        message.ShouldEndWith("there is no checkpoint yet");
        run.Observer.Bounds.ShouldBeEmpty();
    }

    [Fact]
    public void Run_OperatorOverflows_NamesIt()
    {
        using var run = new TinyRun();
        using var experiment = TinyRun.Experiment();
        using var folder = RunFolder.Create(run.Path, experiment);
        experiment.Model.state_dict()["encoder.2.weight"].AsSpan<float>().Fill(3e38f);
        var message = Should.Throw<NonFiniteException>(() => new Trainer(experiment, folder, run.Observer).Run(default)).Message;
        message.ShouldStartWith("step 0: the objective cannot be computed: the output of 'encoder.2' of the model");
        message.ShouldContain("had it first");
        message.ShouldContain("[10, 12]"); // the logits: 10 images, 3 x 4 values
    }

    [Theory]
    [MemberData(nameof(Machines))]
    public void Run_ParameterOfTheMachineIsNaN_NamesStepTensorAndCheckpoint(string groups, string prior, string path)
    {
        using var run = new TinyRun();
        using var experiment = TinyRun.Experiment(Boltzmann(("groups", groups), ("prior", prior), ("gibbs", path)));
        using var folder = RunFolder.Create(run.Path, experiment);
        var name = prior == "restricted" ? "networks.prior.machine.weights" : "networks.prior.machine.bias";
        run.Observer.OnStep = s =>
        {
            if (s.Step == 7) experiment.Model.state_dict()[name].AsSpan<float>()[1] = float.NaN;
        };
        var message = Should.Throw<NonFiniteException>(() => new Trainer(experiment, folder, run.Observer).Run(default)).Message;
        message.ShouldStartWith("step 7: the objective ");
        message.ShouldContain($"'{name}' of the model is NaN or infinite");
        message.ShouldEndWith("the last good checkpoint is " + run.Checkpoints()[^1]);
        message.ShouldNotContain('\n');
    }

    [Theory]
    [InlineData("[6]", "1e38")]
    [InlineData("[44]", "1e38")]
    [InlineData("[44]", "1e300")]
    [InlineData("[6]", "1e36")]
    public void Run_LearningRateOfTheMachineFarTooLarge_EndsWithOneLine(string groups, string rate)
    {
        using var run = new TinyRun();
        var message = Should.Throw<NonFiniteException>(() => run.Train(default, Boltzmann(("groups", groups), ("learning-rate", rate)))).Message;
        message.ShouldStartWith("step ");
        message.ShouldNotContain('\n');
        message.ShouldContain("checkpoint");
    }

    // Weights of 1e30 and a finite bound: every number is there, and none is worth anything.
    [Fact]
    public void Write_LearningRateTooLargeAndBoundsFinite_SaysThatItDiverged()
    {
        using var run = new TinyRun();
        (string, string)[] changes = [("learning-rate", "1e9")];
        var state = run.Train(default, changes);
        run.Observer.Notes.Single(n => n.Contains("diverged", StringComparison.Ordinal)).ShouldStartWith("step 4: the validation bound is worse");
        using var experiment = TinyRun.Experiment(changes);
        using var folder = RunFolder.Open(run.Path);
        var result = RunReport.Write(folder, experiment, state, run.Observer, default);
        double.IsFinite(result.Elbo.Mean).ShouldBeTrue();
        result.Problem.ShouldNotBeNull().ShouldStartWith("the training diverged: its best weights, of step");
        result.Problem.ShouldContain("-11.0904"); // 16 pixels
        result.Problem.ShouldNotContain('\n');
        File.Exists(folder.ResultFile).ShouldBeTrue();
    }

    [Fact]
    public void Write_OrdinaryTraining_HasNoProblem()
    {
        using var run = new TinyRun();
        var state = run.Train();
        using var experiment = TinyRun.Experiment();
        using var folder = RunFolder.Open(run.Path);
        RunReport.Write(folder, experiment, state, run.Observer, default).Problem.ShouldBeNull();
        run.Observer.Notes.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.NegativeInfinity)]
    public void Write_BestWeightsAreNotFinite_NamesFileAndTensor(float value)
    {
        using var run = new TinyRun();
        var state = run.Train();
        using var experiment = TinyRun.Experiment();
        using var folder = RunFolder.Open(run.Path);
        experiment.Model.state_dict()["decoder.2.bias"].AsSpan<float>()[2] = value;
        TensorFile.Write(folder.BestFile(state.BestStep), experiment.Model.state_dict());
        var message = Should.Throw<InputException>(() => RunReport.Write(folder, experiment, state with { BestSum = null }, run.Observer, default)).Message;
        message.ShouldStartWith(folder.BestFile(state.BestStep));
        message.ShouldContain("'decoder.2.bias' has a NaN or an infinity");
        message.ShouldNotContain('\n');
    }

    // Such a checkpoint is as good as a damaged one.
    [Fact]
    public void Run_NewestCheckpointHasNaN_ContinuesFromTheOneBefore()
    {
        using var run = new TinyRun();
        run.TrainTo(7);
        var newest = run.Checkpoints()[^1];
        var file = Path.Combine(newest, "model.safetensors");
        var weights = TensorFile.Read(file, torch.CPU);
        weights["encoder.0.weight"].AsSpan<float>()[0] = float.NaN;
        TensorFile.Write(file, weights);
        TinyRun.WithoutSums(newest);
        run.TrainTo(8);
        run.Observer.Notes.ShouldContain(n => n.StartsWith("passed over a checkpoint that cannot be read", StringComparison.Ordinal) && n.Contains("'encoder.0.weight'", StringComparison.Ordinal));
        run.Observer.Notes.ShouldContain("continuing from step 6");
    }

    [Fact]
    public void Evaluate_MachineOfHugeNumbers_EndsWithOneLine()
    {
        using var run = new TinyRun();
        using var experiment = TinyRun.Experiment(Boltzmann(("groups", "[44]")));
        experiment.Model.state_dict()["networks.prior.machine.weights"].AsSpan<float>().Fill(1e37f);
        var message = Should.Throw<NonFiniteException>(() => RunReport.Evaluate(experiment, 1, Split.Test, run.Observer, default)).Message;
        message.ShouldStartWith("the test bound cannot be computed: the Boltzmann machine's 'weights' is not finite");
    }

    // What the sampler says of itself reaches the person who trains, once.
    [Fact]
    public void Run_MachineTooLargeForTheGrid_IsNotedOnce()
    {
        using var run = new TinyRun();
        using var experiment = TinyRun.Experiment(Boltzmann(("groups", "[6]"), ("learning-rate", "1e-9")));
        using var folder = RunFolder.Create(run.Path, experiment);
        var state = experiment.Model.state_dict();
        state["networks.prior.machine.weights"].AsSpan<float>()[0] = 300;
        state["networks.prior.machine.left_bias"].AsSpan<float>()[0] = -150;
        state["networks.prior.machine.right_bias"].AsSpan<float>()[0] = -150;
        new Trainer(experiment, folder, run.Observer).Run(default);
        run.Observer.Notes.Single(n => n.Contains("single precision", StringComparison.Ordinal)).ShouldStartWith("step 2: ");
    }

    public static TheoryData<string, string> Models
    {
        get
        {
            var cases = new TheoryData<string, string>();
            foreach (var model in Heaviside.Tests.Models.CatalogModels.OfImages)
                foreach (var rate in new[] { "10", "1e30", "1e38", "1e300" })
                    cases.Add(model, rate);
            return cases;
        }
    }

    // Whatever refuses the numbers first: a sampler, an operator, a law, the objective or a bound.
    [Theory]
    [MemberData(nameof(Models))]
    public void Run_AnyModelAndAHugeLearningRate_EndsWithOneLineOrAResult(string model, string rate)
    {
        using var run = new TinyRun();
        (string Key, string Value)[] estimator = ModelCatalog.All.Find(model).NeedsEstimator ? [("estimator", "reinforce")] : [];
        (string Key, string Value)[] changes = [("model", model), ("learning-rate", rate), ("validate-every", "6"), .. estimator];
        try
        {
            var state = run.Train(default, changes);
            using var experiment = TinyRun.Experiment(changes);
            using var folder = RunFolder.Open(run.Path);
            RunReport.Write(folder, experiment, state, run.Observer, default);
        }
        catch (NonFiniteException error)
        {
            error.Message.ShouldNotContain('\n');
        }
    }

    private static (string Key, string Value)[] Boltzmann(params (string Key, string Value)[] changes) =>
        [("model", "boltzmann-vae"), ("estimator", "gumbolt"), ("samples", "2"), ("chains", "5"), ("sweeps", "2"), .. changes];
}
