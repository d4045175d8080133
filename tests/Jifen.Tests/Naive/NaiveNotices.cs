namespace Jifen.Tests.Naive;

/// <summary>提示 and 转办 (2.8): they move no points.</summary>
internal sealed class NaiveNotices(NaiveScheme scheme, NaiveLedger ledger, Span cycle)
{
    public IReadOnlyList<string> Hints(NaiveMember member) => scheme.Root.ListOf("提示")
        .Where(hint => NaiveScheme.AppliesTo(hint, member) && HasGap(hint, member))
        .Select(hint => hint.TextOf("编号"))
        .ToList();

    public IReadOnlyList<NaiveReferral> Referrals(NaiveMember member) => scheme.Root.ListOf("转办")
        .SelectMany(referral => ledger
            .Facts(member, referral.Need("事实").Text, cycle)
            .Select(fact => new NaiveReferral(fact.Id, referral.Need("转").Text)))
        .ToList();

    /// <summary>n months in a row, the member on the roll on every day of each, without one of the facts although others of the branch have them;
    /// and the suggested fact not confirmed since the first of them.</summary>
    private bool HasGap(Node hint, NaiveMember member)
    {
        var months = scheme.Calendar.Periods(cycle, hint.Need("单位").Text);
        var length = NaiveNumbers.Integer(hint.Need("连续").Text);
        var facts = hint.TextsOf("无");
        bool Has(NaiveMember who, Span month) => facts.Any(fact => ledger.Facts(who, fact, month).Count > 0);
        bool IsGap(Span month) =>
            (member.From is null || member.From <= month.From)
            && (member.To is null || member.To >= month.To)
            && !Has(member, month)
            && ledger.Members.Any(other => other.Id != member.Id && other.Branch == member.Branch && Has(other, month));
        return Enumerable.Range(0, Math.Max(0, months.Count - length + 1)).Any(first =>
            months.Skip(first).Take(length).All(IsGap)
            && ledger.Facts(member, hint.Need("提示").Text, new Span(months[first].From, cycle.To)).Count == 0);
    }
}
