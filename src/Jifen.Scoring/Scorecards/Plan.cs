using System.Text;
using Jifen.Scoring.Outcomes;
using Jifen.Scoring.Schemes;
using Jifen.Scoring.Schemes.Forms;

namespace Jifen.Scoring.Scorecards;

/// <summary>
/// A scheme made ready to run for one year: its calendar, the items of its sheet, the sources of all lines, and what the facts must be
/// watched for. Compiled once; immutable; used by any number of threads.
/// </summary>
public sealed class Plan
{
    private readonly List<Source> _sources = [];
    private readonly List<SheetItem> _sheetItems = [];

    private Plan(Scheme scheme, int year)
    {
        Scheme = scheme;
        Calendar = new Calendar(scheme, year);
        var rules = scheme.Rules.ToList();
        LookedAt = rules.OfType<Supplement>().Select(rule => rule.After)
            .Concat(scheme.Sections.SelectMany(section => section.Exclusive).Where(group => group.PerContent).SelectMany(group => group.RuleIds))
            .ToHashSet(StringComparer.Ordinal);
        Placings = rules.OfType<PlacingTable>().ToList();
        NeedsSumsToDate = rules.Any(rule => rule.CountsToDate);
        NeedsLines = scheme.Sections.Any(section => section.Limits.Count > 0 || section.Exclusive.Count > 0)
            || scheme.Items.Any(item => item.Limits.Count > 0)
            || scheme.TotalSteps.Any(step => step.Kind == TotalStepKind.Limit)
            || rules.Any(rule => rule.Head.Limits.Count > 0);
        MostRulesInSection = 1;
        MostItemsInSection = 1;
        foreach (var section in scheme.Sections)
        {
            MostRulesInSection = Math.Max(MostRulesInSection, section.Items.SelectMany(item => item.Rules).Count());
            MostItemsInSection = Math.Max(MostItemsInSection, section.Items.Count);
        }

        Gather = GatherFor(rules);
        foreach (var section in scheme.Sections)
        {
            Lay(section);
        }

        LayTotal();
        Watched = WatchList.Of(scheme);
        var names = new byte[Calendar.Rounds.Length][];
        for (var round = 0; round < names.Length; round++)
        {
            names[round] = Encoding.UTF8.GetBytes(RoundName(round) + "：");
        }

        RoundNames = names;
    }

    public Scheme Scheme { get; }

    public Calendar Calendar { get; }

    /// <summary>Sources of lines, in the order of the sheet.</summary>
    internal IReadOnlyList<Source> Sources => _sources;

    internal IReadOnlyList<SheetItem> SheetItems => _sheetItems;

    /// <summary>第1季度：, 上半年： … in UTF-8, for lines that rest on no single fact.</summary>
    internal IReadOnlyList<byte[]> RoundNames { get; }

    internal Dictionary<string, int> RuleSources { get; } = new(StringComparer.Ordinal);

    internal List<SectionSources> Sections { get; } = [];

    internal TotalSources Total { get; private set; } = null!;

    internal IReadOnlySet<string> LookedAt { get; }

    internal IReadOnlyList<PlacingTable> Placings { get; }

    internal bool NeedsSumsToDate { get; }

    /// <summary>Some rule is laid on dated lines (限额, 不兼得), so lines are kept even when only totals are wanted.</summary>
    internal bool NeedsLines { get; }

    internal int MostRulesInSection { get; }

    internal int MostItemsInSection { get; }

    internal GatherFlags Gather { get; }

    /// <summary>By kind: whether its facts are looked at one by one also when only totals are wanted (<see cref="Facts.TotalsNeed"/>).</summary>
    internal bool[] LookedAtForTotals()
    {
        var looked = Array.ConvertAll((NeedsLines ? Gather.WithLines : Gather.Totals).ByKind, gather => gather != Scorecards.Gather.No);
        foreach (var placing in Placings)
        {
            looked[placing.Fact] = true;
        }

        return looked;
    }

    internal WatchList Watched { get; }

    /// <summary>第1季度, 上半年 … of a round that is scored by itself.</summary>
    /// <param name="round">index in <see cref="Calendar.Rounds"/></param>
    public string RoundName(int round) => Scheme.RoundLength switch
    {
        Span.HalfYear => round == 0 ? "上半年" : "下半年",
        Span.Month => $"第{round + 1}个月",
        _ => $"第{round + 1}{Scheme.RoundLength.Name()}",
    };

    /// <param name="year">the year of the cycle; for 学年 the year in which it begins</param>
    /// <exception cref="ArgumentOutOfRangeException">no scheme of ours covers such a year</exception>
    public static Plan Compile(Scheme scheme, int year)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(year, Scheme.FirstDayOfTheWorld.Year + 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(year, Scheme.LastDayOfTheWorld.Year - 1);
        return new Plan(scheme, year);
    }

