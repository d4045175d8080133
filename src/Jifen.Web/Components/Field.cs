using Microsoft.AspNetCore.Components;

namespace Jifen.Web.Components;

/// <summary>What every form field has: a name, a label, a hint, an error, and the ids that tie them together for screen readers.</summary>
public abstract class Field : ComponentBase
{
    /// <summary>The name sent with the form; also <c>data-field</c>.</summary>
    [Parameter, EditorRequired]
    public string Name { get; set; } = "";

    [Parameter, EditorRequired]
    public string Label { get; set; } = "";

    /// <summary>How to fill it in, or the clause that asks for it.</summary>
    [Parameter]
    public string? Hint { get; set; }

    /// <summary>What is wrong with what was typed, and how to mend it.</summary>
    [Parameter]
    public string? Error { get; set; }

    [Parameter]
    public bool IsRequired { get; set; }

    [Parameter]
    public bool IsDisabled { get; set; }

    /// <summary>Only needed where two fields of a page have one name; otherwise <c>f-</c> and the name.</summary>
    [Parameter]
    public string? Id { get; set; }

    /// <summary>Anything else goes to the control: <c>autocomplete</c>, <c>maxlength</c>, <c>class</c> …</summary>
    [Parameter(CaptureUnmatchedValues = true)]
    public IReadOnlyDictionary<string, object>? Attributes { get; set; }

    internal string ControlId => Id ?? $"f-{Name}";

    internal string HintId => $"{ControlId}-hint";

    internal string ErrorId => $"{ControlId}-error";

    /// <summary>The ids of hint and error, for <c>aria-describedby</c>; null leaves the attribute out.</summary>
    protected string? DescribedBy => (Hint, Error) switch
    {
        (null, null) => null,
        ({ }, null) => HintId,
        (null, { }) => ErrorId,
        _ => $"{HintId} {ErrorId}",
    };

    protected string? Invalid => Error is null ? null : "true";

    protected string ControlClass(string name) => Error is null ? name : $"{name} is-invalid";
}
