using System.Globalization;
using Jifen.Scoring.Schemes;

namespace Jifen.Documents.Imports.Tables;

/// <summary>One row of a table as it was typed.</summary>
/// <param name="Line">1-based line or row of the file</param>
/// <param name="Cells">without spaces around them</param>
/// <param name="Faults">0-based column → why the cell cannot be read; null where there are none</param>
public sealed record TableRow(int Line, IReadOnlyList<string> Cells, IReadOnlyDictionary<int, string>? Faults = null)
{
    /// <param name="column">0-based; −1 for a column nobody mapped</param>
    public string Text(int column) => (uint)column < (uint)Cells.Count ? Cells[column] : "";
}

/// <summary>
/// A table of any heads, read whole as text: for files whose columns a person assigns. csv in UTF-8 or GB18030, or the sheet of a workbook
/// that looks most like the table.
/// </summary>
/// <param name="Sheet">null for a csv</param>
/// <param name="Heads">texts of the head row</param>
/// <param name="Rows">below the head, without blank ones</param>
public sealed record TableFile(string FileName, string? Sheet, IReadOnlyList<string> Heads, IReadOnlyList<TableRow> Rows)
{
    /// <summary>The head is looked for in so many rows: above it stand titles.</summary>
    internal const int HeadWithin = 10;

    /// <param name="isKnownHead">tells the head row from titles above it</param>
    /// <param name="mostRows">a longer table is refused</param>
    public static Loaded<TableFile> Read(InputFile file, Func<string, bool> isKnownHead, int mostRows)
    {
        var problems = new ImportProblems(file.Name);
        using var source = ByteSource.Open(file, problems);
        var table = source is null ? null : InputKind.Of(source, file, problems) switch
        {
            InputKind.Kind.Workbook => LooseWorkbook.Read(source, file.Name, isKnownHead, mostRows, problems),
            InputKind.Kind.Csv => LooseCsv.Read(source, file.Name, isKnownHead, mostRows, problems),
            _ => null,
        };
        if (table is { Rows.Count: 0 })
        {
            problems.Error(CellPlace.WholeFile, "只有表头，没有内容", "表头下面一行写一个人");
        }

        return new Loaded<TableFile>(problems.HasErrors ? null : table, problems.Listed());
    }

    /// <summary>How a place is said: 名册!C12, or 第12行第3列.</summary>
    /// <param name="row">0-based in <see cref="Rows"/></param>
    /// <param name="column">0-based; −1 for the row as a whole</param>
    public string Place(int row, int column)
    {
        var line = Rows[row].Line;
        if (Sheet is not null)
        {
            return CellPlace.OfCell(Sheet, line, Math.Max(0, column) + 1).ToString();
        }

        return column < 0
            ? string.Create(CultureInfo.InvariantCulture, $"第{line}行")
            : string.Create(CultureInfo.InvariantCulture, $"第{line}行第{column + 1}列");
    }

    /// <summary>Puts the head apart: of the first rows the one with most known heads, else the first with two texts.</summary>
    internal static (TableFile Table, int Known)? From(string fileName, string? sheet, IReadOnlyList<TableRow> rows, Func<string, bool> isKnownHead)
    {
        var best = -1;
        var most = 0;
        for (var at = 0; at < Math.Min(HeadWithin, rows.Count); at++)
        {
            var known = rows[at].Cells.Count(cell => cell.Length > 0 && isKnownHead(cell));
            if (known > most)
            {
                (best, most) = (at, known);
            }
        }

        if (best < 0)
        {
            best = rows.Take(HeadWithin).Select((row, at) => (row, at)).Where(one => one.row.Cells.Count(cell => cell.Length > 0) >= 2)
                .Select(one => one.at).DefaultIfEmpty(-1).First();
        }

        if (best < 0)
        {
            return null;
        }

        // What stands beside the table, without a head, is no part of it.
        var heads = rows[best].Cells.Take(1 + LastText(rows[best].Cells)).ToList();
        return (new TableFile(fileName, sheet, heads, [.. rows.Skip(best + 1)]), most);
    }

    private static int LastText(IReadOnlyList<string> cells)
    {
        var last = cells.Count - 1;
        while (last >= 0 && cells[last].Length == 0)
        {
            last--;
        }

        return last;
    }
}