    private GatherFlags GatherFor(List<Rule> rules)
    {
        var totals = new Gather[Scheme.FactKinds.Count];
        var withLines = new Gather[Scheme.FactKinds.Count];
        foreach (var rule in rules)
        {
            foreach (var (kind, _) in rule.Uses)
            {
                Raise(withLines, kind, Scorecards.Gather.InRound);
                if (LookedAt.Contains(rule.Id) || Scheme.FactKinds[kind].IsShared)
                {
                    Raise(totals, kind, Scorecards.Gather.InRound);
                }
            }

            foreach (var (kind, gather) in rule.Gathers)
            {
                Raise(totals, kind, gather);
                Raise(withLines, kind, gather);
            }
        }

        return new GatherFlags(new LookedAtKinds(totals), new LookedAtKinds(withLines));

        static void Raise(Gather[] flags, int kind, Gather to) => flags[kind] = to > flags[kind] ? to : flags[kind];
    }

    private void Lay(Section section)
    {
        var start = AddItem(section.Index, $"{section.Id}-start", $"{section.Name}起分");
        var startSource = Add(start, "起分", section.Clauses, section.Reading, Sentences.SectionStart(section), isStart: true);
        var items = new List<ItemSources>();
        foreach (var item in section.Items)
        {
            var sheetItem = AddItem(section.Index, item.Id, item.Name);
            var clauses = item.Clauses.Count > 0 ? item.Clauses : section.Clauses;
            var itemStart = Add(sheetItem, "起分", clauses, item.Reading, Sentences.ItemStart(item), isStart: true);
            foreach (var rule in item.Rules)
            {
                RuleSources.Add(rule.Id, Add(
                    sheetItem, rule.Id, rule.Head.Clauses, rule.Head.Reading ?? AdoptedIn(rule), rule.Sentence(Scheme), isRule: true));
            }

            items.Add(new ItemSources(
                sheetItem,
                itemStart,
                section.Exclusive.Select(group => Add(sheetItem, "不兼得", group.Clauses, group.Reading, Sentences.Exclusive(group))).ToArray(),
                Add(sheetItem, "限额", clauses, item.Reading, Sentences.Limited(item.Limits)),
                Add(sheetItem, "封顶", clauses, item.Reading, Sentences.ItemCap(item)),
                Add(sheetItem, "保底", clauses, item.Reading, Sentences.ItemFloor(item)),
                Add(sheetItem, Source.Forfeit, clauses, item.Reading, Sentences.Forfeited(Sources, RuleSources, Scheme))));
        }

        var end = AddItem(section.Index, $"{section.Id}-total", $"{section.Name}小计");
        Sections.Add(new SectionSources(
            start,
            startSource,
            items,
            end,
            Add(end, "限额", section.Clauses, section.Reading, Sentences.Limited(section.Limits)),
            Add(end, "封顶", section.Clauses, section.Reading, Sentences.Capped(section.Name)),
            Add(end, "保底", section.Clauses, section.Reading, Sentences.Floored(section.Name)),
            Add(end, Source.Composition, Scheme.Composition?.Clauses ?? [], Scheme.Composition?.Reading, Sentences.Composed(Scheme))));
    }

    private void LayTotal()
    {
        var total = AddItem(Scheme.Sections.Count, "total", "总分");
        var steps = Array.ConvertAll(Scheme.TotalSteps.ToArray(), step => step.Kind switch
        {
            TotalStepKind.Join => -1,
            TotalStepKind.Cap => Add(total, "封顶", step.Clauses, step.Reading, Sentences.Capped("总分")),
            TotalStepKind.Floor => Add(total, "保底", step.Clauses, step.Reading, Sentences.Floored("总分")),
            TotalStepKind.Limit => Add(total, "限额", step.Clauses, step.Reading, Sentences.Limited([step.Limit!])),
            TotalStepKind.Veto => Add(total, "否决", step.Clauses, step.Reading, Sentences.Vetoed(Scheme.FactKinds[step.Fact])),
        });
        Total = new TotalSources(
            total,
            steps,
            Add(total, Source.Composition, Scheme.Composition?.Clauses ?? [], Scheme.Composition?.Reading, Sentences.Composed(Scheme)));
    }

    private static string? AdoptedIn(Rule rule) =>
        rule.Amounts.Select(amount => amount.Amount.Reading).FirstOrDefault(reading => reading is not null);

    private int AddItem(int section, string id, string name)
    {
        _sheetItems.Add(new SheetItem(_sheetItems.Count, section, id, name));
        return _sheetItems.Count - 1;
    }

    private int Add(
        int item, string rule, IReadOnlyList<string> clauses, string? reading, Sentence sentence, bool isStart = false, bool isRule = false)
    {
        _sources.Add(new Source(_sources.Count, item, rule, clauses, reading, isStart, isRule, sentence));
        return _sources.Count - 1;
    }
}

/// <summary>Sources of the lines of an item besides those of its rules.</summary>
/// <param name="Exclusive">one for each 不兼得 of the section</param>
internal sealed record ItemSources(int SheetItem, int Start, int[] Exclusive, int Limit, int Cap, int Floor, int Forfeit);

internal sealed record SectionSources(
    int StartItem, int Start, IReadOnlyList<ItemSources> Items, int EndItem, int Limit, int Cap, int Floor, int Composition);

/// <param name="Steps">one for each step of 总分; −1 for those that join a section</param>
internal sealed record TotalSources(int SheetItem, int[] Steps, int Composition);
