namespace Jifen.Documents.Imports;

/// <summary>
/// The rows of a table below its head, one after the other, as text with places. Checks are written against this, so a csv and a
/// workbook are refused for the same reasons.
/// </summary>
internal abstract class RowCursor : IDisposable
{
    /// <summary>How many fields the row has; those beyond are empty.</summary>
    public abstract int FieldCount { get; }

    /// <summary>Moves to the next row. Rows without a single character are passed over.</summary>
    public abstract bool Next();

    /// <param name="column">0-based; −1 for a column the table does not have</param>
    /// <returns>without spaces around it; empty when there is no such field</returns>
    public abstract string Text(int column);

    /// <param name="column">0-based; −1 for the row as a whole</param>
    public abstract CellPlace Place(int column);

    /// <returns>what keeps the field from being read at all (an error value, an open quote), or null</returns>
    public virtual (int Column, string Cause, string Remedy)? Fault => null;

    /// <summary>
    /// Whether the row is byte for byte the one before it from this column on. No promise: a cursor that would have to look for it says no.
    /// </summary>
    public virtual bool EndsLikeTheRowBefore(int column) => false;

    public virtual bool IsBlank()
    {
        for (var i = 0; i < FieldCount; i++)
        {
            if (Text(i).Length > 0)
            {
                return false;
            }
        }

        return true;
    }

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
    }
}
