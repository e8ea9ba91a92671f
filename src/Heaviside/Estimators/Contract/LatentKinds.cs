namespace Heaviside.Estimators;

/// <summary>Kinds of latent variables.</summary>
[Flags]
public enum LatentKinds
{
    /// <summary>Bits in {0, 1}.</summary>
    Bits = 1,

    /// <summary>Categories, as one-hot vectors.</summary>
    Categories = 2,

    /// <summary>Bits or categories.</summary>
    Any = Bits | Categories,
}
