namespace Heaviside.Training;

/// <summary>What ends a run.</summary>
public enum RunEnd
{
    /// <summary>All of its steps are done.</summary>
    Steps,

    /// <summary>As many validations as the setting patience allows have brought no better bound.</summary>
    Patience,
}
