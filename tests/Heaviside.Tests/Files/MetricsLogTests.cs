using FsCheck;
using FsCheck.Fluent;
using Heaviside.Files;

namespace Heaviside.Tests.Files;

public sealed class MetricsLogTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private string Path => folder["metrics.jsonl"];

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Append_ValuesOfEveryType_WritesOneLineEachAtOnce()
    {
        using var log = MetricsLog.Create(Path);

        log.Append(("step", 5L), ("epoch", 1), ("loss", 0.1), ("best", true), ("split", "test"), ("none", null));
        log.Append(("loss", double.NaN), ("bound", double.NegativeInfinity), ("rate", float.PositiveInfinity));

        const string expected = """
            {"step":5,"epoch":1,"loss":0.1,"best":true,"split":"test","none":null}
            {"loss":null,"bound":null,"rate":null}

            """;
        ReadWhileOpen().ShouldBe(expected.ReplaceLineEndings("\n"));
        log.Position.ShouldBe(expected.ReplaceLineEndings("\n").Length);
    }

    [Fact]
    public void Append_OtherType_ThrowsAndWritesNothing()
    {
        using var log = MetricsLog.Create(Path);

        Should.Throw<ArgumentException>(() => log.Append(("x", 1m))).Message.ShouldContain("'x'");
        log.Append(("y", 1));

        ReadWhileOpen().ShouldBe("{\"y\":1}\n");
    }

    [Fact]
    public void OpenAt_EarlierPosition_ContinuesAsIfNothingHadFollowed()
    {
        long position;
        using (var log = MetricsLog.Create(Path))
        {
            log.Append(("step", 1));
            position = log.Position;
            log.Append(("step", 2), ("of", "the first run, killed after this"));
        }
        File.AppendAllText(Path, "{\"step\":");

        using (var log = MetricsLog.OpenAt(Path, position))
        {
            log.Position.ShouldBe(position);
            log.Append(("step", 2));
        }

        File.ReadAllText(Path).ShouldBe("{\"step\":1}\n{\"step\":2}\n");
    }

    [Theory]
    [InlineData(100, "has 11 bytes, but the checkpoint was made at 100")]
    [InlineData(5, "no line ends at byte 5")]
    public void OpenAt_PositionThatCannotBe_SaysWhyAndKeepsTheFile(long position, string reason)
    {
        File.WriteAllText(Path, "{\"step\":1}\n");

        Should.Throw<InputException>(() => MetricsLog.OpenAt(Path, position)).Message.ShouldStartWith($"{Path}: {reason}");

        File.ReadAllText(Path).ShouldBe("{\"step\":1}\n");
    }

    [Fact]
    public void OpenAt_MissingFile_NamesIt() =>
        Should.Throw<InputException>(() => MetricsLog.OpenAt(Path, 0)).Message.ShouldStartWith(Path);

    [Fact]
    public void Read_FileCutAnywhere_GivesEveryCompleteLine()
    {
        const string whole = "{\"step\":1}\n{\"step\":2,\"note\":\"a}b\"}\n{\"step\":3}\n";
        for (var length = 0; length <= whole.Length; length++)
        {
            File.WriteAllText(Path, whole[..length]);
            var complete = whole[..length].Count(c => c == '\n') + (length < whole.Length && whole[length] == '\n' ? 1 : 0);

            MetricsLog.Read(Path).Select(row => (int)row["step"]!).ShouldBe(Enumerable.Range(1, complete));
        }
    }

    [Fact]
    public void Read_BadLineInTheMiddle_NamesIt()
    {
        File.WriteAllText(Path, "{\"a\":1}\n{\"a\":\n{\"a\":2}\n");

        Should.Throw<InputException>(() => MetricsLog.Read(Path)).Message.ShouldStartWith($"{Path}: line 2: is no valid JSON: ");
    }

    [Fact]
    public void Read_AnyNumbersAndTexts_AreWhatWasAppended() => Check.QuickThrowOnFailure(
        Prop.ForAll(ArbMap.Default.ArbFor<NormalFloat>(), ArbMap.Default.ArbFor<long>(), ArbMap.Default.ArbFor<NonNull<string>>(), (x, n, text) =>
        {
            var clean = string.Concat(text.Item.Where(c => !char.IsSurrogate(c)));
            using (var log = MetricsLog.Create(Path)) log.Append(("x", x.Item), ("n", n), ("text", clean));
            var row = MetricsLog.Read(Path).Single();
            return ((double)row["x"]!).Equals(x.Item) && (long)row["n"]! == n && (string)row["text"]! == clean;
        }));

    private string ReadWhileOpen()
    {
        using var reader = new StreamReader(new FileStream(Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return reader.ReadToEnd();
    }
}
