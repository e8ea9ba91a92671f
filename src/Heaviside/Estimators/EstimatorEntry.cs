using Heaviside.Configuration;

namespace Heaviside.Estimators;

/// <summary>An estimator in the catalogue.</summary>
/// <param name="Name">Its name in kebab case, as recipes and the command line write it.</param>
/// <param name="Summary">One line on what it does.</param>
/// <param name="Evaluations">Objective evaluations per example, in words: <c>S</c>, <c>K^N</c>.</param>
/// <param name="Reference">The source, with its arXiv id or DOI.</param>
/// <param name="Create">Makes one from settings.</param>
public sealed record EstimatorEntry(string Name, string Summary, string Evaluations, string Reference, Func<Settings, GradientEstimator> Create);
