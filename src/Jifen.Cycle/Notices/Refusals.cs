using Jifen.Cycle.Records;

namespace Jifen.Cycle.Notices;

/// <summary>There is none, or it is out of sight.</summary>
public sealed record NoSuchNotice() : Refusal("没有这份公示，或者不属于本支部。请从“考评期”重新进入。", "JSIT-7⑤");

/// <summary>Published once.</summary>
public sealed record NoticeIsOut(DateOnly On) : Refusal($"这份公示已在{Days.Full(On)}发布。内容有误的，发布更正公示，原来的留着。", "JSIT-7⑤");

/// <summary>It was prepared anew since, or another one is out.</summary>
public sealed record NoticeIsOutdated() : Refusal("您看过以后，公示稿又重拟过，或者已经发布了另一份。请刷新页面，看过新的再发布。", "JSIT-7⑤");

/// <summary>Nobody ends it before its time.</summary>
public sealed record NoticeStillOpen(DateOnly Last, DateOnly Until, string? Step)
    : Refusal($"公示到{Days.Full(Last)}，提异议到{Days.Full(Until)}，次日起才能结束。天数不能缩短，谁都不能提前结束。", Step);

/// <summary>Whoever objected is answered first.</summary>
public sealed record CasesStillOpen(int Open, string? Step) : Refusal($"还有{Open}件异议或申诉没有答复，答复以后才能结束公示。", Step);

/// <summary>Who reads the first notice reads why there is another.</summary>
public sealed record CorrectionNeedsReason() : Refusal("更正公示要写明为什么更正（至少四个字）：两份公示上都看得到。", "JSIT-7⑤");
