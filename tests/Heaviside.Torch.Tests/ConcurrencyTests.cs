namespace Heaviside.Torch.Tests;

public sealed class ConcurrencyTests
{
    [Fact]
    public async Task Training_OnTwoThreadsAtOnce_GivesWhatEachGivesAlone()
    {
        float[][] alone = [Train(1), Train(2)];
        using var start = new Barrier(2);
        var together = await Task.WhenAll(OnThread(() => TrainAt(1)), OnThread(() => TrainAt(2)));
        together[0].ShouldBe(alone[0]);
        together[1].ShouldBe(alone[1]);
        alone[0].ShouldNotBe(alone[1]);

        float[] TrainAt(ulong seed)
        {
            start.SignalAndWait();
            return Train(seed);
        }
    }

    [Fact]
    public void Scope_OnOneThread_DoesNotOwnTensorsOfAnother()
    {
        using var scope = torch.NewDisposeScope();
        Tensor? theirs = null;
        var thread = new Thread(() => theirs = torch.ones([2]));
        thread.Start();
        thread.Join();
        theirs!.Scope.ShouldBeNull();
        scope.Dispose();
        theirs.ToArray<float>().ShouldBe([1, 1]);
        theirs.Dispose();
    }

    [Fact]
    public void GradMode_SwitchedOnOneThread_StaysOnAnother()
    {
        var seen = false;
        using (torch.no_grad())
        {
            var thread = new Thread(() => seen = torch.is_grad_enabled());
            thread.Start();
            thread.Join();
        }

        seen.ShouldBeTrue();
    }

    [Fact]
    public async Task Error_OnOneThread_IsNotReportedOnAnother()
    {
        var messages = await Task.WhenAll(
            OnThread(() => Fail(() => torch.zeros([2, 3]).mm(torch.zeros([2, 3])))),
            OnThread(() => Fail(() => torch.zeros([2]).view([3]))));
        messages[0].ShouldAllBe(m => m.StartsWith("aten::mm: mat1"));
        messages[1].ShouldAllBe(m => m.StartsWith("aten::view: shape"));

        static string[] Fail(Action action) =>
            [.. Enumerable.Range(0, 50).Select(_ => Should.Throw<TorchException>(action).Message)];
    }

    /// <summary>A small network with noise, a managed node and an optimizer.</summary>
    private static float[] Train(ulong seed)
    {
        using var scope = torch.NewDisposeScope();
        using var rng = new Generator(seed);
        var w = torch.randn([8, 16], rng).requires_grad_();
        var v = torch.randn([16, 1], rng).requires_grad_();
        using var optimizer = torch.optim.Adam([w, v], lr: 0.01);
        for (var i = 0; i < 200; i++)
        {
            using var step = torch.NewDisposeScope();
            var x = torch.randn([32, 8], rng);
            var loss = (new StraightThroughSign().Apply(x.matmul(w))[0].matmul(v) - x.sum(1, keepdim: true)).square().mean();
            optimizer.zero_grad();
            loss.backward();
            optimizer.step();
        }

        return [.. w.ToArray<float>(), .. v.ToArray<float>()];
    }

    private static Task<T> OnThread<T>(Func<T> work) => Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private sealed class StraightThroughSign : Function
    {
        protected override Tensor[] Forward(FunctionContext context, Tensor[] inputs) => [inputs[0].sign()];

        protected override Tensor?[] Backward(FunctionContext context, Tensor?[] gradients) => [gradients[0]];
    }
}
