using System.Text;
using Jifen.Documents.Imports.Facts;
using Jifen.Scoring;
using Jifen.Scoring.Facts;
using Jifen.Scoring.Schemes;

namespace Jifen.Documents.Imports;

/// <summary>Reads the roster (编号,姓名,支部,身份,类别,任职,参加自,参加至,免予) from csv or xlsx.</summary>
public static class MemberRoster
{
    private const int Id = 0;
    private const int Name = 1;
    private const int Branch = 2;
    private const int Standing = 3;
    private const int Category = 4;
    private const int Office = 5;
    private const int EnrolledFrom = 6;
    private const int EnrolledTo = 7;
    private const int Exempt = 8;

    // Bytes of a row of a csv; in a workbook a row takes less.
    private const int UsualRow = 48;
    private const int MostExpected = 1 << 20;

    private static readonly ColumnName[] Names =
    [
        new("编号", "id", IsRequired: true),
        new("姓名", "name", IsRequired: true),
        new("支部", "branch", IsRequired: true),
        new("身份", "standing", IsRequired: true),
        new("类别", "category"),
        new("任职", "office"),
        new("参加自", "enrolled_from"),
        new("参加至", "enrolled_to"),
        new("免予", "exempt"),
    ];

    /// <returns>the roster in the order of the file, or every reason why there is none; offices the scheme does not know are a warning</returns>
    public static Loaded<Roster> Read(InputFile file, Scheme scheme)
    {
        var problems = new ImportProblems(file.Name);
        var reading = new Reading(scheme, problems);
        TableReading.Run(file, Names, problems, reading.Take);
        if (!problems.HasErrors && reading.Members.Count == 0)
        {
            problems.Error(CellPlace.WholeFile, "名册里一个人也没有", "一行写一个人");
        }

        reading.WarnOfOffices();
        return new Loaded<Roster>(problems.HasErrors ? null : reading.Roster(), problems.Listed());
    }

    /// <summary>
    /// Reads the roster while the scheme is still being read. Only 类别 and 任职 are words of the scheme, and nearly always right: they are
    /// held against it afterwards (<see cref="RosterAhead.For"/>).
    /// </summary>
    /// <returns>null when the file can be read only once</returns>
    public static RosterAhead? ReadAhead(InputFile file)
    {
        // A pipe has no length.
        var length = file.Bytes?.Length ?? (File.Exists(file.Path) ? new FileInfo(file.Path).Length : 0);
        if (length == 0 && file.Bytes is null)
        {
            return null;
        }

        var problems = new ImportProblems(file.Name);
        var reading = new Reading(null, problems, (int)Math.Min(length / UsualRow, MostExpected));
        TableReading.Run(file, Names, problems, reading.Take);
        var roster = problems.HasErrors || reading.Members.Count == 0 ? null : MemberIds.RosterOf(reading.Members);
        return new RosterAhead(file, roster, problems.Listed(), reading.Categories, reading.Offices);
    }

    /// <param name="scheme">null when it is not there yet: then an id that repeats is left to be found by whoever asks for all of them</param>
    /// <param name="expected">about so many members</param>
    private sealed class Reading(Scheme? scheme, ImportProblems problems, int expected = 0)
    {
        private const int LongestId = 255;

        // 编号 and 姓名 mostly come first.
        private const int Own = 2;
        private static readonly Standing[] Standings = Enum.GetValues<Standing>();

        private readonly Dictionary<string, int> _rowOf = new(StringComparer.Ordinal);
        private readonly List<CellPlace> _places = [];
        private readonly Dictionary<string, string> _words = new(StringComparer.Ordinal);

        // By column, as it came from the cursor: what repeats from row to row is the same string, and was looked at already.
        private readonly string?[] _lastText = new string?[Names.Length];
        private readonly string?[] _lastWord = new string?[Names.Length];
        private readonly List<string> _offices = [];
        private CellPlace _firstOffice;
        private RowCursor _row = null!;
        private Columns _columns = null!;

        public List<Member> Members { get; } = new(expected);

        /// <summary>What was read without a scheme to hold it against; empty for those who have none.</summary>
        public HashSet<string> Categories { get; } = new(StringComparer.Ordinal);

        /// <summary>As written, several in one.</summary>
        public HashSet<string> Offices { get; } = new(StringComparer.Ordinal);

        /// <summary>Of a table without an error: then every row has an id, and no two the same.</summary>
        public Roster Roster() => Scoring.Facts.Roster.OfDifferent(Members);

        public void Take(RowCursor row, Columns columns)
        {
            _row = row;
            _columns = columns;
            var id = Required(Id, "每个人写一个不重复的编号，如工号、学号");
            if (id.Length > 0)
            {
                CheckId(id);
            }

            var name = Required(Name, "写上姓名");

            if (IsLikeTheLast(row))
            {
                Members.Add(Members[^1] with { Id = id, Name = name });
                return;
            }

            var branch = Word(Branch, Required(Branch, "写上所在支部的名称"));
            var standing = ReadStanding();
            var category = ReadCategory();
            var office = Optional(Office);
            Note(office);
            var from = Day(EnrolledFrom);
            var to = Day(EnrolledTo);
            if (from is { } first && to is { } last && last < first)
            {
                Refuse(EnrolledTo, $"参加至（{last:yyyy-MM-dd}）早于参加自（{first:yyyy-MM-dd}）", "改这两个日期；仍在册的，参加至留空");
            }

            // Refused rows are kept too: nothing is handed out once there is an error.
            Members.Add(new Member(id, name, branch, standing, category, office, from, to, Values.IsYes(Text(Exempt))));
        }

