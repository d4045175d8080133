using Jifen.Scoring.Facts;

namespace Jifen.Cycle.Members.Rosters;

/// <summary>What a column of a roster holds.</summary>
public enum RosterField
{
    Number,
    Name,
    Branch,
    Standing,
    Category,
    PartyGroup,
    ArrivedOn,
}

public static class RosterFieldText
{
    public static string Name(this RosterField field) => field switch
    {
        RosterField.Number => "编号",
        RosterField.Name => "姓名",
        RosterField.Branch => "支部",
        RosterField.Standing => "身份",
        RosterField.Category => "类别",
        RosterField.PartyGroup => "党小组",
        RosterField.ArrivedOn => "到支部日期",
    };
}

/// <summary>One line of a roster that was read; empty cells are null and change nothing.</summary>
/// <param name="Row">its place in the file's table, from 0</param>
/// <param name="Branch">as written; null where the file has no such column</param>
/// <param name="ArrivedOn">first day on the roll; null: the day chosen for the whole import</param>
public sealed record RosterLine(
    int Row, string? Number, string Name, string? Branch, Standing? Standing, string? Category, string? PartyGroup, DateOnly? ArrivedOn);

/// <summary>One thing wrong, or worth a look, in a line.</summary>
/// <param name="Value">what stands there</param>
/// <param name="Remedy">how to mend it</param>
public sealed record LineNote(int Row, RosterField Field, string Value, string Cause, string Remedy, bool IsError = true);

/// <summary>What an import would do with a line.</summary>
public enum LineOutcome
{
    /// <summary>a person nobody knew</summary>
    New,

    /// <summary>known, and on no roll now</summary>
    Returns,

    Changed,
    Unchanged,

    /// <summary>has an error; the whole import waits for it</summary>
    Wrong,
}

/// <summary>A value that would change.</summary>
public sealed record LineChange(RosterField Field, string? Was, string? Becomes);

/// <summary>What is planned for a line.</summary>
public sealed record LinePlan(
    RosterLine Line, LineOutcome Outcome, PersonId? Person, string? BranchName, IReadOnlyList<LineChange> Changes, IReadOnlyList<LineNote> Notes)
{
    /// <summary>In the order in which they happen; empty when nothing changes.</summary>
    public IReadOnlyList<Happening> Happenings { get; init; } = [];
}

/// <summary>Somebody the installation knows, as the importing person may see it.</summary>
/// <param name="Name">null: out of sight, and only <paramref name="IsSameName"/> is known</param>
/// <param name="IsSameName">whether the line with this number bears the name on record</param>
/// <param name="Branch">on whose roll now; null: on none</param>
/// <param name="History">null: out of sight</param>
public sealed record KnownPerson(PersonId Person, string? Number, string? Name, bool IsSameName, OrganizationId? Branch, MemberHistory? History);

/// <summary>A branch people may be imported into.</summary>
public sealed record RosterBranch(BranchRoll Roll, string ShortName, IReadOnlyList<string> Categories);

/// <summary>What is said once for the whole import.</summary>
/// <param name="AsOf">changes hold from this day; who has no day of arrival of his own arrives on it</param>
/// <param name="Ground">依据</param>
/// <param name="Only">the one branch the import is for; null: the column 支部 says which</param>
public sealed record RosterSettings(DateOnly AsOf, Arrival Arrived, string Ground, OrganizationId? Only);
