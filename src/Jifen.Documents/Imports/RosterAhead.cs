using Jifen.Scoring;
using Jifen.Scoring.Facts;
using Jifen.Scoring.Schemes;

namespace Jifen.Documents.Imports;

/// <summary>A roster that was read before the scheme was there.</summary>
public sealed class RosterAhead
{
    private readonly InputFile _file;
    private readonly Roster? _roster;
    private readonly IReadOnlyList<Problem> _problems;
    private readonly HashSet<string> _categories;
    private readonly HashSet<string> _offices;

    internal RosterAhead(
        InputFile file, Roster? roster, IReadOnlyList<Problem> problems, HashSet<string> categories, HashSet<string> offices)
    {
        _file = file;
        _roster = roster;
        _problems = problems;
        _categories = categories;
        _offices = offices;
    }

    /// <returns>the same as <see cref="MemberRoster.Read"/>: where the scheme has anything to say, the file is read again with it</returns>
    public Loaded<Roster> For(Scheme scheme) =>
        _roster is not null && CategoriesFit(scheme) && OfficesFit(scheme)
            ? new Loaded<Roster>(_roster, _problems)
            : MemberRoster.Read(_file, scheme);

    private bool CategoriesFit(Scheme scheme) => scheme.Categories.Count == 0
        ? _categories.All(category => category.Length == 0)
        : _categories.All(scheme.Categories.Contains);

    private bool OfficesFit(Scheme scheme) => scheme.Offices.Count == 0
        || _offices.All(office => Profile.Of(new Member("", "", "", Office: office)).Offices.All(scheme.Offices.Contains));
}
