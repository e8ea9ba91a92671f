namespace Heaviside.Studies;

/// <summary>Which of several numbers of one kind counts.</summary>
public enum StudyReadingPlace
{
    /// <summary>That of the last line of metrics.</summary>
    Last,

    /// <summary>The highest of the lines of metrics.</summary>
    Best,

    /// <summary>That of the test bound, or of the figure, in result.json.</summary>
    Result,
}
