using Jifen.Scoring.Facts;

namespace Jifen.Bench.Generation;

/// <summary>
/// Branch-years for jsit-2020, about 60 facts a member, in the proportions of schemes/jsit-2020/example: four in five are attendance, dues
/// and study, which most members have in full; a few are late or absent; some are commended, often for one thing at several levels; hardly
/// anyone is deducted. The same seed gives the same people and facts, for any number of members.
/// </summary>
internal sealed class BranchYears(int members, ulong seed)
{
    public const int Year = 2025;
    public const int MembersOfBranch = 40;

    /// <summary>No member has more facts.</summary>
    public const int MostFacts = 160;

    private static readonly int FirstDay = new DateOnly(Year, 1, 1).DayNumber;
    private static readonly string[] Names = ["周知行", "沈若川", "陆清和", "许望舒", "顾行之", "林见山", "叶知秋", "苏若水"];

    // Of ten thousand members so many have such a fact; asked this many times for each.
    private static readonly (JsitKind Kind, int Times, int InTenThousand)[] Occasional =
    [
        (JsitKind.LifeLate, 4, 2_000),
        (JsitKind.LifeLeftEarly, 2, 1_200),
        (JsitKind.LifeAbsent, 2, 1_300),
        (JsitKind.MeetingAbsent, 2, 1_300),
        (JsitKind.DuesLate, 3, 1_100),
        (JsitKind.DuesShort, 2, 500),
        (JsitKind.BadgeMissing, 3, 600),
        (JsitKind.Complaint, 1, 700),
        (JsitKind.LeaveRule, 2, 800),
        (JsitKind.Disobey, 1, 350),
        (JsitKind.EightPoints, 1, 100),
        (JsitKind.ImproperSpeech, 1, 300),
        (JsitKind.GraveSpeech, 1, 25),
        (JsitKind.Courage, 1, 350),
        (JsitKind.Emergency, 1, 1_200),
        (JsitKind.Help, 2, 800),
        (JsitKind.Proposal, 2, 900),
        (JsitKind.Deduction1, 1, 250),
        (JsitKind.Deduction2, 1, 80),
        (JsitKind.Deduction3, 1, 120),
        (JsitKind.Deduction4, 1, 150),
        (JsitKind.Deduction5, 1, 50),
        (JsitKind.Article31, 1, 10),
        (JsitKind.Breach, 1, 15),
    ];

    public int Count => members;

    public Member MemberAt(int index)
    {
        var dice = new Dice(seed ^ 0x4D454D42, (ulong)index);
        var standing = dice.Below(100) switch { < 6 => Standing.Activist, < 14 => Standing.Probationary, _ => Standing.Full };
        var office = (index % MembersOfBranch) switch { 0 => "书记", 1 => "副书记", 2 => "记录员", _ => null };
        DateOnly? from = dice.Chance(250) ? new DateOnly(Year, dice.Between(2, 9), dice.Between(1, 28)) : null;
        DateOnly? to = from is null && dice.Chance(150) ? new DateOnly(Year, dice.Between(4, 11), dice.Between(1, 28)) : null;
        return new Member(
            $"M{index + 1:D7}",
            Names[dice.Below(Names.Length)],
            $"第{(index / MembersOfBranch) + 1:D5}支部",
            standing,
            null,
            office,
            from,
            to,
            IsExempt: dice.Chance(80));
    }

    /// <summary>The facts of one member in the order of their days.</summary>
    /// <param name="facts">room for <see cref="MostFacts"/></param>
    /// <returns>how many there are</returns>
    public int FactsOf(int index, Span<MadeFact> facts)
    {
        var hand = new Hand(new Dice(seed, (ulong)index), facts);
        hand.Routine();
        foreach (var (kind, times, inTenThousand) in Occasional)
        {
            hand.Sometimes(kind, times, inTenThousand);
        }

        hand.Commendations();
        hand.ChosenDeductions();
        facts[..hand.Count].Sort(static (left, right) => left.Day.CompareTo(right.Day));
        return hand.Count;
    }

    private ref struct Hand(Dice dice, Span<MadeFact> facts)
    {
        private readonly Span<MadeFact> _facts = facts;
        private Dice _dice = dice;

        public int Count { get; private set; }

        // What a recorder enters for everyone after each meeting.
        public void Routine()
        {
            var studies = _dice.Between(15, 22);
            for (var i = 0; i < studies; i++)
            {
                var half = _dice.Between(2, 4) * 50;
                Add(JsitKind.GroupStudy, AnyDay(), half, content: Contents.FirstTopic + _dice.Below(Contents.Topics));
            }

            var meetings = _dice.Between(13, 17);
            for (var i = 0; i < meetings; i++)
            {
                Add(JsitKind.LifePresent, AnyDay());
            }

            for (var month = 0; month < 12; month++)
            {
                if (_dice.Chance(9_700))
                {
                    Add(JsitKind.DuesPaid, FirstDay + (month * 30) + _dice.Below(28), content: Contents.FirstMonth + month);
                }
            }

            Many(JsitKind.MeetingPresent, _dice.Between(4, 7));
            Many(JsitKind.ThoughtReport, _dice.Chance(8_500) ? 4 : _dice.Between(1, 6));
            Many(JsitKind.Contact, _dice.Below(2));
        }

        public void Sometimes(JsitKind kind, int times, int inTenThousand)
        {
            for (var i = 0; i < times; i++)
            {
                if (_dice.Chance(inTenThousand))
                {
                    Add(kind, AnyDay(), _dice.Chance(300) ? 200 : 100);
                }
            }
        }

        // One honour is often given by the school first and by the city after; only the highest counts.
        public void Commendations()
        {
            var honours = _dice.Chance(2_500) ? _dice.Between(1, 2) : 0;
            for (var i = 0; i < honours; i++)
            {
                var content = Contents.FirstHonour + _dice.Below(Contents.Honours);
                var levels = _dice.Chance(4_000) ? _dice.Between(2, 3) : 1;
                for (var l = 0; l < levels; l++)
                {
                    Add(JsitKind.Commendation, AnyDay(), level: (byte)_dice.Between(1, 3), content: content);
                }
            }
        }

        public void ChosenDeductions()
        {
            if (_dice.Chance(300))
            {
                Add(JsitKind.Deduction6, AnyDay(), amount: _dice.Between(10, 20) * 50);
            }
        }

        private void Many(JsitKind kind, int times)
        {
            for (var i = 0; i < times; i++)
            {
                Add(kind, AnyDay());
            }
        }

        // One in a hundred belongs to the year before or after, as in any file exported with a margin.
        private int AnyDay() => FirstDay + (_dice.Chance(100) ? _dice.Between(365, 380) - (_dice.Below(2) * 400) : _dice.Below(365));

        private void Add(
            JsitKind kind, int day, int quantity = 100, byte level = 0, int amount = FactSegment.NoAmount, int content = 0) =>
            _facts[Count++] = new MadeFact(kind, day, quantity, level, amount, content, _dice.Chance(70));
    }
}
