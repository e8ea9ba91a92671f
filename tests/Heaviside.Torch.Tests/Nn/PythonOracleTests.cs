using System.Text.Json.Nodes;
using Heaviside.Torch.Tests.Oracle;
using static Heaviside.Torch.Tests.Nn.Numbers;
using F = Heaviside.Torch.torch.nn.functional;

namespace Heaviside.Torch.Tests.Nn;

/// <summary>Outputs, gradients and states of layers, activations and losses against Python's torch, where it is installed.</summary>
public sealed class PythonOracleTests(PythonOracleTests.Reference reference) : IClassFixture<PythonOracleTests.Reference>
{
    private const double Tolerance = 1e-6;

    /// <summary>Ours and theirs; the inputs' shapes, or inputs where values matter.</summary>
    private static readonly Dictionary<string, Case> Table = new()
    {
        ["Linear"] = Layer("nn.Linear(4, 3)", g => torch.nn.Linear(4, 3, g), [2, 5, 4]),
        ["Conv2d"] = Layer(
            "nn.Conv2d(4, 6, (3, 2), (2, 1), (1, 2), (1, 2), 2)",
            g => torch.nn.Conv2d(4, 6, [3, 2], g, [2, 1], [1, 2], [1, 2], 2), [2, 4, 7, 6]),
        ["ConvTranspose2d"] = Layer(
            "nn.ConvTranspose2d(6, 4, (3, 2), (2, 3), (1, 0), (1, 0), 2, True, (1, 2))",
            g => torch.nn.ConvTranspose2d(6, 4, [3, 2], g, [2, 3], [1, 0], [1, 0], 2, true, [1, 2]), [2, 6, 4, 3]),
        ["BatchNorm1d"] = Layer("nn.BatchNorm1d(3, 1e-3, 0.2)", _ => torch.nn.BatchNorm1d(3, 1e-3, 0.2), [6, 3]),
        ["BatchNorm1d of sequences"] = Layer("nn.BatchNorm1d(3, affine=False)", _ => torch.nn.BatchNorm1d(3, affine: false), [4, 3, 5]),
        ["BatchNorm2d"] = Layer("nn.BatchNorm2d(3)", _ => torch.nn.BatchNorm2d(3), [2, 3, 4, 5]),
        ["BatchNorm2d in evaluation"] = Layer("nn.BatchNorm2d(3).eval()", _ => (BatchNorm2d)torch.nn.BatchNorm2d(3).eval(), [2, 3, 4, 5]),
        ["Embedding"] = Layer("nn.Embedding(5, 3)", g => torch.nn.Embedding(5, 3, g)) with { Inputs = () => [torch.tensor([4L, 0, 4, 2], [2, 2])] },
        ["Sequential"] = Layer(
            "nn.Sequential(nn.Conv2d(1, 2, 3, padding=1), nn.BatchNorm2d(2), nn.ELU(), nn.Flatten(), nn.Dropout(0.5).eval(), nn.Identity(), nn.Linear(32, 3))",
            g => torch.nn.Sequential(
                torch.nn.Conv2d(1, 2, 3, g, padding: 1), torch.nn.BatchNorm2d(2), torch.nn.ELU(), torch.nn.Flatten(),
                (Dropout)torch.nn.Dropout(g).eval(), torch.nn.Identity(), torch.nn.Linear(32, 3, g)),
            [3, 1, 4, 4]),
        ["ReLU"] = Layer("nn.ReLU()", _ => torch.nn.ReLU(), [4, 5]),
        ["LeakyReLU"] = Layer("nn.LeakyReLU(0.2)", _ => torch.nn.LeakyReLU(0.2), [4, 5]),
        ["ELU"] = Layer("nn.ELU(1.5)", _ => torch.nn.ELU(1.5), [4, 5]),
        ["SELU"] = Layer("nn.SELU()", _ => torch.nn.SELU(), [4, 5]),
        ["GELU"] = Layer("nn.GELU()", _ => torch.nn.GELU(), [4, 5]),
        ["SiLU"] = Layer("nn.SiLU()", _ => torch.nn.SiLU(), [4, 5]),
        ["Tanh"] = Layer("nn.Tanh()", _ => torch.nn.Tanh(), [4, 5]),
        ["Sigmoid"] = Layer("nn.Sigmoid()", _ => torch.nn.Sigmoid(), [4, 5]),
        ["LogSigmoid"] = Layer("nn.LogSigmoid()", _ => torch.nn.LogSigmoid(), [4, 5]),
        ["Softplus"] = Layer("nn.Softplus(2, 1)", _ => torch.nn.Softplus(2, 1), [4, 5]),
        ["Softmax"] = Layer("nn.Softmax(1)", _ => torch.nn.Softmax(1), [4, 5]),
        ["LogSoftmax"] = Layer("nn.LogSoftmax(0)", _ => torch.nn.LogSoftmax(0), [4, 5]),
        ["mse_loss"] = Pair("F.mse_loss", (x, t) => F.mse_loss(x, t)),
        ["l1_loss"] = Pair("lambda x, t: F.l1_loss(x, t, reduction='none')", (x, t) => F.l1_loss(x, t, Reduction.None)),
        ["smooth_l1_loss"] = Pair("lambda x, t: F.smooth_l1_loss(x, t, beta=0.7)", (x, t) => F.smooth_l1_loss(x, t, 0.7)),
        ["huber_loss"] = Pair("lambda x, t: F.huber_loss(x, t, reduction='sum', delta=0.7)", (x, t) => F.huber_loss(x, t, 0.7, Reduction.Sum)),
        ["kl_div"] = Pair(
            "lambda x, t: F.kl_div(x, t, reduction='sum', log_target=True)", (x, t) => F.kl_div(x, t, true, Reduction.Sum)),
        ["binary_cross_entropy"] = Pair(
            "lambda x, t: F.binary_cross_entropy(x.sigmoid(), t.sigmoid())", (x, t) => F.binary_cross_entropy(x.sigmoid(), t.sigmoid())),
        ["binary_cross_entropy_with_logits"] = Pair(
            "lambda x, t: F.binary_cross_entropy_with_logits(x, t.sigmoid(), x.exp().detach(), pos_weight=t.exp().detach(), reduction='none')",
            (x, t) => F.binary_cross_entropy_with_logits(x, t.sigmoid(), x.exp().detach(), t.exp().detach(), Reduction.None)),
        ["cross_entropy"] = Classes(
            "lambda x, c: F.cross_entropy(x, c, ignore_index=1, label_smoothing=0.2)", (x, c) => F.cross_entropy(x, c, ignore_index: 1, label_smoothing: 0.2)),
        ["nll_loss"] = Classes(
            "lambda x, c: F.nll_loss(F.log_softmax(x, 1), c, reduction='sum')", (x, c) => F.nll_loss(x.log_softmax(1), c, reduction: Reduction.Sum)),
    };

