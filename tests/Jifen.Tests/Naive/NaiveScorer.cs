namespace Jifen.Tests.Naive;

/// <summary>
/// The oracle: scores a branch year straight from the text of the scheme, by the sentences of docs/scheme-language.md and nothing else.
/// </summary>
internal static class NaiveScorer
{
    public static IReadOnlyList<NaiveResult> Score(
        string schemeYaml,
        string? refinementYaml,
        int year,
        IReadOnlyList<NaiveMember> members,
        IReadOnlyList<NaiveFact> facts,
        IReadOnlyDictionary<string, NaivePrevious> previous) => Score(NaiveScheme.Read(schemeYaml, refinementYaml), year, members, facts, previous);

    /// <summary>With a scheme that was read before: reading it takes longer than judging a branch.</summary>
    public static IReadOnlyList<NaiveResult> Score(
        NaiveScheme scheme,
        int year,
        IReadOnlyList<NaiveMember> members,
        IReadOnlyList<NaiveFact> facts,
        IReadOnlyDictionary<string, NaivePrevious> previous)
    {
        var cycle = scheme.Calendar.Cycle(year);
        var ledger = new NaiveLedger(scheme, members, facts);
        var sheets = new NaiveSheets(scheme, ledger, previous, cycle);
        var people = members
            .Where(member => !member.Exempt && NaiveLedger.OnRollWithin(member, cycle))
            .Select(member => Compose(scheme, member, Rounds(scheme, member, cycle).Select(round => sheets.Score(member, round)).ToList()))
            .ToList();
        new NaiveStanding(scheme, ledger, previous, cycle, people).Decide();

        var notices = new NaiveNotices(scheme, ledger, cycle);
        return members
            .Select(member => people.Find(person => person.Member == member) is { } person
                ? Result(scheme, notices, previous, person)
                : new NaiveResult(member.Id))
            .ToList();
    }

    /// <summary>4.5: with 年度合成 every 考评期 with a day on the roll is a sheet of its own; without it the year is one.</summary>
    private static IEnumerable<Span> Rounds(NaiveScheme scheme, NaiveMember member, Span cycle)
    {
        var kind = scheme.Root.Has("年度合成") && scheme.Root.Has("考评期") ? scheme.Root.TextOf("考评期") : "年";
        return scheme.Calendar.Periods(cycle, kind).Where(round => NaiveLedger.OnRollWithin(member, round));
    }

    private static NaivePerson Compose(NaiveScheme scheme, NaiveMember member, List<NaiveSheet> sheets)
    {
        foreach (var sheet in sheets.Where(sheet => sheet.Lines.Sum(line => line.Points) != sheet.Total))
        {
            throw new InvalidOperationException($"{member.Id}：各行之和不等于总分 {sheet.Total}");
        }

        decimal Joined(IEnumerable<decimal> points) => Join(scheme, points.ToList());
        IReadOnlyDictionary<string, decimal> JoinedEach(Func<NaiveSheet, IReadOnlyDictionary<string, decimal>> part) =>
            part(sheets[0]).Keys.ToDictionary(id => id, id => Joined(sheets.Select(sheet => part(sheet)[id])), StringComparer.Ordinal);

        return new NaivePerson(member)
        {
            Sections = JoinedEach(sheet => sheet.Sections),
            Items = JoinedEach(sheet => sheet.Items),
            Total = Joined(sheets.Select(sheet => sheet.Total)),
            HasScored = sheets.SelectMany(sheet => sheet.HasScored).ToHashSet(StringComparer.Ordinal),
            RuleSums = scheme.Rules.Select(rule => rule.TextOf("编号")).ToDictionary(
                id => id,
                id => sheets.SelectMany(sheet => sheet.Lines).Where(line => line.RuleId == id).Sum(line => line.Points),
                StringComparer.Ordinal),
        };
    }

    private static decimal Join(NaiveScheme scheme, List<decimal> points) => scheme.Root["年度合成"]?.TextOf("方式") switch
    {
        "平均" => scheme.Round(Fraction.Of(points.Sum()) / Fraction.Of(points.Count)),
        "末期" => points[^1],
        _ => points.Sum(),
    };

    private static NaiveResult Result(
        NaiveScheme scheme, NaiveNotices notices, IReadOnlyDictionary<string, NaivePrevious> previous, NaivePerson person) => new(person.Member.Id)
        {
            HasScorecard = true,
            Sections = person.Sections,
            Items = person.Items,
            Total = person.Total,
            Rank = person.Rank,
            Grade = person.Grade,
            Outcomes = person.Outcomes,
            Running = Running(scheme, previous.GetValueOrDefault(person.Member.Id)?.Running ?? 0m, person.Total),
            RuleSums = person.RuleSums,
            Hints = notices.Hints(person.Member),
            Referrals = notices.Referrals(person.Member),
            Findings = person.Findings,
        };

    /// <summary>4.10: last year's running number by the percentage, rounded, and this year's total; null without 累计账户.</summary>
    private static decimal? Running(NaiveScheme scheme, decimal lastYear, decimal total)
    {
        if (scheme.Root["累计账户"] is not { } account)
        {
            return null;
        }

        var share = account.Has("上年") ? NaiveNumbers.Percent(account.TextOf("上年")) : 1m;
        return scheme.Round(lastYear * share) + total;
    }
}
