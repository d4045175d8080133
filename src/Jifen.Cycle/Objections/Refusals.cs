using Jifen.Cycle.Records;

namespace Jifen.Cycle.Objections;

/// <summary>There is none, or it is out of sight: the two look the same.</summary>
public sealed record NoSuchCase() : Refusal("没有这件异议或申诉，或者不由您办。请从“异议”页面重新进入。", "JSIT-7⑤");

/// <summary>Results are objected to while they are on notice.</summary>
public sealed record NothingOnNotice() : Refusal("这个结果现在不在公示期里。公示以后再提；平时对登记有疑问，先找积分记录员或书记核对。", "JSIT-7⑤");

public sealed record NoticeWasReplaced() : Refusal("这份公示已被更正公示代替。请打开更正公示，对新的结果提。", "JSIT-7⑤");

/// <summary>One day too late; where one may still turn.</summary>
public sealed record ObjectionTooLate(DateOnly Until, bool GoesToSuperior)
    : Refusal($"提异议到{Days.Full(Until)}为止，已经过了。{(GoesToSuperior ? "仍有意见的，可以向上级党组织申诉。" : "仍有意见的，请向书记当面说明。")}", "JSIT-7⑤");

public sealed record ObjectionIsOpenAlready() : Refusal("您对同一件事已经提过，还在办。要补充的，等答复时一并说明，或交给核实的人。", "JSIT-7⑤");

public sealed record EntryIsAnothers() : Refusal("选的登记不是这个人的，或者没有写明对谁的结果有异议。请从公示或得分单上那一行重新进入。", "JSIT-7⑤");

/// <summary>Whoever answers knows what is the case.</summary>
public sealed record NotInvestigated() : Refusal("还没有调查核实，不能答复。请由没有登记、签署过这件事的支委先写核实情况。", "JSIT-7⑤");

public sealed record CaseIsAnswered(DateOnly On) : Refusal($"这件已在{Days.Full(On)}答复，请刷新页面看结果。", "JSIT-7⑤");

public sealed record CaseIsClosed() : Refusal("这件已经办结，请刷新页面。", "JSIT-7⑤");

/// <summary>Where nothing was wrong nothing is put right.</summary>
public sealed record RefusedChangesNothing() : Refusal("选了“不成立”，又选了更正。不成立的，登记都维持；要更正的，选“成立”。");

/// <summary>An objection to entries that is right has something put right.</summary>
public sealed record UpheldCorrects() : Refusal("选了“成立”，还没有选改哪一条。请对有误的登记选冲正或更正；都没有错的，选“不成立”。", "JSIT-7⑤");

public sealed record NotAnsweredYet() : Refusal("还没有答复，不能通报。", "JSIT-7⑤");

public sealed record NoSuchMeeting() : Refusal("没有这次党员大会，或者不是本支部的。请先在“活动”里安排党员大会，开过以后再通报。", "JSIT-7⑤");

public sealed record MeetingNotHeldYet() : Refusal("这次党员大会还没有开（没有点名）。开过以后再登记通报。", "JSIT-7⑤");

public sealed record MeetingBeforeAnswer(DateOnly Answered) : Refusal($"通报要在答复（{Days.Full(Answered)}）以后的党员大会上。请选那以后的一次。", "JSIT-7⑤");

public sealed record NobodyAbove() : Refusal("支部上面没有登记上级党组织，申诉送不出去。请联系管理员先建好组织树。", "JSIT-7⑤");

/// <summary>The scheme names the branch alone.</summary>
public sealed record FirstToTheBranch() : Refusal("办法写的是先向支部提异议。支部答复以后不服，或者过期没有答复的，再向上级申诉。");

/// <summary>The branch's days are running.</summary>
public sealed record BranchHasTime(DateOnly By) : Refusal($"支部还在办，{Days.Full(By)}前答复。答复以后不服，或者过期没有答复的，再申诉。", "JSIT-7⑤");

public sealed record AppealIsThere() : Refusal("这件事已经申诉过。请在“异议”页面看办到哪一步。", "JSIT-7⑤");

/// <summary>A correction that comes with an answer needs its own right.</summary>
public sealed record CorrectionNeedsOthers(Refusal Because) : Refusal($"要更正登记的答复，还要有更正的权限：{Because.Message}", Because.Clause);
