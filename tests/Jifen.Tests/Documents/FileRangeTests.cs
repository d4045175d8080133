using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Jifen.Documents.Imports;
using Jifen.Documents.Imports.Facts;
using Jifen.Tests.Naive;
using Xunit;

namespace Jifen.Tests.Documents;

public sealed class FileRangeTests
{
    [Fact]
    public void Stretches_join_up_and_end_with_a_row()
    {
        Check.One(Config.QuickThrowOnFailure, Prop.ForAll(ArbMap.Default.ArbFor<uint>(), seed =>
        {
            var dice = new SeededDice(seed);
            var text = new StringBuilder();
            for (var row = dice.Range(0, 200); row > 0; row--)
            {
                text.Append('x', dice.Range(0, 30)).Append('\n');
            }

            text.Append('x', dice.Range(0, 5));
            var bytes = Encoding.UTF8.GetBytes(text.ToString());
            var first = dice.Range(0, bytes.Length);
            using var source = new MemoryBytes(bytes);

            var ranges = FileRange.Split(source, first, dice.Range(1, 5), least: dice.Range(1, 500));

            Assert.Equal(first, ranges[0].Start);
            Assert.Equal(bytes.Length, ranges[^1].End);
            Assert.All(ranges.Zip(ranges.Skip(1)), pair => Assert.Equal(pair.First.End, pair.Second.Start));
            Assert.All(ranges.Skip(1), range => Assert.Equal((byte)'\n', bytes[range.Start - 1]));
            Assert.All(ranges, range => Assert.True(range.End > range.Start || ranges.Count == 1));
        }));
    }

    [Fact]
    public void Stretches_become_small_towards_the_end_and_no_smaller_than_is_worth_it()
    {
        using var source = new MemoryBytes(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("123456789\n", 10_000))));

        var ranges = FileRange.Split(source, 0, threads: 2, least: 1_000);

        var lengths = ranges.Select(range => range.End - range.Start).ToList();
        Assert.InRange(lengths[0], 25_000, 25_010);
        Assert.Equal(lengths.OrderDescending(), lengths);
        Assert.All(lengths.SkipLast(1), length => Assert.True(length >= 1_000));
        Assert.InRange(lengths[^1], 1, 2_000);
    }

    [Fact]
    public void For_one_thread_nothing_is_cut()
    {
        using var source = new MemoryBytes(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("123456789\n", 100))));

        Assert.Equal(new FileRange(10, 1_000), Assert.Single(FileRange.Split(source, 10, threads: 1, least: 1)));
    }
}
