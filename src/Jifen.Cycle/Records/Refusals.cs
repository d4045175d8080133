namespace Jifen.Cycle.Records;

/// <summary>What is wrong with one field of one row.</summary>
/// <param name="Row">place of the row in what was sent, from 0; −1: the form as a whole</param>
/// <param name="Field">one of <see cref="Fields"/></param>
/// <param name="Message">what is wrong and how to mend it</param>
public sealed record RowFault(int Row, string Field, string Message)
{
    public const int WholeForm = -1;
}

/// <summary>Something has to be mended before it can be recorded; nothing of it was.</summary>
public sealed record InputIsWrong(IReadOnlyList<RowFault> Faults)
    : Refusal($"有{Faults.Count}处要改，还没有登记：{string.Join("；", Faults.Take(5).Select(fault => fault.Message))}{(Faults.Count > 5 ? "……" : "")}。");

/// <summary>No scheme says what would count on that day.</summary>
public sealed record NoSchemeThen(DateOnly On)
    : Refusal($"{Days.Full(On)}没有采用任何积分办法，不知道什么事实算数。请先由上级或书记采用办法，再登记。");

/// <summary>The scheme in force that day knows no such fact.</summary>
public sealed record NoSuchFact(string Kind, DateOnly On)
    : Refusal($"{Days.Full(On)}适用的办法里没有“{Kind}”这种事实。请返回重新选一种；日期跨年的，先改日期。");

/// <summary>Nobody was chosen.</summary>
public sealed record NobodyChosen() : Refusal("没有选人。至少选一位党员再登记。");

/// <summary>There is no such entry, or it is another branch's.</summary>
public sealed record NoSuchEntry() : Refusal("没有这条登记，或者不属于本支部。请从“日常记录”里重新打开。");

/// <summary>Nothing that is undone by reversing.</summary>
public sealed record CannotBeReversed(string What) : Refusal($"“{What}”不能在这里冲正。{WhatInstead(What)}")
{
    private static string WhatInstead(string what) => what.StartsWith("attendance", StringComparison.Ordinal)
        ? "出席请到那次活动的页面，用“更正”。"
        : "这一步已经入账，不能撤回；有后续办法的，请在它自己的页面办理。";
}

/// <summary>An entry is corrected once (JSIT-7①); what came after it is corrected in its turn.</summary>
public sealed record ReversedBefore(string By, DateOnly On)
    : Refusal($"这一条已由{By}在{Days.Full(On)}冲正过，一条登记只冲正一次。要再改，请对冲正以后新登记的那一条办理。");

/// <summary>A later entry has taken its place.</summary>
public sealed record ReplacedSince() : Refusal("这一条已经被后来的登记代替，现在算数的不是它。请打开同一个人、同一个月的最新一条再更正。");

/// <summary>What a body confirmed is not undone by the recorder alone.</summary>
public sealed record ConfirmedByBody(string Body)
    : Refusal($"这一条由{Body}认定，记录员不能单独冲正。请由书记或支委办理，并写明根据哪次会议。", "JSIT-5");

/// <summary>It waits no more.</summary>
public sealed record NotPending(FactState State)
    : Refusal(State == FactState.Counts ? "这一条已经认定，或者本来就不用认定。请刷新页面。" : "这一条已经办理为“不认定”。确要认定的，请重新登记一条，再认定。");

/// <summary>A joint fact whose points are divided is corrected together.</summary>
public sealed record SharedFactIsCorrectedTogether(int People)
    : Refusal($"这条事实由{People}人均分，单独改一个人的会让分摊不对。请把{People}人的都冲正，再一起重新登记。");

/// <summary>What was handed in has been dealt with.</summary>
public sealed record ReportIsSettled() : Refusal("这份思想汇报已经办理过（收下或退回）。请刷新页面看结果。");

/// <summary>The same report is there already.</summary>
public sealed record ReportIsThere(string Name, DateOnly On, string Title)
    : Refusal($"{Name}{Days.Full(On)}的《{Title}》已经登记过，没有再记一份。确是另一份的，请换一个题目。");

/// <summary>A correction must change something.</summary>
public sealed record NothingChanged() : Refusal("填的和原来一样，没有要更正的。要撤掉这一条，请用“冲正”。");

/// <summary>The file is not one of ours, or not kept yet.</summary>
public sealed record NoSuchEvidence() : Refusal("附件没有存好，请重新选择文件再提交。");
