using System.Globalization;

namespace Heaviside.Torch.Tests;

/// <summary>Who disposes what, and that nothing stays.</summary>
[Collection(nameof(MemoryTests))]
[CollectionDefinition(nameof(MemoryTests), DisableParallelization = true)]
public sealed class MemoryTests
{
    private const long MegaByte = 1 << 20;
    private const long FloatsPerMegaByte = MegaByte / sizeof(float);

    [Fact]
    public void Scope_Ends_DisposesWhatWasMadeInside()
    {
        using var kept = torch.ones([2]);
        Tensor temporary;
        using (torch.NewDisposeScope()) temporary = kept + 1;
        IsDisposed(temporary).ShouldBeTrue();
        IsDisposed(kept).ShouldBeFalse();
    }

    [Fact]
    public void Scopes_Nested_DisposeTheirOwn()
    {
        using var outer = torch.NewDisposeScope();
        var a = torch.ones([2]);
        Tensor b;
        using (torch.NewDisposeScope()) b = torch.ones([2]);
        var c = torch.ones([2]);
        (IsDisposed(a), IsDisposed(b), IsDisposed(c)).ShouldBe((false, true, false));
        outer.Dispose();
        (IsDisposed(a), IsDisposed(c)).ShouldBe((true, true));
    }

    [Fact]
    public void MoveToOuter_OfTheResult_LeavesItToTheNextScope()
    {
        Tensor x;
        using (var outer = torch.NewDisposeScope())
        {
            using (var inner = torch.NewDisposeScope())
            {
                x = inner.MoveToOuter(torch.ones([2]));
                torch.zeros([1]).MoveToOuterDisposeScope();
            }

            IsDisposed(x).ShouldBeFalse();
            outer.MoveToOuter(x);
        }

        IsDisposed(x).ShouldBeFalse("there is no scope outside");
        x.Dispose();
    }

    [Fact]
    public void Scope_EndedByAnotherThread_IsRefusedAndStaysOpen()
    {
        using var scope = torch.NewDisposeScope();
        var x = torch.ones([2]);
        Exception? failure = null;
        var other = new Thread(() => failure = Record.Exception(scope.Dispose));
        other.Start();
        other.Join();
        failure.ShouldBeOfType<InvalidOperationException>().Message.ShouldStartWith("DisposeScope: opened on thread ");
        IsDisposed(x).ShouldBeFalse();
    }

    [Fact]
    public void Detach_TakesATensorOutOfAllScopes()
    {
        Tensor x;
        using (torch.NewDisposeScope())
        using (torch.NewDisposeScope()) x = torch.ones([2]).DetachFromDisposeScope();
        IsDisposed(x).ShouldBeFalse();
        x.Dispose();
    }

    [Fact]
    public void Scope_LeftByAnException_DisposesAndRestoresTheOuterOne()
    {
        using var outer = torch.NewDisposeScope();
        Tensor? inside = null;
        Should.Throw<TorchException>(() =>
        {
            using var inner = torch.NewDisposeScope();
            inside = torch.ones([2, 3]);
            inside.mm(inside);
        });
        IsDisposed(inside!).ShouldBeTrue();
        var after = torch.ones([2]);
        outer.Dispose();
        IsDisposed(after).ShouldBeTrue();
    }

    [Fact]
    public void Scope_DisposedTwice_DoesNotTouchALaterOne()
    {
        var first = torch.NewDisposeScope();
        first.Dispose();
        using var second = torch.NewDisposeScope();
        var x = torch.ones([2]);
        first.Dispose();
        IsDisposed(x).ShouldBeFalse();
        second.Dispose();
        IsDisposed(x).ShouldBeTrue();
    }

    [Fact]
    public void Scope_DisposedBeforeTheOneInside_DoesNotStayInForce()
    {
        var outer = torch.NewDisposeScope();
        var inner = torch.NewDisposeScope();
        outer.Dispose();
        inner.Dispose();
        var x = torch.ones([2]);
        using (torch.NewDisposeScope())
        {
        }

        IsDisposed(x).ShouldBeFalse();
        x.Scope.ShouldBeNull();
        x.Dispose();
    }

    [SkippableFact]
    public void Tensors_InAScope_LeaveNoMemoryBehind() => RequireFlat(3000, rounds: 1, () =>
    {
        using var scope = torch.NewDisposeScope();
        var x = torch.ones([FloatsPerMegaByte]).requires_grad_();
        (x * x).sum().backward();
        using var gradient = x.grad;
    });

