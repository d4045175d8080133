using System.Globalization;

namespace Jifen.Tests.Naive;

/// <summary>splitmix64: the same seed throws the same dice on every machine and every runtime.</summary>
internal sealed class SeededDice(ulong seed)
{
    private ulong _state = seed;

    /// <summary>A whole number from low to high, both in.</summary>
    public int Range(int low, int high) => low + (int)(Next() % (ulong)(high - low + 1));

    public bool Chance(int percent) => Range(1, 100) <= percent;

    public T Pick<T>(params IReadOnlyList<T> choices) => choices[Range(0, choices.Count - 1)];

    /// <summary>A part of the choices, in their order, at least one.</summary>
    public IReadOnlyList<T> Some<T>(IReadOnlyList<T> choices)
    {
        var some = choices.Where(_ => Chance(50)).ToList();
        return some.Count > 0 ? some : [Pick(choices)];
    }

    /// <summary>A positive multiple of the step, at most about the given size.</summary>
    public decimal Multiple(decimal step, decimal most) => step * Range(1, Math.Max(1, (int)(most / step)));

    public static string Text(decimal value) => value.ToString("0.####", CultureInfo.InvariantCulture);

    private ulong Next()
    {
        _state += 0x9E3779B97F4A7C15;
        var mixed = _state;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }
}
