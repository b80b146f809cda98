"""What a benchmark's module is: something to prepare, and the work that is measured."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class Done:
    """`answer` must be the same on both sides; `scale` brings a part of the work to the whole."""

    answer: Any
    scale: float = 1.0


class Task(Protocol):
    """A module of `ours` or `baseline`."""

    def prepare(self, folder: Path) -> Any:
        """Read what the work starts from; `folder` holds the inputs."""

    def work(self, prepared: Any) -> Done:
        """Do the measured work."""