    [SkippableFact]
    public void Errors_OfOperators_LeaveNoMemoryBehind() => RequireFlat(500, rounds: 1, () =>
    {
        using var scope = torch.NewDisposeScope();
        var x = torch.ones([1, FloatsPerMegaByte]);
        Should.Throw<TorchException>(() => (x + 1).mm(x));
    });

    [SkippableFact]
    public void Lists_WithADisposedTensor_LeaveNoMemoryBehind()
    {
        using var gone = torch.ones([1]);
        gone.Dispose();
        RequireFlat(500, rounds: 1, () =>
        {
            using var x = torch.ones([FloatsPerMegaByte]);
            Should.Throw<ObjectDisposedException>(() => torch.cat([x, gone]));
        });
    }

    // Nothing else holds the tensors of a list: only their references keep them until the call is over.
    [Fact]
    public void Lists_WhoseTensorsAreDisposedMeanwhile_KeepThemAlive()
    {
        var x = torch.full([3], 7f);
        using var handles = new Interop.TensorHandles([x]);
        x.Dispose();
        Interop.Native.hv_numel(FirstOf(handles)).ShouldBe(3);

        static unsafe nint FirstOf(Interop.TensorHandles handles) => handles.Pointer[0];
    }

    // What an operator returns beyond the room that its caller has.
    [SkippableFact]
    public void Lists_OfManyResults_LeaveNoMemoryBehind() => RequireFlat(300, rounds: 1, () =>
    {
        using var x = torch.ones([1024, FloatsPerMegaByte / 1024]);
        foreach (var row in x.unbind()) row.Dispose();
    });

    // Half of the nodes never run their backward pass: what they saved, an output of their own included, goes too.
    [SkippableFact]
    public void Functions_HalfOfThemNeverRunBackward_LeaveNoMemoryBehind()
    {
        var count = 0;
        RequireFlat(2000, rounds: 1, () =>
        {
            using var scope = torch.NewDisposeScope();
            var x = torch.zeros([FloatsPerMegaByte]).requires_grad_();
            var loss = new Exp().Apply(x)[0].sum();
            if (count++ % 2 == 0) loss.backward();
        });
    }

    [SkippableFact]
    public void Functions_ThatFailOrRunTwice_LeaveNoMemoryBehind() => RequireFlat(500, rounds: 1, () =>
    {
        using var scope = torch.NewDisposeScope();
        var x = torch.zeros([FloatsPerMegaByte]).requires_grad_();
        var loss = new Exp().Apply(x)[0].sum();
        loss.backward();
        Should.Throw<TorchException>(() => loss.backward());
    });

    // A state of 5,000 bytes and a generator of as many, 200 times in each round.
    [SkippableFact]
    public void Generators_AndTheirStates_LeaveNoMemoryBehind() => RequireFlat(500, rounds: 200, () =>
    {
        using var scope = torch.NewDisposeScope();
        using var generator = new Generator(1);
        generator.set_state(generator.get_state());
    });

    [SkippableFact]
    public void Tensors_LeftToTheCollector_AreReleasedByIt() => RequireFlat(300, rounds: 1, () =>
    {
        Abandon();
        GC.Collect();
        GC.WaitForPendingFinalizers();

        static void Abandon() => torch.ones([FloatsPerMegaByte]);
    });

    /// <summary>Runs until everything is warm, then requires that the process grows by less than a tenth of what a leak would take.</summary>
    /// <param name="steps">Each makes at least a megabyte of tensors.</param>
    /// <param name="rounds">How often a step does its work.</param>
    /// <param name="work">What must not leave anything.</param>
    private static void RequireFlat(int steps, int rounds, Action work)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "resident memory is read from /proc");
        Run(steps / 10);
        var before = ResidentBytes();
        Run(steps);
        (ResidentBytes() - before).ShouldBeLessThan(steps * MegaByte / 10);

        void Run(int n)
        {
            for (var i = 0; i < n * rounds; i++) work();
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
    }

    private static long ResidentBytes() =>
        long.Parse(File.ReadAllText("/proc/self/statm").Split(' ')[1], CultureInfo.InvariantCulture) * Environment.SystemPageSize;

    private static bool IsDisposed(Tensor tensor) => tensor.ToString() == "Tensor (disposed)";

    private sealed class Exp : Function
    {
        protected override Tensor[] Forward(FunctionContext context, Tensor[] inputs)
        {
            var output = inputs[0].exp();
            context.SaveForBackward(output);
            return [output];
        }

        protected override Tensor?[] Backward(FunctionContext context, Tensor?[] gradients) => [context.Saved[0] * gradients[0]!];
    }
}
