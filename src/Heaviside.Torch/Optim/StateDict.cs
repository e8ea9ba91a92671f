namespace Heaviside.Torch;

/// <summary>Named tensors that are saved and restored together.</summary>
internal static class StateDict
{
    /// <summary>Copies values into the tensors of the same names, after all names and shapes were found to agree.</summary>
    internal static void Load(IReadOnlyDictionary<string, Tensor> own, IReadOnlyDictionary<string, Tensor> state, string owner)
    {
        foreach (var name in own.Keys.Where(n => !state.ContainsKey(n))) throw new ArgumentException($"state: '{name}' is missing");
        foreach (var (name, value) in state)
        {
            if (!own.TryGetValue(name, out var target)) throw new ArgumentException($"state: '{name}' is not part of {owner}");
            if (!target.shape.SequenceEqual(value.shape)) throw new ArgumentException($"state: '{name}' has shape [{string.Join(", ", value.shape)}], expected [{string.Join(", ", target.shape)}]");
        }

        using var _ = torch.no_grad();
        foreach (var (name, target) in own) target.copy_(state[name]);
    }
}
