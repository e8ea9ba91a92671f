using System.Text;
using Heaviside.Data.Readers;

namespace Heaviside.Tests.Data.Readers;

public sealed class TableReaderTests : IDisposable
{
    private readonly TempFolder folder = new();

    [Theory]
    [InlineData("size,color,price\n1,red,2.5\n-2e1, blue ,3\n.5,red,4\n")]
    [InlineData("size;color;price\r\n1;\"red\";2.5\r\n\r\n-2e1;blue;3\r\n.5;red;4")]
    [InlineData("\uFEFFsize\tcolor\tprice\n1\tred\t2.5\n-2e1\tblue\t3\n.5\tred\t4\n\n")]
    public void Read_NumbersAndTexts_WithAnySeparator(string text)
    {
        var columns = Read(text);
        columns.Select(c => c.Name).ShouldBe(["size", "color", "price"]);
        columns[0].Values.ShouldBe([1, -20, 0.5f]);
        columns[0].Texts.ShouldBeNull();
        columns[1].Texts.ShouldBe(["blue", "red"]);
        columns[1].Values.ShouldBe([1, 0, 1]);
        columns[2].Values.ShouldBe([2.5f, 3, 4]);
    }

    [Fact]
    public void Read_Quotes_KeepSeparatorsAndLines() =>
        Read("name,n\n\"a, b\",1\n\"c\nd\",2\n\"say \"\"e\"\"\",3\n")[0].Texts.ShouldBe(["a, b", "c\nd", "say \"e\""]);

    [Fact]
    public void Read_Ignored_MayBeAnything() => Read("id,x\n,1\n7,2\nseven,3\n", "id").Single().Values.ShouldBe([1, 2, 3]);

    [Theory]
    [InlineData("a,b\n1,2\n3\n", "line 3 has 1 values, but the header has 2 names")]
    [InlineData("a,b\n1,2\n3,4,5\n", "line 3 has 3 values, but the header has 2 names")]
    [InlineData("a,b\n1,2\n3,\n", "line 3 has no value in column 'b': leave out such rows, or the column by 'ignore'")]
    [InlineData("a,b\n1,2\n\n3,NA\n", "line 4 has no value in column 'b' ('NA')")]
    [InlineData("a,b\nx,2\nNaN,3\n", "line 3 has no value in column 'a' ('NaN')")]
    [InlineData("a,b\n1,2\n3,four\n", "line 3, column 'b': 'four' is no number, but the values above are")]
    [InlineData("a,b\n1,2\n3,1e60\n", "line 3, column 'b': '1e60' is too large")]
    [InlineData("a,a\n1,2\n", "has the column 'a' twice")]
    [InlineData("a,\n1,2\n", "column 2 has no name in the header")]
    [InlineData("1,2\n3,4\n", "has no header: its first line is numbers")]
    [InlineData("a,b\n", "has no rows below its header")]
    [InlineData("", "is empty")]
    [InlineData("a,b\n1,\"2\n", "is no CSV")]
    public void Read_WhatItCannot_SaysWhereInOneLine(string text, string reason) =>
        Should.Throw<InputException>(() => Read(text)).Message.ShouldSatisfyAllConditions(
            m => m.ShouldStartWith($"{System.IO.Path.Combine(folder.Path, "table.csv")}: {reason}"), m => m.ShouldNotContain("\n"));

    [Fact]
    public void Read_UnknownColumnLeftOut_SuggestsOne() =>
        Should.Throw<InputException>(() => Read("size,b\n1,2\n", "sise")).Message.ShouldContain("unknown column 'sise'; did you mean 'size'?");

    [Fact]
    public void Read_Damaged_OnlyRefuses()
    {
        Damage.OnlyInputExceptions("a,b,c\n1,x,2\n3,\"y\",4\n5,x,6\n"u8.ToArray(), path => TableReader.Read(path));
        Damage.OnlyInputExceptions(TempFolder.Gzip("a,b,c\n1,x,2\n3,y,4\n"u8.ToArray()), path => TableReader.Read(path));
    }

    public void Dispose() => folder.Dispose();

    private IReadOnlyList<TableColumn> Read(string text, params string[] ignored) => TableReader.Read(folder.Write("table.csv", Encoding.UTF8.GetBytes(text)), ignored);
}
