using System.Runtime.CompilerServices;
using Jifen.Documents.Imports.Facts;
using Xunit;

namespace Jifen.Tests.Documents;

public sealed class KnownEndingsTests
{
    [Fact]
    public void What_is_learned_is_known_again_up_to_the_longest_and_never_for_other_bytes()
    {
        var endings = new KnownEndings();
        var learned = Enumerable.Range(8, 41).ToList();
        foreach (var length in learned)
        {
            endings.Learn(Text(length).AsSpan(0, length), length, length * 100, 3, 1..8, isPending: length % 2 == 0, isKeptWhole: length % 3 == 0);
            var found = endings.Find(ref Text(length)[0], length);
            Assert.Equal(new Ending((byte)length, length * 100, (ushort)length, 3, 1, 7, length % 2 == 0, length % 3 == 0), found);
            for (var at = 0; at < length; at++)
            {
                var other = Text(length);
                other[at] ^= 1;
                Assert.True(Unsafe.IsNullRef(in endings.Find(ref other[0], length)));
            }
        }
    }

    [Theory]
    [InlineData(7)]
    [InlineData(49)]
    [InlineData(64)]
    public void What_is_too_short_or_too_long_is_read_again_each_time(int length)
    {
        var endings = new KnownEndings();

        endings.Learn(Text(length).AsSpan(0, length), 1, 100, 0, 0..0, isPending: false, isKeptWhole: false);

        Assert.True(Unsafe.IsNullRef(in endings.Find(ref Text(length)[0], length)));
    }

    [Fact]
    public void What_an_ending_comes_to_has_room_beside_it() => Assert.True(Unsafe.SizeOf<Ending>() <= 16);

    private static byte[] Text(int length)
    {
        var text = new byte[length + KnownEndings.Padding];
        for (var i = 0; i < length; i++)
        {
            text[i] = (byte)('a' + ((i * 7) % 26));
        }

        return text;
    }
}
