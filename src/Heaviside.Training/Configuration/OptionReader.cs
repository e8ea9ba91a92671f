using Heaviside.Numerics;

namespace Heaviside.Configuration;

/// <summary>Gives components the options that settings name.</summary>
public static class OptionReader
{
    /// <summary>Sets the options of a component that is not in use yet; every one of them counts as read, with the component's value as default.</summary>
    /// <returns>The component.</returns>
    /// <exception cref="InputException">A value does not parse, or the component refuses it; the message names the setting.</exception>
    public static T Fill<T>(this Settings settings, T component)
        where T : class
    {
        foreach (var option in OptionInfo.Of(component.GetType()))
        {
            if (!option.IsIn(component)) continue;
            var value = Read(settings, option, option.Get(component));
            try
            {
                option.Set(component, value);
            }
            catch (ArgumentOutOfRangeException error)
            {
                throw new InputException($"setting '{option.Name}' is '{value}', it {error.Message.Split(" (Parameter")[0]}", error);
            }
        }

        return component;
    }

    private static object Read(Settings s, OptionInfo o, object fallback) => fallback switch
    {
        int number => s.Int(o.Name, number, Bound(o.Least, int.MinValue), Bound(o.Most, int.MaxValue), o.Description),
        double number => s.Double(o.Name, number, o.Least, o.Most, o.Description),
        bool flag => s.Bool(o.Name, flag, o.Description),
        Schedule schedule => s.Schedule(o.Name, schedule, o.Description),
        IReadOnlyList<int> list => s.IntList(o.Name, list, Bound(o.Least, int.MinValue), Bound(o.Most, int.MaxValue), o.Description),
        Enum member => Member(s, o, member),
        _ => throw new NotSupportedException($"option '{o.Name}': values of {o.Type} cannot be read"),
    };

    private static object Member(Settings s, OptionInfo o, Enum fallback)
    {
        var names = Enum.GetNames(o.Type).ToDictionary(OptionInfo.Kebab);
        return Enum.Parse(o.Type, names[s.Choice(o.Name, OptionInfo.Kebab($"{fallback}"), [.. names.Keys], o.Description)]);
    }

    private static int Bound(double bound, int none) => double.IsFinite(bound) ? (int)bound : none;
}
