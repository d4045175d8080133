using System.Collections.Immutable;

namespace Jifen.Cycle.Permissions;

/// <summary>What holds for a whole row, whatever its cells say.</summary>
[Flags]
public enum RowRules
{
    None = 0,

    /// <summary>recuse: in one's own case nobody records, verifies, signs, investigates or decides, in whatever office</summary>
    Recuse = 1 << 0,

    /// <summary>handlers: not who drafted, recorded or signed what it is about</summary>
    NotHandlers = 1 << 1,

    /// <summary>outside: the second person is from outside the branch</summary>
    SecondFromOutside = 1 << 2,

    /// <summary>above: the secretary of an organization that has others below it, not of a branch</summary>
    SecretaryAboveBranches = 1 << 3,

    /// <summary>tellers: done while a vote is open, it is shown to the tellers and to D</summary>
    ShownToTellers = 1 << 4,

    /// <summary>apart: nobody of the branch complained of</summary>
    NotOfTheBranch = 1 << 5,
}

/// <summary>One row of the table of actions: who may, when, under what. Made by the table only.</summary>
public sealed class ActionRow
{
    private readonly ImmutableArray<Cell> _cells;
    private readonly ImmutableDictionary<Role, StageSpan> _stageOf;

    internal ActionRow(
        string id,
        string line,
        string name,
        string topic,
        ImmutableArray<Cell> cells,
        StageSpan? during,
        ImmutableDictionary<Role, StageSpan> stageOf,
        RowRules rules,
        string? clause)
    {
        (Id, Line, Name, Topic, During, Rules, Clause) = (id, line, name, topic, during, rules, clause);
        (_cells, _stageOf) = (cells, stageOf);
    }

    /// <summary>RC1; PL1/2 is the part of PL1 after the stroke</summary>
    public string Id { get; }

    /// <summary>the line of the table it stands in: PL1 for PL1 and PL1/2</summary>
    public string Line { get; }

    /// <summary>登记日常记录</summary>
    public string Name { get; }

    public string Topic { get; }

    /// <summary>the stages it can be done in by anybody; null where it hangs on none</summary>
    public StageSpan? During { get; }

    public RowRules Rules { get; }

    /// <summary>the clause it rests on</summary>
    public string? Clause { get; }

    public Cell this[Role role] => _cells[(int)role];

    /// <summary>Denied to all: LG4, MT4.</summary>
    public bool IsForNobody => _cells.All(cell => cell.IsDenied);

    public bool Has(RowRules rule) => (Rules & rule) != RowRules.None;

    /// <summary>The stages of a cell marked s; null where only an invitation opens it.</summary>
    public StageSpan? StageOf(Role role) => _stageOf.TryGetValue(role, out var span) ? span : null;

    public override string ToString() => $"{Id} {Name}";
}