    public static TheoryData<string> Names => [.. Table.Keys];

    [SkippableTheory]
    [MemberData(nameof(Names))]
    public void Case_InFloat64_AgreesWithPython(string name)
    {
        Skip.If(reference.Answers is null, "no python3 with torch is installed");
        using var scope = torch.NewDisposeScope();
        using var run = new Run(Table[name]);
        var theirs = reference.Answers[name]!;

        var output = run.Forward();
        output.ShouldBeNear(PythonReference.Read(theirs["output"]!), Tolerance);

        var gradients = torch.autograd.grad([Weighted(output)], run.Leaves);
        var expected = theirs["gradients"]!.AsArray();
        gradients.Length.ShouldBe(expected.Count);
        for (var k = 0; k < gradients.Length; k++) gradients[k].ShouldBeNear(PythonReference.Read(expected[k]!), Tolerance);

        var state = theirs["state"]!.AsObject();
        run.State.Keys.ShouldBe(state.Select(e => e.Key));
        foreach (var (key, value) in run.State) value.@double().ShouldBeNear(PythonReference.Read(state[key]!), Tolerance);
    }

    private static Case Layer(string call, Func<Generator, Module<Tensor, Tensor>> create, params long[] shape) =>
        new(call, create, null, () => [Wave(shape)]);

    private static Case Pair(string call, Func<Tensor, Tensor, Tensor> function) =>
        new(call, null, x => function(x[0], x[1]), () => [Wave(3, 4), Wave(4, 4)[1..].contiguous()]);

    private static Case Classes(string call, Func<Tensor, Tensor, Tensor> function) =>
        new(call, null, x => function(x[0], x[1]), () => [Wave(4, 3), torch.tensor([2L, 0, 1, 2])]);

    /// <summary>Python's answers to all cases, asked for once.</summary>
    public sealed class Reference : IAsyncLifetime
    {
        internal JsonNode? Answers { get; private set; }

        public async Task InitializeAsync() => Answers = await PythonReference.Ask("nn_reference.py", Questions());

        public Task DisposeAsync() => Task.CompletedTask;

        private static JsonObject Questions()
        {
            using var scope = torch.NewDisposeScope();
            var questions = new JsonObject();
            foreach (var (name, @case) in Table)
            {
                using var run = new Run(@case);
                questions[name] = new JsonObject
                {
                    ["call"] = @case.Call,
                    ["state"] = new JsonObject(run.State.Select(e => KeyValuePair.Create(e.Key, (JsonNode?)PythonReference.Write(e.Value)))),
                    ["inputs"] = new JsonArray([.. run.Inputs.Select(PythonReference.Write)]),
                };
            }

            return questions;
        }
    }

    private sealed record Case(
        string Call, Func<Generator, Module<Tensor, Tensor>>? Create, Func<Tensor[], Tensor>? Function, Func<Tensor[]> Inputs);

    /// <summary>One case with its parameters, which are the same at every making.</summary>
    private sealed class Run : IDisposable
    {
        private readonly Case @case;
        private readonly Module<Tensor, Tensor>? module;
        private readonly Generator generator = new(8);

        internal Run(Case @case)
        {
            this.@case = @case;
            module = @case.Create?.Invoke(generator);
            module?.to(torch.float64);
            Inputs = @case.Inputs();
            foreach (var input in Inputs) input.requires_grad = input.dtype == torch.float64;
        }

        internal Tensor[] Inputs { get; }

        internal Tensor[] Leaves => [.. Inputs.Where(x => x.requires_grad), .. module?.parameters() ?? []];

        internal IReadOnlyDictionary<string, Tensor> State => module?.state_dict() ?? new Dictionary<string, Tensor>();

        internal Tensor Forward() => module is null ? @case.Function!(Inputs) : module.forward(Inputs[0]);

        public void Dispose()
        {
            module?.Dispose();
            generator.Dispose();
        }
    }
}
