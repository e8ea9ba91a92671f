namespace Heaviside.Estimators;

/// <summary>An objective whose value is the logarithm of an importance weight, log p(x, b) - log q(b | x): the logarithm of
/// the mean of K such weights is a bound that grows tighter with K (arXiv:1509.00519).</summary>
public interface ILogWeight;
