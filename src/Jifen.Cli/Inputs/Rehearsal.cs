using System.Globalization;
using System.Text;
using Jifen.Documents;
using Jifen.Documents.Annexes;
using Jifen.Documents.Imports;
using Jifen.Scoring.Facts;
using Jifen.Scoring.Schemes;
using Jifen.Scoring.Scorecards;

namespace Jifen.Cli.Inputs;

/// <summary>
/// The year of one made-up person, from the csv to the totals, for a thread that would only wait while another reads a large roster. Nothing
/// comes of it but that the code for all this has been loaded when the real facts are there.
/// </summary>
internal static class Rehearsal
{
    private const string Person = "M0000001";

    /// <returns>false when the made-up facts could not be read; the real year does not care</returns>
    public static bool Run(Plan plan)
    {
        var roster = new Roster([new Member(Person, "某人", "某支部", Category: plan.Scheme.Categories is [var first, ..] ? first : null)]);
        var file = new InputFile("rehearsal.csv", Encoding.UTF8.GetBytes(Facts(plan)));
        if (FactList.Read(file, plan.Scheme, roster, threads: 2, need: TotalsNeed.Of(plan, roster)).Value is not { } facts)
        {
            return false;
        }

        var scorer = new Scorer(plan, roster, facts);
        TotalsCsv.Write(Stream.Null, scorer, scorer.Score());
        return true;
    }

    // Two facts of every kind that carries nothing: the reader takes the second, which ends like the first, by another way.
    private static string Facts(Plan plan)
    {
        var day = DateOnly.FromDayNumber(plan.Calendar.Cycle.First).ToString("O", CultureInfo.InvariantCulture);
        var text = new StringBuilder("编号,党员,日期,事实\n");
        var number = 0;
        foreach (var kind in plan.Scheme.FactKinds)
        {
            for (var time = 0; time < 2 && kind.Carries == Carried.None; time++)
            {
                text.Append(CultureInfo.InvariantCulture, $"F{++number},{Person},{day},{kind.Id}\n");
            }
        }

        return text.ToString();
    }
}
