using Jifen.Scoring;
using Jifen.Scoring.Facts;
using Jifen.Scoring.Schemes;

namespace Jifen.Documents.Imports;

/// <summary>
/// Reads the totals of the year before, as <see cref="Annexes.TotalsCsv"/> and <see cref="Annexes.TotalsWorkbook"/> wrote them. Members
/// without a total had no scorecard, and have no previous result.
/// </summary>
public static class PreviousTotals
{
    private const int MemberId = 0;
    private const int Total = 1;
    private const int Outcomes = 2;

    private static readonly ColumnName[] Names =
    [
        new("编号", "member", IsRequired: true, AlsoChinese: "党员", HasCompany: true),
        new("总分", "total", IsRequired: true),
        new(Annexes.TotalsHeads.OutcomeIds, "outcomes", IsRequired: true),
    ];

    public static Loaded<PreviousYear> Read(InputFile file)
    {
        var problems = new ImportProblems(file.Name);
        var results = new List<PreviousResult>();
        var places = new Dictionary<string, CellPlace>(StringComparer.Ordinal);
        TableReading.Run(file, Names, problems, (row, columns) =>
        {
            var id = TextGuard.Bare(row.Text(columns[MemberId]));
            var place = row.Place(columns[MemberId]);
            if (id.Length == 0)
            {
                problems.Error(place, "没有写编号", "每行写一个党员的编号");
            }
            else if (!places.TryAdd(id, place))
            {
                problems.Error(place, $"编号“{id}”与{places[id]}重复", "一个人只写一行");
            }

            // The running account is the column behind the outcomes, whatever the scheme calls it.
            var total = ReadPoints(row, columns[Total], problems);
            var running = ReadPoints(row, columns[Outcomes] + 1 < columns.HeadCount ? columns[Outcomes] + 1 : -1, problems);
            if (total is { } points && !problems.HasErrors)
            {
                var outcomes = row.Text(columns[Outcomes]).Split([';', '；'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
                results.Add(new PreviousResult(id, points, outcomes, running));
            }
        });
        return new Loaded<PreviousYear>(problems.HasErrors ? null : new PreviousYear(results), problems.Listed());
    }

    private static Points? ReadPoints(RowCursor row, int column, ImportProblems problems)
    {
        var text = row.Text(column);
        if (text.Length == 0)
        {
            return null;
        }

        if (Values.TryNumber(text, out var hundredths))
        {
            return new Points(hundredths);
        }

        problems.Error(row.Place(column), $"分数“{Columns.Shortened(text)}”读不懂", "写数，最多两位小数；没有得分单的人留空");
        return null;
    }
}
