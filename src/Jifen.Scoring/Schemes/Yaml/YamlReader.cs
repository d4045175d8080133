using System.Runtime.CompilerServices;
using System.Text;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlScalar = YamlDotNet.Core.Events.Scalar;

namespace Jifen.Scoring.Schemes.Yaml;

/// <summary>
/// Reads the plain part of YAML the language allows (one document, no anchors, tags or merge keys, no key twice) into nodes that know
/// where they stand.
/// </summary>
internal sealed class YamlReader
{
    private const int LargestFile = 4 << 20;
    private const int DeepestNesting = 32;

    private const string NotInKey = " ，。；“”:{";

    private readonly string _source;
    private readonly Parser _parser;
    private readonly Problems _problems;

    private YamlReader(string source, string text, Problems problems)
    {
        _source = source;
        _parser = new Parser(new StringReader(text));
        _problems = problems;
    }

    /// <summary>Has the parser compile the pattern it reads names of anchors by, also where there are none.</summary>
    public static void Prepare() => RuntimeHelpers.RunClassConstructor(typeof(AnchorName).TypeHandle);

    /// <returns>the top-level mapping, or null when <paramref name="problems"/> says why not</returns>
    public static Mapping? Read(SchemeSource source, Problems problems)
    {
        var top = new Place(source.Name, 1, 1);
        if (source.Bytes.Length > LargestFile)
        {
            problems.Error(top, "文件超过 4 MB，不像是办法文件", "检查是否选错了文件");
            return null;
        }

        if (Decode(source, problems) is not { } text)
        {
            return null;
        }

        var reader = new YamlReader(source.Name, text, problems);
        try
        {
            reader._parser.Consume<StreamStart>();
            if (!reader._parser.TryConsume<DocumentStart>(out _))
            {
                problems.Error(top, "文件是空的", "照 docs/scheme-language.md 第 1 节写");
                return null;
            }

            var root = reader.ReadNode(0);
            reader._parser.Consume<DocumentEnd>();
            if (!reader._parser.TryConsume<StreamEnd>(out _))
            {
                problems.Error(reader.Here(), "一个文件只能写一份", "把“---”以后的内容放进另一个文件");
            }

            if (root is Mapping mapping)
            {
                return mapping;
            }

            problems.Error(root, "最外层应当是“键: 值”", "第一行写“办法:”");
            return null;
        }
        catch (Exception fault) when (fault is YamlException or InvalidOperationException)
        {
            // Some broken files trip the parser's own bookkeeping; the last thing it understood is then the nearest place.
            var start = (fault as YamlException)?.Start ?? reader._parser.Current?.Start ?? Mark.Empty;
            problems.Error(
                new Place(source.Name, Math.Max(1, (int)start.Line), Math.Max(1, (int)start.Column)),
                "YAML 读不通：括号、引号或缩进没有配对",
                Likely(text, Math.Max(1, (int)start.Line)));
            return null;
        }
    }

    // The two slips that no bracket explains: a full-width colon after a key, a tab in the indent.
    private static string Likely(string text, int line)
    {
        var lines = text.Split('\n');
        for (var at = Math.Max(0, line - 2); at < Math.Min(lines.Length, line + 1); at++)
        {
            var content = lines[at].TrimStart(' ', '-');
            if (content.StartsWith('\t'))
            {
                return $"第{at + 1}行用了制表符缩进，改成空格";
            }

            var colon = content.IndexOf('：', StringComparison.Ordinal);
            if (colon is > 0 and <= 8 && !content[..colon].Any(NotInKey.Contains))
            {
                return $"第{at + 1}行“{content[..colon]}”后面的冒号是全角，改成半角加一个空格";
            }
        }

        return "看这一行和上一行：冒号后要有空格、冒号和逗号在括号里用半角、句子里用全角，引号要成对，缩进只用空格";
    }

    private static string? Decode(SchemeSource source, Problems problems)
    {
        var bytes = source.Bytes.Span;
        if (bytes.StartsWith("\uFEFF"u8))
        {
            bytes = bytes[3..];
        }

        try
        {
            return new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(bytes);
        }
        catch (DecoderFallbackException fault)
        {
            var before = bytes[..Math.Clamp(fault.Index, 0, bytes.Length)];
            var line = before.Count((byte)'\n') + 1;
            problems.Error(
                new Place(source.Name, line, before.Length - before.LastIndexOf((byte)'\n')),
                "不是 UTF-8 文字",
                "用编辑器“另存为”，编码选 UTF-8");
            return null;
        }
    }

    private Place Here() => At(_parser.Current?.Start ?? Mark.Empty);

    private Place At(Mark mark) => new(_source, (int)mark.Line, (int)mark.Column);

    private Node ReadNode(int depth)
    {
        if (depth > DeepestNesting)
        {
            throw new YamlException(_parser.Current!.Start, _parser.Current.End, "nested too deeply");
        }

        var place = Here();
        switch (_parser.Current)
        {
            case AnchorAlias:
                _problems.Error(place, "不许用别名“*”", "把内容再写一遍");
                _parser.MoveNext();
                return new Scalar(place, "", isPlain: true);
            case NodeEvent node when !node.Anchor.IsEmpty || !node.Tag.IsEmpty:
                _problems.Error(place, node.Tag.IsEmpty ? "不许用锚点“&”" : "不许用标签“!”", "删去，直接写值；句子以“&”“!”开头的，给整句加引号");
                break;
        }

        if (_parser.TryConsume<YamlScalar>(out var scalar))
        {
            return new Scalar(place, scalar.Value, scalar.Style == ScalarStyle.Plain);
        }

        if (_parser.TryConsume<SequenceStart>(out _))
        {
            var items = new List<Node>();
            while (!_parser.TryConsume<SequenceEnd>(out _))
            {
                items.Add(ReadNode(depth + 1));
            }

            return new Sequence(place, items);
        }

        _parser.Consume<MappingStart>();
        return ReadMapping(place, depth);
    }

    private Mapping ReadMapping(Place place, int depth)
    {
        var entries = new List<Entry>();
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            var key = ReadNode(depth + 1);
            var value = ReadNode(depth + 1);
            if (key is not Scalar name)
            {
                _problems.Error(key, "键只能是一个词", "检查括号");
                continue;
            }

            if (name is { IsPlain: true, Text: "<<" })
            {
                _problems.Error(key, "不许用合并键“<<”", "把内容再写一遍");
            }
            else if (!seen.TryAdd(name.Text, name.Place.Line))
            {
                _problems.Error(
                    key, $"键“{name.Text}”重复（第{seen[name.Text]}行已有），或冒号后少空格、用了全角冒号", "删去一个，或改名");
            }
            else
            {
                entries.Add(new Entry(name, value));
            }
        }

        return new Mapping(place, entries);
    }
}
