using Jifen.Scoring.Schemes;

namespace Jifen.Scoring.Outcomes;

/// <summary>Items and kinds of fact that conditions, 定档 and hints ask about: the only ones kept beside the sections.</summary>
internal sealed class WatchList
{
    private readonly Dictionary<ScoringItem, int> _items;
    private readonly Dictionary<int, int> _kinds;

    private WatchList(List<ScoringItem> items, List<int> kinds)
    {
        Items = items;
        Kinds = kinds;
        _items = new Dictionary<ScoringItem, int>((IEqualityComparer<ScoringItem>)ReferenceEqualityComparer.Instance);
        foreach (var item in items)
        {
            _items.Add(item, _items.Count);
        }

        _kinds = [];
        foreach (var kind in kinds)
        {
            _kinds.Add(kind, _kinds.Count);
        }
    }

    public IReadOnlyList<ScoringItem> Items { get; }

    public IReadOnlyList<int> Kinds { get; }

    public static WatchList Of(Scheme scheme)
    {
        var conditions = scheme.Outcomes.Select(outcome => outcome.Condition)
            .Concat(scheme.Grades.Select(grade => grade.Condition).OfType<Condition>())
            .SelectMany(condition => condition.Flatten())
            .ToList();
        var items = scheme.Items.Where(item => conditions.OfType<ItemIs>().Any(condition => condition.Item == item.Id)).ToList();
        var kinds = new List<int>();
        foreach (var condition in conditions.OfType<HasFact>())
        {
            AddNew(kinds, condition.Kinds);
        }

        foreach (var limit in scheme.GradeLimits)
        {
            AddNew(kinds, [limit.Fact]);
        }

        return new WatchList(items, kinds);
    }

    private static void AddNew(List<int> kinds, IReadOnlyList<int> more)
    {
        foreach (var kind in more)
        {
            if (!kinds.Contains(kind))
            {
                kinds.Add(kind);
            }
        }
    }

    /// <returns>place in <see cref="Items"/>, or −1</returns>
    public int ItemIndex(ScoringItem item) => Items.Count == 0 ? -1 : _items.GetValueOrDefault(item, -1);

    public int ItemIndex(string id)
    {
        for (var i = 0; i < Items.Count; i++)
        {
            if (Items[i].Id == id)
            {
                return i;
            }
        }

        return -1;
    }

    /// <returns>place in <see cref="Kinds"/></returns>
    public int KindIndex(int kind) => _kinds[kind];
}
