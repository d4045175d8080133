using Jifen.Scoring.Facts;

namespace Jifen.Scoring.Schemes;

/// <summary>积分方案: one issued document as data, with its refinement filled in. Immutable; loaded by <see cref="SchemeLoader"/>.</summary>
/// <param name="ParentId">上位: a scheme id, or the number of a document we have no file of</param>
/// <param name="Original">原文: the name of the archived text</param>
/// <param name="Sources">the files it was read from: the scheme, then the refinement if there is one</param>
/// <param name="LastYear">适用周期 至; null: until further notice</param>
/// <param name="StartsInSeptember">周期 学年: 1 September to 31 August, named by its first year</param>
/// <param name="RoundLength">考评期</param>
/// <param name="TermStarts">学期起: month and day of the two terms, in the order of the cycle</param>
/// <param name="Composition">年度合成; null: the year is scored as a whole</param>
/// <param name="Unit">记分单位 in hundredths</param>
/// <param name="DailyRecords">登记; empty when the scheme has none</param>
/// <param name="Refinement">细则; null: the document alone</param>
public sealed record Scheme(
    string Id,
    string Name,
    string? DocumentNumber,
    string? IssuedOn,
    string? ParentId,
    string? Original,
    IReadOnlyList<SchemeSource> Sources,
    int FileVersion,
    int FirstYear,
    int? LastYear,
    bool StartsInSeptember,
    Span RoundLength,
    IReadOnlyList<MonthDay> TermStarts,
    Composition? Composition,
    long Unit,
    IReadOnlyList<string> Categories,
    IReadOnlyList<string> Offices,
    IReadOnlyDictionary<string, Clause> Clauses,
    IReadOnlyList<FactKind> FactKinds,
    IReadOnlyList<Section> Sections,
    IReadOnlyList<TotalStep> TotalSteps,
    IReadOnlyList<GradeRow> Grades,
    Applicability? Ungraded,
    IReadOnlyList<GradeLimit> GradeLimits,
    RankScope RankScope,
    Tail? Front,
    Tail? Back,
    IReadOnlyList<Outcome> Outcomes,
    IReadOnlyList<Hint> Hints,
    IReadOnlyList<Referral> Referrals,
    IReadOnlyList<Reading> Readings,
    RunningAccount? RunningAccount,
    IReadOnlyList<CycleStep> Steps,
    DailyRecords DailyRecords,
    ExemptionRules? Exemptions,
    RefinementHead? Refinement,
    IReadOnlyList<Slot> Slots)
{
    public const int LanguageVersion = 1;

    private string? _fingerprint;

    /// <summary>Facts are dated in this world; a date outside it is a slip of the pen.</summary>
    public static readonly DateOnly FirstDayOfTheWorld = new(1921, 7, 1);

    /// <inheritdoc cref="FirstDayOfTheWorld"/>
    public static readonly DateOnly LastDayOfTheWorld = new(2100, 12, 31);

    /// <summary>
    /// SHA-256 of the bytes of <see cref="Sources"/> one after the other; lower-case hex. Worked out when somebody asks for it: totals alone
    /// do not, and loading OpenSSL takes longer than scoring a branch.
    /// </summary>
    public string Fingerprint => _fingerprint ??= SchemeSource.FingerprintOf(Sources);

    public IEnumerable<ScoringItem> Items => Sections.SelectMany(section => section.Items);

    public IEnumerable<Forms.Rule> Rules => Items.SelectMany(item => item.Rules);

    /// <summary>暂行 readings: the year may be tried and drafted, not settled.</summary>
    public IEnumerable<Reading> TentativeReadings => Readings.Where(reading => !reading.IsConfirmed);

    public Section? SectionNamed(string name) => Sections.FirstOrDefault(section => section.Name == name || section.Id == name);

    public FactKind? FactKindNamed(string nameOrId) =>
        FactKinds.FirstOrDefault(kind => kind.Name == nameOrId) ?? FactKinds.FirstOrDefault(kind => kind.Id == nameOrId);
}

public readonly record struct MonthDay(int Month, int Day);

/// <param name="Text">in our own words, with the figures of the document</param>
public sealed record Clause(string Id, string Text, Place Place);

public enum CompositionKind
{
    /// <summary>合计</summary>
    Sum,

    /// <summary>平均, over the rounds in which the member was on the roll</summary>
    Average,

    /// <summary>末期</summary>
    Last,
}

/// <summary>年度合成: how the rounds make the year.</summary>
public sealed record Composition(CompositionKind Kind, IReadOnlyList<string> Clauses, string? Reading, Place Place);

public enum StartKind
{
    /// <summary>满分: every item starts full and is reduced</summary>
    Full,

    /// <summary>零分, or a number: starts at <see cref="Start.Base"/> and goes where the facts lead</summary>
    Base,

    /// <summary>上年总分: a share of last year's total</summary>
    ShareOfLastYear,
}

/// <param name="Base">hundredths; for a share, what those without a last year start from (首年)</param>
/// <param name="Share">上年总分, in hundredths of a percent</param>
public sealed record Start(StartKind Kind, long Base, int Share);

