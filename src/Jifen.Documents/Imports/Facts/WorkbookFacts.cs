using Jifen.Documents.Imports.Workbooks;
using Jifen.Scoring.Facts;
using Jifen.Scoring.Schemes;

namespace Jifen.Documents.Imports.Facts;

/// <summary>Reads the facts of a workbook. It has at most a million rows, so all go the careful way.</summary>
internal static class WorkbookFacts
{
    public static FactSegment[] Read(ByteSource source, Scheme scheme, Roster roster, ImportProblems problems)
    {
        var segment = new FactSegment();
        Workbook.Read(source, FactColumn.All, problems, rows =>
        {
            var words = new FactWords(scheme, roster, rows.Columns);
            var intake = new FactIntake(words, new FactCheck(scheme), segment, problems);
            var places = new Dictionary<string, CellPlace>(StringComparer.Ordinal);
            while (rows.Next())
            {
                if (intake.Take(rows) is not { } id)
                {
                    continue;
                }

                var place = rows.Place(rows.Columns[FactColumn.Id]);
                if (!places.TryAdd(id, place))
                {
                    problems.Error(place, $"编号“{id}”与{places[id]}重复", "一条事实只写一次；确是两条的，换一个编号");
                }
            }
        });
        return [segment];
    }
}
