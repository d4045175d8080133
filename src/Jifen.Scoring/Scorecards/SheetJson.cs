using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Jifen.Scoring.Outcomes;

namespace Jifen.Scoring.Scorecards;

/// <summary>
/// Writes score sheets as JSON, one object a line (CONTRACT, “Scoring without a server”), straight from the recorded lines into bytes. Both
/// cores work on portions of branches; the lines come out in the order of the roster's branches.
/// </summary>
public sealed class SheetJson
{
    private static readonly JavaScriptEncoder Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    private readonly Scorer _scorer;
    private readonly Totals _totals;
    private readonly byte[] _head;
    private readonly byte[][] _sectionHeads;
    private readonly byte[][] _itemHeads;

    public SheetJson(Scorer scorer, Totals totals)
    {
        _scorer = scorer;
        _totals = totals;
        var scheme = scorer.Plan.Scheme;
        _head = Encoding.UTF8.GetBytes($",\"scheme\":\"{scheme.Id}\",\"fingerprint\":\"{scheme.Fingerprint}\",\"sections\":[");
        _sectionHeads = scheme.Sections.Select(section => Head(section.Id)).Append(Head("total")).ToArray();
        _itemHeads = scorer.Plan.SheetItems.Select(item => Head(item.Id)).ToArray();
    }

    /// <param name="write">called in order, never by two threads at once</param>
    public void WriteAll(Action<ReadOnlyMemory<byte>> write, int threads = 1)
    {
        var portions = _scorer.Portions();
        var ready = new Dictionary<int, byte[]>();
        var nextToWrite = 0;
        var gate = new Lock();
        SideBySide.Each(portions.Count, threads, () => new Writer(this), (writer, portion) =>
        {
            for (var branch = portions[portion].First; branch < portions[portion].End; branch++)
            {
                writer.WriteBranch(branch);
            }

            lock (gate)
            {
                if (portion == nextToWrite)
                {
                    write(writer.Written);
                    for (nextToWrite++; ready.Remove(nextToWrite, out var waiting); nextToWrite++)
                    {
                        write(waiting);
                    }
                }
                else
                {
                    ready.Add(portion, writer.Written.ToArray());
                }
            }

            writer.Clear();
        });
    }

    private static byte[] Head(string id) => Encoding.UTF8.GetBytes($"{{\"id\":\"{id}\",\"points\":");

    private sealed class Writer(SheetJson sheets)
    {
        private readonly Scorer.Recorder _recorder = new(sheets._scorer, sheets._totals, null);
        private readonly BranchOutcomes _outcomes = new(sheets._scorer, sheets._totals);
        private readonly LineBuffer _lines = new();
        private byte[] _buffer = new byte[1 << 20];
        private byte[] _sentence = new byte[1 << 10];
        private int _length;

        public ReadOnlyMemory<byte> Written => _buffer.AsMemory(0, _length);

        public void Clear() => _length = 0;

        public void WriteBranch(int branch)
        {
            var placings = _recorder.PlacingsOf(branch);
            var hints = new BranchHints(sheets._scorer, branch);
            foreach (var member in sheets._scorer.Roster.OfBranch(branch))
            {
                _lines.Clear();
                _recorder.Record(member, _lines, placings);
                WriteMember(branch, member, hints);
            }
        }

        private void WriteMember(int branch, int member, BranchHints hints)
        {
            var scorer = sheets._scorer;
            var totals = sheets._totals;
            var text = new SentenceText(_buffer);
            text.Skip(_length);
            text.Add("{\"member\":"u8);
            AddString(ref text, scorer.Roster.Members[member].Id);
            text.Add(sheets._head);
            if (totals.HasScorecard(member))
            {
                AddSections(ref text, member);
                text.Add("],\"total\":"u8);
                text.AddHundredths(totals.TotalOf(member).Hundredths);
            }
            else
            {
                text.Add("],\"total\":null"u8);
            }

            text.Add(",\"rank\":"u8);
            if (totals.RankOf(member) is > 0 and var rank)
            {
                text.Add((long)rank);
            }
            else
            {
                text.Add("null"u8);
            }

            text.Add(",\"grade\":"u8);
            AddStringOrNull(ref text, totals.GradeOf(member));
            if (totals.HasScorecard(member) && totals.RunningOf(member) is { } running)
            {
                text.Add(",\"running\":"u8);
                text.AddHundredths(running.Hundredths);
            }

            text.Add(",\"outcomes\":["u8);
            AddOutcomes(ref text, branch, member);
            text.Add("]"u8);
            AddHints(ref text, member, hints);
            text.Add("}\n"u8);
            _buffer = text.Buffer;
            _length = text.Length;
        }

        private void AddSections(ref SentenceText text, int member)
        {
            var plan = sheets._scorer.Plan;
            var sections = plan.Scheme.Sections.Count;
            var lines = _lines.From(0);
            for (var s = 0; s <= sections; s++)
            {
                // What the steps of 总分 adjusted stands last, and only when there is something.
                var (points, count) = s < sections ? (sheets._totals.SectionOf(member, s).Hundredths, 0) : SumOf(lines, s);
                if (s == sections && count == 0)
                {
                    break;
                }

                text.Add(s == 0 ? ""u8 : ","u8);
                text.Add(sheets._sectionHeads[s]);
                text.AddHundredths(points);
                text.Add(",\"items\":["u8);
                AddItems(ref text, lines, s);
                text.Add("]}"u8);
            }
        }

