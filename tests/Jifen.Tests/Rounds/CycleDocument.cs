using System.Globalization;
using System.Reflection;
using System.Reflection.Emit;
using System.Text;
using System.Xml.Linq;
using Jifen.Cycle;
using Jifen.Cycle.Rounds;
using Jifen.Scoring.Schemes;

namespace Jifen.Tests.Rounds;

/// <summary>docs/cycle.md: the year of each scheme from its 流程, then every step of the program with what it enters and why it is refused.</summary>
internal static class CycleDocument
{
    private static readonly Assembly Cycle = typeof(IEvent).Assembly;

    public static string Print()
    {
        var text = new StringBuilder();
        text.Append("# The cycle\n\nPrinted from the schemes and the code by `CycleDocumentTests` (`JIFEN_GOLDEN=write` writes it anew). What a year asks for stands in the\n");
        text.Append("流程 of its scheme; the program knows the kinds of steps, not the documents.\n\n## The year of each scheme\n");
        foreach (var id in World.SchemeIds)
        {
            Append(text, World.Scheme(id));
        }

        text.Append("\n## Every step\n\nOne record with `Decide` each: what it enters in the ledger, and every reason for which it is refused. Where two persons are needed is said by the\n");
        text.Append("table of actions (`./jifen authz`).\n");
        foreach (var topic in Commands().GroupBy(type => type.Namespace!["Jifen.Cycle.".Length..]).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            text.Append(CultureInfo.InvariantCulture, $"\n### {topic.Key}\n\n| step | is | enters | refused for |\n|---|---|---|---|\n");
            foreach (var command in topic.OrderBy(type => type.Name, StringComparer.Ordinal))
            {
                var made = MadeBy(command);
                var events = made.Where(type => type.IsAssignableTo(typeof(IEvent))).Select(type => $"`{EventKind.Of(type)}`").Distinct().Order(StringComparer.Ordinal);
                var refusals = made.Where(type => type.IsSubclassOf(typeof(Refusal))).Select(type => $"`{type.Name}`").Distinct().Order(StringComparer.Ordinal);
                text.Append(CultureInfo.InvariantCulture, $"| `{command.Name}` | {SummaryOf(command)} | {string.Join(", ", events)} | {string.Join(", ", refusals)} |\n");
            }
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, Scheme scheme)
    {
        text.Append(CultureInfo.InvariantCulture, $"\n### {scheme.Name} (`{scheme.Id}`)\n\n");
        text.Append("| 步骤 | 每 | 谁 | 先 | 天、期限 | 开始要 | 办完要 | 条款 |\n|---|---|---|---|---|---|---|---|\n");
        foreach (var step in scheme.Steps)
        {
            var days = new[] { step.Days is { } number ? $"{number}{(step.WorkingDays ? "个工作日" : "天")}" : null, step.Deadlines.Count > 0 ? string.Join("、", step.Deadlines) : null }.OfType<string>();
            var name = step.Name == step.Kind ? step.Name : $"{step.Name}（{step.Kind}）";
            text.Append(CultureInfo.InvariantCulture, $"| {name} | {step.Every?.Name() ?? "随时"} | {string.Join("、", step.By)} | {string.Join("、", step.After)} | {string.Join("；", days)} ");
            text.Append(CultureInfo.InvariantCulture, $"| {(step.Every is null ? "" : step.ToBegin()?.Id)} | {(step.Every is null ? "" : step.IsWindow() ? "" : step.ToEnd().Id)} | {string.Join("、", step.Clauses)} |\n");
        }
    }

    public static IEnumerable<Type> Commands() => Cycle.GetTypes()
        .Where(type => type is { IsClass: true, IsPublic: true, IsAbstract: false } && type.GetMethods().Any(method => method.Name is "Decide" or "DecideAsync"));

    /// <summary>Every event and refusal that the code of a step, its private methods and closures make, or have made for them by a step beside it.</summary>
    public static HashSet<Type> MadeBy(Type command)
    {
        var made = new HashSet<Type>();
        var seen = new HashSet<MethodBase>();
        var waiting = new Queue<MethodBase>(MethodsOf(command));
        while (waiting.TryDequeue(out var method))
        {
            if (!seen.Add(method))
            {
                continue;
            }

            foreach (var called in CalledBy(method))
            {
                var owner = called.DeclaringType!;
                if (called.IsConstructor && (owner.IsSubclassOf(typeof(Refusal)) || owner.IsAssignableTo(typeof(IEvent))))
                {
                    made.Add(owner);
                }
                else if (owner.Assembly == Cycle && !called.IsConstructor && !owner.IsAssignableTo(typeof(Refusal)) && owner.Namespace?.Contains("Permissions", StringComparison.Ordinal) != true)
                {
                    waiting.Enqueue(called);
                }
            }
        }

        return made;
    }

    private static IEnumerable<MethodBase> MethodsOf(Type type) => type
        .GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
        // An asynchronous one is a machine of its own, which bears its name.
        .Where(method => method.Name.Contains("Decide", StringComparison.Ordinal) || type.Name.Contains("<Decide", StringComparison.Ordinal))
        .Concat<MethodBase>(type.GetNestedTypes(BindingFlags.NonPublic).SelectMany(MethodsOf));

    private static IEnumerable<MethodBase> CalledBy(MethodBase method)
    {
        if (method.GetMethodBody()?.GetILAsByteArray() is not { } code)
        {
            yield break;
        }

        for (var at = 0; at < code.Length;)
        {
            var operation = code[at] == 0xFE ? TwoBytes[code[at + 1]] : OneByte[code[at]];
            at += operation.Size;
            if (operation.OperandType == OperandType.InlineMethod && Resolve(method, BitConverter.ToInt32(code, at)) is { } called)
            {
                yield return called is MethodInfo { IsGenericMethod: true } generic ? generic.GetGenericMethodDefinition() : called;
            }

            at += operation.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(code, at)),
                _ => 4,
            };
        }
    }

    private static MethodBase? Resolve(MethodBase method, int token)
    {
        var ofType = method.DeclaringType!.IsGenericType ? method.DeclaringType.GetGenericArguments() : null;
        var ofMethod = method.IsGenericMethod ? method.GetGenericArguments() : null;
        return method.Module.ResolveMethod(token, ofType, ofMethod);
    }

    private static readonly Dictionary<byte, OpCode> OneByte = Operations().Where(code => code.Size == 1).ToDictionary(code => (byte)code.Value);

    private static readonly Dictionary<byte, OpCode> TwoBytes = Operations().Where(code => code.Size == 2).ToDictionary(code => (byte)(code.Value & 0xFF));

    private static IEnumerable<OpCode> Operations() => typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (OpCode)field.GetValue(null)!);

    private static string SummaryOf(Type type) => Summaries.GetValueOrDefault($"T:{type.FullName}") ?? "";

    private static readonly Dictionary<string, string> Summaries = XDocument.Load(Path.ChangeExtension(Cycle.Location, ".xml")).Descendants("member")
        .Where(member => member.Element("summary") is not null)
        .ToDictionary(
            member => member.Attribute("name")!.Value,
            member => string.Join(' ', member.Element("summary")!.Value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).Replace("|", "\\|", StringComparison.Ordinal));
}
