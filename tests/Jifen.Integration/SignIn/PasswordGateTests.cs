using Jifen.Web.SignIn;
using Xunit;

namespace Jifen.Integration.SignIn;

public sealed class PasswordGateTests
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_are_hashed_at_once_others_wait_and_what_is_too_many_is_sent_away()
    {
        using var gate = new PasswordGate(atOnce: 2, mostWaiting: 3, patience: TimeSpan.FromMinutes(1));
        var hashing = new TaskCompletionSource<bool>();
        var started = 0;
        var inside = Enumerable.Range(0, 5).Select(_ => gate.PassAsync(Hash, Cancel)).ToList();

        Assert.Equal(2, Volatile.Read(ref started));
        await Assert.ThrowsAsync<GateIsFullException>(() => gate.PassAsync(Hash, Cancel));
        hashing.SetResult(true);
        Assert.All(await Task.WhenAll(inside), Assert.True);
        Assert.Equal(5, started);
        Assert.True(await gate.PassAsync(Hash, Cancel));

        Task<bool> Hash()
        {
            Interlocked.Increment(ref started);
            return hashing.Task;
        }
    }

    [Fact]
    public async Task Whoever_waited_too_long_is_sent_away_and_leaves_his_place()
    {
        using var gate = new PasswordGate(atOnce: 1, mostWaiting: 1, patience: TimeSpan.Zero);
        var hashing = new TaskCompletionSource<bool>();
        var first = gate.PassAsync(() => hashing.Task, Cancel);

        await Assert.ThrowsAsync<GateIsFullException>(() => gate.PassAsync(() => Task.FromResult(true), Cancel));
        await Assert.ThrowsAsync<GateIsFullException>(() => gate.PassAsync(() => Task.FromResult(true), Cancel));

        hashing.SetResult(true);
        Assert.True(await first);
        Assert.True(await gate.PassAsync(() => Task.FromResult(true), Cancel));
    }

    [Fact]
    public async Task A_hash_that_fails_leaves_its_place()
    {
        using var gate = new PasswordGate(atOnce: 1, mostWaiting: 0, patience: TimeSpan.Zero);

        await Assert.ThrowsAsync<InvalidDataException>(() => gate.PassAsync<bool>(() => throw new InvalidDataException(), Cancel));

        Assert.True(await gate.PassAsync(() => Task.FromResult(true), Cancel));
    }

    [Theory]
    [InlineData("1234567890")]
    [InlineData("0987654321")]
    [InlineData("qwertyuiop")]
    [InlineData("1qaz2wsx3edc")]
    [InlineData("password2024")]
    [InlineData("P@ssw0rd!!!!")]
    [InlineData("aaaaaaaaaaaa")]
    [InlineData("abcabcabcabc")]
    [InlineData("woaini1314520")]
    [InlineData("20010203040506")]
    [InlineData("zhangwei2020x")]
    public void What_a_guesser_tries_first_is_refused(string password) => Assert.NotNull(PasswordRules.Objection("zhangwei", password));

    [Theory]
    [InlineData("水杯 台灯 青石板路")]
    [InlineData("correct horse battery")]
    [InlineData("shuibei-taideng-7")]
    public void Several_words_that_have_nothing_to_do_with_each_other_are_taken(string password) => Assert.Null(PasswordRules.Objection("zhangwei", password));
}
