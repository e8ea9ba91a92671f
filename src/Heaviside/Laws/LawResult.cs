namespace Heaviside.Laws;

/// <summary>The outcome of one law for one estimator on one problem.</summary>
/// <param name="Estimator">The estimator's name.</param>
/// <param name="Problem">The problem's name.</param>
/// <param name="Law">What was required, in words.</param>
/// <param name="Passed">Whether it held.</param>
/// <param name="Score">The largest deviation in standard errors over the components of the gradient.</param>
/// <param name="Variance">The variance of one estimate, summed over the components.</param>
/// <param name="Evaluations">Objective evaluations per estimate.</param>
/// <param name="Seconds">What one estimate took, of many at a time.</param>
/// <param name="IsClaimed">Whether the estimator claims something here; if not, it passes whatever the score is.</param>
public sealed record LawResult(
    string Estimator, string Problem, string Law, bool Passed, double Score, double Variance, long Evaluations, double Seconds, bool IsClaimed = true);
