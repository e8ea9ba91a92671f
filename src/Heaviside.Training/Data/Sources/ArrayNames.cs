namespace Heaviside.Data.Sources;

/// <summary>What an array of a <c>.npz</c> file is, by its name: <c>x_train</c>, <c>y</c>, <c>test_labels</c>.</summary>
internal static class ArrayNames
{
    /// <summary>What names are understood, for errors.</summary>
    public const string Known = "x and y (or images, features, data and labels, target), each alone or with train, val and test, as in x_train";

    private static readonly string[] Inputs = ["x", "images", "image", "features", "data", "inputs", "input"];
    private static readonly string[] Targets = ["y", "labels", "label", "targets", "target", "classes"];

    /// <summary>Whether it is a target, and of which part; null where the name is none of these.</summary>
    public static (bool IsTarget, Split Part)? Of(string name)
    {
        var words = name.ToLowerInvariant().Split('_', '-');
        return words switch
        {
            ["arr", "0"] => (false, Split.Train), // as NumPy calls what has no name
            ["arr", "1"] => (true, Split.Train),
            [var one] => Role(one) is { } isTarget ? (isTarget, Split.Train) : null,
            [var first, var second] => Both(Role(first), Part(second)) ?? Both(Role(second), Part(first)),
            _ => null,
        };
    }

    private static (bool, Split)? Both(bool? isTarget, Split? part) => isTarget is { } target && part is { } split ? (target, split) : null;

    private static bool? Role(string word) => Inputs.Contains(word) ? false : Targets.Contains(word) ? true : null;

    private static Split? Part(string word) => word switch
    {
        "train" or "training" => Split.Train,
        "validation" or "valid" or "val" => Split.Validation,
        "test" => Split.Test,
        _ => null,
    };
}
