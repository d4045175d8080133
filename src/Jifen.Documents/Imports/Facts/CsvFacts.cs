using Jifen.Documents.Imports.Csv;
using Jifen.Scoring;
using Jifen.Scoring.Facts;
using Jifen.Scoring.Schemes;

namespace Jifen.Documents.Imports.Facts;

/// <summary>Reads the facts of a csv: by several threads as long as it has no quotes, and again, carefully, when it has.</summary>
internal static class CsvFacts
{
    private const int ShortestRow = 24;
    private const int SampleLength = 1 << 14;

    // Below this a second thread costs more than it saves.
    private const int WorthAThread = 1 << 18;

    // Of a large file stretches as small as this are not waited for, and not yet so many that what each has to learn anew is felt.
    private const int SmallestShare = 128;

    // Below this the careful way is done before the quick one is compiled; who gives several threads has more to read.
    private const int WorthCompiling = 1 << 20;

    // Where most kinds are added up, about so few are kept.
    private const int SomeOfMany = 8;

    private enum Ending
    {
        Done,
        Quotes,
        ForeignBytes,
    }

    public static FactSegment[] Read(
        ByteSource source,
        Scheme scheme,
        Roster roster,
        TotalsNeed? need,
        int threads,
        IProgress<double>? progress,
        ImportProblems problems)
    {
        var transcode = !CsvEncoding.SeemsUtf8(source);
        while (true)
        {
            var table = CsvTable.Open(source, FactColumn.All, problems, transcode);
            if (table is null)
            {
                return [];
            }

            source = table.Source;
            var reading = new Reading(table, new FactWords(scheme, roster, table.Columns), need, problems);
            var ending = reading.Run(threads, quoted: false, progress);
            var quoted = ending == Ending.Quotes;
            if (quoted)
            {
                ending = reading.Run(1, quoted: true, progress);
            }

            if (ending == Ending.Done || transcode)
            {
                return reading.Finish(threads, quoted);
            }

            transcode = true;
        }
    }

    private sealed class Reading(CsvTable table, FactWords words, TotalsNeed? need, ImportProblems problems)
    {
        private List<FileRange> _ranges = [];
        private FactScan[] _scans = [];
        private int[] _lines = [];

        public Ending Run(int threads, bool quoted, IProgress<double>? progress)
        {
            var length = table.Source.Length - table.FirstRow;
            _ranges = FileRange.Split(table.Source, table.FirstRow, quoted ? 1 : threads, Math.Max(WorthAThread, length / SmallestShare));
            _scans = new FactScan[_ranges.Count];
            _lines = new int[_ranges.Count];
            var ending = Ending.Done;
            var done = new long[_ranges.Count];
            var rowLength = RowLength();
            SideBySide.Each(_ranges.Count, threads, () => need is null ? null : new KindSums(need), ReadRange);
            return ending;

            void ReadRange(KindSums? sums, int i)
            {
                using var rows = _ranges[i].Cursor(table.Source, quoted);
                var capacity = Math.Max(1024, (_ranges[i].End - _ranges[i].Start) / rowLength / (sums is null ? 1 : SomeOfMany));
                var segment = new FactSegment((int)Math.Min(capacity, Array.MaxLength), sums);
                var scan = new FactScan(rows, words, segment, new ImportProblems(problems.Source), threads > 1 || length > WorthCompiling);
                _scans[i] = scan;
                scan.Run(offset =>
                {
                    Volatile.Write(ref done[i], offset - _ranges[i].Start);
                    progress?.Report(Math.Min(1, (double)done.Sum() / length));
                    return ending == Ending.Done;
                });
                _lines[i] = rows.LinesRead;
                if (rows is BlockCursor { SawQuote: true })
                {
                    ending = Ending.Quotes;
                }
                else if (rows.HasForeignBytes)
                {
                    ending = Ending.ForeignBytes;
                }
            }
        }

        public FactSegment[] Finish(int threads, bool quoted)
        {
            var lines = table.LinesBefore;
            for (var i = 0; i < _scans.Length; i++)
            {
                problems.TakeOver(_scans[i].Problems, lines);
                lines += _lines[i];
            }

            if (!IdWatch.AreAllDifferent(_scans.Select(scan => scan.Ids)))
            {
                new FactIds(table.Source, _ranges, quoted, words.Columns[FactColumn.Id], table.LinesBefore).Report(threads, problems);
            }

            return _scans.Select(scan => scan.Segment).ToArray();
        }

        // A tenth too short, so that the columns of the segment seldom have to grow; room that stays empty is never touched.
        private long RowLength()
        {
            var sample = new byte[SampleLength];
            var read = table.Source.ReadFully(table.FirstRow, sample);
            var rows = sample.AsSpan(0, read).Count((byte)'\n');
            return rows == 0 ? SampleLength : Math.Max(ShortestRow, read / rows * 9 / 10);
        }
    }
}
