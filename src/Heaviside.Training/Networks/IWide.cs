namespace Heaviside.Networks;

/// <summary>A part of a model with a layer that is wider than the sides of its weights tell.</summary>
internal interface IWide
{
    /// <summary>How many values the widest layer has for each sample of each example.</summary>
    long Widest { get; }
}
