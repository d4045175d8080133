using Jifen.Cycle;
using Jifen.Cycle.Permissions;
using Xunit;

namespace Jifen.Tests.Permissions;

/// <summary>
/// Role × action × relation × stage, each with and without an invitation and the web: what the program judges against a second reading of the
/// approved table, written here without a line of the program's own.
/// </summary>
public sealed class EveryCellTests
{
    /// <summary>1 recording, 2 reviewing, 3 reviewed, 4 mass evaluation, 5 meeting, 6 decided, 7 on notice, 8 settled, 9 filed.</summary>
    private static readonly Dictionary<string, string> Windows = new(StringComparer.Ordinal)
    {
        ["RC1"] = "12",
        ["RC2"] = "12",
        ["RC3"] = "345",
        ["RC4"] = "6789",
        ["DE1"] = "1",
        ["PE1"] = "2",
        ["PE2"] = "2",
        ["PE3"] = "3456",
        ["PE4"] = "3456",
        ["MA2"] = "56789",
        ["NO3"] = "7",
        ["NO4"] = "89",
        ["OB1"] = "7",
        ["RS2"] = "6789",
        ["RS3"] = "89",
        ["RS4"] = "89",
        ["GA5"] = "12",
        ["DU1"] = "12",
        ["TR2"] = "12",
    };

    private static readonly Dictionary<string, string> StagesOfS = new(StringComparer.Ordinal)
    {
        ["RC6"] = "4",
        ["DE2"] = "12",
        ["EV1"] = "1234",
        ["EV2"] = "5",
        ["EV2 E"] = "2345",
        ["MT2"] = "5",
        ["MT3"] = "5",
        ["MA1"] = "4",
        ["OB2"] = "7",
    };

    private static readonly string[] NeverInOwnCase =
        ["RO2", "RC1", "RC2", "RC3", "RC4", "PE1", "PE2", "PE4", "MT3", "OB3", "OB4", "OB6", "RS2", "RS3", "PD2", "AC1", "AC3", "AC4", "GA3", "GA5", "DU1", "TR2", "RS7", "GD1", "RS8", "RO5", "RO6"];

    private static readonly string[] OutsideSeconds = ["SC4", "RC4", "AC1", "AC2", "AC3", "AC4", "RN3"];

    private static readonly Stage?[] Stages = [null, .. Enum.GetValues<Stage>()];

    private enum Relation
    {
        Own,
        Somebody,
        TheRecorder,
        Nobody,
        Unsaid,
    }

    public static TheoryData<string> Actions() => [.. WrittenTable.Judged.Select(row => row.Id)];

    [Theory, MemberData(nameof(Actions))]
    public void Every_role_relation_and_stage_is_judged_as_the_table_says(string id) =>
        Assert.Equal([], Deviations(WrittenTable.Judged.Single(row => row.Id == id)));

    /// <summary>The control: a cell that is not what the program holds has to be noticed.</summary>
    [Fact]
    public void One_sign_changed_anywhere_is_noticed()
    {
        var unnoticed =
            from row in WrittenTable.Judged
            from role in WrittenRow.Roles
            let changed = row with { Cells = [.. WrittenRow.Roles.Select(one => one != role ? row[one] : row[role] == "–" ? "j" : "–")] }
            where !Deviations(changed, $"{role}").Any() && !IsCoveredByAnother(row, role)
            select $"{row.Id} {role}";

        Assert.Equal([], unnoticed);
    }

    [Fact]
    public void More_than_ten_thousand_cells_are_judged()
    {
        var judged = WrittenTable.Judged.Sum(_ => Combinations().Count());
        var combinations = WrittenTable.Judged.Count * WrittenRow.Roles.Length * Enum.GetValues<Relation>().Length * Stages.Length;

        Assert.True(combinations >= 10_000);
        Assert.True(judged >= combinations, $"{judged} judged, {combinations} combinations");
    }

    [Theory, MemberData(nameof(Actions))]
    public void A_post_in_another_branch_is_worth_what_a_stranger_is(string id)
    {
        foreach (var actor in Cast.ByRole.Take(8).OfType<Actor>())
        {
            foreach (var stage in Stages)
            {
                var target = Target.About(Cast.Somebody, Cast.SecondBranch, stage) with { Handlers = [] };

                Assert.Equal(Said(Authority.Judge(id, Cast.Stranger, target)), Said(Authority.Judge(id, actor, target)));
            }
        }
    }

    [Theory, MemberData(nameof(Actions))]
    public void Every_refusal_says_in_chinese_what_cannot_be_done(string id)
    {
        foreach (var (role, relation, stage, invited, web) in Combinations())
        {
            if (Judge(id, role, relation, stage, invited, web).Refusal is { } refusal)
            {
                Assert.EndsWith("。", refusal.Message, StringComparison.Ordinal);
                Assert.DoesNotContain("由办理", refusal.Message, StringComparison.Ordinal);
                Assert.DoesNotContain("由中", refusal.Message, StringComparison.Ordinal);
            }
        }
    }

    private static IEnumerable<string> Deviations(WrittenRow row, string roles = WrittenRow.Roles)
    {
        foreach (var (role, relation, stage, invited, web) in Combinations(roles))
        {
            var verdict = Judge(row.Id, role, relation, stage, invited, web);
            var expected = Expected(row, role, relation, stage, invited, web);
            if (Said(verdict) != expected)
            {
                yield return $"{role} {relation} {stage} invited:{invited} web:{web}: expected “{expected}”, judged “{Said(verdict)}” {verdict.Refusal}";
            }
        }
    }

