namespace Jifen.Web.SignIn;

/// <summary>Too many passwords at once; nothing was looked at.</summary>
public sealed class GateIsFullException() : Exception("too many passwords wait to be hashed")
{
    /// <summary>After which it is worth trying again.</summary>
    public static readonly TimeSpan TryAgainAfter = TimeSpan.FromSeconds(5);
}

/// <summary>
/// Hashing a password takes a tenth of a second of a whole processor by intent. Eight at once would stop a small machine for everybody who
/// is signed in: here they go through a few at a time, the others wait, and when too many wait they are sent away for a moment.
/// </summary>
/// <param name="atOnce">how many are hashed at the same time</param>
/// <param name="mostWaiting">how many may wait; beyond, nobody is let in</param>
/// <param name="patience">how long one waits at most</param>
public sealed class PasswordGate(int atOnce, int mostWaiting, TimeSpan patience) : IDisposable
{
    private readonly SemaphoreSlim _places = new(atOnce, atOnce);
    private int _inside;

    /// <exception cref="GateIsFullException">come back later</exception>
    public async Task<T> PassAsync<T>(Func<Task<T>> hash, CancellationToken cancel)
    {
        try
        {
            if (Interlocked.Increment(ref _inside) > atOnce + mostWaiting || !await _places.WaitAsync(patience, cancel))
            {
                throw new GateIsFullException();
            }

            try
            {
                return await hash();
            }
            finally
            {
                _places.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref _inside);
        }
    }

    public void Dispose() => _places.Dispose();
}
