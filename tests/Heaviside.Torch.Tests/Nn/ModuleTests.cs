using static Heaviside.Torch.Tests.Nn.Numbers;

namespace Heaviside.Torch.Tests.Nn;

public sealed class ModuleTests : IDisposable
{
    private readonly DisposeScope scope = torch.NewDisposeScope();
    private readonly Generator generator = new(6);

    public void Dispose()
    {
        scope.Dispose();
        generator.Dispose();
    }

    [Fact]
    public void RegisterComponents_OfFieldsAndProperties_UsesTheirNames()
    {
        using var net = new Net(generator);
        net.named_parameters().Select(p => p.name).ShouldBe(["scale", "hidden.weight", "hidden.bias", "Norm.weight", "Norm.bias"]);
        net.named_buffers().Select(b => b.name).ShouldBe(["Norm.running_mean", "Norm.running_var", "Norm.num_batches_tracked"]);
    }

    [Fact]
    public void LoadStateDict_OfAnothersState_CopiesAllOfIt()
    {
        using var source = new Net(generator);
        using var target = new Net(generator);
        source.forward(Wave(4, 3).@float());
        target.load_state_dict(source.state_dict());
        foreach (var (name, value) in source.state_dict()) target.state_dict()[name].equal(value).ShouldBeTrue(name);
        source.hidden.weight.equal(target.hidden.weight).ShouldBeTrue();
        target.hidden.weight.requires_grad.ShouldBeTrue();

        using (torch.no_grad()) source.hidden.weight.add_(1);
        source.hidden.weight.equal(target.hidden.weight).ShouldBeFalse();
    }

    [Fact]
    public void LoadStateDict_OfAWrongState_NamesTheEntryAndChangesNothing()
    {
        using var net = new Net(generator);
        using var other = new Net(generator);
        var before = net.hidden.weight.detach().clone();

        var state = other.state_dict().ToDictionary();
        state.Remove("Norm.bias");
        Fails(state, "state: 'Norm.bias' is missing");

        state = other.state_dict().ToDictionary();
        state["extra"] = torch.ones(1);
        Fails(state, "state: 'extra' is not part of Net");

        state = other.state_dict().ToDictionary();
        state["Norm.bias"] = torch.ones(3);
        Fails(state, "state: 'Norm.bias' has shape [3], expected [2]");

        void Fails(Dictionary<string, Tensor> wrong, string message)
        {
            Should.Throw<ArgumentException>(() => net.load_state_dict(wrong)).Message.ShouldBe(message);
            net.hidden.weight.equal(before).ShouldBeTrue();
        }
    }

    [Fact]
    public void To_AnotherType_KeepsObjectsGradientsAndWholeNumbers()
    {
        using var net = new Net(generator);
        net.forward(Wave(4, 3).@float()).sum().backward();
        var (weight, gradient) = (net.hidden.weight, net.hidden.weight.grad!.@double());

        net.to(torch.float64);

        net.hidden.weight.ShouldBeSameAs(weight);
        net.parameters().ShouldAllBe(p => p.dtype == torch.float64 && p.requires_grad && p.is_leaf);
        net.Norm.running_mean.dtype.ShouldBe(torch.float64);
        net.Norm.num_batches_tracked.dtype.ShouldBe(torch.int64);
        weight.grad!.ShouldBeNear(gradient);
        net.forward(Wave(4, 3)).sum().backward();
        weight.grad!.dtype.ShouldBe(torch.float64);
    }

    [Fact]
    public void To_HalfAndBack_ConvertsBothWays()
    {
        using var layer = torch.nn.Linear(3, 2, generator);
        layer.to(ScalarType.BFloat16);
        layer.weight.dtype.ShouldBe(ScalarType.BFloat16);
        layer.to(torch.float32);
        layer.weight.dtype.ShouldBe(torch.float32);
    }

    [Fact]
    public void Parameters_CreatedInsideAScope_OutliveIt()
    {
        Net net;
        using (torch.NewDisposeScope())
        {
            net = new Net(generator);
            net.to(torch.float64);
        }

        using (net) net.forward(Wave(4, 3)).shape.ShouldBe([4, 2]);
        Should.Throw<ObjectDisposedException>(() => net.hidden.weight.numel());
    }

    [Fact]
    public void ZeroGrad_AfterABackwardPass_ForgetsGradients()
    {
        using var net = new Net(generator);
        net.forward(Wave(4, 3).@float()).sum().backward();
        net.parameters().ShouldAllBe(p => p.grad != null);
        net.zero_grad();
        net.parameters().ShouldAllBe(p => p.grad == null);
    }

    [Fact]
    public void Train_OfAModule_SetsEveryModuleBelow()
    {
        using var net = new Net(generator);
        net.eval();
        net.modules().Count().ShouldBe(3);
        net.modules().ShouldAllBe(m => !m.training);
        net.train();
        net.modules().ShouldAllBe(m => m.training);
    }

    [Fact]
    public void Parameters_OfASharedLayer_ComeOnceAndAreSavedUnderEachName()
    {
        using var layer = torch.nn.Linear(2, 2, generator);
        using var twice = torch.nn.Sequential(layer, layer);
        twice.parameters().Count().ShouldBe(2);
        twice.state_dict().Keys.ShouldBe(["0.weight", "0.bias", "1.weight", "1.bias"]);
    }

    [Fact]
    public void RegisterParameter_OfAComputedTensorOrATakenName_Fails()
    {
        using var registrar = new Registrar();
        var computed = torch.ones(2).requires_grad_() * 2;
        Should.Throw<ArgumentException>(() => registrar.Add("w", computed)).Message.ShouldBe("tensor: 'w' was computed from others that require gradients; detach it");
        registrar.Add("w", torch.ones(2));
        Should.Throw<ArgumentException>(() => registrar.Add("w", torch.ones(2))).Message.ShouldBe("name: Registrar has 'w' already");
        Should.Throw<ArgumentException>(() => registrar.Add("a.b", torch.ones(2))).Message.ShouldBe("name: 'a.b' must be a word without dots");
    }

    private sealed class Net : Module<Tensor, Tensor>
    {
        internal readonly Linear hidden;
        private readonly Tensor scale;

        internal Net(Generator generator)
        {
            hidden = torch.nn.Linear(3, 2, generator);
            Norm = torch.nn.BatchNorm1d(2);
            scale = register_parameter(nameof(scale), torch.full(2, 0.5));
            RegisterComponents();
        }

        internal BatchNorm1d Norm { get; }

        public override Tensor forward(Tensor input) => Norm.forward(hidden.forward(input)) * scale;
    }

    private sealed class Registrar : Module
    {
        internal void Add(string name, Tensor tensor) => register_parameter(name, tensor);
    }
}
