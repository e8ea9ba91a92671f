using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Heaviside.Numerics;

namespace Heaviside.Configuration;

/// <summary>One option of a component, as its class declares it with <see cref="OptionAttribute"/>.</summary>
public sealed partial class OptionInfo
{
    private static readonly ConcurrentDictionary<Type, IReadOnlyList<OptionInfo>> Known = [];

    private readonly OptionAttribute attribute;
    private readonly PropertyInfo property;
    private readonly IReadOnlyList<PropertyInfo> groups; // from the component to the owner of the property

    private OptionInfo(OptionAttribute attribute, PropertyInfo property, IReadOnlyList<PropertyInfo> groups, double least)
    {
        (this.attribute, this.property, this.groups, Least) = (attribute, property, groups, least);
        Name = attribute.Name ?? Kebab(property.Name);
    }

    /// <summary>The name in kebab case.</summary>
    public string Name { get; }

    /// <summary>One line of what it does.</summary>
    public string Description => attribute.Description;

    /// <summary>The type of its values.</summary>
    public Type Type => property.PropertyType;

    /// <summary>The smallest value of a number; minus infinity: no bound.</summary>
    public double Least { get; }

    /// <summary>The largest value of a number; infinity: no bound.</summary>
    public double Most => attribute.Most;

    /// <summary>The options of a class, the base class's first, in the order of declaration.</summary>
    public static IReadOnlyList<OptionInfo> Of(Type component) => Known.GetOrAdd(component, type => [.. Declared(type, [])]);

    /// <summary>The options that a component has with the values that it has so far, in the order of declaration. It may be enumerated while they are
    /// set: whether there is an option, and what the options of a group are, is looked at when its turn comes.</summary>
    public static IEnumerable<OptionInfo> In(object component)
    {
        foreach (var p in Properties(component.GetType()))
        {
            if (p.GetCustomAttribute<OptionGroupAttribute>() is null)
            {
                if (Of(component.GetType()).FirstOrDefault(o => o.groups.Count == 0 && o.property.Name == p.Name) is { } own && own.IsIn(component)) yield return own;
            }
            else if (p.GetValue(component) is { } owner)
            {
                foreach (var option in In(owner)) yield return new(option.attribute, option.property, [p, .. option.groups], option.Least);
            }
        }
    }

    /// <summary>What is wrong with options of a component, or of its groups, together; null: nothing.</summary>
    public static string? Conflict(object component) => (component as IChecksOptions)?.Conflict
        ?? Properties(component.GetType()).Where(p => p.GetCustomAttribute<OptionGroupAttribute>() is not null)
            .Select(p => p.GetValue(component)).OfType<object>().Select(Conflict).FirstOrDefault(conflict => conflict is not null);

    /// <summary>The option, and its value as text, with which there is this one; null where there always is.</summary>
    internal KeyValuePair<string, string>? Condition => attribute.If is not { } other
        ? null
        : new(property.DeclaringType!.GetProperty(other)!.GetCustomAttribute<OptionAttribute>()?.Name ?? Kebab(other), Kebab($"{attribute.Is}"));

    /// <summary>Whether a component with the values that it has so far has this option.</summary>
    public bool IsIn(object component) =>
        attribute.If is not { } other || Equals(property.DeclaringType!.GetProperty(other)!.GetValue(Owner(component)), attribute.Is);

    /// <summary>The value in a component.</summary>
    public object Get(object component) => property.GetValue(Owner(component))!;

    /// <summary>Sets the value in a component that is not in use yet.</summary>
    /// <param name="component">The component.</param>
    /// <param name="value">A value of <see cref="Type"/>; a number where that is a schedule.</param>
    /// <exception cref="ArgumentException">The component refuses the value.</exception>
    public void Set(object component, object value)
    {
        try
        {
            property.SetValue(Owner(component), Type == typeof(Schedule) && value is double constant ? new ConstantSchedule(constant) : value);
        }
        catch (TargetInvocationException error) when (error.InnerException is { } refusal)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(refusal);
        }
    }

    /// <summary>A value of the option that a property is, if it is in the declared range: for the property's own accessor.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not.</exception>
    public static T Checked<T>(object component, T value, [CallerMemberName] string property = "")
        where T : struct, IConvertible
    {
        Require(component, property, value);
        return value;
    }

    /// <summary>The same of a list of numbers, each of which is to be in the range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One is not.</exception>
    public static IReadOnlyList<int> Checked(object component, IReadOnlyList<int> values, [CallerMemberName] string property = "")
    {
        foreach (var value in values) Require(component, property, value);
        return values;
    }

    /// <summary>The same of a schedule, each value of which is to be in the range and finite.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One is not.</exception>
    public static Schedule Checked(object component, Schedule schedule, [CallerMemberName] string property = "")
    {
        var option = Find(component, property);
        return ScheduleRange.IsWithin(schedule, Math.Max(option.Least, double.MinValue), Math.Min(option.Most, double.MaxValue))
            ? schedule
            : throw new ArgumentOutOfRangeException(property, schedule, $"must be a number {NumberRange.Of(option.Least, option.Most)} at every step, and finite{(option.Least > 0 ? "; an exponential needs a floor" : "")}");
    }

    /// <summary>The name of a member in kebab case: <c>LeaveOneOut</c> is <c>leave-one-out</c>.</summary>
    public static string Kebab(string name) => Capital().Replace(name, "-$1").ToLowerInvariant();

    private static IEnumerable<OptionInfo> Declared(Type type, IReadOnlyList<PropertyInfo> groups)
    {
        var ranges = type.GetCustomAttributes<OptionRangeAttribute>(inherit: true).ToList();
        foreach (var p in Properties(type))
        {
            if (p.GetCustomAttribute<OptionGroupAttribute>() is not null)
                foreach (var option in Declared(p.PropertyType, [.. groups, p])) yield return option;
            else if (p.GetCustomAttribute<OptionAttribute>() is { } attribute)
                yield return new(attribute, p, groups, ranges.FirstOrDefault(r => r.Property == p.Name)?.Least ?? attribute.Least);
        }
    }

    private static void Require(object component, string property, IConvertible value)
    {
        var option = Find(component, property);
        var number = value.ToDouble(CultureInfo.InvariantCulture);
        if (!(number >= option.Least && number <= option.Most))
            throw new ArgumentOutOfRangeException(property, value, $"must be a number {NumberRange.Of(option.Least, option.Most)}");
    }

    // Reflection lists a class's own properties before those that it inherits.
    private static IEnumerable<PropertyInfo> Properties(Type type) => type.GetProperties().OrderBy(p => Depth(p.DeclaringType!)).ThenBy(p => p.MetadataToken);

    private static OptionInfo Find(object component, string property) => Of(component.GetType()).First(o => o.groups.Count == 0 && o.property.Name == property);

    private static int Depth(Type type) => type.BaseType is null ? 0 : 1 + Depth(type.BaseType);

    private object Owner(object component) => groups.Aggregate(component, (owner, group) => group.GetValue(owner)!);

    [GeneratedRegex("(?<!^)([A-Z])")]
    private static partial Regex Capital();
}
