using System.Runtime.CompilerServices;
using Jifen.Bench.Generation;

namespace Jifen.Bench.Rivals;

/// <summary>
/// What <c>jifen score</c> does for jsit-2020, written for exactly the files of the generator: members.csv and facts.csv in, totals.csv out,
/// on two threads, the same totals byte for byte. A process of its own, as <c>jifen score</c> is.
/// </summary>
internal static class HandCsv
{
    private const int Threads = 2;

    public static void Run(string membersPath, string factsPath, string totalsPath)
    {
        RuntimeHelpers.RunClassConstructor(typeof(HandCsvKinds).TypeHandle);
        var members = new HandCsvMembers(membersPath, BranchYears.Year);
        var parts = new HandCsvFacts[Threads];
        using (var file = File.OpenHandle(factsPath, options: FileOptions.SequentialScan))
        {
            var length = RandomAccess.GetLength(file);
            Parallel.For(0, Threads, thread =>
            {
                parts[thread] = new HandCsvFacts(members);
                parts[thread].Read(file, length * thread / Threads, length * (thread + 1) / Threads);
            });
        }

        var commended = Commended(members.Count, parts);
        var written = new HandCsvTotals[Threads];
        var branches = (members.Count + BranchYears.MembersOfBranch - 1) / BranchYears.MembersOfBranch;
        Parallel.For(0, Threads, thread =>
        {
            written[thread] = new HandCsvTotals(members, parts, commended);
            for (var branch = branches * thread / Threads; branch < branches * (thread + 1) / Threads; branch++)
            {
                written[thread].Branch(branch);
            }
        });
        using var totals = File.Create(totalsPath, 1);
        totals.Write(HandCsvTotals.Header);
        foreach (var part in written)
        {
            totals.Write(part.Written);
        }
    }

    // 同一内容取最高: sorted, the highest of a content comes last.
    private static int[] Commended(int members, HandCsvFacts[] parts)
    {
        var honours = parts.SelectMany(part => part.Honours).ToArray();
        Array.Sort(honours);
        var commended = new int[members];
        for (var i = 0; i < honours.Length; i++)
        {
            var isHighest = i + 1 == honours.Length || (honours[i].Member, honours[i].Content) != (honours[i + 1].Member, honours[i + 1].Content);
            commended[honours[i].Member] += isHighest ? honours[i].Level * 100 : 0;
        }

        return commended;
    }
}