        // People who stand next to one another mostly differ in nothing but 编号 and 姓名. Where something was wrong each row has to say so
        // itself; and a row with a branch has no blank one before it that ends like it, so the row before is the last of the members.
        private bool IsLikeTheLast(RowCursor row) =>
            _columns[Id] < Own && _columns[Name] < Own && Members.Count > 0 && !problems.HasErrors
            && row.EndsLikeTheRowBefore(Own) && Text(Branch).Length > 0;

        public void WarnOfOffices()
        {
            if (_offices.Count > 0)
            {
                problems.Warning(
                    _firstOffice,
                    $"办法里没有这些任职：{string.Join("、", _offices)}",
                    $"写错了的改成办法里的写法（{string.Join("、", scheme!.Offices)}）；本来就没有的不用改，记分时不作任职看");
            }
        }

        // Branches, categories and offices repeat on every line: one string each will do.
        private string Word(int column, string text)
        {
            if (_lastWord[column] is { } last && last == text)
            {
                return last;
            }

            if (!_words.TryGetValue(text, out var word))
            {
                _words.Add(text, text);
                word = text;
            }

            return _lastWord[column] = word;
        }

        private string Text(int column) => _row.Text(_columns[column]);

        private string? Optional(int column)
        {
            var text = Text(column);
            RefuseControlCharacters(column, text);
            return text.Length == 0 ? null : Word(column, text);
        }

        private string Required(int column, string remedy)
        {
            var text = Text(column);
            if (text.Length == 0)
            {
                Refuse(column, $"没有写{Names[column].Chinese}", remedy);
            }

            RefuseControlCharacters(column, text);
            return text;
        }

        private void RefuseControlCharacters(int column, string text)
        {
            if (ReferenceEquals(text, _lastText[column]))
            {
                return;
            }

            foreach (var c in text)
            {
                if (c is <= '\x1F' or '\uFFFE' or '\uFFFF')
                {
                    Refuse(column, $"{Names[column].Chinese}里有换行或看不见的控制字符", "重新写这一格");
                    return;
                }
            }

            _lastText[column] = text;
        }

        private void Refuse(int column, string cause, string remedy) => problems.Error(_row.Place(_columns[column]), cause, remedy);

        private void CheckId(string id)
        {
            if (scheme is not null && !IsNew(id))
            {
                Refuse(Id, $"编号“{id}”与{_places[_rowOf[id]]}重复", "一个人只写一行；确是两个人的，换一个编号");
            }
            else if (id.Length > LongestId / 3 && Encoding.UTF8.GetByteCount(id) > LongestId)
            {
                Refuse(Id, "编号太长", $"编号至多{LongestId}个字节（约{LongestId / 3}个汉字）");
            }
        }

        private bool IsNew(string id)
        {
            _places.Add(_row.Place(_columns[Id]));
            return _rowOf.TryAdd(id, _places.Count - 1);
        }

        private Standing ReadStanding()
        {
            var text = Text(Standing);
            foreach (var standing in Standings)
            {
                if (text == Member.StandingName(standing))
                {
                    return standing;
                }
            }

            var all = Standings.Select(Member.StandingName).ToList();
            Refuse(
                Standing,
                text.Length == 0 ? "没有写身份" : $"身份“{Columns.Shortened(text)}”不认识",
                text.Length == 0 || Spelling.Nearest(text, all) is not { } near ? $"写{string.Join("、", all)}之一" : $"是不是“{near}”？");
            return default;
        }

        private string? ReadCategory()
        {
            if (scheme is { Categories.Count: 0 })
            {
                return null;
            }

            var text = Text(Category);
            if (scheme is null)
            {
                Categories.Add(text);
                return text.Length == 0 ? null : Word(Category, text);
            }

            if (scheme.Categories.Contains(text))
            {
                return Word(Category, text);
            }

            Refuse(
                Category,
                text.Length == 0 ? "没有写类别，而办法分类别记分" : $"办法里没有“{Columns.Shortened(text)}”这个类别",
                $"写{string.Join("、", scheme.Categories)}之一");
            return null;
        }

        private void Note(string? office)
        {
            if (office is null || !Offices.Add(office) || scheme is null or { Offices.Count: 0 })
            {
                return;
            }

            foreach (var word in Profile.Of(new Member("", "", "", Office: office)).Offices)
            {
                if (!scheme.Offices.Contains(word) && !_offices.Contains(word))
                {
                    _firstOffice = _offices.Count == 0 ? _row.Place(_columns[Office]) : _firstOffice;
                    _offices.Add(word);
                }
            }
        }

        private DateOnly? Day(int column)
        {
            var text = Text(column);
            if (text.Length == 0)
            {
                return null;
            }

            if (Values.TryDate(text, out var day))
            {
                return day;
            }

            Refuse(column, $"日期“{Columns.Shortened(text)}”读不懂", "写成“2025-07-31”或“2025年7月31日”；不限的留空");
            return null;
        }
    }
}
