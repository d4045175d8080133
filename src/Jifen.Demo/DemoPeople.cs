using Jifen.Cycle;
using Jifen.Cycle.Organizations;
using Jifen.Scoring.Facts;

namespace Jifen.Demo;

/// <summary>Who is in each branch, and who holds which post.</summary>
internal static class DemoPeople
{
    private static readonly string[] Groups = ["第一党小组", "第二党小组", "第三党小组"];

    /// <param name="firstYear">the year the books begin</param>
    public static IReadOnlyList<DemoPerson> Of(DemoOrganization branch, DemoNames names, int firstYear)
    {
        var random = new Random(DemoId.Seed(branch.Key));
        var people = new List<DemoPerson>(branch.Members);
        for (var i = 0; i < branch.Members; i++)
        {
            var standing = StandingOf(branch, i, random);
            // Most were there before the books began; a few came in the course of the two years.
            var joined = i >= 8 && branch.Members >= 10 && random.Next(14) == 0
                ? new DateOnly(firstYear, 3, 1).AddDays(random.Next(480))
                : new DateOnly(firstYear, 1, 1);
            people.Add(new DemoPerson(
                new PersonId(DemoId.Of($"person {branch.Key} {i}")),
                $"{branch.Key.ToUpperInvariant()}-{i + 1:00}",
                names.Next(),
                branch,
                standing,
                branch.Categories is { } categories ? categories[i % categories.Count] : null,
                branch.Members >= 30 ? Groups[i % Groups.Length] : null,
                joined)
            {
                Care = CareOf(i, random),
                Offices = OfficesOf(i, branch),
            });
        }

        return people;
    }

    private static Standing StandingOf(DemoOrganization branch, int i, Random random) => i < 10
        ? Standing.Full
        : (branch.StudentShare, random.Next(100)) switch
        {
            ( > 0, < 30) => Standing.Probationary,
            ( > 0, < 45) => Standing.Activist,
            (_, < 4) => Standing.Probationary,
            (_, < 8) => Standing.Activist,
            _ => Standing.Full,
        };

    // Most are careful, some are not, one or two hardly take part: so that every page has something to show.
    private static double CareOf(int i, Random random) => i switch
    {
        12 => 0.25,
        17 => 0.45,
        _ => 0.8 + (random.NextDouble() * 0.2),
    };

    private static IReadOnlyList<Office> OfficesOf(int i, DemoOrganization branch) => i switch
    {
        0 => [Office.Secretary],
        1 => [Office.DeputySecretary],
        2 => [Office.Recorder],
        3 => [Office.CommitteeMember],
        4 => [Office.CommitteeMember],
        // Two: nobody judges his own points.
        5 or 6 when branch.Key.StartsWith("law", StringComparison.Ordinal) => [Office.Evaluator],
        5 or 6 or 7 when branch.Members >= 30 => [Office.GroupLeader],
        _ => [],
    };
}
