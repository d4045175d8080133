using System.Text;
using Jifen.Scoring.Facts;
using Jifen.Scoring.Schemes;

namespace Jifen.Documents.Imports.Facts;

/// <summary>The words a fact may use: members, branches, kinds of fact, levels, units. Built once for a file, read by every thread.</summary>
internal sealed class FactWords
{
    public const string Confirmed = "确认";

    private const string LevelMarks = "·/-・•. ";

    private readonly Dictionary<string, int> _kinds = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _branches;
    private readonly Dictionary<string, int>[] _levels;

    public FactWords(Scheme scheme, Roster roster, Columns columns)
    {
        Scheme = scheme;
        Roster = roster;
        Columns = columns;
        Members = MemberIds.Of(roster);
        foreach (var kind in scheme.FactKinds)
        {
            _kinds.TryAdd(kind.Name, kind.Index);
        }

        foreach (var kind in scheme.FactKinds)
        {
            _kinds.TryAdd(kind.Id, kind.Index);
        }

        KindNames = new ShortIds([.. _kinds.Keys]);
        KindOfName = [.. _kinds.Values];
        Kinds = scheme.FactKinds.Select(kind => new KindWords(kind)).ToArray();
        _levels = scheme.FactKinds.Select(kind => PlacesOf(kind.Levels.Select(LevelKey))).ToArray();
        _branches = PlacesOf(roster.Branches);
    }

    public Scheme Scheme { get; }

    public Roster Roster { get; }

    public Columns Columns { get; }

    public ShortIds Members { get; }

    /// <summary>Names and ids of the kinds of fact; <see cref="KindOfName"/> says of which.</summary>
    public ShortIds KindNames { get; }

    public int[] KindOfName { get; }

    public KindWords[] Kinds { get; }

    public IReadOnlyCollection<string> AllKindNames => _kinds.Keys;

    /// <returns>the index of the kind, or −1</returns>
    public int KindNamed(string name) => _kinds.TryGetValue(name, out var kind) ? kind : -1;

    /// <returns>the index of the branch, or −1</returns>
    public int BranchNamed(string name) => _branches.TryGetValue(name, out var branch) ? branch : -1;

    /// <summary>校级·一等奖 is also understood as 校级一等奖 and 校级/一等奖.</summary>
    /// <returns>1 + the place of the level, or 0</returns>
    public int LevelNamed(int kind, string level) =>
        Scheme.FactKinds[kind].LevelIndex(level) is > 0 and var exact
            ? exact
            : _levels[kind].TryGetValue(LevelKey(Values.Plain(level)), out var place) ? place + 1 : 0;

    // Of two that read the same, the first.
    private static Dictionary<string, int> PlacesOf(IEnumerable<string> words)
    {
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        var place = 0;
        foreach (var word in words)
        {
            places.TryAdd(word, place++);
        }

        return places;
    }

    private static string LevelKey(string level) =>
        level.Any(LevelMarks.Contains) ? string.Concat(level.Where(c => !LevelMarks.Contains(c))) : level;
}

/// <summary>What the fast way has to know of a kind of fact.</summary>
internal sealed class KindWords(FactKind kind)
{
    /// <summary>Neither level nor content nor amount.</summary>
    public bool IsSimple { get; } = kind.Carries == Carried.None;

    public bool IsCounted { get; } = kind.IsCounted;

    public byte[] Unit { get; } = Encoding.UTF8.GetBytes(kind.Unit);

    public byte[][] Levels { get; } = kind.Levels.Select(Encoding.UTF8.GetBytes).ToArray();
}
