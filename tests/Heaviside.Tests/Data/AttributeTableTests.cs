using Heaviside.Data;

namespace Heaviside.Tests.Data;

public class AttributeTableTests
{
    private static readonly AttributeTable Table = new(["Bald", "Male", "Smiling", "Eyeglasses"], new ulong[] { 0b0000, 0b0001, 0b1110, 0b1000 });

    [Fact]
    public void Classes_FirstAttribute_IsTheMostSignificantBit()
    {
        Table.Classes(["Eyeglasses", "Smiling", "Male"]).ShouldBe([0, 0, 7, 4]);
        Table.Classes(["Male", "Eyeglasses"]).ShouldBe([0, 0, 3, 1]);
        Table.Classes(["Bald"]).ShouldBe([0, 1, 0, 0]);
    }

    [Fact]
    public void Usual_Names_AreThoseOfThePaperOrTheFirst()
    {
        Table.Usual.ShouldBe(["Eyeglasses", "Smiling", "Male"]);
        new AttributeTable(["a", "b", "c", "d"], new ulong[1]).Usual.ShouldBe(["a", "b", "c"]);
        new AttributeTable(["a"], new ulong[1]).Usual.ShouldBe(["a"]);
    }

    [Fact]
    public void SliceAndSelect_KeepTheRightRows()
    {
        Table.Slice(1, 2).Classes(["Bald", "Male"]).ShouldBe([2, 1]);
        Table.Select([2, 1]).Classes(["Bald", "Male"]).ShouldBe([1, 2]);
        var images = new ImageSet(new byte[4], 1, 1, 1) { Attributes = Table }.Slice(2, 2, Split.Test);
        images.Attributes!.Classes(["Smiling", "Eyeglasses"]).ShouldBe([3, 1]);
    }

    [Fact]
    public void Classes_WrongNames_SaysWhich()
    {
        Should.Throw<InputException>(() => Table.Classes(["Smilng"])).Message.ShouldContain("unknown attribute 'Smilng'; did you mean 'Smiling'?");
        Should.Throw<InputException>(() => Table.Classes(["Male", "Male"])).Message.ShouldContain("setting 'attributes' is [Male, Male]");
        Should.Throw<InputException>(() => Table.Classes([])).Message.ShouldContain("expected 1 to 8 attributes");
    }

    [Fact]
    public void ClassifiedBy_Attributes_LabelsAllParts()
    {
        ImageSet all = new(new byte[4], 1, 1, 1) { Attributes = Table };
        var data = new DataSet("a", "b", all.Slice(0, 2, Split.Train), all.Slice(2, 1, Split.Validation), all.Slice(3, 1, Split.Test)).ClassifiedBy(["Eyeglasses", "Bald"]);
        new[] { data.Train, data.Validation, data.Test }.SelectMany(part => part.Labels!.Value.ToArray()).ShouldBe([0, 1, 2, 2]);
        data.ClassAttributes.ShouldBe(["Eyeglasses", "Bald"]);
        data.Source.ShouldBe("b; classes of Eyeglasses, Bald");
        Should.Throw<ArgumentException>(() => new ImageSet(new byte[3], 1, 1, 1) { Attributes = Table }).Message.ShouldContain("expected attributes of 3 images, got 4");
    }
}
