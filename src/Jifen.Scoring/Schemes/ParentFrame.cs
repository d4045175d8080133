using Jifen.Scoring.Schemes.Forms;

namespace Jifen.Scoring.Schemes;

/// <summary>One place where a child scheme and its parent differ.</summary>
/// <param name="IsDeparture">the child leaves the frame; otherwise it settles what the parent left open (细化)</param>
/// <param name="Clauses">of the child; empty where the child lacks something</param>
/// <param name="ParentClauses">of the parent; empty where the parent lacks it</param>
public sealed record FrameDifference(
    bool IsDeparture, string What, IReadOnlyList<string> Clauses, IReadOnlyList<string> ParentClauses, Place Place)
{
    public override string ToString()
    {
        var own = Clauses.Count == 0 ? "" : $"〔{string.Join("；", Clauses)}〕";
        var parent = ParentClauses.Count == 0 ? "" : $"〔上位 {string.Join("；", ParentClauses)}〕";
        return $"{(IsDeparture ? "离开上位" : "细化")}：{What}{own}{parent}";
    }
}

/// <summary>
/// Holds a child scheme against the frame of its parent (上位): sections and items that are missing or added, other maxima, caps and
/// order of the total, amounts outside the parent's range, other lines in the use of the result. It reports; the child stays in force.
/// </summary>
public static class ParentFrame
{
    public static IReadOnlyList<FrameDifference> Compare(Scheme child, Scheme parent)
    {
        var found = new List<FrameDifference>();
        foreach (var section in parent.Sections)
        {
            var own = child.Sections.FirstOrDefault(candidate => candidate.Id == section.Id || candidate.Name == section.Name);
            if (own is null)
            {
                found.Add(new FrameDifference(true, $"没有部分“{section.Name}”", [], section.Clauses, child.Sections[0].Place));
            }
            else
            {
                Compare(child, own, parent, section, found);
            }
        }

        foreach (var section in child.Sections.Where(section => parent.Sections.All(other => other.Id != section.Id && other.Name != section.Name)))
        {
            found.Add(new FrameDifference(true, $"多了部分“{section.Name}”", section.Clauses, [], section.Place));
        }

        CompareTotals(child, parent, found);
        CompareOutcomes(child, parent, found);
        return found;
    }

    private static void Compare(Scheme child, Section own, Scheme parent, Section frame, List<FrameDifference> found)
    {
        Bounds($"部分“{own.Name}”的满分", own.Max, frame.Max, own.Clauses, frame.Clauses, own.Place, found);
        Bounds($"部分“{own.Name}”的封顶", own.Cap, frame.Cap, own.Clauses, frame.Clauses, own.Place, found);
        if (frame.ItemsLeftToBranch)
        {
            if (own.Items.Count > 0)
            {
                found.Add(new FrameDifference(false, $"部分“{own.Name}”定了{own.Items.Count}个项目", own.Clauses, frame.Clauses, own.Place));
            }

            return;
        }

        foreach (var item in frame.Items)
        {
            if (Counterpart(item, own.Items) is not { } ownItem)
            {
                found.Add(new FrameDifference(true, $"部分“{own.Name}”没有项目“{item.Name}”", [], item.Clauses, own.Place));
                continue;
            }

            Bounds($"项目“{ownItem.Name}”的满分", ownItem.Max, item.Max, ownItem.Clauses, item.Clauses, ownItem.Place, found);
            Bounds($"项目“{ownItem.Name}”的封顶", ownItem.Cap, item.Cap, ownItem.Clauses, item.Clauses, ownItem.Place, found);
            CompareRules(child, ownItem, parent, item, found);
        }

        foreach (var item in own.Items.Where(item => Counterpart(item, frame.Items) is null))
        {
            found.Add(new FrameDifference(true, $"部分“{own.Name}”多了项目“{item.Name}”", item.Clauses, [], item.Place));
        }
    }

    private static ScoringItem? Counterpart(ScoringItem item, IReadOnlyList<ScoringItem> others) =>
        others.FirstOrDefault(other => other.Id == item.Id) ?? others.FirstOrDefault(other => other.Name == item.Name);

    private static void Bounds(
        string what,
        Bound? own,
        Bound? frame,
        IReadOnlyList<string> clauses,
        IReadOnlyList<string> parentClauses,
        Place place,
        List<FrameDifference> found)
    {
        if (own?.ToString() == frame?.ToString())
        {
            return;
        }

        var settles = frame is { IsLeftToBranch: true };
        found.Add(new FrameDifference(
            !settles, $"{what}{own?.ToString() ?? "没有"}，上位{frame?.ToString() ?? "没有"}", clauses, parentClauses, place));
    }

