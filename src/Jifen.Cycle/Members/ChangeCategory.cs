namespace Jifen.Cycle.Members;

/// <summary>类别变更: another table of the scheme holds from that day.</summary>
/// <param name="Known">the categories of the scheme in force; empty: it knows none, and any is kept</param>
public sealed record ChangeCategory(PersonId Person, string Category, DateOnly On, string? Ground, IReadOnlyList<string> Known)
{
    public Ruling Decide(MemberHistory history, BranchRoll branch, DateOnly today)
    {
        if (RollDays.Objection(On, today) is { } day)
        {
            return day;
        }

        if (history.StayOn(On)?.Branch != branch.Branch)
        {
            return new NotOnThisRoll(branch.Name);
        }

        if (string.IsNullOrWhiteSpace(Category) || (Known.Count > 0 && !Known.Contains(Category)))
        {
            return new NoSuchCategory(Category, Known);
        }

        return history.On(Aspect.Category, On) is { } now && now.Value == Category
            ? new IsThatAlready(Category, now.From)
            : new Happening(new CategoryChanged(Category), Person, On, Ground, Stream: branch.Branch);
    }
}

public sealed record NoSuchCategory(string Category, IReadOnlyList<string> Known)
    : Refusal(
        (string.IsNullOrWhiteSpace(Category) ? "没有写类别。" : $"现行办法没有“{Category}”这个类别。")
        + (Known.Count == 0 ? "请写上类别，如“教职工”“学生”。" : $"请从这些里选：{string.Join("、", Known)}。"));
