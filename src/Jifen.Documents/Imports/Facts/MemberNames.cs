using Jifen.Scoring;

namespace Jifen.Documents.Imports.Facts;

/// <summary>Reads whom a fact names: one member, several parted by ； ; or 、, or 支部：NAME for everyone of a branch.</summary>
internal sealed class MemberNames(FactWords words, ImportProblems problems)
{
    private static readonly char[] Separators = ['；', ';', '、'];
    private static readonly string[] BranchMarks = ["全支部：", "全支部:", "支部：", "支部:"];

    private readonly List<int> _members = [];
    private readonly HashSet<int> _seen = [];
    private List<string>? _ids;

    /// <returns>indices in the roster; empty, with a problem, when somebody is not known. Valid until the next call</returns>
    public IReadOnlyList<int> Read(RowCursor row, int column)
    {
        _members.Clear();
        var text = row.Text(column);
        if (words.Roster.IndexOf(text) is >= 0 and var only)
        {
            _members.Add(only);
            return _members;
        }

        if (text.Length == 0)
        {
            problems.Error(row.Place(column), "没有写党员", "写名册里的党员编号；几个人的用“；”隔开");
            return _members;
        }

        _seen.Clear();
        var isFine = true;
        foreach (var part in text.Split(Separators, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            isFine &= Take(part, row.Place(column));
        }

        if (!isFine)
        {
            _members.Clear();
        }
        else if (_members.Count == 0)
        {
            problems.Error(row.Place(column), $"“{Columns.Shortened(text)}”里没有党员编号", "写名册里的党员编号");
        }

        return _members;
    }

    private bool Take(string part, CellPlace place)
    {
        if (Array.Find(BranchMarks, mark => part.StartsWith(mark, StringComparison.Ordinal)) is { } branchMark)
        {
            return TakeBranch(part[branchMark.Length..].Trim(), place);
        }

        var member = words.Roster.IndexOf(part);
        if (member < 0)
        {
            problems.Error(place, $"名册里没有编号为“{Columns.Shortened(part)}”的党员", problems.IsListening ? Suggest(part) : "");
            return false;
        }

        return Keep(member, place);
    }

    private bool TakeBranch(string name, CellPlace place)
    {
        var branch = words.BranchNamed(name);
        if (branch < 0)
        {
            problems.Error(
                place,
                $"名册里没有“{Columns.Shortened(name)}”这个支部",
                problems.IsListening ? Spelling.Suggest(name, words.Roster.Branches, "名册里的支部有") : "");
            return false;
        }

        var isFine = true;
        foreach (var member in words.Roster.OfBranch(branch))
        {
            isFine = isFine && Keep(member, place);
        }

        return isFine;
    }

    private bool Keep(int member, CellPlace place)
    {
        if (!_seen.Add(member))
        {
            problems.Error(place, $"同一条事实里党员“{words.Roster.Members[member].Id}”写了两次", "一个人只写一次");
            return false;
        }

        _members.Add(member);
        return true;
    }

    private string Suggest(string id)
    {
        _ids ??= words.Roster.Members.Select(member => member.Id).ToList();
        return Spelling.Nearest(id, _ids) is { } near
            ? $"是不是“{near}”？不是的话，先在名册里加上这个人"
            : "对照名册改编号，或先在名册里加上这个人；几个人的用“；”隔开";
    }
}
