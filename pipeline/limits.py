"""Every limit and default in one place; environment variables ``KEHOACH_…`` override them.

``pipeline.settings`` gives the values that are in force.
"""

from __future__ import annotations

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Bounds are checked before the work they bound, so that no file decides our memory."""

    model_config = SettingsConfigDict(env_prefix="KEHOACH_", extra="ignore")

    max_bytes: int = Field(200_000_000, gt=0, description="largest source file, bytes")
    max_pages: int = Field(2_000, gt=0, description="most pages in one document")
    max_characters: int = Field(5_000_000, gt=0, description="most characters in one document")
    max_unzipped_bytes: int = Field(500_000_000, gt=0, description="DOCX: bytes when unpacked")
    max_unzip_ratio: int = Field(200, gt=0, description="DOCX: unpacked over packed bytes")
    max_zip_members: int = Field(10_000, gt=0, description="DOCX: files in the package")
    seconds_per_file: int = Field(120, gt=0, description="reading one file, wall clock")
    memory_per_file: int = Field(
        2_000_000_000, gt=0, description="address space a reading child may add, bytes"
    )
    ocr_workers: int = Field(0, ge=0, description="OCR processes; 0 for one per core")
    seconds_per_page: int = Field(60, gt=0, description="reading one page by OCR, wall clock")
    memory_per_page: int = Field(
        1_000_000_000, gt=0, description="address space an OCR process may add, bytes"
    )
    max_pixels: int = Field(
        12_000_000, gt=0, description="pixels a page is drawn with; larger ones are drawn coarser"
    )
    max_image_pixels: int = Field(
        100_000_000, gt=0, description="most pixels in one picture of an image file"
    )
    max_lost_pages: float = Field(
        0.5, ge=0, le=1, description="share of pages that OCR may lose before a document fails"
    )
    seconds_per_document: int = Field(
        3_600, gt=0, description="bulk ingest: one document with all its pages, wall clock"
    )
    max_attempts: int = Field(
        2, gt=0, description="bulk ingest: tries of a file that hangs, crashes or eats memory"
    )
    niceness: int = Field(
        5, ge=0, le=19, description="bulk ingest: how far its workers stand back (nice) for others"
    )
    seconds_between_looks: int = Field(
        5, gt=0, description="bulk ingest: between two looks into a folder that is watched"
    )
    seconds_for_cluster: int = Field(
        300, gt=0, description="bulk ingest: wait for a scheduler or workers that are gone"
    )
    corpus: str = Field("data/corpus.db", description="the corpus that commands use, a file")
    busy_seconds: int = Field(60, gt=0, description="a writer waits so long for another one")
    max_query: int = Field(2_000, gt=0, description="most characters in one query")
    max_query_terms: int = Field(64, gt=0, description="most words and fields in one query")
    max_results: int = Field(10_000, gt=0, description="most results on one page of an answer")
    max_compared: int = Field(3_000, gt=1, description="most plans in one comparison")
    report_rows: int = Field(
        250, gt=0, description="most rows of one table in a report of a comparison, a page"
    )
    report_cells: int = Field(12_000, gt=0, description="most cells of one table in a report")
    report_characters: int = Field(
        2_000_000, gt=0, description="most characters of sentences in a report"
    )
    low_confidence: float = Field(
        0.6, ge=0, le=1, description="values below this are listed among the warnings"
    )
    reader_password: str = Field("", description="web pages: who has it may read")
    editor_password: str = Field("", description="web pages: who has it may upload and correct")
    hosts: str = Field("", description="web pages: names they are served under, with commas")
    requests_per_minute: int = Field(6_000, gt=0, description="web pages: from one address")
    seconds_per_upload: int = Field(600, gt=0, description="web pages: time to send one file in")
    seconds_per_comparison: int = Field(900, gt=0, description="web pages: one comparison")
    memory_per_comparison: int = Field(
        8_000_000_000, gt=0, description="web pages: address space a comparison may add, bytes"
    )
    max_uploads_bytes: int = Field(
        20_000_000_000, gt=0, description="web pages: all uploaded files together, bytes"
    )
