using System.Runtime.CompilerServices;

namespace Jifen.Documents.Imports.Facts;

/// <summary>Ids that end in a number, in any order: a bit for each says whether it was there. One a thread.</summary>
internal sealed class IdNumbers
{
    private const int PageBits = 16;
    private const int MostForms = 1 << 12;

    // 64 MB: ids as scattered as that are told apart in another way.
    private const int MostPages = 1 << 13;

    private readonly Dictionary<IdForm, ulong[]?[]> _pagesOf = new(new IdForm.Comparer());
    private NumbersOfForm _numbers;
    private ulong[]?[] _pages = [];
    private int _pageCount;

    public bool IsEmpty => _pagesOf.Count == 0;

    public bool HasTwice { get; private set; }

    /// <param name="id">with <see cref="NumberedId.Padding"/> readable bytes behind it</param>
    /// <returns>false when the id is not of the form of the one before</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool AddNext(ref byte id, int length)
    {
        var number = _numbers.Read(ref id, length);
        return number >= 0 && Add(number);
    }

    /// <param name="id">with <see cref="NumberedId.Padding"/> readable bytes behind it</param>
    /// <returns>false when the id is not of this kind</returns>
    public bool Add(ref byte id, int length)
    {
        var number = NumberedId.Read(ref id, length, out var form);
        return number >= 0 && TurnTo(form) && Add(number);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool Add(int number)
    {
        if (_pages[number >> PageBits] is not { } page)
        {
            if (_pageCount++ == MostPages)
            {
                return false;
            }

            page = _pages[number >> PageBits] = new ulong[1 << (PageBits - 6)];
        }

        ref var word = ref page[(number >> 6) & (page.Length - 1)];
        var bit = 1UL << number;
        if ((word & bit) != 0)
        {
            HasTwice = true;
        }

        word |= bit;
        return true;
    }

    /// <summary>Takes over what another thread saw.</summary>
    public void TakeOver(IdNumbers other)
    {
        HasTwice |= other.HasTwice;
        foreach (var (form, pages) in other._pagesOf)
        {
            if (!_pagesOf.TryAdd(form, pages))
            {
                TakeOver(_pagesOf[form], pages);
            }
        }
    }

    private void TakeOver(ulong[]?[] into, ulong[]?[] pages)
    {
        for (var p = 0; p < pages.Length; p++)
        {
            if (into[p] is not { } own || pages[p] is not { } more)
            {
                into[p] ??= pages[p];
                continue;
            }

            for (var i = 0; i < own.Length; i++)
            {
                HasTwice |= (own[i] & more[i]) != 0;
                own[i] |= more[i];
            }
        }
    }

    private bool TurnTo(IdForm form)
    {
        if (!_pagesOf.TryGetValue(form, out var pages))
        {
            if (_pagesOf.Count == MostForms)
            {
                return false;
            }

            pages = new ulong[]?[((int)Math.Pow(10, form.Digits) >> PageBits) + 1];
            _pagesOf.Add(form, pages);
        }

        _numbers = new NumbersOfForm(form);
        _pages = pages;
        return true;
    }
}
