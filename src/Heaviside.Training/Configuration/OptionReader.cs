using System.Reflection;
using Heaviside.Numerics;

namespace Heaviside.Configuration;

/// <summary>Gives components the options that settings name.</summary>
public static class OptionReader
{
    /// <summary>Sets the options of a component that is not in use yet; every one of them counts as read, with the component's value as default.</summary>
    /// <remarks>They are set in the order of their declaration, so that the default of one may depend on those before it.</remarks>
    /// <returns>The component.</returns>
    /// <exception cref="InputException">A value does not parse, or the component refuses it, or options do not go together; the message names the setting.</exception>
    public static T Fill<T>(this Settings settings, T component)
        where T : class
    {
        foreach (var option in OptionInfo.In(component))
        {
            var value = Read(settings, option, option.Get(component));
            try
            {
                option.Set(component, value);
            }
            catch (ArgumentException error)
            {
                throw new InputException($"setting '{option.Name}' is '{Shown(value)}', it {error.Message.Split(" (Parameter")[0]}", error);
            }
        }

        return OptionInfo.Conflict(component) is { } conflict ? throw new InputException(conflict) : component;
    }

    /// <summary>Notes the options of a component that was made in C#: they count as read, with their values as defaults.</summary>
    internal static void Note(this Settings settings, object component)
    {
        foreach (var option in OptionInfo.In(component)) Read(settings, option, option.Get(component));
    }

    private static object Read(Settings s, OptionInfo o, object fallback) => fallback switch
    {
        int number => s.Int(o.Name, number, Bound(o.Least, int.MinValue), Bound(o.Most, int.MaxValue), o.Description),
        long number => s.Long(o.Name, number, LongBound(o.Least, long.MinValue), LongBound(o.Most, long.MaxValue), o.Description),
        ulong number => (ulong)s.Long(o.Name, (long)number, LongBound(o.Least, 0), LongBound(o.Most, long.MaxValue), o.Description),
        double number => s.Double(o.Name, number, o.Least, o.Most, o.Description),
        bool flag => s.Bool(o.Name, flag, o.Description),
        string text => s.Text(o.Name, text, o.Description),
        Schedule schedule => s.Schedule(o.Name, schedule, o.Least, o.Most, o.Description),
        IReadOnlyList<int> list => s.IntList(o.Name, list, Bound(o.Least, int.MinValue), Bound(o.Most, int.MaxValue), o.Description),
        IReadOnlyList<double> list => s.DoubleList(o.Name, list, o.Least, o.Most, o.Description),
        IReadOnlyList<string> list => s.TextList(o.Name, list, o.Description),
        Enum member => Member(s, o, member),
        _ => Parsed(s, o, fallback),
    };

    private static object Member(Settings s, OptionInfo o, Enum fallback)
    {
        var names = Enum.GetNames(o.Type).ToDictionary(OptionInfo.Kebab);
        return Enum.Parse(o.Type, names[s.Choice(o.Name, OptionInfo.Kebab($"{fallback}"), [.. names.Keys], o.Description)]);
    }

    private static object Parsed(Settings s, OptionInfo o, object fallback)
    {
        var parse = typeof(OptionReader).GetMethod(nameof(Parse), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(fallback.GetType().GetInterfaces()
            .FirstOrDefault(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IParsable<>))?.GetGenericArguments()[0]
            ?? throw new NotSupportedException($"option '{o.Name}': values of {o.Type} cannot be read"));
        return s.Parsed(o.Name, fallback, o.Description, text => ((Func<string, object>)parse.CreateDelegate(typeof(Func<string, object>)))(text));
    }

    private static object Parse<T>(string text)
        where T : IParsable<T> => T.Parse(text, null);

    private static string Shown(object value) => value is System.Collections.IEnumerable list and not string ? TextList.Format(list.Cast<object>().Select(item => $"{item}")) : $"{value}";

    private static int Bound(double bound, int none) => double.IsFinite(bound) ? (int)bound : none;

    private static long LongBound(double bound, long none) => double.IsFinite(bound) ? bound >= long.MaxValue ? long.MaxValue : (long)bound : none;
}
