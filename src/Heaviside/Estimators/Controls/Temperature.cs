using Heaviside.Configuration;
using Heaviside.Numerics;

namespace Heaviside.Estimators.Controls;

/// <summary>The temperature lambda of a relaxation: on a schedule, or learned through its logarithm.</summary>
public sealed class Temperature : Component, IScheduled, IReportsNumbers
{
    private readonly Schedule? schedule;
    private readonly Tensor? logarithm;

    private Temperature(Schedule? schedule, Tensor? logarithm)
        : base(nameof(Temperature))
    {
        this.schedule = schedule;
        if (logarithm is not null) this.logarithm = this.AddParameter("logarithm", logarithm);
    }

    /// <inheritdoc/>
    public long Step { get; set; }

    /// <inheritdoc/>
    public IEnumerable<(string Name, Schedule Schedule)> Schedules => schedule is null ? [] : [("temperature", schedule)];

    /// <inheritdoc/>
    public IEnumerable<(string Name, double Value)> Numbers => logarithm is null ? [] : [("temperature", Of(logarithm).Number())];

    /// <summary>One on a schedule, from 1e-6 to 1e6 at every step.</summary>
    public static Temperature Fixed(Schedule schedule) => new(ScheduleRange.Temperature(schedule, nameof(schedule)), null);

    /// <summary>A learned one, which stays from 1e-6 to 1e6.</summary>
    /// <param name="initial">Where it starts, from 1e-6 to 1e6.</param>
    /// <param name="type">The type of the parameter.</param>
    /// <param name="device">Where it is.</param>
    public static Temperature Learned(double initial, ScalarType type = ScalarType.Float32, Device? device = null) =>
        new(null, torch.full([], Math.Log(TemperatureRange.Require(initial)), type, device).requires_grad_());

    /// <summary>From the settings temperature and learn-temperature.</summary>
    internal static Temperature Create(Settings s, EstimatorInput input)
    {
        var temperature = ScheduleRange.Read(s, "temperature", 0.5, "temperature of the relaxation, the initial one if it is learned", ScheduleRange.Temperature);
        if (!s.Bool("learn-temperature", true, "learn the temperature, so that the gradient varies less")) return Fixed(temperature);
        return temperature is ConstantSchedule
            ? Learned(temperature.At(0), input.Type, input.Rng.device)
            : throw new InputException($"setting 'temperature' is the schedule {temperature}, but it is learned: set learn-temperature=false, or give the number at which it starts");
    }

    /// <summary>The temperature as a scalar of the type and on the device of <paramref name="like"/>.</summary>
    internal Tensor Of(Tensor like) => logarithm?.exp().clamp(TemperatureRange.Least, TemperatureRange.Most) ?? torch.full([], schedule!.At(Step), like.dtype, like.device);
}
