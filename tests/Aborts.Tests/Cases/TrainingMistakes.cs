using Heaviside.Optimizers;

namespace Aborts.Tests.Cases;

/// <summary>Gradients and states that do not fit what is trained.</summary>
internal static class TrainingMistakes
{
    internal static IReadOnlyList<Mistake> All { get; } =
    [
        new("adam: a gradient of another size", () => Step(torch.ones(3)), "grad", "[2]", "[3]"),
        new("adam: a gradient of a single number", () => Step(torch.ones(1)), "grad", "[2]", "[1]"),
        new("adam: a state of another size", State, "'0.exp_avg'", "[3]", "[2]"),
    ];

    private static void Step(Tensor gradient)
    {
        var parameter = new TorchSharp.Modules.Parameter(torch.ones(2));
        using var optimizer = new Adam([parameter], 1e-3);
        parameter.grad = gradient;
        optimizer.step();
    }

    private static void State()
    {
        using var optimizer = new Adam([new TorchSharp.Modules.Parameter(torch.ones(2))], 1e-3);
        using var other = new Adam([new TorchSharp.Modules.Parameter(torch.ones(3))], 1e-3);
        optimizer.load_state_dict(other.state_dict());
    }
}
