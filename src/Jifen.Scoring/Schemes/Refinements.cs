using Jifen.Scoring.Schemes.Yaml;

namespace Jifen.Scoring.Schemes;

/// <summary>
/// 细则: puts what a branch fills in into the places the document leaves to it (支部定), and nowhere else. Works on nodes, so that what was
/// filled in is read and checked by the same code as the document, with the place in the refinement's own file.
/// </summary>
internal sealed class Refinements
{
    private readonly Mapping _document;
    private readonly Problems _problems;
    private readonly Dictionary<Node, Node> _replaced = new(ReferenceEqualityComparer.Instance);
    private readonly List<Entry> _clauses = [];
    private readonly List<Entry> _facts = [];
    private readonly List<Node> _readings = [];
    private readonly HashSet<string> _ground = new(StringComparer.Ordinal);
    private readonly HashSet<string> _filled = new(StringComparer.Ordinal);
    private bool _fillsItems;
    private Node? _records;

    private Refinements(Mapping document, Problems problems)
    {
        _document = document;
        _problems = problems;
    }

    public static (Mapping Document, RefinementHead? Head) Apply(Mapping document, Mapping refinement, Problems problems)
    {
        var work = new Refinements(document, problems);
        var head = work.Read(new Fields(refinement, "细则文件", problems));
        return (work.Rebuilt(), head);
    }

    private RefinementHead? Read(Fields top)
    {
        RefinementHead? read = null;
        if (top.RequiredNode("细则") is not null && top.Map("细则", "细则") is { } head)
        {
            var id = head.RequiredText("编号");
            var name = head.RequiredText("名称");
            var refines = head.RequiredText("细化");
            var passed = head.Map("通过", "通过");
            var meeting = passed?.RequiredText("会议");
            var on = passed?.RequiredText("日期");
            passed?.Done();
            var example = head.Flag("示例");
            head.Done();
            var scheme = ((_document.Find("办法") as Mapping)?.Find("编号") as Scalar)?.Text;
            if (refines.Length > 0 && refines != scheme)
            {
                _problems.Error(head.PlaceOf("细化"), $"这份细则细化的是“{refines}”，不是“{scheme}”", "换一份细则，或改“细化”");
            }

            read = new RefinementHead(id, name, refines, meeting, on, example);
        }

        if (top.RequiredNode("语言版本") is not null)
        {
            top.Whole("语言版本", Scheme.LanguageVersion, Scheme.LanguageVersion);
        }

        top.RequiredNode("文件版本");
        top.Whole("文件版本", 1, 100_000);
        ReadClauses(top);
        top.RequiredNode("填");
        foreach (var fill in top.Maps("填", "填的一条"))
        {
            Fill(fill);
        }

        ReadFacts(top);
        ReadDailyRecords(top);
        if (top.Node("解释") is Sequence readings)
        {
            _readings.AddRange(readings.Items);
        }

        top.Done();
        return read;
    }

    private void ReadClauses(Fields top)
    {
        if (top.Node("条款") is not Mapping clauses)
        {
            return;
        }

        var known = _document.Find("条款") as Mapping;
        foreach (var entry in clauses.Entries)
        {
            if (known?.Find(entry.Key.Text) is not null)
            {
                _problems.Error(entry.Key, $"条款“{entry.Key.Text}”办法里已有", "细则的条款换个名字，如“细则1”");
            }
            else
            {
                _clauses.Add(entry);
            }
        }
    }

    private void ReadFacts(Fields top)
    {
        if (top.Node("事实") is not Mapping facts || facts.Entries.Count == 0)
        {
            return;
        }

        var known = _document.Find("事实") as Mapping;
        foreach (var entry in facts.Entries)
        {
            if (!_fillsItems)
            {
                _problems.Error(entry.Key, $"细则没有填“项目”，不能加事实“{entry.Key.Text}”", "删去；办法里的事实够用");
            }
            else if (known?.Find(entry.Key.Text) is not null)
            {
                _problems.Error(entry.Key, $"事实“{entry.Key.Text}”办法里已有，细则不能改", "直接用，或换个名字");
            }
            else
            {
                _facts.Add(entry);
            }
        }
    }

    // 登记 as a whole is the document's or the branch's: nobody mends half of it.
    private void ReadDailyRecords(Fields top)
    {
        if (top.Node("登记") is not { } block)
        {
            return;
        }

        if (_document.Find("登记") is not (null or Scalar { IsEmpty: true } or Scalar { Text: "支部定" }))
        {
            _problems.Error(top.PlaceOf("登记"), "“登记”是办法定的，细则不能改", "删去；办法没有写“登记”或写“登记: 支部定”的，才由细则来写");
        }
        else if (block is Scalar { Text: "支部定" })
        {
            _problems.Error(block, "细则的“登记”不能再写“支部定”", "写出每一条，或删去");
        }
        else
        {
            _records = block;
            foreach (var ground in Mappings(block).Select(row => row.Find("依据")))
            {
                var clauses = ground is Sequence several ? several.Items : ground is null ? [] : [ground];
                _ground.UnionWith(clauses.OfType<Scalar>().Select(clause => clause.Text));
            }
        }
    }

