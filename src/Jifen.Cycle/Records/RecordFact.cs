using Jifen.Scoring.Facts;
using Jifen.Scoring.Schemes;

namespace Jifen.Cycle.Records;

/// <summary>登记事实: something the scheme counts that no roll-call, dues list or report gives, for one person or several.</summary>
/// <param name="Kind">English id of the fact in the scheme</param>
/// <param name="On">the day it happened</param>
/// <param name="Quantity">null: 1</param>
/// <param name="Points">分值, where the scheme leaves it to the branch within a range</param>
/// <param name="Ground">依据: what it rests on</param>
public sealed record RecordFact(
    IReadOnlyList<PersonId> People,
    string Kind,
    DateOnly On,
    decimal? Quantity,
    string? Level,
    string? Content,
    decimal? Points,
    string Ground,
    IReadOnlyList<EvidenceId> Evidence)
{
    private const decimal MostNumber = 10_000_000m;

    /// <param name="scheme">in force on the day it happened; null: none was</param>
    public Ruling Decide(RecordDesk desk, Scheme? scheme)
    {
        if (People.Count == 0)
        {
            return new NobodyChosen();
        }

        if (desk.RefusalOf(People) is { } refusal)
        {
            return refusal;
        }

        if (scheme is null)
        {
            return new NoSchemeThen(On);
        }

        if (scheme.FactKinds.FirstOrDefault(kind => kind.Id == Kind) is not { } kind)
        {
            return new NoSuchFact(Kind, On);
        }

        var faults = FaultsOf(desk, scheme, kind);
        return faults.Count > 0 ? new InputIsWrong(faults) : Ruling.Of(People.Distinct().Select(person => HappeningOf(person, scheme, kind)).ToList());
    }

    /// <summary>The recorder's word is enough for what 谁记 gives to him or to the evaluation group; anything else waits for the body named.</summary>
    public static FactState StateOf(FactKind kind) => Bodies.Of(kind) is null ? FactState.Counts : FactState.Pending;

    private List<RowFault> FaultsOf(RecordDesk desk, Scheme scheme, FactKind kind)
    {
        var faults = new List<RowFault>();
        if (WrittenText.Fault(Fields.Ground, "依据", Ground, WrittenText.LongestGround, "写明哪次检查、哪份通知、谁看到的") is { } ground)
        {
            faults.Add(ground);
        }

        if (Content is { Length: > WrittenText.LongestContent })
        {
            faults.Add(new RowFault(RowFault.WholeForm, Fields.Content, $"内容太长，至多{WrittenText.LongestContent}个字；详情写在依据里或附件里"));
        }

        if (!IsNumber(Quantity) || !IsNumber(Points))
        {
            faults.Add(new RowFault(RowFault.WholeForm, IsNumber(Quantity) ? Fields.Points : Fields.Quantity, "数字写得不对，最多两位小数"));
            return faults;
        }

        var level = Level is null ? 0 : kind.LevelIndex(Level);
        if (Level is not null && level == 0)
        {
            faults.Add(new RowFault(RowFault.WholeForm, Fields.Level, $"“{kind.Name}”没有“{Level}”这个级别。请从列出的级别里选"));
            return faults;
        }

        var check = new FactCheck(scheme);
        for (var row = 0; row < People.Count; row++)
        {
            if (desk.FaultOf(row, People[row], On) is { } fault)
            {
                faults.Add(fault);
            }
            else if (check.Check(
                kind.Index,
                desk.People[People[row]].Profile,
                On.DayNumber,
                Hundredths(Quantity ?? 1),
                level,
                !string.IsNullOrWhiteSpace(Content),
                Points is { } points ? Hundredths(points) : FactSegment.NoAmount) is { } wrong)
            {
                faults.Add(new RowFault(row, FieldOf(wrong.Field), $"{wrong.Cause}。{wrong.Remedy}"));
                // The same for everybody, most of the time: once is enough.
                if (wrong.Field != FactField.Amount)
                {
                    break;
                }
            }
        }

        return faults;
    }

    private Happening HappeningOf(PersonId person, Scheme scheme, FactKind kind) => new(
        new FactRecorded(kind.Id, Quantity, Level, WrittenText.OrNull(Content), Points, Evidence, StateOf(kind)),
        person,
        On,
        Ground.Trim(),
        FactMeaning.ClauseOf(scheme, kind));

    private static bool IsNumber(decimal? value) =>
        value is null || (Math.Abs(value.Value) <= MostNumber && WrittenText.IsInHundredths(value.Value));

    private static long Hundredths(decimal value) => (long)(value * 100);

    private static string FieldOf(FactField field) => field switch
    {
        FactField.Date => Fields.On,
        FactField.Quantity => Fields.Quantity,
        FactField.Level => Fields.Level,
        FactField.Content => Fields.Content,
        FactField.Amount => Fields.Points,
    };
}

/// <summary>谁记, where it is not the recorder: the body whose word makes a fact count.</summary>
public static class Bodies
{
    /// <returns>the body in the words of minutes; null where the recorder's word is enough</returns>
    public static string? Of(FactKind kind) => kind.RecordedBy switch
    {
        "记录员" or "考评小组" => null,
        "支委会认定" or "申报" => "支委会",
        "支部认定" => "支部",
        "群众" => "群众评议",
        "上级" => "上级党组织",
        var other => other,
    };
}
