using System.Runtime.CompilerServices;
using Xunit;

namespace Jifen.Tests.Cli;

/// <summary>
/// Texts people have read and approved, kept beside the tests. After a change that is meant, run the tests once with JIFEN_GOLDEN=write and
/// read the difference.
/// </summary>
internal static class Golden
{
    public static void Matches(string name, string actual, [CallerFilePath] string test = "")
    {
        var approved = Path.Combine(Path.GetDirectoryName(test)!, "Golden", name);
        if (Environment.GetEnvironmentVariable("JIFEN_GOLDEN") == "write")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(approved)!);
            File.WriteAllText(approved, actual);
            return;
        }

        if (File.Exists(approved) && File.ReadAllText(approved) == actual)
        {
            return;
        }

        var received = Path.Combine(Directory.CreateTempSubdirectory("jifen-golden-").FullName, name);
        File.WriteAllText(received, actual);
        Assert.Fail($"“{name}”与认可的文本不同。比较：diff {approved} {received}；确是有意的改动，设 JIFEN_GOLDEN=write 再运行一次");
    }
}
