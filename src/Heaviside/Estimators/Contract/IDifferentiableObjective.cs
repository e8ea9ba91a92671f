namespace Heaviside.Estimators;

/// <summary>An objective that is defined between the discrete points too, and whose derivative there means something.</summary>
public interface IDifferentiableObjective;