    private void Fill(Fields fill)
    {
        string[] kinds = ["记分", "项目", "部分"];
        // 部分 fills may carry 项目 as the thing they fill.
        var kind = fill.Has("部分") ? "部分" : fill.Has("记分") ? "记分" : fill.Has("项目") ? "项目" : null;
        if (kind is null)
        {
            _problems.Error(fill.Place, "“填”的一条没有说填哪里", $"写{Fields.Join(kinds)}之一，如“记分: 学1”");
            fill.TakeUnknown();
            return;
        }

        var id = fill.RequiredText(kind);
        fill.What = $"填“{id}”";
        var ground = fill.RequiredNode("依据");
        foreach (var clause in fill.Texts("依据"))
        {
            _ground.Add(clause);
        }

        var target = Find(kind, id);
        if (target is null)
        {
            _problems.Error(fill.PlaceOf(kind), $"办法里没有{kind}“{id}”", "照抄办法里的编号");
            fill.TakeUnknown();
            return;
        }

        string[] allowed = kind switch
        {
            "记分" => ["扣", "加", "应达", "每少", "每满", "满"],
            "项目" => ["满分", "封顶", "保底"],
            _ => ["满分", "封顶", "保底", "项目"],
        };
        var any = false;
        foreach (var entry in fill.TakeUnknown())
        {
            if (!allowed.Contains(entry.Key.Text))
            {
                _problems.Error(entry.Key, $"细则不能改{kind}“{id}”的“{entry.Key.Text}”", $"只能填{Fields.Join(allowed)}里写着“支部定”的");
                continue;
            }

            any = true;
            FillSlot(kind, id, target, entry);
        }

        if (!any)
        {
            _problems.Error(fill.Place, $"填“{id}”没有写填什么", "如“扣: 0.5”");
        }
        else if (ground is not null && target.Find("依据") is { } cited)
        {
            AddGround(cited, fill.Texts("依据"), ground.Place);
        }
    }

    private void FillSlot(string kind, string id, Mapping target, Entry entry)
    {
        var open = target.Find(entry.Key.Text);
        if (open is not Scalar { Text: "支部定" })
        {
            var now = open is Scalar fixedValue ? $"是办法定的“{fixedValue.Text}”" : open is null ? "办法里没有" : "办法已经定了";
            _problems.Error(entry.Key, $"{kind}“{id}”的“{entry.Key.Text}”{now}，细则不能改", "只能填写着“支部定”的");
        }
        else if (!_filled.Add($"{kind}/{id}/{entry.Key.Text}"))
        {
            _problems.Error(entry.Key, $"{kind}“{id}”的“{entry.Key.Text}”填了两次", "删去一个");
        }
        else
        {
            _replaced[open] = entry.Value;
            _fillsItems |= entry.Key.Text == "项目";
        }
    }

    private void AddGround(Node cited, IReadOnlyList<string> more, Place place)
    {
        var already = _replaced.TryGetValue(cited, out var before) ? before : cited;
        var items = already is Sequence sequence ? sequence.Items.ToList() : [already];
        items.AddRange(more.Select(clause => new Scalar(place, clause, isPlain: true)));
        _replaced[cited] = new Sequence(cited.Place, items);
    }

    private Mapping? Find(string kind, string id)
    {
        var sections = Mappings(_document.Find("部分"));
        var items = sections.SelectMany(section => Mappings(section.Find("项目")));
        var candidates = kind switch
        {
            "部分" => sections,
            "项目" => items,
            _ => items.SelectMany(item => Mappings(item.Find("记分"))),
        };
        return candidates.FirstOrDefault(candidate => candidate.Find("编号") is Scalar { Text: var text } && text == id);
    }

    private static IEnumerable<Mapping> Mappings(Node? node) => node is Sequence sequence ? sequence.Items.OfType<Mapping>() : [];

    private Mapping Rebuilt()
    {
        // A refinement without 条款 of its own cites its paragraphs by name only.
        if (_clauses.Count == 0)
        {
            var known = _document.Find("条款") as Mapping;
            foreach (var clause in _ground.Where(clause => known?.Find(clause) is null))
            {
                _clauses.Add(new Entry(new Scalar(_document.Place, clause, isPlain: true), new Scalar(_document.Place, "细则", isPlain: true)));
            }
        }

        var entries = _document.Entries.Select(entry => entry.Key.Text switch
        {
            "条款" when entry.Value is Mapping map => entry with { Value = new Mapping(map.Place, [.. map.Entries, .. _clauses]) },
            "事实" when entry.Value is Mapping map => entry with { Value = new Mapping(map.Place, [.. map.Entries, .. _facts]) },
            "解释" when entry.Value is Sequence list => entry with { Value = new Sequence(list.Place, [.. list.Items, .. _readings]) },
            "登记" when _records is not null => entry with { Value = _records },
            _ => entry with { Value = Rebuilt(entry.Value) },
        }).ToList();
        if (_records is not null && _document.Find("登记") is null)
        {
            entries.Add(new Entry(new Scalar(_records.Place, "登记", isPlain: true), _records));
        }

        return new Mapping(_document.Place, entries);
    }

    private Node Rebuilt(Node node)
    {
        if (_replaced.TryGetValue(node, out var replacement))
        {
            return replacement;
        }

        return node switch
        {
            Mapping map => new Mapping(map.Place, map.Entries.Select(entry => entry with { Value = Rebuilt(entry.Value) }).ToList()),
            Sequence list => new Sequence(list.Place, list.Items.Select(Rebuilt).ToList()),
            _ => node,
        };
    }
}
