namespace Jifen.Documents.Imports;

/// <summary>Where a value stands: line and column of a csv, or a cell of a workbook.</summary>
/// <param name="Line">1-based; 0 for the file as a whole</param>
/// <param name="Column">1-based; 0 when unknown</param>
/// <param name="Cell">for workbooks: <c>Sheet1!C12</c></param>
internal readonly record struct CellPlace(int Line, int Column, string? Cell)
{
    public static readonly CellPlace WholeFile;

    public static CellPlace OfCell(string sheet, int row, int column) => new(row, column, $"{sheet}!{ColumnLetters(column)}{row}");

    /// <summary>How another problem speaks of this place.</summary>
    public override string ToString() => Cell ?? $"第{Line}行";

    /// <summary>A, B … Z, AA …</summary>
    public static string ColumnLetters(int column)
    {
        Span<char> letters = stackalloc char[8];
        var at = letters.Length;
        for (var rest = column; rest > 0; rest = (rest - 1) / 26)
        {
            letters[--at] = (char)('A' + ((rest - 1) % 26));
        }

        return new string(letters[at..]);
    }
}
