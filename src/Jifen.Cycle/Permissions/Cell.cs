using System.Collections.Immutable;
using System.Text;

namespace Jifen.Cycle.Permissions;

/// <summary>The signs a cell is written with.</summary>
[Flags]
public enum Marks
{
    None = 0,

    /// <summary>●</summary>
    Allowed = 1 << 0,

    /// <summary>o</summary>
    OwnCase = 1 << 1,

    /// <summary>▲</summary>
    ExceptOwnCase = 1 << 2,

    /// <summary>K</summary>
    RecorderOnly = 1 << 3,

    /// <summary>r</summary>
    Redacted = 1 << 4,

    /// <summary>2</summary>
    SecondPerson = 1 << 5,

    /// <summary>j</summary>
    Reason = 1 << 6,

    /// <summary>s</summary>
    InStage = 1 << 7,

    /// <summary>V</summary>
    Voting = 1 << 8,

    /// <summary>w</summary>
    OpenedToWeb = 1 << 9,

    /// <summary>h</summary>
    HashesOnly = 1 << 10,
}

/// <summary>What one role may do in one row. No mark: denied.</summary>
public readonly record struct Cell
{
    private const char Nothing = '–';

    // In the order they are written, so that what was read is printed again sign for sign.
    private static readonly ImmutableArray<(char Sign, Marks Mark, string Meaning)> Signs =
    [
        ('s', Marks.InStage, "在规定阶段或受邀时"),
        ('●', Marks.Allowed, "本人管辖范围内"),
        ('o', Marks.OwnCase, "限本人的事"),
        ('▲', Marks.ExceptOwnCase, "本人的事除外"),
        ('K', Marks.RecorderOnly, "只限记录员本人的积分"),
        ('V', Marks.Voting, "有表决权的"),
        ('r', Marks.Redacted, "隐去敏感内容"),
        ('j', Marks.Reason, "说明理由并留痕"),
        ('w', Marks.OpenedToWeb, "对外公开时"),
        ('h', Marks.HashesOnly, "只看校验值"),
        ('2', Marks.SecondPerson, "须第二人确认"),
    ];

    private const Marks Relations = Marks.Allowed | Marks.OwnCase | Marks.ExceptOwnCase | Marks.RecorderOnly;

    private Cell(Marks marks) => Marks = marks;

    public Marks Marks { get; }

    public bool IsDenied => Marks == Marks.None;

    public bool Has(Marks mark) => (Marks & mark) != Marks.None;

    /// <summary>One sign and what it means, for whoever reads the table.</summary>
    public static IEnumerable<(char Sign, string Meaning)> Legend =>
        Signs.Select(entry => (entry.Sign, entry.Meaning)).Append((Nothing, "不可以"));

    /// <exception cref="FormatException">not a cell: the table itself is wrong</exception>
    public static Cell Parse(string text)
    {
        if (text == $"{Nothing}")
        {
            return default;
        }

        var marks = Marks.None;
        foreach (var letter in text)
        {
            var known = Signs.FirstOrDefault(entry => entry.Sign == letter);
            marks |= known.Mark == Marks.None ? throw new FormatException($"“{text}”: no sign {letter}") : known.Mark;
        }

        var cell = new Cell(marks);
        return cell.ToString() == text && System.Numerics.BitOperations.PopCount((uint)(marks & Relations)) <= 1
            ? cell
            : throw new FormatException($"“{text}” is not a cell");
    }

    /// <summary>As it stands in the table: ▲2</summary>
    public override string ToString()
    {
        if (IsDenied)
        {
            return $"{Nothing}";
        }

        var text = new StringBuilder();
        foreach (var (sign, mark, _) in Signs)
        {
            if (Has(mark))
            {
                text.Append(sign);
            }
        }

        return text.ToString();
    }

    /// <summary>限本人的事、须第二人确认: empty where nothing is to be said.</summary>
    internal string InWords()
    {
        var marks = Marks & ~Marks.Allowed;
        return string.Join('、', Signs.Where(entry => (marks & entry.Mark) != Marks.None).Select(entry => entry.Meaning));
    }
}
