using System.Text;
using Jifen.Scoring;
using Jifen.Scoring.Schemes;
using Jifen.Scoring.Scorecards;

namespace Jifen.Documents.Annexes;

/// <summary>
/// Writes the totals as csv, one line per member in the order of the roster:
/// <c>member,branch,&lt;section ids&gt;,total,rank,grade,outcomes</c>, and the running account where the scheme keeps one. UTF-8 without a
/// mark, lines end in \n. Members without a scorecard have empty fields.
/// </summary>
public static class TotalsCsv
{
    private const int MembersAtATime = 4_096;

    /// <param name="threads">how many may format lines at once; the file does not depend on it</param>
    public static void Write(Stream stream, Scorer scorer, Totals totals, int threads = 1)
    {
        var scheme = scorer.Plan.Scheme;
        var workers = new Lines[threads];
        for (var worker = 0; worker < threads; worker++)
        {
            workers[worker] = new Lines(scorer, totals);
        }

        try
        {
            stream.Write(Encoding.UTF8.GetBytes(Head(scheme)));
            for (var first = 0; first < totals.Count; first += MembersAtATime * threads)
            {
                var start = first;
                SideBySide.Run(threads, worker =>
                {
                    var from = Math.Min(totals.Count, start + (worker * MembersAtATime));
                    workers[worker].Add(from, Math.Min(totals.Count, from + MembersAtATime));
                });
                foreach (var worker in workers)
                {
                    worker.WriteTo(stream);
                }
            }
        }
        finally
        {
            foreach (var worker in workers)
            {
                worker.Dispose();
            }
        }
    }

    private static string Head(Scheme scheme)
    {
        IEnumerable<string> heads =
        [
            "member", "branch", .. scheme.Sections.Select(section => section.Id), "total", "rank", "grade", "outcomes",
            .. scheme.RunningAccount is { } account ? [account.Id] : Array.Empty<string>(),
        ];
        return string.Join(',', heads.Select(CsvField.Of)) + "\n";
    }

    /// <summary>Formats the lines of some members; one a thread.</summary>
    private sealed class Lines(Scorer scorer, Totals totals) : IDisposable
    {
        private readonly Utf8Buffer _text = new();
        private readonly int _sections = scorer.Plan.Scheme.Sections.Count;
        private readonly byte[][] _outcomes = scorer.Plan.Scheme.Outcomes.Select(outcome => Encoding.UTF8.GetBytes(outcome.Id)).ToArray();
        private readonly bool _outcomesArePlain = scorer.Plan.Scheme.Outcomes.All(outcome => CsvField.Of(outcome.Id) == outcome.Id);
        private readonly Dictionary<string, byte[]> _grades = scorer.Plan.Scheme.Grades
            .Select(grade => grade.Name)
            .Distinct(StringComparer.Ordinal)
            .ToDictionary(name => name, name => Encoding.UTF8.GetBytes(CsvField.Of(name)), StringComparer.Ordinal);

        private string? _branch;
        private byte[] _branchField = [];

        public void Add(int from, int end)
        {
            for (var member = from; member < end; member++)
            {
                Add(member);
            }
        }

        public void WriteTo(Stream stream) => _text.WriteTo(stream);

        public void Dispose() => _text.Dispose();

        private void Add(int member)
        {
            var who = scorer.Roster.Members[member];
            var has = totals.HasScorecard(member);
            _text.Add(CsvField.Of(who.Id));
            _text.Add((byte)',');
            AddBranch(who.Branch);
            for (var section = 0; section < _sections; section++)
            {
                _text.Add((byte)',');
                if (has)
                {
                    _text.AddPoints(totals.SectionOf(member, section).Hundredths);
                }
            }

            _text.Add((byte)',');
            if (has)
            {
                _text.AddPoints(totals.TotalOf(member).Hundredths);
            }

            _text.Add((byte)',');
            if (has && totals.RankOf(member) is > 0 and var rank)
            {
                _text.Add(rank);
            }

            _text.Add((byte)',');
            if (has && totals.GradeOf(member) is { } grade)
            {
                _text.Add(_grades[grade]);
            }

            _text.Add((byte)',');
            AddOutcomes(member);
            if (scorer.Plan.Scheme.RunningAccount is not null)
            {
                _text.Add((byte)',');
                if (has && totals.RunningOf(member) is { } running)
                {
                    _text.AddPoints(running.Hundredths);
                }
            }

            _text.Add((byte)'\n');
        }

        private void AddOutcomes(int member)
        {
            if (!_outcomesArePlain)
            {
                _text.Add(CsvField.Of(string.Join(';', totals.OutcomesOf(member).Select(outcome => outcome.Id))));
                return;
            }

            var isFirst = true;
            for (var outcome = 0; outcome < _outcomes.Length; outcome++)
            {
                if (totals.Holds(member, outcome))
                {
                    if (!isFirst)
                    {
                        _text.Add((byte)';');
                    }

                    _text.Add(_outcomes[outcome]);
                    isFirst = false;
                }
            }
        }

        private void AddBranch(string branch)
        {
            if (!ReferenceEquals(branch, _branch))
            {
                _branch = branch;
                _branchField = Encoding.UTF8.GetBytes(CsvField.Of(branch));
            }

            _text.Add(_branchField);
        }
    }
}
