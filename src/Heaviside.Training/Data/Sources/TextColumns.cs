namespace Heaviside.Data.Sources;

/// <summary>What becomes of a table's columns of texts.</summary>
public enum TextColumns
{
    /// <summary>A column for each different text: 1 where the row has it, else 0.</summary>
    OneHot,

    /// <summary>The place of the text among all different ones, from 0.</summary>
    Numbers,
}
