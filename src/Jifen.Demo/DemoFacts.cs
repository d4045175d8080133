using Jifen.Cycle.Records;
using Jifen.Scoring.Facts;
using Jifen.Scoring.Schemes;

namespace Jifen.Demo;

/// <summary>Facts that no gathering, dues list or report gives: drawn for each person by what the scheme knows.</summary>
internal sealed class DemoFacts(Scheme scheme)
{
    // How often in a year something good happens to one person; what is not named here happens rarely.
    private static readonly Dictionary<string, (double Times, int Most)> Good = new(StringComparer.Ordinal)
    {
        ["volunteer"] = (2.5, 6),
        ["student-talk"] = (3, 3),
        ["public-service"] = (2, 4),
        ["community-report"] = (2, 1),
        ["zone-visit"] = (2, 1),
        ["good-deed"] = (0.4, 1),
        ["neighbour-help"] = (0.3, 4),
        ["apprentice"] = (0.2, 2),
        ["paired-students"] = (0.5, 3),
        ["student-post"] = (0.3, 9),
        ["commendation"] = (0.12, 1),
        ["teaching-result"] = (0.1, 1),
        ["help"] = (0.15, 1),
        ["proposal"] = (0.1, 1),
        ["result-adopted"] = (0.06, 1),
        ["emergency"] = (0.05, 1),
        ["courage"] = (0.02, 1),
        ["key-task"] = (0.1, 1),
        ["pledge-kept"] = (1, 1),
        ["contact"] = (1.5, 1),
    };

    private static readonly string[] Matters =
        ["年度优秀共产党员", "防汛值守先进个人", "课程思政教学竞赛", "学生竞赛指导", "先进党务工作者", "社区服务之星"];

    private static readonly string[] Grounds =
        ["支委会记录在案", "活动照片和签到表", "上级文件", "服务对象来信", "督导检查记录", "本人填报，支委核对原件"];

    private readonly FactCheck _check = new(scheme);
    private readonly HashSet<int> _daily = DailyOf(scheme.DailyRecords);

    /// <summary>Kinds that are drawn: not those daily records give, not what a veto or a referral rests on.</summary>
    private IEnumerable<FactKind> Kinds => scheme.FactKinds.Where(kind => !_daily.Contains(kind.Index)
        && !scheme.TotalSteps.Any(step => step.Kind == TotalStepKind.Veto && step.Fact == kind.Index)
        && !scheme.Referrals.Any(referral => referral.Fact == kind.Index)
        && kind.RecordedBy != "上级");

    /// <summary>What happened to one person in a year, in no order.</summary>
    public IEnumerable<(DateOnly On, FactRecorded Fact, string Ground)> Of(DemoPerson person, int year, DateOnly from, DateOnly until, int people)
    {
        var random = new Random(DemoId.Seed($"facts {person.Number} {year}"));
        foreach (var kind in Kinds)
        {
            var isMark = kind.Id.EndsWith("-mark", StringComparison.Ordinal);
            var isHeadCount = kind.Id.EndsWith("-expected", StringComparison.Ordinal);
            var times = isMark || isHeadCount
                ? 12 / MonthsOf(scheme.RoundLength)
                : Draw(random, Good.TryGetValue(kind.Id, out var good) ? good.Times * person.Care : Rarely(kind, person.Care));
            for (var i = 0; i < times; i++)
            {
                var on = isMark || isHeadCount
                    ? new DateOnly(year, (i + 1) * MonthsOf(scheme.RoundLength), 20)
                    : new DateOnly(year, 1, 5).AddDays(random.Next(355));
                var quantity = isHeadCount ? people - 1 : Good.TryGetValue(kind.Id, out var known) ? 1 + random.Next(known.Most) : 1;
                var fact = new FactRecorded(
                    kind.Id,
                    quantity,
                    kind.Carries.HasFlag(Carried.Level) ? kind.Levels[Math.Min(random.Next(kind.Levels.Count), random.Next(kind.Levels.Count))] : null,
                    kind.Carries.HasFlag(Carried.Content) ? Matters[random.Next(Matters.Length)] : null,
                    kind.Carries.HasFlag(Carried.Amount) ? Amount(kind, person, random, isMark) : null,
                    [],
                    FactState.Counts);
                if (on >= from && on <= until && IsSound(person, kind, on, fact))
                {
                    yield return (on, fact, Grounds[random.Next(Grounds.Length)]);
                }
            }
        }
    }

    private static HashSet<int> DailyOf(DailyRecords daily) =>
    [
        .. daily.Gatherings.SelectMany(row => row.Facts).SelectMany(facts => facts).Select(fact => fact.FactKindIndex),
        .. daily.DuesOnTime, .. daily.DuesLate, .. daily.DuesShort, .. daily.DuesMadeGood, .. daily.ThoughtReport, .. daily.OutsideStudy,
    ];

    private static double Rarely(FactKind kind, double care) => (kind.RecordedBy switch
    {
        "支部认定" => 0.006,
        "记录员" or "考评小组" => 0.12,
        _ => 0.05,
    }) * (2 - (care * 1.5));

    private static int Draw(Random random, double times)
    {
        var whole = (int)times;
        return whole + (random.NextDouble() < times - whole ? 1 : 0) - (whole > 0 && random.Next(3) == 0 ? 1 : 0);
    }

    private decimal Amount(FactKind kind, DemoPerson person, Random random, bool isMark)
    {
        var (least, most) = _check.RangeOf(kind, MemberOf(person)) ?? (kind.MarksFrom, kind.MarksTo);
        var share = isMark ? Math.Clamp(person.Care - 0.05 + (random.NextDouble() * 0.1), 0.3, 0.99) : random.NextDouble();
        var amount = (least + (long)((most - least) * share)) / scheme.Unit * scheme.Unit;
        return Math.Clamp(amount, least, most) / 100m;
    }

    private static Member MemberOf(DemoPerson person) =>
        new(person.Number, person.Name, person.Branch.Name, person.Standing, person.Category);

    private bool IsSound(DemoPerson person, FactKind kind, DateOnly on, FactRecorded fact) => _check.Check(
        kind.Index,
        MemberOf(person),
        on.DayNumber,
        (long)((fact.Quantity ?? 1) * 100),
        fact.Level is { } level ? kind.LevelIndex(level) : 0,
        fact.Content is not null,
        fact.Points is { } points ? (long)(points * 100) : FactSegment.NoAmount) is null;

    private static int MonthsOf(Span span) => span switch
    {
        Span.Month => 1,
        Span.Quarter => 3,
        Span.HalfYear or Span.Term => 6,
        _ => 12,
    };
}
