using System.Text;
using Heaviside.Configuration;
using Heaviside.Data;
using Heaviside.Data.Sources;

namespace Heaviside.Tests.Data.Sources;

public sealed class TableFileTests : IDisposable
{
    private readonly TempFolder folder = new();

    [Fact]
    public void Load_Table_IsStandardizedByItsTrainingRows()
    {
        var data = Load(path => new TableFile(path) { Target = "y" }, Rows(20));
        data.FeatureNames.ShouldBe(["a", "b=u", "b=v"]);
        data.Source.ShouldBe("a table of 20 rows with 3 features; split at random with seed 1: 16 for training, 2 for validation, 2 for the test");
        data.Facts.ShouldBe([("standardized", "true"), ("target", "y")]);
        using var train = data.InOrder(Split.Train, 16, 0).At(0, 0);
        var features = train.Values<float>(ArrayData.Features).ToArray();
        var a = features.Where((_, i) => i % 3 == 0).ToArray();
        a.Average().ShouldBe(0, 1e-6);
        a.Average(v => v * v).ShouldBe(1, 1e-5);
        // The same map for every part: the distance of two rows is that of their numbers, in deviations of the training part.
        using var test = data.InOrder(Split.Test, 2, 0).At(0, 0);
        var x = test.Values<float>(ArrayData.Features);
        var y = test.Values<float>(ArrayData.Target);
        ((x[3] - x[0]) / (y[1] - y[0])).ShouldBe((a[1] - a[0]) / (train.Values<float>(ArrayData.Target)[1] - train.Values<float>(ArrayData.Target)[0]), 1e-5);
        for (var i = 0; i < 16; i++) (features[(3 * i) + 1] + features[(3 * i) + 2]).ShouldBe(1);
    }

    [Fact]
    public void Load_TargetOfTexts_IsClassesAndTheOneCalledTargetIsTaken()
    {
        var data = Load(path => new TableFile(path) { Standardize = false, Ignore = ["id"] }, "id,x,target\na,1,no\nb,2,yes\nc,3,no\nd,4,yes\n");
        data.Facts.ShouldBe([("standardized", "false"), ("target", "target"), ("classes", "no, yes")]);
        using var batch = data.InOrder(Split.Train, 2, 0).At(0, 0);
        batch.Values<long>(ArrayData.Target).ToArray().ShouldBe(batch.Values<float>(ArrayData.Features).ToArray().Select(x => ((long)x + 1) % 2));
    }

    [Fact]
    public void Load_TextsAsNumbersAndNoTarget_HasFeaturesAlone()
    {
        var data = Load(path => new TableFile(path) { TextColumns = TextColumns.Numbers, Standardize = false }, "c,d\nx,1\ny,2\nz,3\n");
        data.Examples(Split.Train).Fields.Select(f => f.Name).ShouldBe([ArrayData.Features]);
        using var batch = data.InOrder(Split.Train, 1, 0).At(0, 0);
        batch.Values<float>(ArrayData.Features)[1].ShouldBe(batch.Values<float>(ArrayData.Features)[0] + 1);
    }

    [Fact]
    public void Load_WhatItCannot_SaysWhyInOneLine()
    {
        string Message(Func<string, TableFile> source, string text) => Should.Throw<InputException>(() => Load(source, text)).Message;
        Message(path => new(path) { Target = "prise" }, "size,price\n1,2\n").ShouldEndWith("table.csv: unknown column 'prise'; did you mean 'price'? (known: size, price)");
        Message(path => new(path) { Target = "y" }, "y\n1\n2\n3\n").ShouldEndWith("has no column besides the target");
        var many = "t,y\n" + string.Concat(Enumerable.Range(0, 300).Select(i => $"text{i},{i}\n"));
        Message(path => new(path), many).ShouldContain("column 't' has 300 different texts");
    }

    // Recipes and the command line set options by their names.
    [Fact]
    public void Options_BySettings_AreThoseOfTheSource()
    {
        var path = folder.Write("table.csv", Encoding.UTF8.GetBytes(Rows(20)));
        var settings = new Settings([new("target", "y"), new("split-seed", "3"), new("text-columns", "numbers"), new("ignore", "[a]"), new("test-percent", "20")]);
        var data = settings.Fill(DataCatalog.Source(path)).Load(new(null));
        data.Source.ShouldContain("with 1 features; split at random with seed 3: 14 for training, 2 for validation, 4 for the test");
        settings.EnsureAllRead();
    }

    public void Dispose() => folder.Dispose();

    private static string Rows(int count) => "a,b,y\n" + string.Concat(Enumerable.Range(0, count).Select(i => $"{i * 2},{(i % 3 == 0 ? "u" : "v")},{i}\n"));

    private ArrayData Load(Func<string, TableFile> source, string text) => (ArrayData)source(folder.Write("table.csv", Encoding.UTF8.GetBytes(text))).Load(new(null));
}
