using System.CommandLine;
using Jifen.Cli.Outputs;
using Jifen.Cli.Text;
using Jifen.Cli.Usage;
using Jifen.Web;

namespace Jifen.Cli.Verbs;

/// <summary>routes: every address of the site, with the action of the table it needs.</summary>
internal static class Routes
{
    public static Command Create(Session session)
    {
        var json = Typed.Json();
        var command = new VerbCommand("routes", "列出网页的每个地址、方法和它要的权限（见 authz）。", "routes --json");
        command.Add(json);
        command.SetAction(parsed => Run(session, parsed.GetValue(json)));
        return command;
    }

    private static int Run(Session session, bool json)
    {
        var routes = Site.Routes();
        if (json)
        {
            Json.Write(session.OutputBytes(), writer =>
            {
                writer.WriteStartArray("routes");
                foreach (var route in routes)
                {
                    writer.WriteStartObject();
                    writer.WriteString("method", route.Method);
                    writer.WriteString("path", route.Path);
                    if (route.Action is { } action)
                    {
                        writer.WriteString("action", action);
                    }
                    else
                    {
                        writer.WriteString("open", route.OpenBecause);
                    }

                    writer.WriteEndObject();
                }

                writer.WriteEndArray();
            });
            return ExitCode.Done;
        }

        var width = routes.Max(route => Columns.WidthOf(route.Path));
        foreach (var route in routes)
        {
            session.Out.WriteLine($"{Columns.Pad(route.Method, 6)}  {Columns.Pad(route.Path, width)}  {route.Action ?? $"谁都可以（{route.OpenBecause}）"}");
        }

        return ExitCode.Done;
    }
}
