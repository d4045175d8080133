using System.Net;
using Jifen.Integration.World;
using Jifen.Store.Accounts;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Jifen.Integration.SignIn;

public sealed class GuessTests(Cluster cluster)
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whoever_guesses_is_stopped_while_the_owner_still_gets_in_on_his_own_device()
    {
        await using var site = await TestSite.StartAsync(cluster);
        var college = await College.FoundAsync(site);
        await site.GiveAsync(college.Member, "成元");
        using var owner = site.Browser();
        var page = await owner.SignInAsync("成元", Passwords.Good);
        await owner.SubmitAsync(await owner.GetAsync("/settings"), "button[data-action=sign-out]");
        using var guesser = site.Browser();

        for (var guess = 0; guess < 10; guess++)
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, (await guesser.SignInAsync("成元", $"{Passwords.Other}{guess}")).Status);
        }

        var stopped = await guesser.SignInAsync("成元", Passwords.Good);
        Assert.Equal(HttpStatusCode.TooManyRequests, stopped.Status);
        Assert.False(await guesser.IsSignedInAsync());
        await owner.SignInAsync("成元", Passwords.Good);
        Assert.True(await owner.IsSignedInAsync());
    }

    [Fact]
    public async Task A_name_nobody_has_is_counted_like_any_other()
    {
        await using var site = await TestSite.StartAsync(cluster);
        using var guesser = site.Browser();

        for (var guess = 0; guess < 10; guess++)
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, (await guesser.SignInAsync("无人", Passwords.Other)).Status);
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, (await guesser.SignInAsync("无人", Passwords.Other)).Status);
    }

    [Fact]
    public async Task From_however_many_places_and_devices_there_are_at_most_a_hundred_guesses_an_hour()
    {
        var clock = new MovableClock(new DateTimeOffset(2026, 3, 2, 0, 30, 0, TimeSpan.Zero));
        await using var site = await TestSite.StartAsync(cluster, clock);
        var college = await College.FoundAsync(site);
        await site.GiveAsync(college.Member, "成元");
        var account = await site.AccountAsync(college.Member);
        var attempts = site.Services.GetRequiredService<SignInAttempts>();
        var devices = Enumerable.Range(0, 5).Select(_ => SecretKey.Create()).ToList();
        foreach (var device in devices)
        {
            await attempts.RememberAsync(device, account, Cancel);
        }

        var made = 0;
        for (var guess = 0; guess < 300; guess++)
        {
            made += await attempts.BeginAsync("成元", $"10.0.{guess % 100}.1", guess % 3 == 0 ? devices[guess % 5] : null, Cancel) is null ? 0 : 1;
        }

        Assert.Equal(100, made);
        clock.Advance(TimeSpan.FromHours(1));
        Assert.NotNull(await attempts.BeginAsync("成元", "10.0.0.1", null, Cancel));
    }

    [Fact]
    public async Task A_hundred_guesses_at_once_are_counted_as_a_hundred()
    {
        await using var site = await TestSite.StartAsync(cluster);
        var attempts = site.Services.GetRequiredService<SignInAttempts>();

        var made = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => attempts.BeginAsync("成元", "10.0.0.1", null, Cancel)));

        Assert.Equal(10, made.Count(attempt => attempt is not null));
    }

    [Fact]
    public async Task A_right_password_is_no_guess()
    {
        await using var site = await TestSite.StartAsync(cluster);
        var college = await College.FoundAsync(site);
        await site.GiveAsync(college.Member, "成元");

        for (var time = 0; time < 12; time++)
        {
            using var browser = site.Browser();
            await browser.SignInAsync("成元", Passwords.Good);
            Assert.True(await browser.IsSignedInAsync());
        }
    }

    [Fact]
    public async Task The_device_of_another_account_is_a_stranger_to_this_one()
    {
        await using var site = await TestSite.StartAsync(cluster);
        var college = await College.FoundAsync(site);
        await site.GiveAsync(college.Member, "成元");
        var device = SecretKey.Create();
        var attempts = site.Services.GetRequiredService<SignInAttempts>();
        await attempts.RememberAsync(device, await site.AccountAsync(college.OtherMember), Cancel);

        var made = 0;
        for (var guess = 0; guess < 30; guess++)
        {
            made += await attempts.BeginAsync("成元", "10.0.0.1", device, Cancel) is null ? 0 : 1;
        }

        Assert.Equal(10, made);
    }
}
