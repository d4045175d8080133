using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Jifen.Web;

/// <summary>
/// A page or a part of one that is rendered once: when everything it shows has been read. The framework's own base renders as soon as
/// reading first waits for the database, and again at the end; a page read in several steps would be shown half read – or fail, whenever
/// the first step happened not to wait. What is sent is the last rendering in both cases, so the first is work for nothing.
/// </summary>
public abstract class WholePage : IComponent, IHandleEvent
{
    private readonly RenderFragment _content;
    private RenderHandle _handle;
    private bool _isInitialized;

    protected WholePage() => _content = BuildRenderTree;

    void IComponent.Attach(RenderHandle renderHandle) => _handle = renderHandle;

    public virtual async Task SetParametersAsync(ParameterView parameters)
    {
        parameters.SetParameterProperties(this);
        if (!_isInitialized)
        {
            _isInitialized = true;
            OnInitialized();
            await OnInitializedAsync();
        }

        OnParametersSet();
        await OnParametersSetAsync();
        _handle.Render(_content);
    }

    /// <summary>A form was sent: what it did is shown when it is done.</summary>
    async Task IHandleEvent.HandleEventAsync(EventCallbackWorkItem item, object? arg)
    {
        await item.InvokeAsync(arg);
        _handle.Render(_content);
    }

    /// <summary>What the markup of the page compiles to.</summary>
    protected virtual void BuildRenderTree(RenderTreeBuilder builder)
    {
    }

    protected virtual void OnInitialized()
    {
    }

    protected virtual Task OnInitializedAsync() => Task.CompletedTask;

    protected virtual void OnParametersSet()
    {
    }

    protected virtual Task OnParametersSetAsync() => Task.CompletedTask;
}
