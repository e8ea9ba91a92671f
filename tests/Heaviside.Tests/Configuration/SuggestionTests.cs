
namespace Heaviside.Tests.Configuration;

public sealed class SuggestionTests
{
    private static readonly string[] Names = ["reinforce", "gumbel-softmax", "straight-through", "arm", "disarm"];

    [Theory]
    [InlineData("reinforse", "reinforce")]
    [InlineData("Gumble-Softmax", "gumbel-softmax")]
    [InlineData("amr", "arm")]
    [InlineData("disarn", "disarm")]
    [InlineData("gumbel", "gumbel-softmax")]
    [InlineData("straight_through", "straight-through")]
    [InlineData("rebar", null)]
    [InlineData("x", null)]
    [InlineData("", null)]
    public void Nearest_Slip_FindsTheNameMeant(string given, string? expected) =>
        Suggestion.Nearest(given, Names).ShouldBe(expected);

    [Fact]
    public void Nearest_TwoNear_TakesTheNearer() =>
        Suggestion.Nearest("learning-rat", ["learning-rats", "learning-rat"]).ShouldBe("learning-rat");

    [Fact]
    public void Unknown_Slip_NamesKindNearestAndAll() =>
        Suggestion.Unknown("estimator", "amr", ["arm", "exact"]).Message
            .ShouldBe("unknown estimator 'amr'; did you mean 'arm'? (known: arm, exact)");

    [Fact]
    public void Unknown_NothingNear_ListsAll() =>
        Suggestion.Unknown("estimator", "zzz", ["arm", "exact"]).Message.ShouldBe("unknown estimator 'zzz' (known: arm, exact)");
}
