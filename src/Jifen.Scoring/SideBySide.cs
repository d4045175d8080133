namespace Jifen.Scoring;

/// <summary>
/// Work that several threads do at the same time. <c>Parallel.For</c> does as much and more, and has to be compiled at every start: that
/// takes longer than scoring a branch (docs/decisions/0005).
/// </summary>
public static class SideBySide
{
    /// <summary>The calling thread is one of them, and comes back when all are done.</summary>
    /// <param name="threads">at least 1</param>
    /// <param name="work">called once for each thread, with its number from 0</param>
    /// <exception cref="AggregateException">what was thrown on the other threads</exception>
    public static void Run(int threads, Action<int> work)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        var others = new Task[threads - 1];
        for (var i = 0; i < others.Length; i++)
        {
            var number = i + 1;
            others[i] = Task.Run(() => work(number));
        }

        try
        {
            work(0);
        }
        finally
        {
            // Whatever became of it here, nothing is left at work behind the caller's back.
            Task.WaitAll(others);
        }
    }

    /// <summary>Things are taken one after the other by whichever thread is free.</summary>
    /// <param name="count">how many things there are</param>
    /// <param name="threads">how many threads at most, at least 1</param>
    /// <param name="work">called once for each thing, with its number from 0</param>
    public static void Each(int count, int threads, Action<int> work) => Each<object?>(count, threads, () => null, (_, thing) => work(thing));

    /// <param name="start">makes what a thread keeps from one thing to the next, before its first</param>
    /// <returns>what the threads kept, in no order</returns>
    /// <inheritdoc cref="Each(int, int, Action{int})"/>
    public static T[] Each<T>(int count, int threads, Func<T> start, Action<T, int> work)
        where T : class?
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        var kept = new T[Math.Min(threads, Math.Max(1, count))];
        var next = -1;
        Run(kept.Length, thread =>
        {
            var own = kept[thread] = start();
            for (int thing; (thing = Interlocked.Increment(ref next)) < count;)
            {
                work(own, thing);
            }
        });
        return kept;
    }
}
