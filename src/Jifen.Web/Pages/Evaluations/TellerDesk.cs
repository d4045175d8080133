using System.Collections.Concurrent;
using Jifen.Cycle;
using Jifen.Cycle.Evaluations;

namespace Jifen.Web.Pages.Evaluations;

/// <summary>What one teller found on paper, as it was taken.</summary>
internal sealed record TypedCount(DateTimeOffset At, IReadOnlyList<PaperCount> Counts)
{
    public PaperCount? Of(VoterKind voter) => Counts.FirstOrDefault(count => count.Voter == voter);
}

/// <summary>
/// What tellers typed, in memory until the box is counted: nobody reads it in the database, not even the program (0013), and yet a teller has to
/// see what he said. When the program stops it is gone from here; it counts all the same.
/// </summary>
internal sealed class TellerDesk(TimeProvider clock)
{
    /// <summary>Among the lines that differ: the number of papers that came back.</summary>
    public const string Papers = "papers";

    private static readonly TimeSpan Life = TimeSpan.FromDays(7);

    private readonly ConcurrentDictionary<(BallotBoxId Box, PersonId Teller), TypedCount> _typed = new();

    public void Keep(BallotBoxId box, PersonId teller, IReadOnlyList<PaperCount> counts)
    {
        foreach (var old in _typed.Where(one => clock.GetUtcNow() - one.Value.At > Life).ToList())
        {
            _typed.TryRemove(old.Key, out _);
        }

        _typed[(box, teller)] = new TypedCount(clock.GetUtcNow(), counts);
    }

    /// <summary>His own, and nobody else's.</summary>
    public TypedCount? Of(BallotBoxId box, PersonId teller) => _typed.GetValueOrDefault((box, teller));

    /// <summary>What has to be counted again once another teller has counted too: subjects whose figures differ, never the figures.</summary>
    /// <returns>null: nobody else has counted yet; empty: another found the same</returns>
    public IReadOnlyList<string>? DifferencesFor(BallotBox box, PersonId teller)
    {
        if (Of(box.Id, teller) is not { } own)
        {
            return null;
        }

        var others = _typed.Where(one => one.Key.Box == box.Id && one.Key.Teller != teller).OrderByDescending(one => one.Value.At).Select(one => DifferencesOf(box, own, one.Value)).ToList();
        return others.Find(differences => differences.Count == 0) ?? others.FirstOrDefault();
    }

    /// <summary>The box is counted, or destroyed.</summary>
    public void Discard(BallotBoxId box)
    {
        foreach (var key in _typed.Keys.Where(key => key.Box == box).ToList())
        {
            _typed.TryRemove(key, out _);
        }
    }

    private static IReadOnlyList<string> DifferencesOf(BallotBox box, TypedCount one, TypedCount other) =>
    [
        .. box.Slips.Where(slips => slips.Papers > 0).SelectMany(slips => box.Subjects
            .Where(subject => !Counts(one, slips.Voter, subject).SequenceEqual(Counts(other, slips.Voter, subject)))
            .Concat(one.Of(slips.Voter)?.Papers == other.Of(slips.Voter)?.Papers ? [] : [Papers])).Distinct(),
    ];

    private static IReadOnlyList<int> Counts(TypedCount of, VoterKind voter, string subject) => of.Of(voter)?.Counts.GetValueOrDefault(subject) ?? [];
}
