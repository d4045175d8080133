using Jifen.Cycle.Records;

namespace Jifen.Cycle.Outcomes;

/// <summary>开始一项帮教措施: with a person who sees to it and a day by which it is done.</summary>
/// <param name="Outcome">编号 of the 结果运用 it carries out; null otherwise</param>
public sealed record BeginMeasure(Guid Measure, MeasureKind Kind, DateOnly DueOn, PersonId Responsible, int? Year, string? Outcome)
{
    /// <param name="isKnown">the responsible person is in the branch, or an officer of it or above</param>
    /// <param name="isApproved">the consequence it carries out was approved; true where it carries out none</param>
    public Ruling Decide(PersonId about, bool isKnown, bool isApproved, DateOnly today)
    {
        if (!isApproved)
        {
            return new OutcomeIsNotApproved();
        }

        var faults = new[]
        {
            DueOn < today ? new RowFault(RowFault.WholeForm, Fields.Due, "期限已经过了，请写今天以后的日子") : null,
            DueOn > today.AddYears(2) ? new RowFault(RowFault.WholeForm, Fields.Due, "期限太远，至多两年") : null,
            !isKnown ? new RowFault(RowFault.WholeForm, "responsible", "负责的人不在本支部，也不是它的上级") : null,
            Responsible == about ? new RowFault(RowFault.WholeForm, "responsible", "负责的人不能是本人") : null,
        }.OfType<RowFault>().ToList();
        return faults.Count > 0
            ? new InputIsWrong(faults)
            : new Happening(new MeasureBegun(Measure, Kind, DueOn, Responsible, Year, Outcome), About: about, On: today);
    }
}

/// <summary>A measure as it stands.</summary>
public sealed record MeasureOnRecord(Guid Measure, PersonId Person, bool IsEnded, int Records);

/// <summary>记一次落实情况: a talk held, a paper handed in.</summary>
/// <param name="Text">what was said and agreed; lies beside the ledger</param>
public sealed record RecordMeasure(Guid Measure, string Text, DateOnly On)
{
    private const int LongestText = 4000;

    /// <param name="note">id made for the text</param>
    public Ruling Decide(MeasureOnRecord? measure, Guid note, EvidenceId? evidence, DateOnly today)
    {
        if (measure is null)
        {
            return new NoSuchMeasure();
        }

        if (measure.IsEnded)
        {
            return new MeasureIsEnded();
        }

        var faults = new[]
        {
            WrittenText.Fault("text", "情况", Text, LongestText, "如“10月8日在办公室谈，本人表示按时参加”", WrittenText.ShortestReason),
            On > today ? new RowFault(RowFault.WholeForm, Fields.On, "日子还没到") : null,
        }.OfType<RowFault>().ToList();
        return faults.Count > 0 ? new InputIsWrong(faults) : new Happening(new MeasureRecorded(Measure, note, evidence), About: measure.Person, On: On);
    }
}

/// <summary>办结一项措施, with what came of it.</summary>
public sealed record EndMeasure(Guid Measure, MeasureResult Result)
{
    public Ruling Decide(MeasureOnRecord? measure, DateOnly today) => measure switch
    {
        null => new NoSuchMeasure(),
        { IsEnded: true } => new MeasureIsEnded(),
        { Records: 0 } when Result != MeasureResult.NoLongerNeeded => new NothingWasDone(),
        _ => new Happening(new MeasureEnded(Measure, Result), About: measure.Person, On: today),
    };
}

/// <summary>登记转办: only that it was referred, and to whom.</summary>
public sealed record RecordReferral(ReferralKind Kind, string To, DateOnly On)
{
    public Ruling Decide(PersonId about, DateOnly today)
    {
        var faults = new[]
        {
            WrittenText.Fault("to", "转给谁", To, WrittenText.LongestTitle, "如“学院党委组织部”“学院纪委”"),
            On > today ? new RowFault(RowFault.WholeForm, Fields.On, "日子还没到") : null,
        }.OfType<RowFault>().ToList();
        return faults.Count > 0 ? new InputIsWrong(faults) : new Happening(new ReferralRecorded(Kind, To.Trim()), About: about, On: On, Clause: "JSIT-6");
    }
}

/// <summary>The consequence it would carry out was not approved.</summary>
public sealed record OutcomeIsNotApproved() : Refusal("这一条结果运用还没有批准，不能开始落实。请先由会议提出、上级批准。");

/// <summary>There is no such measure, or it is out of sight.</summary>
public sealed record NoSuchMeasure() : Refusal("没有这项措施，或者您看不到它。请从“帮教措施”再找。");

/// <summary>It is done.</summary>
public sealed record MeasureIsEnded() : Refusal("这项措施已经办结。要再帮，请另开一项。");

/// <summary>A result needs something that was done.</summary>
public sealed record NothingWasDone() : Refusal("这项措施一次落实情况都没有记，不能写结果。请先记下做了什么。");
