using Jifen.Cli.Inputs;
using Jifen.Scoring.Scorecards;
using Xunit;

namespace Jifen.Tests.Cli;

public sealed class RehearsalTests
{
    public static TheoryData<string, bool> Schemes()
    {
        var schemes = new TheoryData<string, bool>();
        foreach (var id in World.SchemeIds)
        {
            schemes.Add(id, true);
            schemes.Add(id, false);
        }

        return schemes;
    }

    [Theory]
    [MemberData(nameof(Schemes))]
    public void A_made_up_year_goes_through_under_every_scheme(string id, bool refined) =>
        Assert.True(Rehearsal.Run(Plan.Compile(World.Scheme(id, refined), 2025)));
}
