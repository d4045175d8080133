using Jifen.Scoring.Facts;
using Jifen.Scoring.Schemes;
using Jifen.Scoring.Scorecards;

namespace Jifen.Scoring.Outcomes;

/// <summary>A place among the ranked of a branch (or of a category in it).</summary>
/// <param name="Rank">1 + number of people with a higher total; 0 when not ranked</param>
/// <param name="Lower">number of people with a lower total</param>
public readonly record struct RankPlace(int Rank, int Lower, int People);

/// <summary>What conditions may ask about one member. One a thread, moved from member to member.</summary>
internal sealed class MemberOutcome(Scorer scorer, Totals totals)
{
    private int _member;
    private RankPlace _inBranch;
    private RankPlace _inCategory;

    public Scheme Scheme => scorer.Plan.Scheme;

    public Profile Profile { get; private set; } = new(null, Standing.Full, []);

    public long Total { get; private set; }

    public string? Grade => totals.GradeOf(_member);

    public PreviousResult? Previous { get; private set; }

    public void MoveTo(int member, RankPlace inBranch, RankPlace inCategory)
    {
        _member = member;
        _inBranch = inBranch;
        _inCategory = inCategory;
        Profile = scorer.Roster.ProfileOf(member);
        Total = totals.TotalOf(member).Hundredths;
        Previous = scorer.PreviousOf(member);
    }

    public RankPlace RankIn(bool category) => category ? _inCategory : _inBranch;

    public bool SectionHas(int section) => totals.SectionHas(_member, section);

    public long SectionPoints(int section) => totals.SectionOf(_member, section).Hundredths;

    public bool ItemHas(string item) => totals.ItemHas(_member, scorer.Plan.Watched.ItemIndex(item));

    public long ItemPoints(string item) => totals.ItemPoints(_member, scorer.Plan.Watched.ItemIndex(item));

    public bool HasFact(int kind) => totals.KindSum(_member, scorer.Plan.Watched.KindIndex(kind)) > 0;

    public bool HoldsNow(string outcome)
    {
        foreach (var candidate in Scheme.Outcomes)
        {
            if (candidate.Id == outcome)
            {
                return totals.Holds(_member, candidate.Index);
            }
        }

        return false;
    }
}
