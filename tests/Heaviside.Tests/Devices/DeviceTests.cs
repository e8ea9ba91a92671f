using Heaviside.Distributions;
using Heaviside.Estimators;
using Heaviside.Laws;
using Heaviside.Models;
using Heaviside.Priors;
using Heaviside.Tests.Training;

namespace Heaviside.Tests.Devices;

/// <summary>What takes a device computes there: on the CPU everywhere, on a CUDA device where there is one.</summary>
public class DeviceTests
{
    private static readonly string[] Devices = torch.cuda.device_count() > 0 ? ["cpu", "cuda"] : ["cpu"];

    public static TheoryData<string, string> Estimators() => OnDevices(EstimatorCatalog.All.Names);

    public static TheoryData<string, string> Models() => OnDevices([.. Heaviside.Tests.Models.CatalogModels.OfImages]);

    public static TheoryData<string, string> Distributions() => OnDevices(DistributionCatalog.All.Select(e => e.Name));

    public static TheoryData<string> All() => [.. Devices];

    [Theory]
    [MemberData(nameof(Estimators))]
    public void Estimator_ProblemOnTheDevice_KeepsItsClaim(string device, string name)
    {
        var place = new torch.Device(device);
        var entry = EstimatorCatalog.All.Find(name);
        var problem = ProblemCatalog.All(place).First(p => entry.Latents.HasFlag(p.Latents));
        problem.Parameters.device.type.ShouldBe(place.type);
        var result = EstimatorLaws.Check(entry, problem, draws: 5_000);
        result.Passed.ShouldBeTrue($"{result}");
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Run_OnTheDevice_GoesOnFromItsCheckpoint(string device, string model)
    {
        var place = new torch.Device(device);
        using var run = new TinyRun();
        string[] estimator = ModelCatalog.All.Find(model).NeedsEstimator ? ["reinforce"] : [];
        (string, string)[] settings = [("model", model), ("device", device), .. estimator.Select(e => ("estimator", e))];
        run.TrainTo(7, settings);
        run.Train(default, settings).Step.ShouldBe(12);
        using var experiment = TinyRun.Experiment(settings);
        experiment.Model.parameters().ShouldAllBe(p => p.device.type == place.type);
    }

    [Theory]
    [MemberData(nameof(Distributions))]
    public void Distribution_ParametersOnTheDevice_SamplesAndScoresThere(string device, string name)
    {
        var place = new torch.Device(device);
        using var scope = torch.NewDisposeScope();
        using var rng = new Generator(3, place);
        var law = DistributionCatalog.All.Single(e => e.Name == name).Example(torch.randn([4, 3], generator: rng, device: place));
        var sample = law.Sample([2], rng);
        sample.device.type.ShouldBe(place.type);
        if (DistributionCatalog.All.Single(e => e.Name == name).HasLogProb) law.LogProb(sample).device.type.ShouldBe(place.type);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Gibbs_MachineOnTheDevice_SamplesThere(string device)
    {
        var place = new torch.Device(device);
        using var scope = torch.NewDisposeScope();
        using var rng = new Generator(3, place);
        using var machine = new RestrictedBoltzmannMachine(6, 4);
        machine.to(place);
        using var sampler = new GibbsSampler(machine, 50, rng) { Path = GibbsPath.Torch };
        sampler.Sample(20);
        sampler.States.device.type.ShouldBe(place.type);
    }

    // The cases of the others for CUDA exist only where there is such a device.
    [SkippableFact]
    public void Cuda_DeviceOfThisMachine_IsTested()
    {
        Skip.If(torch.cuda.device_count() == 0, "this machine has no CUDA device");
        Devices.ShouldContain("cuda");
    }

    private static TheoryData<string, string> OnDevices(IEnumerable<string> names)
    {
        var data = new TheoryData<string, string>();
        foreach (var device in Devices)
            foreach (var name in names) data.Add(device, name);
        return data;
    }
}
