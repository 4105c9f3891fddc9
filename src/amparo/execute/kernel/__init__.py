"""The kernel executor: rules as machine code over columns, in agreement with `exact` on every row."""

from amparo.execute.kernel.bound import Bound, Result
from amparo.execute.kernel.cases import by_kernel
from amparo.execute.kernel.run import Kernel, Session

__all__ = ["Bound", "Kernel", "Result", "Session", "by_kernel"]
