using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Jifen.Web.Operation;

/// <summary>How often each address was asked for, with which answer, and how long it took. Counts since the program started; no one's name.</summary>
public sealed class RequestFigures
{
    /// <summary>Upper bounds in seconds; one more for all that took longer.</summary>
    internal static readonly double[] Bounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

    private readonly ConcurrentDictionary<(string Method, string Route, int Status), Series> _series = new();
    private long _underWay;

    internal long UnderWay => Interlocked.Read(ref _underWay);

    internal IEnumerable<KeyValuePair<(string Method, string Route, int Status), Series>> All =>
        _series.OrderBy(one => one.Key.Route, StringComparer.Ordinal).ThenBy(one => one.Key.Method, StringComparer.Ordinal).ThenBy(one => one.Key.Status);

    internal async Task CountAsync(HttpContext context, RequestDelegate next)
    {
        var began = Stopwatch.GetTimestamp();
        Interlocked.Increment(ref _underWay);
        try
        {
            await next(context);
        }
        finally
        {
            Interlocked.Decrement(ref _underWay);
            // The pattern, never the address: there is an id in that, and whoever tries addresses would make the list endless.
            var route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText is { } pattern ? $"/{pattern.TrimStart('/')}" : "";
            var method = HttpMethods.GetCanonicalizedValue(context.Request.Method) is var known && known.Length < 8 && known.All(char.IsAsciiLetterUpper) ? known : "OTHER";
            _series.GetOrAdd((method, route, context.Response.StatusCode), _ => new Series()).Add(Stopwatch.GetElapsedTime(began).TotalSeconds);
        }
    }

    internal sealed class Series
    {
        private readonly long[] _counts = new long[Bounds.Length + 1];
        private long _microseconds;

        public double Seconds => Interlocked.Read(ref _microseconds) / 1e6;

        /// <summary>How many took at most so long, for each bound and for all.</summary>
        public IEnumerable<long> Cumulative
        {
            get
            {
                var sum = 0L;
                for (var i = 0; i < _counts.Length; i++)
                {
                    yield return sum += Interlocked.Read(ref _counts[i]);
                }
            }
        }

        public void Add(double seconds)
        {
            var i = Array.FindIndex(Bounds, bound => seconds <= bound);
            Interlocked.Increment(ref _counts[i < 0 ? Bounds.Length : i]);
            Interlocked.Add(ref _microseconds, (long)(seconds * 1e6));
        }
    }
}
