"""A scheduled task of Windows, given as XML: there a folder, an argument with blanks and Thai letters need no quoting tricks."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path
from xml.sax.saxutils import escape

from ita_rules.errors import OutputError
from ita_rules.timers.interface import Draft, Plan, call, demand, name_of

_PROGRAM = "schtasks"
_SINCE = "2020-01-01"
"""A trigger must say since when; any day gone by means from now on."""


class Windows:
    """See `ita_rules.timers.interface.Timer`."""

    kind = "windows"

    def drafts(self, plan: Plan) -> tuple[Draft, ...]:
        """See `Timer.drafts`."""
        return (Draft(plan.name, xml(plan)),)

    def install(self, plan: Plan) -> None:
        """See `Timer.install`."""
        try:
            with tempfile.TemporaryDirectory(prefix="ita-rules-") as folder:
                file = Path(folder) / "task.xml"
                # The task scheduler reads UTF-16 whatever the console's code page is.
                file.write_bytes(xml(plan).encode("utf-16"))
                demand([_PROGRAM, "/Create", "/TN", plan.name, "/XML", str(file), "/F"])
        except OSError as err:
            raise OutputError("error.output.not_writable", path=str(err.filename or ""), detail=err.strerror or str(err)) from err

    def remove(self, task: str) -> bool:
        """See `Timer.remove`."""
        if call([_PROGRAM, "/Query", "/TN", name_of(task)]).returncode != 0:
            return False
        demand([_PROGRAM, "/Delete", "/TN", name_of(task), "/F"])
        return True


def xml(plan: Plan) -> str:
    """The task as the task scheduler's XML."""
    triggers = "".join(
        f"    <CalendarTrigger>\n      <StartBoundary>{_SINCE}T{time:%H:%M}:00</StartBoundary>\n"
        "      <ScheduleByDay><DaysInterval>1</DaysInterval></ScheduleByDay>\n    </CalendarTrigger>\n"
        for time in plan.times
    )
    arguments = subprocess.list2cmdline(plan.words[1:])
    return (
        '<?xml version="1.0" encoding="UTF-16"?>\n'
        '<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">\n'
        f"  <RegistrationInfo>\n    <Description>{escape(plan.about)}</Description>\n  </RegistrationInfo>\n"
        f"  <Triggers>\n{triggers}  </Triggers>\n"
        "  <Settings>\n    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>\n"
        "    <StartWhenAvailable>true</StartWhenAvailable>\n  </Settings>\n"
        f"  <Actions>\n    <Exec>\n      <Command>{escape(plan.words[0])}</Command>\n"
        f"      <Arguments>{escape(arguments)}</Arguments>\n"
        f"      <WorkingDirectory>{escape(str(plan.folder))}</WorkingDirectory>\n    </Exec>\n  </Actions>\n</Task>\n"
    )
