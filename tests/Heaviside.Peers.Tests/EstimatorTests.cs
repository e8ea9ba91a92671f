using Heaviside.Peers.Estimators;
using TorchSharp;
using static TorchSharp.torch;

namespace Heaviside.Peers.Tests;

/// <summary>That the estimators which claim no bias have the gradient of the evidence lower bound on average, on a network small enough to enumerate.</summary>
[Collection(GlobalGenerator.Name)]
public sealed class EstimatorTests : IDisposable
{
    private const int Pixels = 6, Units = 3, Images = 4, Repeats = 250, Batches = 200;
    private const double Step = 1e-5, MostStandardErrors = 4.5;

    private readonly NoCollections collections = new();

    public static TheoryData<string> Unbiased => [.. EstimatorTraining.Names.Where(n => n != "gumbel-softmax")];

    public static TheoryData<string> Learned => ["nvil", "muprop", "rebar", "relax"];

    [Theory]
    [MemberData(nameof(Unbiased))]
    public void Gradient_OnAverage_IsThatOfEnumeration(string name)
    {
        var (model, x) = Problem();
        var estimator = EstimatorTraining.Find(name, model).to(ScalarType.Float64);
        using var scope = NewDisposeScope(); // not before: a scope takes a module's own parameters and buffers
        var repeated = x.repeat(Repeats, 1);
        List<Tensor> draws = [];
        for (var i = 0; i < Batches; i++)
        {
            using var inner = NewDisposeScope();
            draws.Add(Gradient(estimator.forward(model, repeated).Loss, model).MoveToOuterDisposeScope());
        }

        var all = stack(draws);
        var error = all.std(0) / Math.Sqrt(Batches);
        var deviations = (all.mean([0]) - Exact(model, x)).abs() / error;
        deviations.max().item<double>().ShouldBeLessThan(MostStandardErrors);
    }

    [Theory]
    [MemberData(nameof(Learned))]
    public void TuningGradient_IsThatOfFiniteDifferences(string name)
    {
        var (model, x) = Problem();
        var estimator = EstimatorTraining.Find(name, model).to(ScalarType.Float64);
        using var scope = NewDisposeScope(); // not before: a scope takes a module's own parameters and buffers
        Tensor Objective()
        {
            manual_seed(3);
            return estimator.forward(model, x).TuningLoss!;
        }

        foreach (var parameter in estimator.parameters())
        {
            var gradient = autograd.grad([Objective()], [parameter])[0].view(-1);
            var values = parameter.detach().view(-1);
            for (var i = 0; i < Math.Min(values.shape[0], 5); i++)
            {
                double Moved(double by)
                {
                    values[i].add_(by);
                    return Objective().item<double>();
                }

                var numeric = (Moved(Step) - Moved(-2 * Step)) / (2 * Step);
                values[i].add_(Step);
                gradient[i].item<double>().ShouldBe(numeric, 1e-5 * Math.Max(1, Math.Abs(numeric)), $"{name}, entry {i} of {parameter.shape.Length} dimensions");
            }
        }
    }

    public void Dispose() => collections.Dispose();

    private static (SigmoidBeliefNetwork Model, Tensor X) Problem()
    {
        manual_seed(2);
        var model = new SigmoidBeliefNetwork(rand(Pixels), Units).to(ScalarType.Float64);
        using (no_grad())
        {
            foreach (var parameter in model.parameters()) parameter.normal_();
        }

        return (model, bernoulli(full(Images, Pixels, 0.5, ScalarType.Float64)));
    }

    private static Tensor Exact(SigmoidBeliefNetwork model, Tensor x)
    {
        var logits = model.Posterior(x);
        var elbo = zeros(Images, ScalarType.Float64);
        for (var state = 0; state < 1 << Units; state++)
        {
            var b = tensor([.. Enumerable.Range(0, Units).Select(i => (double)(state >> i & 1))]).expand_as(logits);
            var q = (b * logits.sigmoid() + (1 - b) * sigmoid(-logits)).prod(-1);
            elbo = elbo + q * model.Elbo(x, logits, b);
        }

        return Gradient(-elbo.mean(), model);
    }

    private static Tensor Gradient(Tensor loss, SigmoidBeliefNetwork model) => cat([.. autograd.grad([loss], [.. model.parameters()]).Select(g => g.flatten())]);
}
