namespace Jifen.Cycle.Records;

/// <summary>A report that waits to be received.</summary>
/// <param name="IsOpen">neither received nor returned yet</param>
public sealed record HandedInReport(EntryId Entry, PersonId Person, string Title, DateOnly On, EvidenceId Evidence, bool IsOpen);

/// <summary>收思想汇报: on paper or by other ways, entered by the recorder.</summary>
/// <param name="On">the day it was handed in</param>
/// <param name="Ground">依据: 书面稿 …</param>
public sealed record ReceiveThoughtReport(PersonId Person, string Title, DateOnly On, string? Ground, EvidenceId? Evidence)
{
    /// <param name="isThere">the same title of the same person and day is on record</param>
    /// <param name="clause">of the row of 登记; null where the scheme has none</param>
    public Ruling Decide(RecordDesk desk, bool isThere, string? clause)
    {
        if (desk.RefusalOf([Person]) is { } refusal)
        {
            return refusal;
        }

        RowFault?[] found =
        [
            WrittenText.Fault(Fields.Title, "题目", Title, WrittenText.LongestTitle, "如“第三季度思想汇报”"),
            desk.FaultOf(RowFault.WholeForm, Person, On),
        ];
        var faults = found.OfType<RowFault>().ToList();
        return (faults, isThere) switch
        {
            ({ Count: > 0 }, _) => new InputIsWrong(faults),
            (_, true) => new ReportIsThere(desk.People[Person].Name, On, Title.Trim()),
            _ => new Happening(new ThoughtReportReceived(Title.Trim(), Evidence), Person, On, WrittenText.OrNull(Ground) ?? "书面稿", clause),
        };
    }
}

/// <summary>收下 what a member handed in: one click.</summary>
public sealed record AcceptThoughtReport(EntryId HandedIn)
{
    public Ruling Decide(HandedInReport? report, RecordDesk desk, string? clause) => report switch
    {
        null => new NoSuchEntry(),
        _ when desk.RefusalOf([report.Person]) is { } refusal => refusal,
        { IsOpen: false } => new ReportIsSettled(),
        _ => new Happening(
            new ThoughtReportReceived(report.Title, report.Evidence, report.Entry), report.Person, report.On, "本人在线提交", clause),
    };
}

/// <summary>退回 what a member handed in, with the reason.</summary>
public sealed record ReturnThoughtReport(EntryId HandedIn, string Reason)
{
    public Ruling Decide(HandedInReport? report, RecordDesk desk) => report switch
    {
        null => new NoSuchEntry(),
        _ when desk.RefusalOf([report.Person]) is { } refusal => refusal,
        { IsOpen: false } => new ReportIsSettled(),
        _ when WrittenText.ReasonFault(Reason) is { } fault => new InputIsWrong([fault]),
        _ => new Happening(new ThoughtReportReturned(report.Entry, Reason.Trim()), report.Person),
    };
}

/// <summary>交思想汇报, by the member himself. It counts when it has been received, as of the day it was handed in.</summary>
public sealed record HandInThoughtReport(string Title, EvidenceId Evidence)
{
    /// <param name="isThere">the same title was handed in or received that day</param>
    public Ruling Decide(PersonId self, RecordDesk desk, bool isThere)
    {
        RowFault?[] found =
        [
            WrittenText.Fault(Fields.Title, "题目", Title, WrittenText.LongestTitle, "如“第三季度思想汇报”"),
            desk.FaultOf(RowFault.WholeForm, self, desk.Today),
        ];
        var faults = found.OfType<RowFault>().ToList();
        return (faults, isThere) switch
        {
            ({ Count: > 0 }, _) => new InputIsWrong(faults),
            (_, true) => new ReportIsThere(desk.People[self].Name, desk.Today, Title.Trim()),
            _ => new Happening(new ThoughtReportHandedIn(Title.Trim(), Evidence), self, desk.Today),
        };
    }
}
