namespace Heaviside.Torch.Tests;

public sealed class GeneratorTests : IDisposable
{
    private readonly DisposeScope scope = torch.NewDisposeScope();

    public void Dispose() => scope.Dispose();

    [Fact]
    public void Seed_TheSame_GivesTheSameStream()
    {
        using var a = new Generator(7);
        using var b = new Generator(7);
        using var c = new Generator(8);
        var stream = Draw(a);
        Draw(b).ShouldBe(stream);
        Draw(c).ShouldNotBe(stream);
        Draw(a).ShouldNotBe(stream);
        Draw(a.manual_seed(7)).ShouldBe(stream);
    }

    // Normal numbers come in pairs, the second of which is part of the state.
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(17)]
    public void State_Restored_ContinuesBitForBit(int before)
    {
        using var a = new Generator(7);
        for (var i = 0; i < before; i++) torch.randn([1], a, torch.float64);
        var state = a.get_state();
        var rest = Draw(a);
        using var b = new Generator(99);
        b.set_state(state);
        Draw(b).ShouldBe(rest);
        a.set_state(state);
        Draw(a).ShouldBe(rest);
    }

    [Fact]
    public void State_IsACopy()
    {
        using var a = new Generator(7);
        var state = a.get_state();
        var before = state.ToArray<byte>();
        Draw(a);
        state.ToArray<byte>().ShouldBe(before);
    }

    [Fact]
    public void SetState_NotAState_IsRefused()
    {
        using var a = new Generator(7);
        Should.Throw<TorchException>(() => a.set_state(torch.zeros([3], torch.uint8))).Message.ShouldStartWith("set_state: ");
    }

    [Fact]
    public void Generators_Interleaved_DoNotDisturbEachOther()
    {
        using var alone = new Generator(7);
        var expected = Draw(alone).Concat(Draw(alone)).ToArray();
        using var a = new Generator(7);
        using var b = new Generator(8);
        var first = Draw(a);
        Draw(b);
        first.Concat(Draw(a)).ShouldBe(expected);
    }

    [Fact]
    public void Disposed_Generator_SaysSo()
    {
        var a = new Generator(7);
        a.Dispose();
        a.Dispose();
        Should.Throw<ObjectDisposedException>(() => torch.rand([1], a));
    }

    /// <summary>Some numbers of every sampler that keeps its own kind of state.</summary>
    private static double[] Draw(Generator g) =>
    [
        .. torch.rand([5], g, torch.float64).ToArray<double>(),
        .. torch.randn([3], g, torch.float64).ToArray<double>(),
        .. torch.randn([20], g).@double().ToArray<double>(),
        .. torch.randperm(9, g).@double().ToArray<double>(),
        .. torch.full([6], 0.5).bernoulli(g).@double().ToArray<double>(),
        .. torch.ones([4]).multinomial(3, g, true).@double().ToArray<double>(),
    ];
}
