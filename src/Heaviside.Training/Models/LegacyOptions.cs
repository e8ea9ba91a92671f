using Heaviside.Configuration;

namespace Heaviside.Models;

/// <summary>Settings of a model that has no options yet.</summary>
internal sealed class LegacyOptions
{
    internal Settings? Settings { get; set; }
}
