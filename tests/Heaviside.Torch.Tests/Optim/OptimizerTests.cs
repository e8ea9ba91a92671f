namespace Heaviside.Torch.Tests.Optim;

public sealed class OptimizerTests
{
    private const double Lr = 0.01;
    private const double Decay = 0.1;

    /// <summary>Every optimizer with settings that use all of its terms, beside the textbook rule.</summary>
    private static readonly Dictionary<string, (Func<ParameterGroup[], Optimizer> Make, Func<double, double, Textbook.Rule> Rule)> Cases = new()
    {
        ["sgd"] = (g => new SGD(g, Lr) { weight_decay = Decay }, (lr, d) => Textbook.Sgd(lr, 0, 0, false, d)),
        ["momentum"] = (g => new SGD(g, Lr) { momentum = 0.9, dampening = 0.3, weight_decay = Decay }, (lr, d) => Textbook.Sgd(lr, 0.9, 0.3, false, d)),
        ["nesterov"] = (g => new SGD(g, Lr) { momentum = 0.9, nesterov = true, weight_decay = Decay }, (lr, d) => Textbook.Sgd(lr, 0.9, 0, true, d)),
        ["adam"] = (g => new Adam(g, Lr) { beta1 = 0.8, beta2 = 0.99, eps = 1e-6, weight_decay = Decay }, (lr, d) => Textbook.Adam(lr, 0.8, 0.99, 1e-6, d, 0)),
        ["adamw"] = (g => new AdamW(g, Lr) { beta1 = 0.8, beta2 = 0.99, eps = 1e-6, weight_decay = Decay }, (lr, d) => Textbook.Adam(lr, 0.8, 0.99, 1e-6, 0, d)),
    };

