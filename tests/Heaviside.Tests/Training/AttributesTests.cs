using Heaviside.Data;
using Heaviside.Models;
using Heaviside.Tests.Data;
using Heaviside.Training;

namespace Heaviside.Tests.Training;

public class AttributesTests
{
    private static readonly (string, string)[] Small =
    [
        ("model", "mixed-vae"), ("classes", "8"), ("gaussian-size", "4"), ("network", "convolution"), ("channels", "[8, 16]"), ("estimator", "direct"), ("kl-weight", "0"),
        ("labels", "80"), ("labeled-batch", "40"),
    ];

    // Classes are right one time in eight by chance. Hue is the easiest to see in a picture: red minus blue of what is generated.
    [Fact]
    public void Run_DrawnFaces_LearnsAttributesAndTurnsThemOnAndOff()
    {
        using var run = new TinyRun { Images = Drawn(600, 16) };
        var state = run.Train(default, [.. Small, ("batch-size", "40"), ("steps", "500"), ("validate-every", "500"), ("log-every", "50"), ("checkpoint-every", "500"),
            ("labels", "320"), ("learning-rate", "0.003"), ("probes", "accuracy")]);
        ((double)run.Rows().Single(r => (string?)r["kind"] == "accuracy")["mode"]!).ShouldBeGreaterThan(0.3);

        using var experiment = TinyRun.Experiment(null, run.Images, Small);
        using var folder = RunFolder.Open(run.Path);
        RunReport.Write(folder, experiment, state, run.Observer, default);
        File.Exists(folder.AttributesFile).ShouldBeTrue();
        var picture = RunImages.Attributes(experiment, seed: 3);
        picture.Width.ShouldBeGreaterThan(10 * 100); // 16 pixels zoomed by 6, padded by 4; pairs are apart by 16, the labels on the left and the caption below
        picture.Height.ShouldBeGreaterThan(4 + (6 * 100) + (2 * 16));
        var red = Enumerable.Range(0, 6).Select(row => Redness(picture, 4 + (row * 100) + (row / 2 * 16))).ToArray();
        (red[5] - red[4]).ShouldBeGreaterThan(20); // the last pair is that of the hue
        Math.Abs(red[1] - red[0]).ShouldBeLessThan(red[5] - red[4]); // glasses leave it

        using var scope = torch.NewDisposeScope();
        using var noGrad = torch.no_grad();
        using var rng = new Generator(2);
        var colors = ((ILearnsLabels)experiment.Model).GenerateVariants(20, rng).view([8, 20, 3, -1]).mean([1L, 3]);
        for (var k = 0; k < 8; k++) ((colors[k][0] - colors[k][2]).Number() > 0).ShouldBe(k % 2 == 1); // Male is the least significant bit
    }

    [Fact]
    public void Run_StoppedAndContinued_IsTheUninterruptedRun()
    {
        (string, string)[] changes = [.. Small, ("labels", "16"), ("labeled-batch", "7"), ("probes", "accuracy")];
        using var whole = new TinyRun { Images = Drawn(120, 16) };
        using var parts = new TinyRun { Images = whole.Images };
        whole.Train(changes: changes);
        parts.TrainTo(7, changes);
        parts.Train(changes: changes);
        parts.ShouldEqual(whole);
    }

    [Fact]
    public void Create_Attributes_AreTheClassesOfTheData()
    {
        var data = Drawn(60, 16);
        using var usual = TinyRun.Experiment(null, data, []);
        usual.Settings.Resolved.Single(s => s.Key == "attributes").Value.ShouldBe("[Eyeglasses, Smiling, Male]");
        using var two = TinyRun.Experiment(null, data, [("attributes", "[male, Young]")]);
        two.Images.Set.ClassAttributes.ShouldBe(["Male", "Young"]);
        two.Images.Set.Train.Labels!.Value.ToArray().ShouldBe(data.Train.Attributes!.Classes(["Male", "Young"]));
        Should.Throw<InputException>(() => TinyRun.Experiment(null, data, [("attributes", "Mal")]).Dispose()).Message.ShouldContain("did you mean 'Male'?");
        Should.Throw<InputException>(() => TinyRun.Experiment(("attributes", "Male"))).Message.ShouldContain("setting 'attributes' is for images that have attributes");
        Should.Throw<ArgumentException>(() => RunImages.Attributes(usual, seed: 1)).Message.ShouldContain("expected a model of 2^n classes");
    }

    private static double Redness(Heaviside.Pictures.RasterImage picture, int top) =>
        (from row in Enumerable.Range(top, 96) from column in Enumerable.Range(picture.Width - 1000, 996) select (double)picture[row, column][0] - picture[row, column][2]).Average();

    private static DataSet Drawn(int count, int side)
    {
        using var folder = new TempFolder();
        Faces.Write(folder.Path, count, side, seed: 1);
        return DataCatalog.Set("celeba").Load(new DataFolders(folder.Path));
    }
}
