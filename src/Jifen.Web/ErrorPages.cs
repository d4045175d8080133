using System.Diagnostics;
using System.Text.Encodings.Web;
using Jifen.Store;
using Jifen.Web.Api;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Jifen.Web;

/// <summary>
/// What is shown when a request cannot be answered: what happened, what to do, and a number by which the log line is found. Never the
/// fault itself.
/// </summary>
internal sealed partial class ErrorPages(RequestDelegate next, ILogger<ErrorPages> log)
{
    private const string StaleForm = "这张表单已经失效（登录过期，或页面开得太久），没有办理。请返回上一页刷新后再提交，填过的内容会留着。";

    private const string UnreadableBody = "正文不是看得懂的 JSON，没有办理。格式见 /openapi/v1.json。";

    // Nobody looks at an empty page while a database of some size recovers.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public async Task InvokeAsync(HttpContext context, Database database)
    {
        try
        {
            await next(context);
            if (context.Response is { StatusCode: StatusCodes.Status404NotFound, HasStarted: false, ContentLength: null, ContentType: null })
            {
                await ShowAsync(context, StatusCodes.Status404NotFound, "没有这一页，或者您看不到它。请从首页再找。");
            }
            else if (context.Response is { StatusCode: StatusCodes.Status400BadRequest, HasStarted: false, ContentLength: null })
            {
                // The pages' own answer to a form without a token, or without a name; the framework's to a body it cannot read.
                await ShowAsync(context, StatusCodes.Status400BadRequest, ApiProblem.IsApi(context.Request) ? UnreadableBody : StaleForm);
            }
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody waits for the answer any more.
        }
        catch (BadHttpRequestException fault) when (!context.Response.HasStarted)
        {
            await ShowAsync(context, fault.StatusCode, fault.StatusCode == StatusCodes.Status413PayloadTooLarge
                ? "文件太大，没有收下。一个文件最大 20 MB：请压缩图片，或分开上传。"
                : "这个请求不完整，没有办理。请返回上一页再试。");
        }
        // The keys that read the token lie in the database: one that is away says nothing about the form.
        catch (AntiforgeryValidationException fault) when (!context.Response.HasStarted && !IsDatabaseAway(fault))
        {
            await ShowAsync(context, StatusCodes.Status400BadRequest, StaleForm);
        }
        catch (Exception fault) when (!context.Response.HasStarted)
        {
            var number = Activity.Current?.TraceId.ToString()[..12] ?? context.TraceIdentifier;
            LogFault(log, number, context.Request.Method, context.GetEndpoint()?.DisplayName, fault);
            if (IsDatabaseAway(fault))
            {
                // Bring the own cluster back for the next request; a foreign server is not ours to start.
                try
                {
                    await database.EnsureRunningAsync(CancellationToken.None).WaitAsync(Patience);
                }
                catch (Exception stopped)
                {
                    // It is still starting, or the watchdog of start goes on trying: whoever asked is told to come again all the same.
                    LogFault(log, number, context.Request.Method, "database", stopped);
                }

                context.Response.Headers.RetryAfter = "2";
                await ShowAsync(context, StatusCodes.Status503ServiceUnavailable, "数据库正在恢复，刚才这一步没有保存。请几秒后再试，填过的内容会留着。", number);
                return;
            }

            await ShowAsync(context, StatusCodes.Status500InternalServerError, "程序出错，刚才这一步没有保存。请再试一次；还不行，把下面的编号告诉管理员。", number);
        }
    }

    public static Task ShowAsync(HttpContext context, int status, string message, string? number = null)
    {
        if (ApiProblem.IsApi(context.Request))
        {
            return ApiProblem.ShowAsync(context, status, number is null ? message : $"{message}编号 {number}");
        }

        context.Response.StatusCode = status;
        context.Response.ContentType = "text/html; charset=utf-8";
        var words = HtmlEncoder.Create(System.Text.Unicode.UnicodeRanges.All);
        var title = status switch
        {
            StatusCodes.Status403Forbidden => "不能看这一页",
            StatusCodes.Status404NotFound => "没有找到",
            StatusCodes.Status503ServiceUnavailable => "稍等一下",
            _ => "没有办成",
        };
        return context.Response.WriteAsync(
            $"""
            <!DOCTYPE html>
            <html lang="zh-CN">
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <title>{title} · 积分册</title>
                <link rel="stylesheet" href="{WebAssets.Url("lib/bootstrap.min.css")}" />
                <link rel="stylesheet" href="{WebAssets.Url("jifen.css")}" />
            </head>
            <body>
                <main class="container py-5" role="alert">
                    <h1>{title}</h1>
                    <p>{words.Encode(message)}</p>
                    {(number is null ? "" : $"<p>编号 <code>{words.Encode(number)}</code></p>")}
                    <p><a href="/">回到首页</a></p>
                </main>
            </body>
            </html>
            """,
            context.RequestAborted);
    }

    // Stopped, crashed, still recovering, or cut off: nothing of the request was kept, and it can be sent again.
    internal static bool IsDatabaseAway(Exception fault) => fault switch
    {
        PostgresException answered => answered.IsTransient || answered.SqlState.StartsWith("57P", StringComparison.Ordinal),
        NpgsqlException => true,
        _ => fault.InnerException is { } inner && IsDatabaseAway(inner),
    };

    [LoggerMessage(EventId = 500, Level = LogLevel.Error, Message = "request failed {Number} {Method} {Endpoint}")]
    private static partial void LogFault(ILogger log, string number, string method, string? endpoint, Exception fault);
}
