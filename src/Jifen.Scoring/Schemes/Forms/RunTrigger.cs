using System.Text;
using Jifen.Scoring.Facts;
using Jifen.Scoring.Schemes.Yaml;
using Jifen.Scoring.Scorecards;

namespace Jifen.Scoring.Schemes.Forms;

/// <summary>连续: so many months (quarters) in a row with the fact, or so many of it without the breaking one between; one consequence.</summary>
/// <param name="Length">满: at least 2</param>
/// <param name="Every">按 月 or 季度; null for 按 次</param>
/// <param name="Break">中断: index of the kind, for 按 次; −1 for none</param>
public sealed record RunTrigger(
    RuleHead Head, int Fact, int Length, Span? Every, int Break, bool ToDate, Consequence Consequence) : Rule(Head)
{
    public const string Key = "连续";

    public override IEnumerable<UsedFact> Uses =>
        Break < 0 ? [new(Fact, FactUse.Watches)] : [new(Fact, FactUse.Watches), new(Break, FactUse.Watches)];

    public override IEnumerable<SignedAmount> Amounts => Consequence.Amount is { } amount ? [amount] : [];

    internal override bool CountsToDate => ToDate;

    internal override IEnumerable<GatheredFact> Gathers =>
        Uses.Select(use => new GatheredFact(use.Kind, ToDate ? Gather.Earlier : Gather.InRound));

    internal static Rule? Read(RuleHead head, Fields fields, RuleReading reading)
    {
        var kind = reading.Fact(fields, Key);
        fields.RequiredNode("满");
        var length = fields.Whole("满", 2, 366);
        var every = fields.RequiredOneOf("按", "月", "季度", "次");
        var toDate = RuleReading.ToDate(fields);
        var breaking = fields.Has("中断") ? reading.Fact(fields, "中断") : null;
        if (every is "月" or "季度" && breaking is not null)
        {
            reading.Problems.Error(fields.PlaceOf("中断"), "“中断”只用于按次", "删去，或改成“按: 次”");
        }

        if (every == "次" && !fields.Has("中断"))
        {
            reading.Problems.Error(fields.Place, $"{fields.What}按次连续，要写“中断”", "写“中断: 会议出席”之类；不管隔多久的用“累计”");
        }

        var consequence = reading.Consequence(fields);
        return kind is null || length is null || every is null || consequence is null
            ? null
            : new RunTrigger(
                head, kind.Index, length.Value, every == "次" ? null : SpanNames.Of(every), breaking?.Index ?? -1, toDate, consequence);
    }

    public override string Describe(IReadOnlyList<FactKind> kinds) =>
        $"{NameOf(kinds, Fact)}连续{Length}{Every switch { Span.Month => "个月", Span.Quarter => "个季度", _ => "次" }}"
        + $"{(Break < 0 ? "" : $"（{NameOf(kinds, Break)}中断）")}，{Consequence}";

    internal override (long Least, long Most) Extent(Scheme scheme) => OneAmount();

    internal override RuleProgram Compile(Compilation compilation) =>
        new Program(this, compilation.Calendar) { Source = compilation.Sources[Id], RuleId = Id };

    internal override Sentence Sentence(Scheme scheme)
    {
        var name = Encoding.UTF8.GetBytes(scheme.FactKinds[Fact].Name);
        var words = Encoding.UTF8.GetBytes(Every switch { Span.Month => "个月", Span.Quarter => "个季度", _ => "次" });
        var length = Length;
        return (ref SentenceText text, in Line line, FactTable _) =>
        {
            text.Add(name);
            text.Add("连续"u8);
            text.Add(length);
            text.Add(words);
            text.Add("，截至"u8);
            text.AddDay((int)line.A);
            text.AddSigned(line.Points);
        };
    }

    private sealed class Program(RunTrigger rule, Calendar calendar) : RuleProgram
    {
        public override long Evaluate(MemberPass pass) =>
            DayOfRun(pass) is { } day ? pass.Conclude(Source, rule.Consequence, a: day) : 0;

        /// <returns>the day on which the run is complete, or null</returns>
        private int? DayOfRun(MemberPass pass)
        {
            var days = rule.ToDate ? pass.CountedToDate : pass.Counted;
            var run = 0;
            var last = default(Days);
            var gathered = pass.Gathered;
            for (var i = 0; i < gathered.Length; i++)
            {
                var day = pass.Facts.DayOf(gathered[i]);
                if (pass.Facts.KindOf(gathered[i]) != rule.Fact || !days.Contains(day))
                {
                    continue;
                }

                if (rule.Every is { } every)
                {
                    var span = calendar.SpanOf(every, day);
                    run = span == last ? run : span.First == last.Last + 1 && run > 0 ? run + 1 : 1;
                    last = span;
                }
                else
                {
                    run = IsBroken(pass, days, last.Last, day) ? 1 : run + 1;
                    last = new Days(day, day);
                }

                if (run >= rule.Length)
                {
                    return day;
                }
            }

            return null;
        }

        // Of one day the fact comes first, then what breaks it: a break on the day of the earlier fact breaks, one on the later day does not.
        private bool IsBroken(MemberPass pass, Days days, int previousDay, int day)
        {
            if (rule.Break < 0)
            {
                return false;
            }

            foreach (var other in pass.Gathered)
            {
                var at = pass.Facts.DayOf(other);
                if (pass.Facts.KindOf(other) == rule.Break && days.Contains(at) && at >= previousDay && at < day)
                {
                    return true;
                }
            }

            return false;
        }
    }
}
