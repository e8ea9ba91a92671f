using FsCheck;
using FsCheck.Fluent;
using Heaviside.Configuration;

namespace Heaviside.Tests.Configuration;

public sealed class RecipeTests
{
    [Fact]
    public void Parse_FlatMapping_GivesSettingsInOrderAndTheAbout()
    {
        var recipe = Recipe.Parse("""
            # a comment
            name: Categorical VAE
            paper: "1611.01144"
            learning_rate: 1e-3     # another
            temperature: exponential(1, rate=3e-5, floor=0.5, every=500)
            hidden: [200, 100]
            estimators:
              - arm
              - exact
            empty: ''
            """);

        recipe.Name.ShouldBe("Categorical VAE");
        recipe.Paper.ShouldBe("1611.01144");
        recipe.Description.ShouldBeNull();
        recipe.Settings.ShouldBe([
            new("learning-rate", "1e-3"),
            new("temperature", "exponential(1, rate=3e-5, floor=0.5, every=500)"),
            new("hidden", "[200, 100]"),
            new("estimators", "[arm, exact]"),
            new("empty", ""),
        ]);
    }

    [Theory]
    [InlineData("", "r.yaml: is empty; expected lines of 'key: value'")]
    [InlineData("# only a comment\n", "r.yaml: is empty; expected lines of 'key: value'")]
    [InlineData("- a\n- b\n", "r.yaml: line 1, column 1: expected lines of 'key: value'")]
    [InlineData("just text", "r.yaml: line 1, column 1: expected lines of 'key: value'")]
    [InlineData("a-b: 1\na_b: 2\n", "r.yaml: line 2, column 1: 'a-b' is given twice")]
    [InlineData("a: 1\nb:\n\t- 2\n", "r.yaml: line 3, column 1: a tab in the indentation; use spaces")]
    [InlineData("a: 1\nset:\n  b: 2\n", "r.yaml: line 3, column 3: 'set' holds a mapping; a setting is one value or a list of values")]
    [InlineData("a: [1, [2]]\n", "r.yaml: line 1, column 8: an item of 'a' must be one value without commas and brackets")]
    [InlineData("a: 1\nb:\n", "r.yaml: line 2, column 3: 'b' has no value; write '' for an empty text")]
    [InlineData("a: 1\n---\nb: 2\n", "r.yaml: line 3, column 1: a second document begins; a recipe is one")]
    [InlineData("[a]: 1\n", "r.yaml: line 1, column 1: a key must be a plain name")]
    public void Parse_NoRecipe_SaysWhereAndWhy(string yaml, string message) =>
        Should.Throw<InputException>(() => Recipe.Parse(yaml, "r.yaml")).Message.ShouldBe(message);

    [Theory]
    [InlineData("a: 1\na: 2\n", "r.yaml: line 2, column 1: ")]
    [InlineData("a: 1\nb: [1, 2\nc: 3\n", "r.yaml: ")]
    [InlineData("a: 'open\n", "r.yaml: line ")]
    [InlineData("a: *missing\n", "r.yaml: line 1, column ")]
    public void Parse_WrongYaml_SaysWhere(string yaml, string start)
    {
        var message = Should.Throw<InputException>(() => Recipe.Parse(yaml, "r.yaml")).Message;

        message.ShouldStartWith(start);
        message.ShouldNotContain("\n");
    }

    [Theory]
    [InlineData("[")]
    [InlineData("{b: ")]
    [InlineData("- ")]
    public void Parse_LongRunOfBrackets_IsRefusedInsteadOfEndingTheProcess(string opening) =>
        Should.Throw<InputException>(() => Recipe.Parse("a:\n  " + string.Concat(Enumerable.Repeat(opening, 50_000)), "r.yaml"))
            .Message.ShouldMatch("^r.yaml: line 2, column [0-9]+: is nested too deeply$");

    [Fact]
    public void Read_MissingFile_NamesIt() =>
        Should.Throw<InputException>(() => Recipe.Read("no-such.yaml")).Message.ShouldStartWith("no-such.yaml: cannot be read: ");

    [Fact]
    public void Write_ThenRead_KeepsOrderAndHeader()
    {
        using var folder = new TemporaryFolder();
        var recipe = new Recipe { Name = "A: b", Settings = [new("z", "linear(0, 1, steps=5)"), new("a", "[1, 2]"), new("text", "#1")] };

        recipe.Write(folder["recipe.yaml"], "written by a test", "");

        File.ReadAllText(folder["recipe.yaml"]).ShouldBe("# written by a test\n#\nname: \"A: b\"\nz: linear(0, 1, steps=5)\na: [1, 2]\ntext: \"#1\"\n");
        Recipe.Read(folder["recipe.yaml"]).Settings.ShouldBe(recipe.Settings);
    }

    [Fact]
    public void ToYaml_AnyTexts_ParseBackToTheSame() => Check.QuickThrowOnFailure(
        Prop.ForAll(Texts().ListOf().ToArbitrary(), Texts().ToArbitrary(), (values, description) =>
        {
            var recipe = new Recipe
            {
                Description = description,
                Settings = [.. values.Select((value, i) => KeyValuePair.Create($"key-{i}", value))],
            };
            var read = Recipe.Parse(recipe.ToYaml(description.Replace('\0', ' ')));
            return read.Description == recipe.Description && read.Settings.SequenceEqual(recipe.Settings);
        }));

    [Fact]
    public void Parse_DamagedRecipe_ThrowsInputExceptionOrReads()
    {
        const string good = "name: a\nhidden: [200, 100]\nlist:\n  - 'a'\n  - \"b\"\nrate: linear(0, 1, steps=5) # c\n";
        var damaged =
            from at in Gen.Choose(0, good.Length)
            from cut in Gen.Choose(0, 3)
            from insert in Gen.Elements("", "[", "]", "{", "}", ":", "'", "\"", "&", "*", "!", "|", ">", "%", "\n", "\n\n  ", "\t", "- ", "? ", ", ", "#", "<<: ")
            select good[..at] + insert + good[Math.Min(good.Length, at + cut)..];
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(1000), Prop.ForAll(damaged.ToArbitrary(), yaml =>
        {
            try
            {
                Recipe.Parse(yaml);
            }
            catch (InputException)
            {
            }
        }));
    }

    private static Gen<string> Texts()
    {
        var hard = Gen.Elements("", " ", "~", "null", "true", "- a", "a: b", "a #b", "[", "[]", "[a, b]", "[a,b]", "[ ]", "[a, ]",
            "[[a], b]", "{a: b}", "*a", "&a", "!t", "%x", "@", "`", "'", "\"", "\\", "a\nb", "a\r\nb", "\ta", "a ", "...", "---", "\u2028", "\uFEFF",
            "\U0001F600", "0x1F", "linear(0, 1, steps=5)", "steps(1, 0.5, at=[1, 2])", "é", "\u0085", "\u007f");
        var any = ArbMap.Default.GeneratorFor<NonNull<string>>().Select(s => string.Concat(s.Item.Where(c => !char.IsSurrogate(c))));
        return Gen.OneOf(hard, any, from a in hard from b in hard select a + b);
    }
}
