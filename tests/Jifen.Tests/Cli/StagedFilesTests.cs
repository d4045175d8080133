using Jifen.Cli;
using Jifen.Cli.Outputs;
using Xunit;

namespace Jifen.Tests.Cli;

public sealed class StagedFilesTests
{
    [Fact]
    public void Nothing_is_in_place_before_the_commit_and_everything_after_it()
    {
        using var folder = new TemporaryFolder();
        folder.Write("b", "旧");
        using (var staged = new StagedFiles())
        {
            Write(staged, folder["a"], "甲");
            Write(staged, folder["b"], "乙");
            Assert.False(File.Exists(folder["a"]));
            Assert.Equal("旧", File.ReadAllText(folder["b"]));

            staged.Commit();
        }

        Assert.Equal("甲", File.ReadAllText(folder["a"]));
        Assert.Equal("乙", File.ReadAllText(folder["b"]));
        Assert.Equal(["a", "b"], folder.Names());
    }

    [Fact]
    public void A_commit_that_fails_half_way_takes_back_its_first_half()
    {
        using var folder = new TemporaryFolder();
        folder.Write("b", "旧");
        using (var staged = new StagedFiles())
        {
            Write(staged, folder["a"], "甲");
            Write(staged, folder["b"], "乙");
            Write(staged, folder["c"], "丙");
            // Somebody makes a folder of that name in the meantime.
            Directory.CreateDirectory(folder["c"]);

            Assert.ThrowsAny<IOException>(staged.Commit);
        }

        Assert.False(File.Exists(folder["a"]));
        Assert.Equal("旧", File.ReadAllText(folder["b"]));
        Assert.Equal(["b", "c"], folder.Names());
    }

    [Fact]
    public void A_link_stays_a_link()
    {
        using var folder = new TemporaryFolder();
        folder.Write("real", "旧");
        File.CreateSymbolicLink(folder["link"], folder["real"]);
        using (var staged = new StagedFiles())
        {
            Write(staged, folder["link"], "新");
            staged.Commit();
        }

        Assert.Equal("新", File.ReadAllText(folder["real"]));
        Assert.NotNull(new FileInfo(folder["link"]).LinkTarget);
    }

    [Fact]
    public void A_device_is_written_to_and_a_folder_is_refused()
    {
        using var folder = new TemporaryFolder();
        using var staged = new StagedFiles();

        Write(staged, "/dev/null", "无");
        staged.Commit();

        Assert.False(File.GetAttributes("/dev/null").HasFlag(FileAttributes.Archive));
        Assert.Equal(0, new FileInfo("/dev/null").Length);
        Assert.Throws<RefusedException>(() => staged.Open(folder.FullName));
    }

    private static void Write(StagedFiles staged, string path, string text)
    {
        using var file = new StreamWriter(staged.Open(path));
        file.Write(text);
    }
}
