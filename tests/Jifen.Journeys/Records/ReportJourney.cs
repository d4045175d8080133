using System.Text;
using Jifen.Journeys.World;
using Xunit;

namespace Jifen.Journeys.Records;

/// <summary>任务9的一半：党员用手机交思想汇报，附文件；记录员收下以后计数。</summary>
public sealed class ReportJourney(DemoSite site) : IClassFixture<DemoSite>
{
    [Fact]
    public async Task A_report_with_a_file_is_handed_in_on_the_phone_and_received()
    {
        await using var member = await site.SignedInAsync("党员乙", Screen.Phone);
        await member.FollowAsync(member.Page.Locator("a[href='/me/reports']:visible").First);
        await member.AttachAsync("input[type=file]", "第四季度思想汇报.pdf", "application/pdf", Pdf());
        await member.FollowAsync("button[data-action=hand-in-report]");
        await member.SeesAsync("等记录员收下");
        await member.ArrivedAsync("9 交思想汇报，附文件", 6);

        await using var recorder = await site.SignedInAsync("记录员");
        await recorder.FollowAsync(recorder.Page.Locator("a[href='/reports']:visible").First);
        await recorder.FollowAsync(recorder.Page.Locator("button[data-action=accept-report]").First);
        await recorder.ArrivedAsync("收思想汇报", 2);

        await member.GoAsync("/me/reports");
        await member.SeesAsync("已收下");
        member.IsHealthy();
    }

    /// <summary>The smallest that is one.</summary>
    private static byte[] Pdf() => Encoding.ASCII.GetBytes(
        "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        + "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\nxref\n0 4\n0000000000 65535 f \n0000000009 00000 n \n"
        + "0000000052 00000 n \n0000000101 00000 n \ntrailer<</Size 4/Root 1 0 R>>\nstartxref\n164\n%%EOF\n");
}
