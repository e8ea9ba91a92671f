using Heaviside.Configuration;
using Heaviside.Models.Graphs;

namespace Heaviside.Models;

/// <summary>Every model: a new one is one file and one entry here.</summary>
public static class ModelCatalog
{
    /// <summary>All models; the first is the default.</summary>
    public static Catalog<ModelEntry> All { get; } = new("model",
    [
        ModelEntry.Of<CategoricalVaeOptions, CategoricalVae>("categorical-vae", "variational autoencoder with N categorical latent variables of K classes", (input, options) => new(input, options)),
        ModelEntry.Of<PairwiseVaeOptions, PairwiseVae>("pairwise-vae", "variational autoencoder of bits whose posterior may have scores of pairs", (input, options) => new(input, options)),
        ModelEntry.Of<MixedVaeOptions, MixedVae>("mixed-vae", "variational autoencoder with one class and a Gaussian for each; learns from labels, if there are any", (input, options) => new(input, options)),
        ModelEntry.Of<SigmoidBeliefNetworkOptions, SigmoidBeliefNetwork>("sbn", "sigmoid belief network: layers of bits with a learned prior, linear or nonlinear", (input, options) => new(input, options)),
        ModelEntry.Of<BoltzmannVaeOptions, BoltzmannVae>("boltzmann-vae", "variational autoencoder of bits with a Boltzmann machine as their prior: GumBolt", (input, options) => new(input, options)),
        ModelEntry.Of<DiscreteVaeOptions, DiscreteVae>("discrete-vae", "the same trained through smoothed bits, without an estimator: dVAE and dVAE++", (input, options) => new(input, options)),
        ModelEntry.Of<StructuredPredictionOptions, StructuredPrediction>("structured-prediction", "predicts the bottom half of an image from its top half, through layers of bits", (input, options) => new(input, options)),
        ModelEntry.Of<StablePredictionOptions, StablePrediction>("stable-prediction", "the same through bits that stability regularization makes discrete, without an estimator", (input, options) => new(input, options)),
        ModelEntry.Of<GaussianMixtureVaeOptions, GaussianMixtureVae>("gmvae", "variational autoencoder with a mixture of Gaussians as prior: clusters images", (input, options) => new(input, options)),
        ModelEntry.Of<TablePredictionOptions, TablePrediction>("table-prediction", "predicts a column of a table, a number or a class, through layers of bits", (data, rng, options) => new(data, rng, options)),
        ModelEntry.Of<NeuralRelationalInferenceOptions, NeuralRelationalInference>("nri", "neural relational inference: the edges between objects, from their trajectories", (data, rng, options) => new(data, rng, options), defaultData: "springs"),
        ModelEntry.Of<EdgeClassifierOptions, EdgeClassifier>("edge-classifier", "its encoder alone, told the true edges: how well they can be inferred", (data, rng, options) => new(data, rng, options), defaultData: "springs"),
        ModelEntry.Of<ResidualClassifierOptions, ResidualClassifier>("resnet", "residual network that says which class an image is of", (data, rng, options) => new(data, rng, options), defaultData: "cifar-10"),
        ModelEntry.Of<GatedResNetOptions, GatedResNet>("gated-resnet", "the same with a gate before each block, which decides for an image whether it is computed", (data, rng, options) => new(data, rng, options), defaultData: "cifar-10"),
    ]);
}
