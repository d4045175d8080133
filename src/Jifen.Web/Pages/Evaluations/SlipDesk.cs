using System.Collections.Concurrent;
using System.Security.Cryptography;
using Jifen.Cycle;
using Jifen.Cycle.Evaluations;
using Jifen.Store.Steps;

namespace Jifen.Web.Pages.Evaluations;

/// <summary>
/// Codes of slips, in memory and nowhere else: those to be printed for half an hour, those drawn on phones until the vote begins. When the
/// program stops they are gone, and the box is annulled: that costs a few minutes, a list of who holds which code would cost the secret.
/// </summary>
internal sealed class SlipDesk(TimeProvider clock)
{
    // Neither 0, O, 1, I, L, U: read from paper and typed. 20 of 30 letters are 98 bits.
    private const string Letters = "23456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int Length = 20;
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(30);

    private readonly ConcurrentDictionary<BallotBoxId, Stack> _stacks = new();

    public static IReadOnlyList<string> NewCodes(int count) => [.. Enumerable.Range(0, Math.Clamp(count, 0, 1000)).Select(_ => RandomNumberGenerator.GetString(Letters, Length))];

    /// <summary>In groups of four, as printed.</summary>
    public static string Spaced(string code) => string.Join('-', code.Chunk(4).Select(four => new string(four)));

    /// <param name="printed">to be cut and handed out, by kind of voters</param>
    /// <param name="drawn">to be drawn on phones</param>
    public void Keep(BallotBoxId box, OperationId operation, PersonId by, IReadOnlyList<SlipCodes> printed, IReadOnlyList<string> drawn)
    {
        foreach (var (old, stack) in _stacks.Where(one => clock.GetUtcNow() - one.Value.MadeAt > TimeSpan.FromHours(12)).ToList())
        {
            _stacks.TryRemove(old, out _);
        }

        _stacks[box] = new Stack(operation, by, clock.GetUtcNow(), printed, new Queue<string>(drawn));
    }

    /// <summary>The box a form opened; the same form sent again finds the same.</summary>
    public BallotBoxId? BoxOf(OperationId operation) =>
        _stacks.Where(one => one.Value.Operation == operation).Select(one => (BallotBoxId?)one.Key).FirstOrDefault();

    /// <returns>null when they are gone, or somebody else made them</returns>
    public IReadOnlyList<SlipCodes>? ToPrint(BallotBoxId box, PersonId by) =>
        _stacks.TryGetValue(box, out var stack) && stack.By == by && clock.GetUtcNow() - stack.MadeAt <= Life ? stack.Printed : null;

    /// <summary>A slip for somebody who is entitled to one; the same again until the vote begins.</summary>
    /// <returns>null when none is left</returns>
    public string? Draw(BallotBoxId box, PersonId person) => _stacks.TryGetValue(box, out var stack) ? stack.Draw(person) : null;

    /// <summary>Whether this person has a slip, as long as that is known: until the vote begins.</summary>
    public bool HasDrawn(BallotBoxId box, PersonId person) => _stacks.TryGetValue(box, out var stack) && stack.HasDrawn(person);

    public int Left(BallotBoxId box) => _stacks.TryGetValue(box, out var stack) ? stack.Left : 0;

    /// <summary>The vote begins: who drew what is forgotten.</summary>
    public void Forget(BallotBoxId box)
    {
        if (_stacks.TryGetValue(box, out var stack))
        {
            stack.Forget();
        }
    }

    public void Discard(BallotBoxId box) => _stacks.TryRemove(box, out _);

    private sealed record Stack(OperationId Operation, PersonId By, DateTimeOffset MadeAt, IReadOnlyList<SlipCodes> Printed, Queue<string> Pool)
    {
        private readonly Lock _lock = new();
        private readonly Dictionary<PersonId, string> _drawn = [];

        public int Left
        {
            get
            {
                lock (_lock)
                {
                    return Pool.Count;
                }
            }
        }

        public bool HasDrawn(PersonId person)
        {
            lock (_lock)
            {
                return _drawn.ContainsKey(person);
            }
        }

        public string? Draw(PersonId person)
        {
            lock (_lock)
            {
                if (!_drawn.TryGetValue(person, out var code) && Pool.TryDequeue(out code))
                {
                    _drawn[person] = code;
                }

                return code;
            }
        }

        public void Forget()
        {
            lock (_lock)
            {
                _drawn.Clear();
                Pool.Clear();
            }
        }
    }
}
