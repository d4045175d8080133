using Jifen.Documents.Imports.Facts;
using Jifen.Scoring.Facts;
using Jifen.Scoring.Schemes;

namespace Jifen.Documents.Imports;

/// <summary>Reads the table of facts (编号,党员,日期,事实,数量,级别,内容,分值,状态) from csv or xlsx.</summary>
public static class FactList
{
    /// <param name="threads">how many may read a csv at once; the result does not depend on it</param>
    /// <param name="need">what totals alone need of the facts, which is all a csv is then kept for; every row is checked in any case. Null: all of them</param>
    /// <param name="progress">told which part of the file is done, from 0 to 1; may be called from any thread</param>
    /// <returns>the facts that count, or every reason why there are none</returns>
    public static Loaded<FactTable> Read(
        InputFile file, Scheme scheme, Roster roster, int threads = 1, IProgress<double>? progress = null, TotalsNeed? need = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        var problems = new ImportProblems(file.Name);
        var source = ByteSource.Open(file, problems);
        if (source is null)
        {
            return new Loaded<FactTable>(null, problems.Listed());
        }

        using (source)
        {
            var segments = InputKind.Of(source, file, problems) switch
            {
                InputKind.Kind.Csv => CsvFacts.Read(source, scheme, roster, need, threads, progress, problems),
                InputKind.Kind.Workbook => WorkbookFacts.Read(source, scheme, roster, problems),
                _ => [],
            };
            return new Loaded<FactTable>(problems.HasErrors ? null : FactTable.Of(roster.Count, segments, threads), problems.Listed());
        }
    }

    /// <summary>The same table row by row, also what waits to be confirmed: for entering it, not for scoring.</summary>
    public static Loaded<IReadOnlyList<FactRow>> ReadRows(InputFile file, Scheme scheme, Roster roster)
    {
        var problems = new ImportProblems(file.Name);
        var rows = new List<FactRow>();
        var places = new Dictionary<string, CellPlace>(StringComparer.Ordinal);
        FactIntake? intake = null;
        TableReading.Run(file, FactColumn.All, problems, (row, columns) =>
        {
            intake ??= new FactIntake(new FactWords(scheme, roster, columns), new FactCheck(scheme), new FactSegment(), problems, rows.Add);
            if (intake.Take(row) is { } id && !places.TryAdd(id, row.Place(columns[FactColumn.Id])))
            {
                problems.Error(row.Place(columns[FactColumn.Id]), $"编号“{id}”与{places[id]}重复", "一条事实只写一次；确是两条的，换一个编号");
            }
        });
        return new Loaded<IReadOnlyList<FactRow>>(problems.HasErrors ? null : rows, problems.Listed());
    }
}

/// <summary>A row of a table of facts, held against scheme and roster.</summary>
/// <param name="Members">indices in the roster</param>
/// <param name="Quantity">hundredths</param>
/// <param name="Amount">分值, hundredths; null for none</param>
/// <param name="IsPending">状态 is neither empty nor 确认</param>
public sealed record FactRow(
    string Id, IReadOnlyList<int> Members, DateOnly On, FactKind Kind, long Quantity, string? Level, string? Content, long? Amount, bool IsPending);