    // Rules are paired by what they price: the same fact, or else the only rule of the same form on both sides.
    private static void CompareRules(Scheme child, ScoringItem own, Scheme parent, ScoringItem frame, List<FrameDifference> found)
    {
        foreach (var rule in frame.Rules)
        {
            var same = own.Rules.FirstOrDefault(candidate => SameFact(child, candidate, parent, rule))
                ?? (own.Rules.Count(candidate => candidate.GetType() == rule.GetType()) == 1
                    && frame.Rules.Count(candidate => candidate.GetType() == rule.GetType()) == 1
                    ? own.Rules.First(candidate => candidate.GetType() == rule.GetType())
                    : null);
            if (same is not null)
            {
                CompareAmounts(child, same, parent, rule, found);
            }
            else if (rule.Amounts.Any(amount => !amount.Amount.IsLeftToBranch))
            {
                found.Add(new FrameDifference(
                    true, $"项目“{own.Name}”没有“{rule.Describe(parent.FactKinds)}”", own.Clauses, rule.Head.Clauses, own.Place));
            }
        }
    }

    private static bool SameFact(Scheme child, Rule own, Scheme parent, Rule frame)
    {
        var kinds = own.Uses.Select(use => child.FactKinds[use.Kind]).ToList();
        return frame.Uses
            .Select(use => parent.FactKinds[use.Kind])
            .Any(kind => kinds.Any(other => other.Id == kind.Id || other.Name == kind.Name));
    }

    private static void CompareAmounts(Scheme child, Rule own, Scheme parent, Rule frame, List<FrameDifference> found)
    {
        var amounts = own.Amounts.ToList();
        var frames = frame.Amounts.ToList();
        if (amounts.Count == 0 || frames.Count == 0)
        {
            return;
        }

        var open = frames.All(amount => amount.Amount.IsLeftToBranch) || frames.Any(amount => amount.Amount.IsRange);
        var inside = amounts.Count != frames.Count && frames.Count > 1
            ? amounts.Select(amount => amount.ToString()).SequenceEqual(frames.Select(amount => amount.ToString()), StringComparer.Ordinal)
            : amounts.Select((amount, index) => (amount, frame: frames[Math.Min(index, frames.Count - 1)])).All(pair => IsInside(pair.amount, pair.frame));
        var equal = own.Describe(child.FactKinds) == frame.Describe(parent.FactKinds)
            || amounts.Select(amount => amount.ToString()).SequenceEqual(frames.Select(amount => amount.ToString()), StringComparer.Ordinal);
        if (!inside || (open && !equal && amounts.Any(amount => !amount.Amount.IsLeftToBranch)))
        {
            found.Add(new FrameDifference(
                !inside,
                $"记分“{own.Id}”写{own.Describe(child.FactKinds)}，上位写{frame.Describe(parent.FactKinds)}",
                own.Head.Clauses,
                frame.Head.Clauses,
                own.Head.Place));
        }
    }

    private static bool IsInside(SignedAmount own, SignedAmount frame) =>
        own.Amount.IsLeftToBranch || frame.Amount.IsLeftToBranch
        || (own.Sign == frame.Sign && own.Amount.Low >= frame.Amount.Low && own.Amount.High <= frame.Amount.High);

    private static void CompareTotals(Scheme child, Scheme parent, List<FrameDifference> found)
    {
        var own = child.TotalSteps.Select(step => SchemeText.Of(child, step)).ToList();
        var frame = parent.TotalSteps.Select(step => SchemeText.Of(parent, step)).ToList();
        if (!own.SequenceEqual(frame, StringComparer.Ordinal))
        {
            found.Add(new FrameDifference(
                true,
                $"总分的步骤是“{string.Join(" → ", own)}”，上位是“{string.Join(" → ", frame)}”",
                [],
                [],
                child.TotalSteps.Count > 0 ? child.TotalSteps[0].Place : child.Sections[0].Place));
        }
    }

    private static void CompareOutcomes(Scheme child, Scheme parent, List<FrameDifference> found)
    {
        foreach (var frame in parent.Outcomes)
        {
            var own = child.Outcomes.FirstOrDefault(candidate => candidate.Id == frame.Id);
            if (own is null)
            {
                found.Add(new FrameDifference(true, $"没有结果运用“{frame.Id}”（{frame.Result}）", [], frame.Clauses, child.Outcomes.Count > 0 ? child.Outcomes[0].Place : child.Sections[0].Place));
                continue;
            }

            var ownText = own.Condition.Describe(child.FactKinds);
            var frameText = frame.Condition.Describe(parent.FactKinds);
            if (ownText != frameText)
            {
                found.Add(new FrameDifference(true, $"结果运用“{own.Id}”的条件是“{ownText}”，上位是“{frameText}”", own.Clauses, frame.Clauses, own.Place));
            }
        }

        foreach (var own in child.Outcomes.Where(own => parent.Outcomes.All(frame => frame.Id != own.Id)))
        {
            found.Add(new FrameDifference(true, $"多了结果运用“{own.Id}”（{own.Result}）", own.Clauses, [], own.Place));
        }
    }
}
