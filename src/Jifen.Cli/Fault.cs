using Jifen.Store;
using Microsoft.AspNetCore.Connections;

namespace Jifen.Cli;

/// <summary>What went wrong outside the input, in one sentence with a remedy and without a stack trace.</summary>
internal static class Fault
{
    public static string InWords(Exception fault) => fault switch
    {
        RefusedException refused => refused.Message,
        InstallationException refused => refused.Message,
        FileNotFoundException missing => $"找不到文件“{missing.FileName}”。改法：核对路径；相对路径从当前目录算起",
        DirectoryNotFoundException => $"找不到目录：{fault.Message}。改法：先建好目录，或换一个路径",
        UnauthorizedAccessException => $"没有权限读写：{fault.Message}。改法：换一个能写的目录，或改文件的权限",
        OutOfMemoryException => "内存不够。改法：关掉别的程序，或按支部分几次算",
        IOException { InnerException: AddressInUseException } =>
            $"网页要用的端口已被别的程序占用，也许积分册已在运行（{fault.Message}）。改法：停掉它，或用 --port 换一个端口",
        IOException => $"读写文件出错：{fault.Message}。改法：看看磁盘满了没有、文件是不是正被别的程序打开",
        _ => $"程序出了错（{fault.GetType().Name}：{fault.Message}）。没有写出任何结果。改法：设 JIFEN_DEBUG=1 再运行一次，把命令和输出交给维护的人",
    };
}

/// <summary>The program was asked for something it cannot do; the message says what and how to mend it.</summary>
internal sealed class RefusedException(string message) : Exception(message);