    /// <summary>
    /// What the public may, everybody may, and an invitation makes of the public a G; for himself an office holder has a member's right without a
    /// cell of his own. Somebody signed in without a post (o of the public) and a secretary above the branches (ST1) have a sentence each.
    /// </summary>
    private static bool IsCoveredByAnother(WrittenRow row, char role) =>
        (row['P'] != "–" && row['P'] != "w" && role != 'P') || (row['M'] == "o" && row[role] == "o" && role is 'R' or 'E' or 'C' or 'S')
        || (role == 'P' && row['P'] is ("s" or "o"))
        || (row.Id == "ST1" && role == 'S');

    private static IEnumerable<(char Role, Relation Relation, Stage? Stage, bool Invited, bool Web)> Combinations(string roles = WrittenRow.Roles) =>
        from role in roles
        from relation in Enum.GetValues<Relation>()
        from stage in Stages
        from invited in new[] { false, true }
        from web in new[] { false, true }
        select (role, relation, stage, invited, web);

    private static Verdict Judge(string id, char role, Relation relation, Stage? stage, bool invited, bool web)
    {
        var actor = Cast.ByRole[WrittenRow.Roles.IndexOf(role, StringComparison.Ordinal)];
        var concern = relation switch
        {
            Relation.Own => Concern.Of(actor?.Person ?? Cast.Somebody),
            Relation.Somebody => Concern.Of(Cast.Somebody),
            Relation.TheRecorder => Concern.Of(Cast.Recorder.Person),
            Relation.Nobody => Concern.Nobody,
            Relation.Unsaid => default,
        };
        return Authority.Judge(id, actor, new Target(Cast.FirstBranch, concern, stage, [], invited, web));
    }

    private static string Said(Verdict verdict) => verdict.IsAllowed ? $"yes {verdict.Qualifiers}" : "no";

    /// <summary>The second reading.</summary>
    private static string Expected(WrittenRow row, char role, Relation relation, Stage? stage, bool invited, bool web)
    {
        var own = role != 'P' && (relation == Relation.Own || (relation == Relation.TheRecorder && role == 'R'));
        var mine = new HashSet<char> { 'P', role };
        if (invited && role is ('P' or 'O' or 'L' or 'D' or 'X'))
        {
            mine.Add('G');
        }

        var now = stage is { } at ? $"{(int)at + 1}" : "none";
        if (Windows.TryGetValue(row.Id, out var window) && !window.Contains(now, StringComparison.Ordinal))
        {
            return "no";
        }

        if (NeverInOwnCase.Contains(row.Id) && (relation == Relation.Unsaid || own))
        {
            return "no";
        }

        var recused = own && mine.Any(one => row[one].Contains('▲', StringComparison.Ordinal) || row[one].Contains('K', StringComparison.Ordinal));
        var open = mine.Where(Opens).Select(one => Qualified(row[one])).ToList();
        // R, E, C and S have a member's rights for themselves.
        if (own && role is ('R' or 'E' or 'C' or 'S') && row['M'] == "o")
        {
            open.Add(Qualified("o"));
        }

        return open.Count == 0 ? "no" : open.MinBy(Weight)!;

        bool Opens(char one)
        {
            var cell = row[one];
            if (cell == "–" || (recused && cell != "o") || (row.Id == "ST1" && one == 'S'))
            {
                return false;
            }

            foreach (var sign in cell)
            {
                var holds = sign switch
                {
                    'o' => own,
                    '▲' => relation != Relation.Unsaid && !own,
                    'K' => relation == Relation.TheRecorder && !own,
                    's' => invited || StagesOfS.GetValueOrDefault($"{row.Id} {one}", StagesOfS.GetValueOrDefault(row.Id, "")).Contains(now, StringComparison.Ordinal),
                    'w' => web,
                    _ => true,
                };
                if (!holds)
                {
                    return false;
                }
            }

            return true;
        }

        string Qualified(string cell)
        {
            var words = new List<string>();
            if (cell.Contains('2', StringComparison.Ordinal))
            {
                words.Add("NeedsSecond");
                if (OutsideSeconds.Contains(row.Id))
                {
                    words.Add("SecondFromOutside");
                }
            }

            if (cell.Contains('j', StringComparison.Ordinal))
            {
                words.Add("NeedsReason");
            }

            if (cell is "r" or "w")
            {
                words.Add("Redacted");
            }

            if (cell.Contains('V', StringComparison.Ordinal))
            {
                words.Add("VotingOnly");
            }

            if (cell == "h")
            {
                words.Add("HashesOnly");
            }

            if (row.Id == "AC2" && stage == Stage.Meeting)
            {
                words.Add("ShownToTellers");
            }

            return $"yes {(words.Count == 0 ? "None" : string.Join(", ", words))}";
        }
    }

    private static int Weight(string said) =>
        (said.Contains("Hashes", StringComparison.Ordinal) ? 16 : 0) + (said.Contains("NeedsSecond", StringComparison.Ordinal) ? 8 : 0)
        + (said.Contains("Reason", StringComparison.Ordinal) ? 4 : 0) + (said.Contains("Redacted", StringComparison.Ordinal) ? 2 : 0);
}
