namespace Jifen.Web.SignIn;

/// <summary>What a browser calls itself, in words its owner knows: Windows 上的 Edge.</summary>
internal static class DeviceLabel
{
    // The first that matches: every browser also claims to be some others.
    private static readonly (string Sign, string Name)[] Systems =
    [
        ("HarmonyOS", "鸿蒙"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "安卓"), ("Windows", "Windows"), ("Mac OS", "Mac"), ("Linux", "Linux"),
    ];

    private static readonly (string Sign, string Name)[] Programs =
    [
        ("wxwork", "企业微信"), ("DingTalk", "钉钉"), ("MicroMessenger", "微信"), ("Edg", "Edge"), ("QQBrowser", "QQ 浏览器"), ("360", "360 浏览器"),
        ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"),
    ];

    public static string Of(string userAgent)
    {
        var system = Find(Systems, userAgent);
        var program = Find(Programs, userAgent);
        return (system, program) switch
        {
            ({ } on, { } with) => $"{on} 上的 {with}",
            _ => system ?? program ?? "其他设备",
        };
    }

    private static string? Find((string Sign, string Name)[] known, string userAgent) =>
        known.FirstOrDefault(one => userAgent.Contains(one.Sign, StringComparison.OrdinalIgnoreCase)).Name;
}
