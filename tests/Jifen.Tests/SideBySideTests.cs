using Jifen.Scoring;
using Xunit;

namespace Jifen.Tests;

public sealed class SideBySideTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(0, 3)]
    [InlineData(1, 4)]
    [InlineData(5, 1)]
    [InlineData(100, 2)]
    [InlineData(7, 16)]
    public void Each_thing_is_taken_once_however_many_threads_there_are(int things, int threads)
    {
        var times = new int[things];

        SideBySide.Each(things, threads, thing => Interlocked.Increment(ref times[thing]));

        Assert.All(times, taken => Assert.Equal(1, taken));
    }

    [Fact]
    public void Every_thread_has_a_number_of_its_own()
    {
        var times = new int[5];

        SideBySide.Run(times.Length, thread => Interlocked.Increment(ref times[thread]));

        Assert.All(times, taken => Assert.Equal(1, taken));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void What_goes_wrong_on_one_thread_is_heard_of_when_the_others_are_done(int faulty)
    {
        var done = 0;

        var fault = Record.Exception(() => SideBySide.Run(3, thread =>
        {
            if (thread == faulty)
            {
                throw new InvalidOperationException("wrong");
            }

            Thread.Sleep(20);
            Interlocked.Increment(ref done);
        }));

        Assert.Equal("wrong", (fault as AggregateException)?.InnerException?.Message ?? fault?.Message);
        Assert.Equal(2, done);
    }

    [Fact]
    public void Without_a_thread_there_is_no_work() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => SideBySide.Run(0, _ => { }));
}
