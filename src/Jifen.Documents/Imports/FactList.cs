using Jifen.Documents.Imports.Facts;
using Jifen.Scoring.Facts;
using Jifen.Scoring.Schemes;

namespace Jifen.Documents.Imports;

/// <summary>Reads the table of facts (编号,党员,日期,事实,数量,级别,内容,分值,状态) from csv or xlsx.</summary>
public static class FactList
{
    /// <param name="threads">how many may read a csv at once; the result does not depend on it</param>
    /// <param name="progress">told which part of the file is done, from 0 to 1; may be called from any thread</param>
    /// <returns>the facts that count, or every reason why there are none</returns>
    public static Loaded<FactTable> Read(
        InputFile file, Scheme scheme, Roster roster, int threads = 1, IProgress<double>? progress = null)
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
                InputKind.Kind.Csv => CsvFacts.Read(source, scheme, roster, threads, progress, problems),
                InputKind.Kind.Workbook => WorkbookFacts.Read(source, scheme, roster, problems),
                _ => [],
            };
            return new Loaded<FactTable>(problems.HasErrors ? null : FactTable.Of(roster.Count, segments), problems.Listed());
        }
    }
}
