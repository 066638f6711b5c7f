"""Budget: what one question may cost at a model, in calls, seconds, tokens and bytes."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass
class Budget:
    """Counts down over all calls of one question; `clock` and `sleep` are the machine's own outside tests."""

    seconds: float = 20.0
    """For all calls together, beginning with the first."""
    seconds_a_call: float = 8.0
    tokens: int = 700
    """The longest answer of one call that is asked for."""
    bytes: int = 400_000
    """Read from the server in all calls together, headers and framing included."""
    calls: int = 6
    """Requests sent, tries again included."""
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    _ends: float | None = field(default=None, init=False)
    _call_ends: float = field(default=0.0, init=False)

    def begin_call(self) -> None:
        """Start the time of one call, its second try included."""
        now = self.clock()
        if self._ends is None:
            self._ends = now + self.seconds
        self._call_ends = min(now + self.seconds_a_call, self._ends)

    def take_request(self) -> bool:
        """Count one request; False when no more may be sent."""
        if self.calls < 1 or self.left <= 0 or self.bytes <= 0:
            return False
        self.calls -= 1
        return True

    @property
    def left(self) -> float:
        """Seconds left to the call under way; 0 when they are used up."""
        return max(self._call_ends - self.clock(), 0.0)

    def take_bytes(self, count: int) -> bool:
        """Count what was read; False once it is more than was allowed."""
        self.bytes -= count
        return self.bytes >= 0
