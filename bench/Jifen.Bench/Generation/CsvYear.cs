using Jifen.Scoring.Facts;
using Jifen.Scoring.Schemes;

namespace Jifen.Bench.Generation;

/// <summary>In which order the rows of facts.csv stand.</summary>
internal enum RowOrder
{
    /// <summary>Member by member, as a system exports them.</summary>
    Member,

    /// <summary>Day by day, as a recorder enters them.</summary>
    Day,
}

/// <summary>The same year as the files a branch would hand in: members.csv and facts.csv (CONTRACT, “Scoring without a server”).</summary>
internal static class CsvYear
{
    private static readonly byte[] Pending = "待定"u8.ToArray();

    public static void WriteMembers(BranchYears years, string path)
    {
        using var file = File.Create(path);
        using var rows = new CsvWriter(file);
        rows.Text("编号,姓名,支部,身份,类别,任职,参加自,参加至,免予\n"u8);
        for (var m = 0; m < years.Count; m++)
        {
            var member = years.MemberAt(m);
            rows.Text(member.Id);
            rows.Comma();
            rows.Text(member.Name);
            rows.Comma();
            rows.Text(member.Branch);
            rows.Comma();
            rows.Text(Member.StandingName(member.Standing));
            rows.Comma();
            rows.Comma();
            rows.Text(member.Office);
            rows.Comma();
            DayOrNone(rows, member.EnrolledFrom);
            rows.Comma();
            DayOrNone(rows, member.EnrolledTo);
            rows.Comma();
            rows.Text(member.IsExempt ? "是" : "");
            rows.EndRow();
        }
    }

    public static void WriteFacts(BranchYears years, Scheme scheme, string path, RowOrder order)
    {
        using var file = File.Create(path);
        using var rows = new CsvWriter(file);
        var kinds = scheme.FactKinds.Select(kind => System.Text.Encoding.UTF8.GetBytes(kind.Name)).ToArray();
        var levels = scheme.FactKinds[(int)JsitKind.Commendation].Levels;
        rows.Text("编号,党员,日期,事实,数量,级别,内容,分值,状态\n"u8);
        foreach (var (member, number, fact) in order == RowOrder.Member ? All(years) : All(years).OrderBy(row => row.Fact.Day))
        {
            rows.Id('F', number, 8);
            rows.Comma();
            rows.Id('M', member + 1, 7);
            rows.Comma();
            rows.Day(fact.Day);
            rows.Comma();
            rows.Text(kinds[(int)fact.Kind]);
            rows.Comma();
            if (fact.Quantity != 100 || fact.Kind == JsitKind.GroupStudy)
            {
                rows.Hundredths(fact.Quantity);
            }

            rows.Comma();
            rows.Text(fact.Level == 0 ? "" : levels[fact.Level - 1]);
            rows.Comma();
            rows.Text(Contents.All[fact.Content]);
            rows.Comma();
            if (fact.Amount != FactSegment.NoAmount)
            {
                rows.Hundredths(fact.Amount);
            }

            rows.Comma();
            rows.Text(fact.IsPending ? Pending : []);
            rows.EndRow();
        }
    }

    // Numbers are given member by member in both orders, so that a fact has one 编号 in memory and in either file.
    private static IEnumerable<(int Member, int Number, MadeFact Fact)> All(BranchYears years)
    {
        var facts = new MadeFact[BranchYears.MostFacts];
        var number = 0;
        for (var m = 0; m < years.Count; m++)
        {
            var count = years.FactsOf(m, facts);
            for (var i = 0; i < count; i++)
            {
                yield return (m, ++number, facts[i]);
            }
        }
    }

    private static void DayOrNone(CsvWriter rows, DateOnly? day)
    {
        if (day is { } known)
        {
            rows.Day(known.DayNumber);
        }
    }
}
