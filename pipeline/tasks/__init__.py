"""Who does what by when: duties (nhiệm vụ) and the roles of bodies in them.

In: clean text with its outline, its organisations and its task tables.  Out: ``Duty`` objects.
"""

from pipeline.tasks.duties import find
from pipeline.tasks.duty import Duty, Role
from pipeline.tasks.labels import role_lines

__all__ = ["Duty", "Role", "find", "role_lines"]
