using System.Buffers.Text;
using System.Runtime.InteropServices;
using Jifen.Bench.Generation;

namespace Jifen.Bench.Rivals;

/// <summary>One thread's part of totals.csv: whole branches one after another.</summary>
internal sealed class HandCsvTotals(HandCsvMembers members, HandCsvFacts[] parts, int[] commended)
{
    private const int LongestRow = 256;

    private static readonly byte[][] OutcomeIds = Enumerable.Range(1, 9)
        .Select(number => System.Text.Encoding.UTF8.GetBytes(FormattableString.Invariant($"用{number}")))
        .ToArray();

    private readonly SectionPoints[] _points = new SectionPoints[BranchYears.MembersOfBranch];
    private readonly int[] _ranks = new int[BranchYears.MembersOfBranch];
    private readonly ushort[] _outcomes = new ushort[BranchYears.MembersOfBranch];
    private readonly int[] _firstDay = new int[BranchYears.MembersOfBranch];
    private readonly int[] _lastDay = new int[BranchYears.MembersOfBranch];
    private byte[] _buffer = new byte[1 << 22];
    private int _length;

    public static ReadOnlySpan<byte> Header => "member,branch,base,bonus,deduction,total,rank,grade,outcomes\n"u8;

    public ReadOnlySpan<byte> Written => _buffer.AsSpan(0, _length);

    public void Branch(int branch)
    {
        var first = branch * BranchYears.MembersOfBranch;
        var count = Math.Min(BranchYears.MembersOfBranch, members.Count - first);
        for (var i = 0; i < count; i++)
        {
            _firstDay[i] = members.FirstDay[first + i] <= members.LastDay[first + i] ? 0 : 1;
            _points[i] = PointsOf(first + i);
        }

        HandStanding.Branch(
            _firstDay.AsSpan(0, count),
            _lastDay.AsSpan(0, count),
            CollectionsMarshal.AsSpan(members.Standings).Slice(first, count),
            _points.AsSpan(0, count),
            _ranks,
            _outcomes);
        for (var i = 0; i < count; i++)
        {
            Row(first + i, i);
        }
    }

    private SectionPoints PointsOf(int member)
    {
        Span<int> sums = stackalloc int[HandCsvKinds.Slots];
        sums.Clear();
        foreach (var part in parts)
        {
            var own = part.Sums.AsSpan(member * HandCsvKinds.Slots, HandCsvKinds.Slots);
            for (var slot = 0; slot < own.Length; slot++)
            {
                sums[slot] += own[slot];
            }
        }

        var study = Floor0(1200 - (50 * Portions(3200 - sums[HandCsvKinds.Study])) - sums[HandCsvKinds.Speech]);
        var points = (sums[HandCsvKinds.Grave] > 0 ? 0 : study)
            + Floor0(1200 - sums[HandCsvKinds.Meetings])
            + Floor0(2400 - sums[HandCsvKinds.Life])
            + Floor0(1200 - sums[HandCsvKinds.Dues])
            + Floor0(400 - (100 * Portions(400 - sums[HandCsvKinds.Reports])))
            + Floor0(1200 - sums[HandCsvKinds.Role])
            + Floor0(1200 - sums[HandCsvKinds.Discipline])
            + 1200;
        var bonus = Math.Min(1000, sums[HandCsvKinds.Gained] + commended[member]);
        var deduction = -sums[HandCsvKinds.Deducted];
        return new SectionPoints(points, bonus, deduction, Floor0(points + bonus + deduction));
    }

    private void Row(int member, int at)
    {
        if (_length + LongestRow > _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        Text(members.Id(member));
        Text(members.Branch(member));
        if (_firstDay[at] > _lastDay[at])
        {
            Text(",,,,,,,\n"u8);
            return;
        }

        Hundredths(_points[at].Base);
        Hundredths(_points[at].Bonus);
        Hundredths(_points[at].Deduction);
        Hundredths(_points[at].Total);
        Text(","u8);
        Whole(_ranks[at]);
        Text(",,"u8);
        var separate = false;
        for (var outcome = 0; outcome < OutcomeIds.Length; outcome++)
        {
            if ((_outcomes[at] >> outcome & 1) != 0)
            {
                Text(separate ? ";"u8 : []);
                Text(OutcomeIds[outcome]);
                separate = true;
            }
        }

        Text("\n"u8);
    }

    private void Hundredths(int points)
    {
        Text(points < 0 ? ",-"u8 : ","u8);
        points = Math.Abs(points);
        Whole(points / 100);
        var rest = points % 100;
        if (rest != 0)
        {
            Text([(byte)'.', (byte)('0' + (rest / 10))]);
            Text(rest % 10 == 0 ? [] : [(byte)('0' + (rest % 10))]);
        }
    }

    private void Whole(int number)
    {
        Utf8Formatter.TryFormat(number, _buffer.AsSpan(_length), out var written);
        _length += written;
    }

    private void Text(ReadOnlySpan<byte> utf8)
    {
        utf8.CopyTo(_buffer.AsSpan(_length));
        _length += utf8.Length;
    }

    private static int Portions(int missing) => missing <= 0 ? 0 : (missing + 99) / 100;

    private static int Floor0(int points) => Math.Max(0, points);
}