        private void AddItems(ref SentenceText text, ReadOnlySpan<Line> lines, int section)
        {
            var plan = sheets._scorer.Plan;
            var first = true;
            foreach (var item in plan.SheetItems)
            {
                if (item.Section != section)
                {
                    continue;
                }

                var points = 0L;
                var count = 0;
                foreach (ref readonly var line in lines)
                {
                    if (plan.Sources[line.Source].Item == item.Index)
                    {
                        points += line.Points;
                        count++;
                    }
                }

                if (count == 0)
                {
                    continue;
                }

                text.Add(first ? ""u8 : ","u8);
                text.Add(sheets._itemHeads[item.Index]);
                text.AddHundredths(points);
                text.Add(",\"lines\":["u8);
                var separate = false;
                foreach (ref readonly var line in lines)
                {
                    if (plan.Sources[line.Source].Item == item.Index)
                    {
                        text.Add(separate ? ","u8 : ""u8);
                        AddLine(ref text, plan.Sources[line.Source], line);
                        separate = true;
                    }
                }

                text.Add("]}"u8);
                first = false;
            }
        }

        private void AddLine(ref SentenceText text, Source source, in Line line)
        {
            var facts = sheets._scorer.Facts;
            text.Add(source.JsonHead);
            if (line.Fact >= 0)
            {
                AddString(ref text, facts.IdOf(line.Fact));
            }
            else
            {
                text.Add("null"u8);
            }

            text.Add(",\"date\":\""u8);
            text.AddDay(line.Day);
            text.Add("\",\"points\":"u8);
            text.AddHundredths(line.Points);
            text.Add(",\"text\":\""u8);
            if (line.Fact >= 0 && !facts.ContentOf(line.Fact).IsEmpty)
            {
                // 内容 is free text: written aside, then escaped.
                var aside = new SentenceText(_sentence);
                source.Say(ref aside, line, facts, sheets._scorer.Plan);
                AddEscaped(ref text, aside.Written);
                _sentence = aside.Buffer;
            }
            else
            {
                source.Say(ref text, line, facts, sheets._scorer.Plan);
            }

            text.Add(source.JsonTail);
        }

        private void AddOutcomes(ref SentenceText text, int branch, int member)
        {
            MemberOutcome? outcome = null;
            var first = true;
            foreach (var held in sheets._scorer.Plan.Scheme.Outcomes)
            {
                if (!sheets._totals.Holds(member, held.Index))
                {
                    continue;
                }

                outcome ??= _outcomes.Explain(branch, member);
                text.Add(first ? "{\"id\":"u8 : ",{\"id\":"u8);
                AddString(ref text, held.Id);
                text.Add(",\"text\":"u8);
                AddString(ref text, held.Result);
                text.Add(",\"clause\":"u8);
                AddString(ref text, string.Join("；", held.Clauses));
                text.Add(",\"because\":"u8);
                AddString(ref text, held.Condition.Because(outcome));
                text.Add("}"u8);
                first = false;
            }
        }

        private void AddHints(ref SentenceText text, int member, BranchHints hints)
        {
            if (!sheets._totals.HasScorecard(member))
            {
                return;
            }

            var found = hints.Of(member);
            for (var i = 0; i < found.Count; i++)
            {
                text.Add(i == 0 ? ",\"hints\":[{\"id\":"u8 : ",{\"id\":"u8);
                AddString(ref text, found[i].Hint.Id);
                text.Add(",\"text\":"u8);
                AddString(ref text, found[i].Text);
                text.Add(",\"clause\":"u8);
                AddString(ref text, string.Join("；", found[i].Hint.Clauses));
                text.Add(i == found.Count - 1 ? "}]"u8 : "}"u8);
            }

            var referrals = BranchHints.ReferralsOf(sheets._scorer, member);
            for (var i = 0; i < referrals.Count; i++)
            {
                text.Add(i == 0 ? ",\"referrals\":[{\"fact\":"u8 : ",{\"fact\":"u8);
                AddString(ref text, referrals[i].FactId);
                text.Add(",\"text\":"u8);
                AddString(ref text, referrals[i].Text);
                text.Add(",\"clause\":"u8);
                AddString(ref text, string.Join("；", referrals[i].Referral.Clauses));
                text.Add(i == referrals.Count - 1 ? "}]"u8 : "}"u8);
            }
        }

        private (long Points, int Lines) SumOf(ReadOnlySpan<Line> lines, int section)
        {
            var plan = sheets._scorer.Plan;
            var sum = 0L;
            var count = 0;
            foreach (ref readonly var line in lines)
            {
                if (plan.SheetItems[plan.Sources[line.Source].Item].Section == section)
                {
                    sum += line.Points;
                    count++;
                }
            }

            return (sum, count);
        }

        private static void AddStringOrNull(ref SentenceText text, string? value)
        {
            if (value is null)
            {
                text.Add("null"u8);
            }
            else
            {
                AddString(ref text, value);
            }
        }

        private static void AddString(ref SentenceText text, string value)
        {
            Span<byte> utf8 = value.Length <= 256 ? stackalloc byte[value.Length * 3] : new byte[value.Length * 3];
            AddString(ref text, utf8[..Encoding.UTF8.GetBytes(value, utf8)]);
        }

        private static void AddString(ref SentenceText text, scoped ReadOnlySpan<byte> utf8)
        {
            text.Add("\""u8);
            AddEscaped(ref text, utf8);
            text.Add("\""u8);
        }

        private static void AddEscaped(ref SentenceText text, scoped ReadOnlySpan<byte> utf8)
        {
            if (Encoder.FindFirstCharacterToEncodeUtf8(utf8) < 0)
            {
                text.Add(utf8);
                return;
            }

            text.Add(JsonEncodedText.Encode(utf8, Encoder).EncodedUtf8Bytes);
        }
    }
}
