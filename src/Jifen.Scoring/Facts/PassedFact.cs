using System.Runtime.CompilerServices;

namespace Jifen.Scoring.Facts;

/// <summary>What every pass over the facts of a member looks at, in one word, so that a year of a college fits the caches.</summary>
internal readonly struct PassedFact
{
    /// <summary>The level is written in the <see cref="FactDetail"/>: so many hardly any document has.</summary>
    public const int HighLevel = (1 << LevelBits) - 1;

    private const int KindBits = 10;
    private const int LevelBits = 5;
    private const int DayBits = 22;
    private const int QuantityBits = 27;

    private readonly ulong _bits;

    /// <param name="day"><see cref="DateOnly.DayNumber"/>: all of them fit</param>
    /// <param name="quantity">hundredths; more than <see cref="FactCheck"/> lets through fits</param>
    /// <param name="level">0 none, otherwise 1 + index in the kind's levels</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public PassedFact(int kind, int day, int quantity, int level = 0)
    {
        if (((uint)kind >> KindBits) + ((uint)day >> DayBits) + ((uint)quantity >> QuantityBits) != 0)
        {
            ThrowUnchecked(kind, day, quantity);
        }

        _bits = (uint)kind
            | ((uint)Math.Min(level, HighLevel) << KindBits)
            | ((ulong)(uint)day << (KindBits + LevelBits))
            | ((ulong)(uint)quantity << (KindBits + LevelBits + DayBits));
    }

    public int Kind => (int)_bits & ((1 << KindBits) - 1);

    public int Level => (int)_bits >> KindBits & HighLevel;

    public int Day => (int)(_bits >> (KindBits + LevelBits)) & ((1 << DayBits) - 1);

    public int Quantity => (int)(_bits >> (KindBits + LevelBits + DayBits));

    private static void ThrowUnchecked(int kind, int day, int quantity) =>
        throw new ArgumentOutOfRangeException(nameof(kind), $"({kind}, {day}, {quantity}) is no fact that was checked");
}

/// <summary>What only some rules, and the sheets, look at.</summary>
internal readonly record struct FactDetail(int IdStart, int Amount, ushort Level, short Segment, byte Sharers);

/// <summary>内容 of a fact: what rules that count a content once look at, and nothing else of most facts.</summary>
/// <param name="Start">where it is kept; 0 for none</param>
internal readonly record struct FactContent(int Start, int Hash);
