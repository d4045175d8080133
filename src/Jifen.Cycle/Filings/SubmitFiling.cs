using Jifen.Cycle.AnnualResults;
using Jifen.Cycle.Permissions;
using Jifen.Cycle.Records;
using Jifen.Cycle.Rounds;

namespace Jifen.Cycle.Filings;

/// <summary>Where a filing stands.</summary>
public enum FilingState
{
    /// <summary>with the superior</summary>
    Submitted,

    Accepted,

    Returned,

    /// <summary>it was taken, and its step was opened again</summary>
    Reopened,
}

/// <summary>A filing as it stands.</summary>
public sealed record FilingOnRecord(Guid Filing, RoundKey Round, string Step, string Digest, FilingState State);

/// <summary>报送备案: the package goes up. Two people of the branch; the superior then takes it or returns it.</summary>
public sealed record SubmitFiling(RoundKey Round, string Step)
{
    /// <param name="before">the last filing of this step; null for none</param>
    /// <param name="filing">id made for this one</param>
    /// <param name="digest">of the package</param>
    /// <param name="isSettledTable">the table is the one that was settled; true where nothing is settled by the round</param>
    /// <param name="openCases">objections of the year that are not closed</param>
    public Ruling Decide(YearBoard board, FilingOnRecord? before, Guid filing, string digest, bool isSettledTable, int openCases, Role? office)
    {
        if (office != Role.Secretary)
        {
            return new OnlyTheBranchFiles();
        }

        if (board.Plan.Find(Round, Step) is not { Step.Kind: StepKinds.Filing } step)
        {
            return new NoSuchRoundStep(Step);
        }

        if (board.ObjectionToEnd(step) is { } objection)
        {
            return objection;
        }

        if (before?.State is FilingState.Submitted or FilingState.Accepted)
        {
            return new IsFiled(step, before.State);
        }

        if (openCases > 0)
        {
            return new ObjectionsAreOpen(openCases);
        }

        return !isSettledTable
            ? new DiffersFromSettled()
            : new Happening(
                new FilingSubmitted(filing, Round.ToString(), Step, digest, step.Due, before?.State == FilingState.Returned ? before.Filing : null),
                On: board.Today,
                Clause: step.Clause);
    }
}

/// <summary>接收备案, by the superior: the step 备案 of the round ends.</summary>
/// <param name="Receipt">digest of the receipt file, where the superior is in another installation</param>
/// <param name="Superior">who took it there</param>
public sealed record AcceptFiling(Guid Filing, string? Receipt = null, string? Superior = null)
{
    /// <param name="check">of the package, and of the package against the branch's ledger</param>
    public Ruling Decide(YearBoard board, FilingOnRecord? filing, FilingCheck check)
    {
        if (filing is not { State: FilingState.Submitted })
        {
            return new FilingIsNotWaiting();
        }

        if (!check.Holds)
        {
            return new PackageDoesNotHold(check);
        }

        var ended = new EndRoundStep(filing.Round, filing.Step, filing.Digest, Superior is null ? "上级已接收" : $"{Superior}已接收").Decide(board);
        return ended.IsRefused ? ended : Ruling.Of([new Happening(new FilingAccepted(Filing, Receipt, Superior), On: board.Today), .. ended.Happenings]);
    }
}

/// <summary>退回备案, with the reason and remarks by row.</summary>
public sealed record ReturnFiling(Guid Filing, string Reason, string? Receipt = null, string? Superior = null)
{
    public Ruling Decide(FilingOnRecord? filing, DateOnly today)
    {
        if (filing is not { State: FilingState.Submitted })
        {
            return new FilingIsNotWaiting();
        }

        return WrittenText.ReasonFault(Reason) is { } fault
            ? new InputIsWrong([fault])
            : new Happening(new FilingReturned(Filing, Reason.Trim(), Receipt, Superior), On: today, Ground: Reason.Trim());
    }
}

/// <summary>答复外单位的备案: a package that came as a file is checked, and a receipt goes back.</summary>
public sealed record AnswerOutsideFiling(Guid Filing, string Round, string Digest, bool IsAccepted, string? Reason)
{
    /// <param name="isAnswered">this very package was answered before</param>
    /// <param name="receipt">digest of the receipt</param>
    public Ruling Decide(FilingCheck check, bool isAnswered, string receipt, DateOnly today)
    {
        if (isAnswered)
        {
            return new FilingIsNotWaiting();
        }

        if (IsAccepted && !check.Holds)
        {
            return new PackageDoesNotHold(check);
        }

        return !IsAccepted && WrittenText.ReasonFault(Reason) is { } fault
            ? new InputIsWrong([fault])
            : new Happening(
                new OutsideFilingAnswered(Filing, Round, Digest, receipt, IsAccepted, WrittenText.OrNull(Reason)), On: today, Ground: WrittenText.OrNull(Reason));
    }
}

/// <summary>A filing belongs to the branch; the superior takes it.</summary>
public sealed record OnlyTheBranchFiles() : Refusal("备案由本支部书记报送，上级负责接收或退回，不替支部报。");

/// <summary>Nobody takes his own branch's filing.</summary>
public sealed record TakenFromAbove() : Refusal("备案由上级组织员接收或退回；本支部的人，兼着上级职务的也不办本支部的。");

/// <summary>Nobody takes what he signed: the second look would be his own.</summary>
public sealed record SignedByHimself() : Refusal("这份备案是您签报的，接收、退回由上级的另一位组织员办。");

/// <summary>It is there already.</summary>
public sealed record IsFiled(PlannedStep Step, FilingState State)
    : Refusal(State == FilingState.Accepted ? $"“{Step.FullName}”上级已经接收。要改，先重新开启。" : $"“{Step.FullName}”已经报上去了，等上级接收或退回。", Step.Clause);

/// <summary>Nothing waits under this id.</summary>
public sealed record FilingIsNotWaiting() : Refusal("这份备案没有在等办理：已经接收、退回，或者不是这一份。请刷新页面。");

/// <summary>The table to be filed is not the one that was settled.</summary>
public sealed record DiffersFromSettled() : Refusal("照账算出来的与已定的分不一样，不能报。定分以后有更正的，先重新开启年度汇总，再定分，再报。");

/// <summary>The package is not what it says.</summary>
public sealed record PackageDoesNotHold(FilingCheck Check)
    : Refusal($"材料核对不上，不能接收：{string.Join("；", Check.Faults.Concat(Check.Differences.Take(3).Select(one => string.Join("，", one.What))))}。请退回，写明哪里不符。");

/// <summary>There is a superior here who takes it himself.</summary>
public sealed record SuperiorIsHere() : Refusal("上级组织员在本系统里，由他直接接收或退回，不用回执文件。");

/// <summary>A file that is none of ours.</summary>
public sealed record NotAFilingFile(string Why) : Refusal($"读不出这个文件：{Why}。请用“下载备案材料”得到的文件，不要打开另存。");

/// <summary>The receipt is for another package.</summary>
public sealed record ReceiptIsForAnother() : Refusal("这份回执不是给本支部正在等的这份备案的：编号或摘要对不上。请核对是哪一次报的。");
