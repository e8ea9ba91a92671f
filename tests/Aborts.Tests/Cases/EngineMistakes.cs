namespace Aborts.Tests.Cases;

/// <summary>Calls where TorchSharp itself ends the process, through what the library uses in their place.</summary>
internal static class EngineMistakes
{
    internal static IReadOnlyList<Mistake> All { get; } =
    [
        new("matmul: inner sizes differ", () => torch.zeros(2, 3).MatMul(torch.zeros(4, 5)), "ArgumentException", "b: ", "[2, 3]", "[4, 5]"),
        new("matmul: a vector of another size", () => torch.zeros(2, 3).MatMul(torch.zeros(2)), "b: ", "[2, 3]", "[2]"),
        new("matmul: a number", () => torch.zeros(2, 3).MatMul(torch.zeros([])), "b: ", "[2, 3]", "[]"),
        new("matmul: leading sizes differ", () => torch.zeros(2, 3, 4).MatMul(torch.zeros(5, 4, 3)), "b: ", "[2, 3, 4]", "[5, 4, 3]"),
        new("matmul: types differ", () => torch.zeros(2, 3).MatMul(torch.zeros([3, 2], ScalarType.Float64)), "b: ", "Float32", "Float64"),
        new("generator: a state of another size", () => State(t => t[..16]), "ArgumentException", "state: ", "[5056]", "[16]"),
        new("generator: a longer state", () => State(t => [.. t, 1]), "state: ", "[5056]", "[5057]"),
        new("generator: an empty state", () => State(_ => []), "state: ", "[0]"),
        new("generator: a state of zeros", () => State(t => new byte[t.Length]), "ArgumentException", "state: "),
        new("generator: a state of ones", () => State(t => [.. t.Select(_ => byte.MaxValue)]), "ArgumentException", "state: "),
        new("generator: a state of no bytes", () => State(ScalarType.Float32), "state: ", "Float32"),
        new("state: another shape", () => torch.nn.Linear(2, 3).LoadState(torch.nn.Linear(3, 2).state_dict()), "ArgumentException", "'weight'", "[2, 3]", "[3, 2]"),
        new("index: a class that there is not", () => torch.zeros(2, 3).ScatterOnes(torch.tensor(new long[,] { { 3 }, { 0 } })), "index 3"),
        new("index: a row that there is not", () => torch.zeros(2, 3).index_select(0, torch.tensor(new[] { 5L }))),
        new("elements: of another type", () => torch.zeros(2).AsSpan<double>(), "AsSpan"),
    ];

    private static void State(Func<byte[], byte[]> change)
    {
        using var rng = new Generator(1);
        var bytes = change(rng.get_state().ToArray<byte>());
        rng.SetState(bytes.ToTensor([bytes.Length]));
    }

    private static void State(ScalarType type)
    {
        using var rng = new Generator(1);
        rng.SetState(rng.get_state().to(type));
    }
}