/// <summary>部分.</summary>
public sealed record Section(
    int Index,
    string Id,
    string Name,
    IReadOnlyList<string> Clauses,
    string? Reading,
    Start Start,
    Bound? Max,
    Bound? Cap,
    Bound? Floor,
    IReadOnlyList<Limit> Limits,
    IReadOnlyList<ExclusiveRules> Exclusive,
    Applicability Applies,
    IReadOnlyList<ScoringItem> Items,
    bool ItemsLeftToBranch,
    Place Place);

/// <summary>不兼得: of these rules only the highest counts for one content, or for one member.</summary>
public sealed record ExclusiveRules(IReadOnlyList<string> RuleIds, bool PerContent, IReadOnlyList<string> Clauses, string? Reading, Place Place);

/// <summary>项目.</summary>
/// <param name="Start">起分 of an item in a section that does not start full, hundredths</param>
public sealed record ScoringItem(
    string Id,
    string Name,
    IReadOnlyList<string> Clauses,
    string? Reading,
    Bound? Max,
    long Start,
    Bound? Cap,
    Bound? Floor,
    IReadOnlyList<Limit> Limits,
    Applicability Applies,
    IReadOnlyList<Forms.Rule> Rules,
    Place Place);

public enum TotalStepKind
{
    /// <summary>加 or 减: joins the section's subtotal</summary>
    Join,

    /// <summary>封顶</summary>
    Cap,

    /// <summary>保底</summary>
    Floor,

    /// <summary>限额</summary>
    Limit,

    /// <summary>否决</summary>
    Veto,
}

/// <summary>One step of 总分; their order is the algorithm.</summary>
/// <param name="Section">index, for <see cref="TotalStepKind.Join"/></param>
/// <param name="Points">hundredths, for cap, floor and veto</param>
/// <param name="Fact">index of the kind that vetoes</param>
public sealed record TotalStep(
    TotalStepKind Kind, int Section, long Points, int Fact, Limit? Limit, IReadOnlyList<string> Clauses, string? Reading, Place Place);

/// <summary>等次: a row of the table of grades; the first that holds is proposed.</summary>
public sealed record GradeRow(
    string Name,
    Threshold? Total,
    Outcomes.Condition? Condition,
    IReadOnlyList<string> Categories,
    Quota? Quota,
    IReadOnlyList<string> Clauses,
    string? Reading,
    Place Place)
{
    /// <summary>Categories may have rows of their own; a row without any is everybody's.</summary>
    public bool AppliesTo(string? category) => Categories.Count == 0 || (category is not null && Categories.Contains(category));
}

/// <summary>定档: n facts of a kind set the grade, or hold it down.</summary>
/// <param name="IsExact">定为; otherwise 至多</param>
public sealed record GradeLimit(
    string Id, int Fact, long Count, string Grade, bool IsExact, IReadOnlyList<string> Clauses, string? Reading, Place Place);

/// <summary>定义.排名: among whom ranks are counted.</summary>
public sealed record RankScope(bool ByCategory, Standing[] Without, IReadOnlyList<string> Clauses, string? Reading, Place Place);

/// <summary>排名靠前 or 排名靠后.</summary>
/// <param name="Share">hundredths of a percent; null when <paramref name="People"/> is given</param>
public sealed record Tail(
    bool ByCategory, int? Share, int? People, bool RoundsUp, int AtLeast, bool CountsTies, IReadOnlyList<string> Clauses, string? Reading, Place Place)
{
    /// <summary>How many of <paramref name="count"/> people the tail takes.</summary>
    public int Size(int count) => Math.Max(AtLeast, People ?? Quota.Portion(Share!.Value, count, RoundsUp));
}

public enum QuotaExcess
{
    /// <summary>停: all are listed, the year cannot be settled until people have chosen</summary>
    Stop,

    /// <summary>取前: by total; those tied across the border are left out</summary>
    TakeFirst,

    /// <summary>提示: all are listed with a warning</summary>
    Warn,
}

/// <summary>名额.</summary>
/// <param name="Share">hundredths of a percent; null when <paramref name="People"/> is given</param>
public sealed record Quota(int? Share, int? People, bool ByCategory, bool RoundsUp, QuotaExcess Excess)
{
    /// <summary>How many are allowed among <paramref name="count"/> ranked people.</summary>
    public int Allowed(int count) => People ?? Portion(Share!.Value, count, RoundsUp);

    internal static int Portion(int share, int count, bool roundsUp) =>
        (int)((((long)share * count) + (roundsUp ? 99_99 : 0)) / 100_00);
}

/// <summary>结果运用: what a result leads to; proposed by the product, taken or not by people.</summary>
/// <param name="Force">效力: 应当 可以 优先 不得 参考</param>
public sealed record Outcome(
    int Index,
    string Id,
    Outcomes.Condition Condition,
    string Result,
    string Force,
    Quota? Quota,
    IReadOnlyList<string> Clauses,
    string? Reading,
    Place Place)
{
    /// <summary>择一: what the document leaves to the body to choose from; empty where it says one thing.</summary>
    public IReadOnlyList<string> Alternatives { get; init; } = [];
}

