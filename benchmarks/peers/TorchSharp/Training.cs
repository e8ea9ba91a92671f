using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Heaviside.Peers;

/// <summary>A module whose forward pass gives the loss, and Adam, ready to make steps.</summary>
internal sealed class Training(Module<Tensor, Tensor> model) : IWork
{
    private const double LearningRate = 1e-3;

    private readonly optim.Optimizer optimizer = optim.Adam(model.parameters(), LearningRate);

    public double? Step(Tensor x)
    {
        using var scope = NewDisposeScope();
        optimizer.zero_grad();
        var loss = model.forward(x);
        loss.backward();
        optimizer.step();
        return loss.item<float>();
    }
}
