using System.Text.Encodings.Web;
using System.Text.RegularExpressions;
using System.Text.Unicode;
using Jifen.Web;
using Jifen.Web.Charts;
using Jifen.Web.Components;
using Jifen.Web.Pages.Developer;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Jifen.Tests.Look;

/// <summary>The components as HTML: what the content policy and screen readers ask of every one of them.</summary>
public sealed partial class ComponentsTests
{
    public static TheoryData<Type> Samples { get; } =
    [
        typeof(StartSample), typeof(PartsSample), typeof(NotesSample), typeof(TablesSample), typeof(ChartsSample), typeof(FormsSample), typeof(ChoosingSample),
    ];

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task Nothing_inline_no_image_from_elsewhere(Type sample)
    {
        var html = await Render(sample);

        Assert.DoesNotContain(" style=", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("data:", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotMatch(InlineHandler(), html);
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task Every_component_is_known(Type sample) =>
        Assert.Empty(UnknownElement().Matches(await Render(sample)).Select(match => match.Value));

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task Ids_are_unique_and_what_is_pointed_to_is_there(Type sample)
    {
        var html = await Render(sample);
        var ids = Id().Matches(html).Select(match => match.Groups[1].Value).ToList();
        var pointed = Pointer().Matches(html).SelectMany(match => match.Groups[1].Value.Split(' '));

        Assert.Equal([], ids.GroupBy(id => id).Where(together => together.Count() > 1).Select(together => together.Key));
        Assert.Equal([], pointed.Except(ids));
    }

    [Fact]
    public async Task What_an_attendance_comes_to_is_read_one_after_the_other()
    {
        var html = await Render<Web.Pages.Gatherings.Effects>(new()
        {
            ["Of"] = new Cycle.Gatherings.AttendanceEffect[] { new("组织生活应到", null, 0), new("组织生活实到", null, 0), new("计1.5学时", null, 1) },
        });

        Assert.Equal("组织生活应到、组织生活实到、计1.5学时", string.Concat(Tag().Replace(html, "").Where(letter => !char.IsWhiteSpace(letter))));
    }

    [Fact]
    public void The_style_sheet_fetches_nothing()
    {
        var css = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "wwwroot", "jifen.css"));

        Assert.DoesNotContain("url(", css, StringComparison.Ordinal);
        Assert.DoesNotContain("@import", css, StringComparison.Ordinal);
    }

    [Fact]
    public void No_page_has_an_inline_style_or_script()
    {
        var faults = Directory.GetFiles(Path.Combine(World.Root, "src", "Jifen.Web"), "*.razor", SearchOption.AllDirectories)
            .Where(path => !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Where(path => InlineInSource().IsMatch(File.ReadAllText(path)))
            .Select(path => Path.GetFileName(path));

        Assert.Equal([], faults);
    }

    [Fact]
    public async Task A_field_with_an_error_is_tied_to_it()
    {
        var html = await Render<NumberField>(new() { ["Name"] = "points", ["Label"] = "分值", ["Typed"] = "<一分>", ["Hint"] = "0.5至2分", ["Error"] = "写成数字" });

        Assert.Contains("aria-invalid=\"true\"", html, StringComparison.Ordinal);
        Assert.Contains("aria-describedby=\"f-points-hint f-points-error\"", html, StringComparison.Ordinal);
        Assert.Contains("value=\"&lt;一分&gt;\"", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, 1, "")]
    [InlineData(1, 3, "[1] 2 3 下一页")]
    [InlineData(5, 21, "上一页 1 … 4 [5] 6 … 21 下一页")]
    [InlineData(3, 5, "上一页 1 2 [3] 4 5 下一页")]
    public async Task Pages_around_the_present_one_are_linked(int page, int pages, string expected)
    {
        var html = await Render<Pagination>(new() { ["Page"] = page, ["Pages"] = pages, ["Url"] = (Func<int, string>)(number => $"?page={number}") });
        var links = PageLink().Matches(html).Select(match => match.Groups[1].Success ? $"[{match.Groups[2].Value}]" : match.Groups[2].Value);

        Assert.Equal(expected, string.Join(' ', links));
    }

    [Theory]
    [InlineData("张伟", "张*")]
    [InlineData("李文博", "李*博")]
    [InlineData("欧阳慧敏", "欧**敏")]
    [InlineData("𠮷野家", "𠮷*家")]
    [InlineData("", "")]
    public void Masked_names_keep_their_ends(string name, string masked) => Assert.Equal(masked, PersonName.Mask(name));

    [Theory]
    [InlineData("2025-09-26", "逾期2天")]
    [InlineData("2025-09-28", "今天截止")]
    [InlineData("2025-09-29", "明天截止")]
    [InlineData("2025-10-10", "还剩12天")]
    public void What_is_left_is_said_in_days(string due, string text) =>
        Assert.Equal(text, DayText.Left(DateOnly.ParseExact(due, "yyyy-MM-dd", null), new DateOnly(2025, 9, 28)));

    [Theory]
    [InlineData(0, 100, "0 50 100")]
    [InlineData(70, 94.5, "70 80 90 100")]
    [InlineData(-2, 3, "-2 0 2 4")]
    [InlineData(5, 5, "5 5")]
    public void An_axis_has_few_round_steps_and_holds_all_values(decimal lowest, decimal highest, string expected)
    {
        var steps = Drawing.Steps(lowest, highest);

        Assert.True(steps[0] <= lowest && steps[^1] >= highest && steps.Count <= 7);
        if (lowest < highest)
        {
            Assert.Equal(expected, string.Join(' ', steps.Select(Drawing.Text)));
        }
    }

    private static Task<string> Render<T>(Dictionary<string, object?> parameters)
        where T : IComponent => Render(typeof(T), parameters);

    private static async Task<string> Render(Type component, Dictionary<string, object?>? parameters = null)
    {
        await using var services = new ServiceCollection()
            .AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance)
            .AddSingleton(HtmlEncoder.Create(UnicodeRanges.All))
            .AddSingleton<AntiforgeryStateProvider, FixedToken>()
            // Nobody is signed in: a clause is named without reading anything.
            .AddSingleton(new Citations(new Visit(new HttpContextAccessor(), null!, TimeProvider.System), null!))
            .BuildServiceProvider();
        await using var renderer = new HtmlRenderer(services, NullLoggerFactory.Instance);
        return await renderer.Dispatcher.InvokeAsync(async () =>
            (await renderer.RenderComponentAsync(component, ParameterView.FromDictionary(parameters ?? []))).ToHtmlString());
    }

    private sealed class FixedToken : AntiforgeryStateProvider
    {
        public override AntiforgeryRequestToken GetAntiforgeryToken() => new("token", "__RequestVerificationToken");
    }

    [GeneratedRegex("""<[^>]*\son[a-z]+=""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex InlineHandler();

    [GeneratedRegex("""<[A-Z]\w*""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex UnknownElement();

    [GeneratedRegex("<[^>]*>", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Tag();

    [GeneratedRegex("\\sid=\"([^\"]+)\"", RegexOptions.None, 1000)]
    private static partial Regex Id();

    [GeneratedRegex("(?:for|aria-describedby|aria-labelledby)=\"([^\"]+)\"", RegexOptions.None, 1000)]
    private static partial Regex Pointer();

    [GeneratedRegex("\\sstyle=\"|<script>|<style", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex InlineInSource();

    [GeneratedRegex("<(?:a|span)[^>]*?(aria-current=\"page\"[^>]*)?>([^<]+)<", RegexOptions.None, 1000)]
    private static partial Regex PageLink();
}
