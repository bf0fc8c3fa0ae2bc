"""Is a table of a DOCX or HTML file data, or only layout?

In: the rows of a table as lists of cell texts.  Out: yes or no.  Offices set the letterhead
(issuer | Quốc hiệu) and the signature block (Nơi nhận | TM., KT.) with a two-column table; read as
cells these would hide the number, the date and the signer.  Such a table is read column by column
as ordinary lines.
"""

from __future__ import annotations

import re
import unicodedata

MOST_COLUMNS = 200  # wider tables bear no tasks, and cost height times width
_LAYOUT = re.compile(
    r"CONG HOA XA HOI|DANG CONG SAN|DOC LAP ?[-–] ?TU DO|^[^\S\n]*(?:LUAT )?SO\s?:|NOI NHAN\s?:?"
    r"|^[^\S\n]*(?:TM|T/M|KT|K/T|TL|T/L|TUQ)\s?[./]|NGAY\b.{0,16}\bTHANG\b.{0,14}\bNAM\b.{0,8}$"
    r"|^[^\S\n]*(?:Q\.|PHO |QUYEN )?\s?(?:CHU TICH|GIAM DOC|CHANH VAN PHONG|BO TRUONG)\s*$"
    r"|^[^\S\n]*KINH GUI",
    re.M,
)


def is_layout(rows: list[list[str]], *, bordered: bool) -> bool:
    """True for a letterhead, signature block or other table that only places text.

    Args:
        rows: texts of the cells, lines divided by ``\\n``.
        bordered: whether the table shows rulings.
    """
    columns = max((len(row) for row in rows), default=0)
    if columns <= 1:
        return True
    if columns > 3 or (bordered and columns > 2) or len(rows) > 8:
        return False
    text = "\n".join(cell for row in rows for cell in row)
    hits = len(_LAYOUT.findall(_fold(text)))
    return hits >= (2 if bordered else 1)


def _fold(text: str) -> str:
    plain = unicodedata.normalize("NFD", text.upper().replace("Đ", "D"))
    return "".join(sign for sign in plain if not unicodedata.combining(sign))
