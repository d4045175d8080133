using Jifen.Scoring.Facts;
using Jifen.Scoring.Schemes;

namespace Jifen.Documents.Imports;

/// <summary>Reads the facts from csv or xlsx.</summary>
public static class FactList
{
    public static Loaded<FactTable> Read(
        InputFile file, Scheme scheme, Roster roster, int threads = 1, IProgress<double>? progress = null) =>
        throw new NotSupportedException(file.Name + scheme.Name + roster.Count + threads + progress);
}
