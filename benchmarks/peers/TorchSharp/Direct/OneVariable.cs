using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Heaviside.Peers.Direct;

/// <summary>A VAE with one categorical variable.</summary>
internal sealed class OneVariable : Module<Tensor, Tensor>
{
    private readonly long classes;
    private readonly Func<Tensor, Tensor, Tensor> work;
    private readonly Module<Tensor, Tensor> encoder, decoder;

    internal OneVariable(long pixels, long classes, string work) : base(nameof(OneVariable))
    {
        this.classes = classes;
        this.work = work switch
        {
            "gumbel-softmax" => GumbelSoftmax,
            "enumeration" => Enumeration,
            "direct" => Direct,
            _ => throw new ArgumentException($"there is no work '{work}'", nameof(work)),
        };
        encoder = DirectTraining.Perceptron(pixels, classes);
        decoder = DirectTraining.Perceptron(classes, pixels);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x)
    {
        var h = encoder.forward(x);
        return (work(h, x) + Divergence(h)).mean();
    }

    private Tensor Divergence(Tensor h)
    {
        var logQ = h.log_softmax(-1);
        return (logQ.exp() * (logQ + Math.Log(classes))).sum(-1);
    }

    private Tensor GumbelSoftmax(Tensor h, Tensor x) => DirectTraining.Losses(decoder, Draw.GumbelSoftmax(h, DirectTraining.Temperature), x);

    private Tensor Enumeration(Tensor h, Tensor x) => (h.softmax(-1) * EachClass(x)).sum(-1);

    private Tensor Direct(Tensor h, Tensor x)
    {
        var noise = Draw.GumbelLike(h);
        var z = Draw.OneHot((h + noise).detach());
        Tensor towards;
        using (no_grad()) towards = Draw.OneHot(h + noise - DirectTraining.Epsilon * EachClass(x));
        return DirectTraining.Losses(decoder, z, x) + ((z - towards) * h).sum(-1) / DirectTraining.Epsilon;
    }

    // The loss of every class for every example, [B, K].
    private Tensor EachClass(Tensor x)
    {
        var codes = eye(classes).unsqueeze(1).expand(-1, x.shape[0], -1);
        return DirectTraining.Losses(decoder, codes, x).t();
    }
}
