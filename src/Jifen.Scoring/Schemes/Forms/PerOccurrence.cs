using Jifen.Scoring.Schemes.Yaml;
using Jifen.Scoring.Scorecards;

namespace Jifen.Scoring.Schemes.Forms;

/// <summary>每次: every confirmed fact counts so much, times its quantity.</summary>
public sealed record PerOccurrence(RuleHead Head, int Fact, SignedAmount Amount, Counting Counting) : Rule(Head)
{
    public const string Key = "每次";

    public override IEnumerable<UsedFact> Uses
    {
        get
        {
            yield return new(Fact, FactUse.Prices);
            if (Counting.Repair is { } repair)
            {
                yield return new(repair.Fact, FactUse.Watches);
            }
        }
    }

    public override IEnumerable<SignedAmount> Amounts => [Amount];

    public override int? ValidMonths => Counting.ValidMonths;

    internal override bool HasDatedLines => true;

    internal override IEnumerable<GatheredFact> Gathers
    {
        get
        {
            if (!IsPlain)
            {
                yield return new(Fact, Counting.Gather);
            }

            if (Counting.Repair is { } repair)
            {
                yield return new(repair.Fact, Counting.Gather);
            }
        }
    }

    private bool IsPlain => Counting.IsPlain && Head.Limits.Count == 0 && !Amount.Amount.IsRange;

    internal static Rule? Read(RuleHead head, Fields fields, RuleReading reading)
    {
        var kind = reading.Fact(fields, Key);
        var amount = reading.Signed(fields, rangeAllowed: true);
        var counting = Counting.Read(fields, reading, amount is null ? [] : [amount.Amount]);
        if (kind is { IsCounted: false })
        {
            reading.Problems.Error(fields.PlaceOf(Key), $"“每次”用在按“{kind.Unit}”记的事实“{kind.Name}”上", "用“每满”，或把事实改成记“次”");
            return null;
        }

        return kind is null || amount is null ? null : new PerOccurrence(head, kind.Index, amount, counting);
    }

    public override string Describe(IReadOnlyList<FactKind> kinds) => $"{NameOf(kinds, Fact)}每次{Amount}{Counting}";

    internal override (long Least, long Most)? AmountRange(FactKind kind, long? most) =>
        kind.Index == Fact && Amount.Amount.IsRange ? (Amount.Amount.Low, Amount.Amount.High) : null;

    internal override RuleProgram Compile(Compilation compilation)
    {
        var kind = compilation.Scheme.FactKinds[Fact];
        var source = compilation.Sources[Id];
        if (IsPlain && !kind.IsShared && !compilation.LookedAt.Contains(Id))
        {
            return new Program(Fact, Amount.Sign * Amount.Amount.Low) { Source = source, RuleId = Id };
        }

        return new PricedFacts
        {
            Source = source,
            RuleId = Id,
            Kind = kind,
            Calendar = compilation.Calendar,
            Sign = Amount.Sign,
            Amounts = [Amount.Amount],
            ByLevel = false,
            HighestOfContent = false,
            Counting = Counting,
            Limits = Head.Limits,
            Offices = compilation.Profile.Offices,
            Unit = compilation.Scheme.Unit,
            IsLookedAt = compilation.LookedAt.Contains(Id),
        };
    }

    internal override Sentence Sentence(Scheme scheme) => PricedFacts.SentenceOf(scheme, scheme.FactKinds[Fact], this, levels: false);

    /// <summary>The common case: amount times the sum of the quantities.</summary>
    private sealed class Program(int fact, long amount) : RuleProgram
    {
        public override ulong WokenBy => MemberPass.BitOf(fact);

        public override long Evaluate(MemberPass pass)
        {
            var times = pass.Sums[fact] / 100;
            if (times == 0)
            {
                return 0;
            }

            pass.Happened |= amount != 0;
            if (pass.Lines is not null)
            {
                foreach (var gathered in pass.Gathered)
                {
                    if (pass.Facts.KindOf(gathered) == fact && pass.Counted.Contains(pass.Facts.DayOf(gathered)))
                    {
                        var quantity = pass.Facts.QuantityOf(gathered) / 100;
                        pass.Add(Source, gathered, pass.Facts.DayOf(gathered), amount * quantity, PricedFacts.Plain, quantity, 100_00, quantity);
                    }
                }
            }

            return amount * times;
        }
    }
}
