using Jifen.Scoring.Schemes;

namespace Jifen.Cycle.Outcomes;

/// <summary>Kinds of 帮教措施. What is stored must never change.</summary>
public enum MeasureKind
{
    HeartToHeartTalk,
    ReminderTalk,
    AdmonishingTalk,
    PairedHelp,
    CorrectionDeadline,
    Reminder,
    CriticismAndEducation,
    WrittenSelfCriticism,
    PublicSelfCriticism,
    Other,
}

/// <summary>What came of a measure.</summary>
public enum MeasureResult
{
    Improved,
    Unchanged,
    NoLongerNeeded,
}

/// <summary>Why a case is handled elsewhere.</summary>
public enum ReferralKind
{
    /// <summary>《党员教育管理工作条例》第三十一条: removal from the roll</summary>
    Article31,

    /// <summary>breaches of discipline</summary>
    Discipline,
}

/// <summary>Kinds in words, and which of them a document speaks of.</summary>
public static class MeasureText
{
    // What documents write for each kind; the first is what the screen says.
    private static readonly (MeasureKind Kind, string[] Words)[] Spoken =
    [
        (MeasureKind.HeartToHeartTalk, ["谈心谈话", "谈话"]),
        (MeasureKind.ReminderTalk, ["提醒谈话", "约谈", "督促提醒"]),
        (MeasureKind.AdmonishingTalk, ["诫勉谈话"]),
        (MeasureKind.PairedHelp, ["结对帮扶", "指定专人"]),
        (MeasureKind.CorrectionDeadline, ["限期改正", "限期整改", "限期"]),
        (MeasureKind.Reminder, ["警示提醒"]),
        (MeasureKind.CriticismAndEducation, ["批评教育", "教育转化"]),
        (MeasureKind.WrittenSelfCriticism, ["书面检查"]),
        (MeasureKind.PublicSelfCriticism, ["公开检讨"]),
        (MeasureKind.Other, ["其他措施"]),
    ];

    /// <summary>谈心谈话, 结对帮扶 …</summary>
    public static string Name(this MeasureKind kind) => Spoken.First(one => one.Kind == kind).Words[0];

    public static string Name(this MeasureResult result) => result switch
    {
        MeasureResult.Improved => "有改进",
        MeasureResult.Unchanged => "没有改进",
        MeasureResult.NoLongerNeeded => "情况变了，不用再办",
    };

    public static string Name(this ReferralKind kind) => kind switch
    {
        ReferralKind.Article31 => "《党员教育管理工作条例》第三十一条的情形",
        ReferralKind.Discipline => "违反纪律",
    };

    /// <summary>Those the scheme's own words name, in 结果运用 or in its clauses; 其他措施 always.</summary>
    public static IReadOnlyList<MeasureKind> NamedIn(Scheme scheme)
    {
        var text = string.Join('\n', scheme.Outcomes.Select(outcome => outcome.Result).Concat(scheme.Clauses.Values.Select(clause => clause.Text)));
        return [.. NamedIn(text).Where(kind => kind != MeasureKind.Other), MeasureKind.Other];
    }

    /// <summary>Those the words of one consequence name; empty where it names none.</summary>
    public static IReadOnlyList<MeasureKind> NamedIn(string result)
    {
        var named = new HashSet<MeasureKind>();
        // The longer words first, and each taken out when it is found: 诫勉谈话 is no 谈话 besides.
        foreach (var (word, kind) in Spoken.SelectMany(one => one.Words.Select(word => (word, one.Kind))).OrderByDescending(one => one.word.Length))
        {
            if (result.Contains(word, StringComparison.Ordinal))
            {
                named.Add(kind);
                result = result.Replace(word, "，", StringComparison.Ordinal);
            }
        }

        return [.. Spoken.Select(one => one.Kind).Where(named.Contains)];
    }
}