/// <summary>提示: so many months without any of these facts; the branch is asked to confirm <paramref name="Suggests"/>. Moves no points.</summary>
public sealed record Hint(
    string Id,
    int Months,
    IReadOnlyList<int> Without,
    int Suggests,
    Applicability Applies,
    IReadOnlyList<string> Clauses,
    string? Reading,
    Place Place);

/// <summary>转办: handled elsewhere, never scored (JSIT-6).</summary>
public sealed record Referral(int Fact, string To, IReadOnlyList<string> Clauses, string? Reading, Place Place);

/// <summary>解释: what the text does not settle, and how it is read.</summary>
/// <param name="Kind">矛盾 空白 歧义 笔误</param>
/// <param name="Wordings">说法: each wording with its clause</param>
public sealed record Reading(
    string Id,
    string Kind,
    string Question,
    IReadOnlyList<(string Clause, string Value)> Wordings,
    string Adopted,
    string Reason,
    bool IsConfirmed,
    string? DecidedBy,
    string? DecidedOn,
    Place Place);

/// <summary>累计账户: last year's running points times a share, plus this year's total.</summary>
/// <param name="Share">hundredths of a percent</param>
public sealed record RunningAccount(string Id, string Name, int Share, IReadOnlyList<string> Clauses, string? Reading, Place Place);

/// <summary>细则: who filled the slots, and which meeting passed it.</summary>
/// <param name="IsExample">示例: ships with the product, no unit's rule</param>
public sealed record RefinementHead(string Id, string Name, string Refines, string? Meeting, string? PassedOn, bool IsExample);

/// <summary>A 支部定 nobody has filled: scored as 0 until then.</summary>
public sealed record Slot(string What, IReadOnlyList<string> Clauses, Place Place);

/// <summary>流程: a step of the year, run by the cycle. Here it is only checked.</summary>
/// <param name="Every">null: at any time</param>
public sealed record CycleStep(
    string Kind,
    string Name,
    Span? Every,
    IReadOnlyList<string> By,
    string? ForRecorderBy,
    bool MayReportOthers,
    IReadOnlyList<string> After,
    int? Days,
    bool WorkingDays,
    IReadOnlyList<string> Deadlines,
    ObjectionTerms? Objections,
    IReadOnlyList<string> Clauses,
    string? Reading,
    Place Place)
{
    /// <summary>表决 as the document sets it; null where it is silent.</summary>
    public VotingTerms? Voting { get; init; }
}

/// <summary>How large a part of those entitled has to come, or to be in favour.</summary>
public enum VoteShare
{
    /// <summary>过半数: more than half</summary>
    MoreThanHalf,

    /// <summary>三分之二以上: two thirds or more</summary>
    TwoThirds,

    /// <summary>五分之四以上: four fifths or more</summary>
    FourFifths,

    /// <summary>全体: everybody</summary>
    All,
}

/// <summary>表决 of a step: what the document says of quorum, majority and manner; null where it says nothing.</summary>
/// <param name="Present">到会</param>
/// <param name="InFavour">赞成</param>
/// <param name="OfPresent">赞成 counts of those present; null: nothing said</param>
/// <param name="IsSecret">方式</param>
/// <param name="Weights">权重 of the voters named in 谁, in percent; empty: they are not weighed against each other</param>
public sealed record VotingTerms(
    VoteShare? Present, VoteShare? InFavour, bool? OfPresent, bool? IsSecret, IReadOnlyDictionary<string, int> Weights);

/// <summary>异议 of a public notice.</summary>
/// <param name="RaiseDays">提出: until so many days after the notice one may object; null: the document does not say</param>
/// <param name="AppealDays">申诉答复: so many days the superior has; null: the document does not say</param>
public sealed record ObjectionTerms(
    IReadOnlyList<string> To,
    int? AnswerDays,
    bool WorkingDays,
    string? ReportAt,
    int? RaiseDays = null,
    bool RaiseWorkingDays = true,
    int? AppealDays = null,
    bool AppealWorkingDays = true);

/// <summary>免予: who may ask not to be scored, and what it takes. No kinds: the document exempts nobody.</summary>
/// <param name="Course">手续 after the application, in this order</param>
/// <param name="NoticeDays">公示 of the exemption; null where there is none, or the document does not say how long</param>
public sealed record ExemptionRules(
    IReadOnlyList<ExemptionKind> Kinds,
    IReadOnlyList<string> Course,
    int? NoticeDays,
    bool WorkingDays,
    IReadOnlyList<string> Clauses,
    string? Reading,
    Place Place);

/// <summary>情形: one of the document's cases.</summary>
/// <param name="Kind">外出 老病 新到 其他</param>
/// <param name="Text">the document's case in short words</param>
public sealed record ExemptionKind(string Kind, string Text, IReadOnlyList<string> Clauses);
