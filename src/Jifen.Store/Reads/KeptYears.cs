using System.Collections.Concurrent;
using Jifen.Cycle;

namespace Jifen.Store.Reads;

/// <summary>A cycle of a branch, as it was known on a day.</summary>
internal readonly record struct KeptYear(OrganizationId Branch, int Year, DateOnly Day);

/// <summary>What a computation rests on: as long as both are the same, so is what comes out.</summary>
/// <param name="Records">heads of the streams it reads</param>
/// <param name="Fingerprint">of the scheme</param>
internal readonly record struct YearVersion(string Records, string Fingerprint);

/// <summary>What was computed of branch-years, in memory; who was not asked for longest goes first.</summary>
/// <param name="most">how many are kept</param>
internal sealed class KeptYears<T>(int most)
    where T : class
{
    private readonly ConcurrentDictionary<KeptYear, Kept> _kept = new();
    private long _clock;

    /// <returns>null: not computed yet, or of something that has changed since</returns>
    public T? Find(KeptYear key, YearVersion version)
    {
        if (!_kept.TryGetValue(key, out var kept) || kept.Version != version)
        {
            return null;
        }

        kept.UsedAt = Interlocked.Increment(ref _clock);
        return kept.Value;
    }

    /// <summary>What is kept; otherwise what is worked out now, and kept from now on.</summary>
    /// <returns>null: there is nothing to work out</returns>
    public async Task<T?> FindAsync(KeptYear key, YearVersion version, Func<Task<T?>> workOut)
    {
        if (Find(key, version) is { } kept)
        {
            return kept;
        }

        if (await workOut() is { } value)
        {
            Keep(key, version, value);
            return value;
        }

        return null;
    }

    private void Keep(KeptYear key, YearVersion version, T value)
    {
        _kept[key] = new Kept(version, value) { UsedAt = Interlocked.Increment(ref _clock) };
        if (_kept.Count > most)
        {
            foreach (var (oldest, _) in _kept.OrderBy(kept => kept.Value.UsedAt).Take(most / 4).ToList())
            {
                _kept.TryRemove(oldest, out _);
            }
        }
    }

    private sealed record Kept(YearVersion Version, T Value)
    {
        public long UsedAt { get; set; }
    }
}
