using Heaviside.Bounds;
using Heaviside.Distributions;
using Heaviside.Estimators;

namespace Heaviside.Tests.Bounds;

/// <summary>A variational autoencoder of one's own, in ten lines, with any estimator.</summary>
public class OwnVaeTests
{
    [Theory]
    [InlineData("reinforce")]
    [InlineData("gumbel-softmax")]
    [InlineData("disarm")]
    [InlineData("vimco")]
    [InlineData("gumbolt")]
    public void Vae_AnyEstimator_LearnsItsPatterns(string name)
    {
        using var rng = new Generator(1);
        var x = torch.eye(2).repeat_interleave(4, 1).repeat([16, 1]);
        var encoder = Heaviside.Networks.Layers.Linear(8, 3, rng);
        var decoder = Heaviside.Networks.Layers.Linear(3, 8, rng);
        Elbo Bound()
        {
            var likelihood = new LikelihoodObjective(b => new Bernoulli(decoder.call(b)).LogProb(x.expand([b.size(0), -1, -1])).sum(-1), x, [.. encoder.parameters()]);
            return new(new Bernoulli(encoder.call(x)), likelihood, Prior.Uniform);
        }

        using var estimator = EstimatorCatalog.All.Find(name).New().Prepare(new([[3]], 8, 2, rng));
        using var adam = torch.optim.Adam([.. encoder.parameters(), .. decoder.parameters()], lr: 0.05);
        for (var step = 0; step < 200; step++)
        {
            using var scope = torch.NewDisposeScope();
            adam.zero_grad();
            Bound().Objective(estimator, rng).Backward([.. estimator.parameters()]);
            adam.step();
        }

        // The two patterns have log 2 = 0.69 nats; a code that says nothing leaves 8 log 2 = 5.5 nats.
        using var last = torch.NewDisposeScope();
        using var noGrad = torch.no_grad();
        Bound().LogWeights(200, rng).logsumexp(0).sub(Math.Log(200)).mean().Number().ShouldBeGreaterThan(-1.5);
    }
}
