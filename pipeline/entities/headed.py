"""Organisations that a heading names: places addressed one by one, offices in their whole length.

In: the outline and the mentions found so far.  Out: further ``Mention`` objects.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.entities import scope
from pipeline.entities.agency_mentions import Mention
from pipeline.language.letters import UPPER
from pipeline.structure.outline import Outline

_OFFICE = re.compile(r"(?:Các\s+(?:tổ chức|doanh nghiệp)|(?:Các\s+)?(?:[Cc]ơ quan|[Đđ]ơn vị))\s")
# What may follow a known name in a heading and still be the name of one body.
_SAME_NAME = re.compile(
    r"(?:[ ](?!(?:và|phối|có|chủ|là|phải|cần|tổ|thực|chịu)\b)[^\s,;:()/–]+){1,10}"
)
_PLACE_TITLE = re.compile(
    rf"(?:Tỉnh|Thành phố|Huyện|Quận|Thị xã|Xã|Phường|Thị trấn|Đặc khu)(?:[ ](?:[{UPPER}]\S*|[-–]))+"
)


def places(outline: Outline) -> Iterator[Mention]:
    """ "1. Tỉnh Hà Giang", "2. Thành phố Hà Nội" under one heading: who is addressed."""
    for parent in outline.walk():
        named = [n for n in parent.children if _PLACE_TITLE.fullmatch(n.title)]
        if len(named) < 3:
            continue
        for node in named:
            end = node.text_start + len(node.title.strip())
            yield Mention(node.text_start, end, "named", None, 0.6)


def described(outline: Outline, known: Sequence[Mention]) -> Iterator[Mention]:
    """A heading under "Tổ chức thực hiện" is a body in its whole length: "Thanh tra ngành Y".

    Where no name is known at its start it must begin like an office and have items below; where one
    is, only words without a separator may follow it.

    Args:
        outline: the tree of headings.
        known: mentions of the text; what is found takes the place of one that starts there.
    """
    at = {mention.start: mention for mention in known}
    for parent in outline.walk():
        if not scope.hands_out(parent.title):
            continue
        for node in parent.children:
            title = node.title.rstrip(" :.;")
            end = node.text_start + len(title)
            own = at.get(node.text_start)
            if own is None and node.children and len(title) < 220 and _OFFICE.match(title):
                yield Mention(node.text_start, end, "generic", None, 0.5)
            elif own is not None and own.end < end and len(title) < 120:
                rest = title[own.end - node.text_start :]
                if node.children and _SAME_NAME.fullmatch(rest):
                    yield Mention(own.start, end, own.kind, None, 0.6)
