using Jifen.Scoring.Schemes;

namespace Jifen.Cycle.Decisions;

/// <summary>
/// How many must come and how many must be in favour. What the scheme does not say is the usual rule of members' meetings – more than half of
/// those with the right to vote present, more than half of those due in favour – and is shown as a default.
/// </summary>
/// <param name="OfPresent">赞成 counts of those present, not of those due</param>
/// <param name="IsSecret">no show of hands</param>
public sealed record VotingRule(VoteShare Present, VoteShare InFavour, bool OfPresent, bool IsSecret)
{
    /// <summary>Where a document is silent; docs/scheme-language.md, section 6.</summary>
    public static VotingRule Default { get; } = new(VoteShare.MoreThanHalf, VoteShare.MoreThanHalf, OfPresent: false, IsSecret: false);

    /// <summary>The scheme says something of it.</summary>
    public bool IsOfScheme { get; private init; }

    public static VotingRule Of(CycleStep? step) => step?.Voting is { } terms
        ? new VotingRule(
            terms.Present ?? Default.Present, terms.InFavour ?? Default.InFavour, terms.OfPresent ?? Default.OfPresent, terms.IsSecret ?? Default.IsSecret)
        {
            IsOfScheme = true,
        }
        : Default;

    public bool HasQuorum(int present, int due) => due > 0 && Reaches(Present, present, due);

    /// <summary>How many have to be in favour.</summary>
    public int Needed(int present, int due)
    {
        var of = OfPresent ? present : due;
        return Enumerable.Range(0, of + 1).First(votes => Reaches(InFavour, votes, of));
    }

    public bool Passes(int inFavour, int present, int due) => due > 0 && inFavour > 0 && Reaches(InFavour, inFavour, OfPresent ? present : due);

    /// <summary>How many have to be present.</summary>
    public int Quorum(int due) => Enumerable.Range(0, due + 1).First(present => Reaches(Present, present, due));

    /// <summary>到会过半数，应到会的过半数赞成，举手表决</summary>
    public string InWords =>
        $"有表决权的到会{Word(Present)}才能表决；{(OfPresent ? "实到会" : "应到会")}有表决权的{Word(InFavour)}赞成才算通过；{(IsSecret ? "无记名投票" : "举手表决")}";

    private static bool Reaches(VoteShare share, int part, int whole) => share switch
    {
        VoteShare.MoreThanHalf => part * 2 > whole,
        VoteShare.TwoThirds => part * 3 >= whole * 2,
        VoteShare.FourFifths => part * 5 >= whole * 4,
        VoteShare.All => part >= whole,
    } || (whole == 0 && part == 0);

    private static string Word(VoteShare share) => share switch
    {
        VoteShare.MoreThanHalf => "过半数",
        VoteShare.TwoThirds => "三分之二以上",
        VoteShare.FourFifths => "五分之四以上",
        VoteShare.All => "全体",
    };
}
