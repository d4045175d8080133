using Jifen.Scoring.Facts;
using Jifen.Scoring.Schemes;

namespace Jifen.Documents.Imports;

/// <summary>Reads the totals of the year before, as <see cref="Annexes.TotalsCsv"/> wrote them.</summary>
public static class PreviousTotals
{
    public static Loaded<PreviousYear> Read(InputFile file) => throw new NotSupportedException(file.Name);
}
