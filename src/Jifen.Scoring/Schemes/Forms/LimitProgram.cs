using Jifen.Scoring.Scorecards;

namespace Jifen.Scoring.Schemes.Forms;

/// <summary>限额: holds the sum of some lines within each span, by one adjustment line for each span that overflows.</summary>
internal static class LimitProgram
{
    /// <summary>On the lines of one rule: what counts is the size of the sum, whatever its sign.</summary>
    /// <param name="firstLine">where the rule's own lines begin</param>
    public static long OnRule(MemberPass pass, Calendar calendar, Limit limit, int source, int firstLine) =>
        Apply(pass, calendar, limit, source, firstLine, (line, _) => line.Source == source, 0, bothSigns: true);

    /// <summary>On the lines of an item (<paramref name="isInScope"/>), starts left out: only what was gained is held.</summary>
    public static long OnScope(
        MemberPass pass, Calendar calendar, Limit limit, int source, int firstLine, Func<Line, int, bool> isInScope, int scope) =>
        Apply(pass, calendar, limit, source, firstLine, isInScope, scope, bothSigns: false);

    /// <summary>The sentence of an adjustment by 限额: line.A says which limit.</summary>
    public static void Say(ref SentenceText text, in Line line, IReadOnlyList<Limit> limits)
    {
        var (points, every) = (line.A, (Span)line.B);
        var limit = limits.First(candidate => candidate.Points == points && candidate.Every == every);
        text.Add(limit.ToString());
        text.Add("，截至"u8);
        text.AddDay(line.Day);
        text.Add("的这一期超出不计"u8);
        text.AddSigned(line.Points);
    }

    private static long Apply(
        MemberPass pass,
        Calendar calendar,
        Limit limit,
        int source,
        int firstLine,
        Func<Line, int, bool> isInScope,
        int scope,
        bool bothSigns)
    {
        var lines = pass.Lines!.From(firstLine);
        var spans = new List<(Days Span, long Sum)>();
        foreach (ref readonly var line in lines)
        {
            if (!isInScope(line, scope))
            {
                continue;
            }

            var span = calendar.SpanOf(limit.Every, line.Day);
            var at = spans.FindIndex(entry => entry.Span == span);
            if (at < 0)
            {
                spans.Add((span, line.Points));
            }
            else
            {
                spans[at] = (span, spans[at].Sum + line.Points);
            }
        }

        var most = limit.Points!.Value;
        var change = 0L;
        spans.Sort((left, right) => left.Span.First.CompareTo(right.Span.First));
        foreach (var (span, sum) in spans)
        {
            var excess = sum > most ? most - sum : bothSigns && sum < -most ? -most - sum : 0;
            if (excess != 0)
            {
                pass.Adjust(source, Math.Min(span.Last, pass.Window.Last), excess, a: most, b: (long)limit.Every);
                change += excess;
            }
        }

        return change;
    }
}
