using System.Text;

namespace Jifen.Documents.Imports;

/// <summary>A column by its Chinese and its English head.</summary>
/// <param name="HasCompany">beside it stand columns of any name, such as the sections of a scheme: none of them is unknown</param>
internal sealed record ColumnName(
    string Chinese, string English, bool IsRequired = false, string? AlsoChinese = null, bool HasCompany = false)
{
    public bool IsNamed(string head) =>
        head == Chinese || string.Equals(head, English, StringComparison.OrdinalIgnoreCase) || head == AlsoChinese;
}

/// <summary>Which column of a table is which, by its head. The order is free; columns nobody asked for are passed over.</summary>
internal sealed class Columns
{
    private readonly int[] _at;
    private readonly ColumnName[] _names;
    private readonly List<(ColumnName Name, int First, int Second)> _twice = [];
    private readonly List<(string Head, int Column)> _unknown = [];

    public Columns(ColumnName[] names, IReadOnlyList<string> heads)
    {
        _names = names;
        _at = new int[names.Length];
        Array.Fill(_at, -1);
        HeadCount = heads.Count;
        for (var column = 0; column < heads.Count; column++)
        {
            var head = Bare(heads[column]);
            var name = IndexOf(head);
            if (name < 0)
            {
                if (head.Length > 0 && !names.Any(known => known.HasCompany))
                {
                    _unknown.Add((head, column));
                }

                continue;
            }

            if (_at[name] >= 0)
            {
                _twice.Add((names[name], _at[name], column));
            }
            else
            {
                _at[name] = column;
                Found++;
            }
        }
    }

    public int HeadCount { get; }

    /// <summary>How many of the names the head has.</summary>
    public int Found { get; }

    public bool HasRequired
    {
        get
        {
            for (var i = 0; i < _names.Length; i++)
            {
                if (IsMissing(i))
                {
                    return false;
                }
            }

            return true;
        }
    }

    /// <summary>0-based; −1 when the table has no such column.</summary>
    public int this[int name] => _at[name];

    public bool IsUsed(int column) => Array.IndexOf(_at, column) >= 0;

    /// <summary>
    /// Missing and doubled columns; and those that look like a slip of the pen, since a misspelt head would otherwise go unread in silence.
    /// </summary>
    /// <param name="row">stands at the head</param>
    public void Report(RowCursor row, ImportProblems problems)
    {
        if (!HasRequired)
        {
            var missing = _names.Where((_, i) => IsMissing(i)).ToList();
            var heads = Enumerable.Range(0, HeadCount).Select(row.Text).Where(head => head.Length > 0).ToList();
            problems.Error(
                row.Place(-1),
                $"表头缺少{string.Join("、", missing.Select(name => $"“{name.Chinese}”"))}",
                $"加上这{(missing.Count == 1 ? "一列" : "几列")}（也可写 {string.Join("、", missing.Select(name => name.English))}）；现在的表头是：{Shortened(string.Join("、", heads))}");
        }

        foreach (var (head, column) in _unknown)
        {
            // 次数 beside a missing 数量, 是否免予 beside a missing 免予: a column of somebody's own shares no character with ours.
            var meant = _names.Where((name, i) => _at[i] < 0 && name.Chinese.Any(head.Contains)).Select(name => $"“{name.Chinese}”").ToList();
            if (meant.Count > 0)
            {
                problems.Warning(
                    row.Place(column), $"不认识“{Shortened(head)}”这一列，没有读", $"是不是{string.Join("、", meant)}？是的话改列名");
            }
        }

        foreach (var (name, first, second) in _twice)
        {
            problems.Error(
                row.Place(second), $"“{name.Chinese}”这一列出现了两次（第{first + 1}列和第{second + 1}列）", "留一列，另一列改名或删去");
        }
    }

    public static string Shortened(string text) => text.Length <= 60 ? text : string.Concat(text.AsSpan(0, 60), "…");

    private bool IsMissing(int name) => _names[name].IsRequired && _at[name] < 0;

    private int IndexOf(string head)
    {
        for (var i = 0; i < _names.Length; i++)
        {
            if (_names[i].IsNamed(head))
            {
                return i;
            }
        }

        return -1;
    }

    private static string Bare(string head)
    {
        var bare = new StringBuilder(head.Length);
        foreach (var c in head)
        {
            if (!char.IsWhiteSpace(c))
            {
                bare.Append(c);
            }
        }

        return bare.ToString();
    }
}
