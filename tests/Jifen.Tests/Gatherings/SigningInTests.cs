using Jifen.Cycle;
using Jifen.Cycle.Gatherings;
using Xunit;
using static Jifen.Tests.Gatherings.Meeting;

namespace Jifen.Tests.Gatherings;

public sealed class SigningInTests
{
    private static readonly byte[] Key = [.. Enumerable.Range(1, 32).Select(number => (byte)number)];

    [Fact]
    public void A_code_says_which_gathering_and_since_when_it_was_shown()
    {
        var code = SignInCode.Of(Key, Id, Opening.AddSeconds(47));

        Assert.Equal(43, code.Length);
        Assert.Equal((Id, Opening.AddSeconds(30)), SignInCode.Read(Key, code));
    }

    [Fact]
    public void A_new_code_every_half_minute_and_the_same_within_it()
    {
        Assert.Equal(SignInCode.Of(Key, Id, Opening), SignInCode.Of(Key, Id, Opening.AddSeconds(29)));
        Assert.NotEqual(SignInCode.Of(Key, Id, Opening), SignInCode.Of(Key, Id, Opening.AddSeconds(30)));
    }

    [Fact]
    public void A_code_with_any_letter_changed_or_of_another_key_is_no_code()
    {
        var code = SignInCode.Of(Key, Id, Opening);

        // The last letter carries two bits that say nothing; all others count.
        Assert.All(Enumerable.Range(0, code.Length - 1), at =>
            Assert.Null(SignInCode.Read(Key, code[..at] + (code[at] == 'A' ? 'B' : 'A') + code[(at + 1)..])));
        Assert.Null(SignInCode.Read(new byte[32], code));
        Assert.All(["", "A", code + "A", new string('é', 43)], text => Assert.Null(SignInCode.Read(Key, text)));
    }

    [Theory]
    [InlineData(0, null)]
    [InlineData(60, null)]
    [InlineData(61, "用的是2分钟前的旧码")]
    [InlineData(7200, "用的是1小时以前的旧码")]
    public void An_old_code_is_taken_and_listed(int seconds, string? odd) =>
        Assert.Equal(odd, Checked(new Scan(Opening, TimeSpan.FromSeconds(seconds), null, null, true)).Odd);

    [Fact]
    public void All_that_is_odd_about_a_scan_is_listed() =>
        Assert.Equal(
            "用的是5分钟前的旧码；与王芳用同一部手机；不在应到名单；活动结束以后才签到",
            Checked(new Scan(Opening.AddHours(2.5), TimeSpan.FromMinutes(5), "d", "王芳", IsExpected: false)).Odd);

    [Fact]
    public void The_first_scan_counts() =>
        Assert.Empty(new CheckIn(Id, Li, CheckInManner.Code, new Scan(Opening, TimeSpan.Zero, null, null, true)).Decide(Called, isCheckedIn: true).Happenings);

    [Fact]
    public void One_signs_in_on_the_day_and_before_the_roll_is_taken()
    {
        Assert.IsType<NotTheDay>(new CheckIn(Id, Li, CheckInManner.Code, new Scan(Before, TimeSpan.Zero, null, null, true)).Decide(Called, false).Refusal);
        Assert.IsType<NotTheDay>(new CheckIn(Id, Li, CheckInManner.Code, new Scan(Opening.AddDays(1), TimeSpan.Zero, null, null, true)).Decide(Called, false).Refusal);
        Assert.IsType<RollIsTakenForYou>(new CheckIn(Id, Li, CheckInManner.Code, new Scan(Opening, TimeSpan.Zero, null, null, true)).Decide(Held, false).Refusal);
    }

    [Fact]
    public void A_person_signs_in_once_whatever_is_sent()
    {
        var happening = Assert.Single(new CheckIn(Id, Li, CheckInManner.Code, new Scan(Opening, TimeSpan.Zero, "d", null, true)).Decide(Called, false).Happenings);

        Assert.Equal(($"check-in/{Id}/{Li}", (PersonId?)Li), (happening.SourceKey, happening.About));
    }

    private static MemberCheckedIn Checked(Scan scan) => Event<MemberCheckedIn>(new CheckIn(Id, Li, CheckInManner.Code, scan).Decide(Called, false));
}