    public static TheoryData<string, int> NamesAndSizes
    {
        get
        {
            var data = new TheoryData<string, int>();
            foreach (var name in Cases.Keys)
                foreach (var size in (int[])[0, 1, 7, 8, 9, 1_000_003]) data.Add(name, size);
            return data;
        }
    }

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(NamesAndSizes))]
    public void Step_Float64_FollowsTheTextbook(string name, int size) =>
        Compare(name, size, torch.float64, strided: false).ShouldBeLessThan(1e-12);

    // An element of magnitude at most 4 is rounded a few times a step: 50 steps of some 2^-22 each, with room
    // for the division by a root that starts near eps.
    [Theory]
    [MemberData(nameof(NamesAndSizes))]
    public void Step_Float32_FollowsTheTextbook(string name, int size) =>
        Compare(name, size, torch.float32, strided: false).ShouldBeLessThan(50 * Math.Pow(2, -22));

    [Theory]
    [MemberData(nameof(Names))]
    public void Step_StridedParameter_FollowsTheTextbook(string name)
    {
        Compare(name, 12, torch.float64, strided: true).ShouldBeLessThan(1e-12);
        Compare(name, 12, torch.float32, strided: true).ShouldBeLessThan(50 * Math.Pow(2, -22));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Step_StridedGradient_FollowsTheTextbook(string name)
    {
        using var scope = torch.NewDisposeScope();
        var p = torch.ones([3, 4], torch.float64).requires_grad_();
        using var optimizer = Cases[name].Make([new([p])]);
        var book = new Textbook(p.ToArray<double>(), Cases[name].Rule(Lr, Decay));
        var gradient = torch.arange(12, torch.float64).reshape([4, 3]).t();
        p.grad = gradient;
        optimizer.step();
        book.Step(gradient.ToArray<double>());
        Distance(p, book).ShouldBeLessThan(1e-12);
    }

    /// <summary>The largest difference to the textbook after 50 steps of random gradients, 3 for a large tensor.</summary>
    private static double Compare(string name, int size, ScalarType type, bool strided)
    {
        using var scope = torch.NewDisposeScope();
        using var rng = new Generator(1);
        Tensor New() => strided ? torch.randn([size / 2, 2], rng, torch.float32).to(type).t() : torch.randn([size], rng, torch.float32).to(type);
        var p = New().requires_grad_();
        p.is_contiguous().ShouldBe(!strided);
        using var optimizer = Cases[name].Make([new([p])]);
        var book = new Textbook(p.detach().@double().ToArray<double>(), Cases[name].Rule(Lr, Decay));
        var steps = size > 1000 ? 3 : 50;
        for (var t = 0; t < steps; t++)
        {
            using var inner = torch.NewDisposeScope();
            var gradient = New();
            p.grad = gradient;
            optimizer.step();
            book.Step(gradient.@double().ToArray<double>());
        }

        return Distance(p, book);
    }

    private static double Distance(Tensor p, Textbook book) =>
        p.detach().@double().ToArray<double>().Zip(book.Values, (a, b) => Math.Abs(a - b)).DefaultIfEmpty().Max();

    [Fact]
    public void Step_Groups_UseTheirOwnFactorAndDecay()
    {
        using var scope = torch.NewDisposeScope();
        Tensor[] p = [torch.ones([5], torch.float64).requires_grad_(), torch.ones([3], torch.float64).requires_grad_()];
        using var optimizer = new Adam([new ParameterGroup([p[0]]), new ParameterGroup([p[1]]) { lr_factor = 0.5, weight_decay = 0 }], 1) { weight_decay = Decay };
        Textbook[] books =
        [
            new(p[0].ToArray<double>(), Textbook.Adam(Lr, 0.9, 0.999, 1e-8, Decay, 0)),
            new(p[1].ToArray<double>(), Textbook.Adam(Lr / 2, 0.9, 0.999, 1e-8, 0, 0)),
        ];
        optimizer.learning_rate = Lr;
        for (var t = 1; t <= 5; t++)
        {
            for (var k = 0; k < 2; k++)
            {
                p[k].grad = torch.full_like(p[k].detach(), t);
                books[k].Step([.. Enumerable.Repeat((double)t, books[k].Values.Length)]);
            }

            optimizer.step();
        }

        for (var k = 0; k < 2; k++) Distance(p[k], books[k]).ShouldBeLessThan(1e-12);
    }

    // With a constant gradient the corrected mean of squares is the squared gradient at every step. A beta2 that is
    // rounded to float32 before use is wrong by 1e-4 here.
    [Fact]
    public void Step_Beta2NearOne_KeepsTheMeanOfSquaresAccurate()
    {
        const double Beta2 = 0.99999;
        using var scope = torch.NewDisposeScope();
        var p = torch.zeros([9]).requires_grad_();
        using var optimizer = torch.optim.Adam([p], lr: 1e-6, beta2: Beta2);
        p.grad = torch.linspace(0.1, 2.3, 9);
        optimizer.step();
        p[0].item<double>().ShouldBe(-1e-6, 1e-12); // the first step has the size of the learning rate
        for (var t = 2; t <= 30_000; t++) optimizer.step();

        var mean = optimizer.state_dict()["0.exp_avg_sq"][0].item<double>() / (1 - Math.Pow(Beta2, 30_000));
        (mean / (0.1f * 0.1f)).ShouldBe(1, 2e-5);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void LoadStateDict_OfAnotherOptimizer_ContinuesBitForBit(string name)
    {
        using var scope = torch.NewDisposeScope();
        using var rng = new Generator(2);
        var gradients = Enumerable.Range(0, 8).Select(_ => torch.randn([13], rng)).ToArray();
        var p = torch.randn([13], rng).requires_grad_();
        using var optimizer = Cases[name].Make([new([p])]);
        foreach (var g in gradients[..4]) StepWith(optimizer, p, g);

        var copy = p.detach().clone().requires_grad_();
        using var resumed = Cases[name].Make([new([copy])]);
        resumed.load_state_dict(optimizer.state_dict().ToDictionary(e => e.Key, e => e.Value.clone()));
        foreach (var g in gradients[4..])
        {
            StepWith(optimizer, p, g);
            StepWith(resumed, copy, g);
        }

        copy.ToArray<float>().ShouldBe(p.ToArray<float>());
        resumed.state_dict()["0.step"].item<long>().ShouldBe(8);
    }

    [Fact]
    public void LoadStateDict_WrongState_SaysWhatIsWrongAndChangesNothing()
    {
        using var scope = torch.NewDisposeScope();
        var p = torch.ones([4]).requires_grad_();
        using var optimizer = torch.optim.Adam([p]);
        StepWith(optimizer, p, torch.ones([4]));
        var good = optimizer.state_dict();
        var before = good["0.exp_avg"].ToArray<float>();

        Load(new(good) { ["0.exp_avg_sq"] = torch.ones([5]) }).ShouldBe("state: '0.exp_avg_sq' has shape [5], expected [4]");
        Load(new(good) { ["1.step"] = torch.ones([1]) }).ShouldBe("state: '1.step' is not part of Adam");
        Load(good.Where(e => e.Key != "0.step").ToDictionary()).ShouldBe("state: '0.step' is missing");
        optimizer.state_dict()["0.exp_avg"].ToArray<float>().ShouldBe(before);

        string Load(Dictionary<string, Tensor> state) =>
            Should.Throw<ArgumentException>(() => optimizer.load_state_dict(state)).Message;
    }

    [Fact]
    public void Step_ParameterWithoutGradient_IsLeftAlone()
    {
        using var scope = torch.NewDisposeScope();
        var (used, unused) = (torch.ones([3]).requires_grad_(), torch.ones([3]).requires_grad_());
        using var optimizer = torch.optim.AdamW([unused, used], lr: 0.1);
        StepWith(optimizer, used, torch.ones([3]));
        unused.ToArray<float>().ShouldBe([1, 1, 1]);
        used.ToArray<float>().ShouldAllBe(x => x < 0.95f);
        optimizer.state_dict()["0.step"].item<long>().ShouldBe(0);
        optimizer.state_dict()["1.step"].item<long>().ShouldBe(1);
    }

    [Fact]
    public void ZeroGrad_AfterBackward_ForgetsGradients()
    {
        using var scope = torch.NewDisposeScope();
        var p = torch.ones([3]).requires_grad_();
        using var optimizer = torch.optim.SGD([p], 0.1);
        p.sum().backward();
        optimizer.zero_grad();
        p.grad.ShouldBeNull();
    }

    [Fact]
    public void Step_BetweenForwardAndBackward_IsNoticedByAutograd()
    {
        using var scope = torch.NewDisposeScope();
        var p = torch.ones([3]).requires_grad_();
        using var optimizer = torch.optim.SGD([p], 0.1);
        var loss = (p * p).sum();
        StepWith(optimizer, p, torch.ones([3]));
        Should.Throw<TorchException>(() => loss.backward()).Message.ShouldContain("inplace operation");
    }

    [Fact]
    public void Step_InsideADisposeScope_KeepsItsState()
    {
        using var outer = torch.NewDisposeScope();
        var p = torch.ones([3]).requires_grad_();
        using var optimizer = torch.optim.Adam([p]);
        using (torch.NewDisposeScope()) StepWith(optimizer, p, torch.ones([3]));
        StepWith(optimizer, p, torch.ones([3]));
        optimizer.state_dict()["0.step"].item<long>().ShouldBe(2);
    }

    [Fact]
    public void Constructor_WrongSettings_NamesTheProperty()
    {
        using var scope = torch.NewDisposeScope();
        var p = torch.ones([3]).requires_grad_();
        Name(() => torch.optim.Adam([p], lr: -1)).ShouldBe("learning_rate");
        Name(() => torch.optim.Adam([p], beta1: 1)).ShouldBe("beta1");
        Name(() => torch.optim.Adam([p], beta2: double.NaN)).ShouldBe("beta2");
        Name(() => torch.optim.Adam([p], eps: -1)).ShouldBe("eps");
        Name(() => torch.optim.SGD([p], 1, momentum: 1.5)).ShouldBe("momentum");
        Name(() => torch.optim.SGD([p], 1, dampening: -1)).ShouldBe("dampening");
        Name(() => torch.optim.SGD([p], 1, weight_decay: double.PositiveInfinity)).ShouldBe("weight_decay");
        Name(() => new ParameterGroup([p]) { lr_factor = -1 }).ShouldBe("lr_factor");
        Name(() => new ParameterGroup([p]) { weight_decay = -1 }).ShouldBe("weight_decay");

        static string? Name(Func<object> make) => Should.Throw<ArgumentOutOfRangeException>(make).ParamName;
    }

    [Fact]
    public void Constructor_WrongParameters_Throws()
    {
        using var scope = torch.NewDisposeScope();
        var p = torch.ones([3]).requires_grad_();
        Should.Throw<ArgumentException>(() => torch.optim.Adam([])).Message.ShouldContain("at least one");
        Should.Throw<ArgumentException>(() => torch.optim.Adam([p, p.alias()])).Message.ShouldContain("twice");
        Should.Throw<ArgumentException>(() => torch.optim.Adam([p * 2])).Message.ShouldContain("leaves");
        Should.Throw<ArgumentException>(() => torch.optim.Adam([p.detach()])).Message.ShouldContain("leaves");
    }

    private static void StepWith(Optimizer optimizer, Tensor parameter, Tensor gradient)
    {
        parameter.grad = gradient;
        optimizer.step();
    }
}
