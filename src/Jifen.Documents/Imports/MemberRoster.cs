using Jifen.Scoring.Facts;
using Jifen.Scoring.Schemes;

namespace Jifen.Documents.Imports;

/// <summary>Reads the roster (名册) from csv or xlsx.</summary>
public static class MemberRoster
{
    public static Loaded<Roster> Read(InputFile file, Scheme scheme) => throw new NotSupportedException(file.Name + scheme.Name);
}
