using Heaviside.Laboratory;
using Heaviside.Tests.Training;
using Heaviside.Training;

namespace Heaviside.Tests.Laboratory;

public class VarianceStudyTests
{
    private static readonly (string, string)[] Settings = [("model", "sbn"), ("estimator", "rebar"), ("steps", "12")];

    private static List<VarianceRow> Run(Experiment experiment, string estimators, string follow = "rebar", long every = 4, CancellationToken stop = default)
    {
        using var study = new VarianceStudy(experiment, EstimatorChoice.ParseList(estimators), EstimatorChoice.Parse(follow));
        return [.. study.Run(every, stop)];
    }

    private static float[] Weights(Experiment experiment) => [.. experiment.Model.parameters().SelectMany(p => p.detach().ToArray<float>())];

    [Fact]
    public void Run_WhateverIsCompared_FollowsTheTrajectoryOfTraining()
    {
        using var trained = TinyRun.Experiment(Settings);
        using var folder = new TemporaryFolder();
        using (var run = RunFolder.Create(folder["run"], trained)) new Trainer(trained, run, new Recorder()).Run(default);

        using var studied = TinyRun.Experiment(Settings);
        Run(studied, "nvil,reinforce").Count.ShouldBe(6);
        Weights(studied).ShouldBe(Weights(trained));
    }

    [Fact]
    public void Run_FollowedEstimatorInTheList_IsMeasuredOnTheSameTrajectory()
    {
        using var inside = TinyRun.Experiment(Settings);
        using var outside = TinyRun.Experiment(Settings);
        var rows = Run(inside, "nvil,rebar");
        Run(outside, "nvil");
        Weights(inside).ShouldBe(Weights(outside));
        rows.Select(r => (r.Step, r.Estimator)).ShouldBe([(4, "nvil"), (4, "rebar"), (8, "nvil"), (8, "rebar"), (12, "nvil"), (12, "rebar")]);
    }

    // One listed estimator is itself the common mean; two share one, about which each varies more.
    [Fact]
    public void Run_CommonMean_IsThatOfTheUnbiasedEstimators()
    {
        using var alone = TinyRun.Experiment(Settings);
        Run(alone, "reinforce,gumbel-softmax").Where(r => r.Estimator == "reinforce").ShouldAllBe(r => Math.Abs(r.LogVariance - r.CommonLogVariance!.Value) < 1e-6);
        using var biased = TinyRun.Experiment(Settings);
        Run(biased, "gumbel-softmax").ShouldAllBe(r => r.CommonLogVariance == null);
        using var both = TinyRun.Experiment(Settings);
        Run(both, "reinforce,rebar").Where(r => r.Estimator == "reinforce").ShouldAllBe(r => r.LogVariance != r.CommonLogVariance);
    }

    [Fact]
    public void Run_Stopped_ReportsWhatItHas()
    {
        using var experiment = TinyRun.Experiment(Settings);
        using var stop = new CancellationTokenSource();
        using var study = new VarianceStudy(experiment, EstimatorChoice.ParseList("nvil"), EstimatorChoice.Parse("rebar"));
        var rows = study.Run(5, stop.Token, step =>
        {
            if (step == 7) stop.Cancel();
        }).ToList();
        rows.Select(r => r.Step).ShouldBe([5, 7]);
    }

    [Fact]
    public void New_EstimatorThatDoesNotFit_IsRefused()
    {
        using var experiment = TinyRun.Experiment(Settings);
        Should.Throw<InputException>(() => new VarianceStudy(experiment, EstimatorChoice.ParseList("nvil,arsm"), EstimatorChoice.Parse("rebar")))
            .Message.ShouldContain("arsm");
    }
}
