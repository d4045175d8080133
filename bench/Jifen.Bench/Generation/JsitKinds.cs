using Jifen.Scoring.Schemes;

namespace Jifen.Bench.Generation;

/// <summary>
/// The kinds of fact of jsit-2020 in the order of its file. Rivals written by hand know them as constants, which is part of their speed;
/// <see cref="JsitKinds.Check"/> holds them against the scheme before anything is measured.
/// </summary>
internal enum JsitKind : ushort
{
    GroupStudy,
    ImproperSpeech,
    GraveSpeech,
    MeetingAbsent,
    LifeLate,
    LifeLeftEarly,
    LifeAbsent,
    DuesLate,
    DuesShort,
    ThoughtReport,
    BadgeMissing,
    Complaint,
    LeaveRule,
    Disobey,
    EightPoints,
    Courage,
    Emergency,
    Commendation,
    Help,
    Proposal,
    Deduction1,
    Deduction2,
    Deduction3,
    Deduction4,
    Deduction5,
    Deduction6,
    MeetingPresent,
    LifePresent,
    DuesPaid,
    Contact,
    Article31,
    Breach,
}

internal static class JsitKinds
{
    public const int Count = (int)JsitKind.Breach + 1;

    private static readonly string[] Ids =
    [
        "group-study", "improper-speech", "grave-speech", "meeting-absent", "life-late", "life-left-early", "life-absent", "dues-late",
        "dues-short", "thought-report", "badge-missing", "complaint", "leave-rule", "disobey", "eight-points", "courage", "emergency",
        "commendation", "help", "proposal", "deduction-1", "deduction-2", "deduction-3", "deduction-4", "deduction-5", "deduction-6",
        "meeting-present", "life-present", "dues-paid", "contact", "article-31", "breach",
    ];

    /// <exception cref="InvalidOperationException">the scheme file has other kinds, or in another order</exception>
    public static void Check(Scheme scheme)
    {
        if (!scheme.FactKinds.Select(kind => kind.Id).SequenceEqual(Ids, StringComparer.Ordinal))
        {
            throw new InvalidOperationException("jsit-2020 names other facts than JsitKind: put them in the order of the scheme file");
        }
    }
}
