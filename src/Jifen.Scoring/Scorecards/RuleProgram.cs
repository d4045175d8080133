using Jifen.Scoring.Schemes;

namespace Jifen.Scoring.Scorecards;

/// <summary>A rule compiled for one profile: reads the desk, returns its points, leaves its lines when lines are kept.</summary>
internal abstract class RuleProgram
{
    /// <summary>Index in <see cref="Plan.Sources"/>.</summary>
    public required int Source { get; init; }

    /// <summary>编号, for rules that name one another.</summary>
    public required string RuleId { get; init; }

    /// <summary>
    /// Kinds of fact without which the rule does nothing, as bits (index modulo 64, so that a bit may stand for several); 0 when it may
    /// act on no fact at all, as 不足 does.
    /// </summary>
    public virtual ulong WokenBy => 0;

    /// <returns>hundredths; 此项不得分 is left in <see cref="MemberPass.ForfeitedBy"/></returns>
    public abstract long Evaluate(MemberPass pass);
}

/// <summary>What a form needs to know to compile itself for a profile.</summary>
/// <param name="Sources">index of the source of each rule, by 编号</param>
/// <param name="LookedAt">rules of which another rule asks for the facts they counted (另加, 不兼得)</param>
/// <param name="Earlier">programs of the rules that stand before it in the section</param>
internal sealed record Compilation(
    Scheme Scheme,
    Calendar Calendar,
    Profile Profile,
    IReadOnlyDictionary<string, int> Sources,
    IReadOnlyDictionary<string, int> Placings,
    IReadOnlySet<string> LookedAt,
    IReadOnlyList<RuleProgram> Earlier);
