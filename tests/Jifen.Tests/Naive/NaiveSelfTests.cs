using Xunit;

namespace Jifen.Tests.Naive;

public sealed class NaiveSelfTests
{
    [Fact]
    public void Placeholder() => Assert.NotNull(NaiveScheme.Read("{ 记分单位: 1, 周期: 自然年, 事实: {} }", null));
}
