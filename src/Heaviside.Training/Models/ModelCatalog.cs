using Heaviside.Configuration;

namespace Heaviside.Models;

/// <summary>Every model: a new one is one file and one entry here.</summary>
public static class ModelCatalog
{
    /// <summary>All models; the first is the default.</summary>
    public static Catalog<ModelEntry> All { get; } = new("model",
    [
        ModelEntry.Legacy("categorical-vae", "variational autoencoder with N categorical latent variables of K classes", CategoricalVae.Create),
        ModelEntry.Legacy("pairwise-vae", "variational autoencoder of bits whose posterior may have scores of pairs", PairwiseVae.Create),
        ModelEntry.Legacy("mixed-vae", "variational autoencoder with one class and a Gaussian for each; learns from labels, if there are any", MixedVae.Create),
        ModelEntry.Legacy("sbn", "sigmoid belief network: layers of bits with a learned prior, linear or nonlinear", SigmoidBeliefNetwork.Create),
        ModelEntry.Legacy("boltzmann-vae", "variational autoencoder of bits with a Boltzmann machine as their prior: GumBolt", BoltzmannVae.Create),
        ModelEntry.Legacy("discrete-vae", "the same trained through smoothed bits, without an estimator: dVAE and dVAE++", DiscreteVae.Create),
        ModelEntry.Legacy("structured-prediction", "predicts the bottom half of an image from its top half, through layers of bits", StructuredPrediction.Create),
        ModelEntry.Legacy("stable-prediction", "the same through bits that stability regularization makes discrete, without an estimator", StablePrediction.Create),
        ModelEntry.Legacy("gmvae", "variational autoencoder with a mixture of Gaussians as prior: clusters images", GaussianMixtureVae.Create),
    ]);
}
