"""The scan maker: same bytes each time, every defect does what its option says, truth stays."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace

import pytest

np = pytest.importorskip("numpy")
cv2 = pytest.importorskip("cv2", reason="opencv draws the scans")
pytest.importorskip("reportlab", reason="reportlab writes the pages that are scanned")
pytest.importorskip("pikepdf", reason="pikepdf packs the scans")
pytest.importorskip("matplotlib", reason="matplotlib brings DejaVu Serif")
pypdfium2 = pytest.importorskip("pypdfium2")

from PIL import Image  # noqa: E402

from pipeline.samples import SamplePlan, ink, look, make, pdf, scan, wear  # noqa: E402
from pipeline.samples.look import Look  # noqa: E402

LOW = Look(dpi=150)


@pytest.fixture(scope="module")
def plan() -> SamplePlan:
    return make(1, act="plan", issuer="ubnd", blank="none", annex=False, length=1)


@pytest.fixture(scope="module")
def first(plan: SamplePlan) -> Callable[..., np.ndarray]:
    """The first page (or the one asked for) of the plan, scanned with changes to ``LOW``."""

    def page(number: int = 0, **changes: object) -> np.ndarray:
        wanted = replace(LOW, **changes)
        data = pdf.render(plan, issued_as="freetext" if wanted.handwritten else "text")
        return list(scan.pages(data, wanted))[number]

    return page


def of_hue(page: np.ndarray, channel: int) -> np.ndarray:
    """Where one channel is well above the two others: red 0, blue 2."""
    others = [page[..., c].astype(int) for c in range(3) if c != channel]
    return page[..., channel].astype(int) - np.maximum(*others) > 60


def slope(page: np.ndarray) -> float:
    """Degrees, counter-clockwise, by which the lines of print are turned."""
    grey = cv2.cvtColor(page, cv2.COLOR_RGB2GRAY)
    dark = cv2.resize(255 - grey, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)

    def sharpness(degrees: float) -> float:
        matrix = cv2.getRotationMatrix2D((dark.shape[1] / 2, dark.shape[0] / 2), -degrees, 1)
        rows = cv2.warpAffine(dark, matrix, dark.shape[::-1]).sum(axis=1, dtype=float)
        return float(np.square(np.diff(rows)).sum())

    return max(np.arange(-6, 6.01, 0.25), key=sharpness)


def test_the_same_seed_gives_the_same_bytes(plan: SamplePlan) -> None:
    worn = replace(look.NOISY, dpi=150, handwritten=("number", "day"), stamp=ink.Stamp())
    data = scan.scan_plan(plan, worn)
    assert scan.scan_plan(make(1, act="plan", issuer="ubnd", blank="none", annex=False, length=1),
                          worn) == data  # fmt: skip
    assert scan.scan_plan(plan, worn, seed=2) != data


@pytest.mark.parametrize("name", look.PRESETS)
def test_a_scan_has_the_pages_and_no_words(plan: SamplePlan, name: str) -> None:
    printed = pypdfium2.PdfDocument(pdf.render(plan))
    scanned = pypdfium2.PdfDocument(
        scan.scan_plan(plan, replace(look.PRESETS[name], dpi=150, specks=0, noise=0))
    )
    assert len(scanned) == len(printed)
    for one, other in zip(scanned, printed, strict=True):
        assert one.get_textpage().get_text_range() == ""
        assert one.get_size() == pytest.approx(other.get_size(), abs=1)


@pytest.mark.parametrize("degrees", [-4.0, 1.5, 5.0])
def test_skew_is_measured_back(first: Callable[..., np.ndarray], degrees: float) -> None:
    assert slope(first(skew=degrees)) == pytest.approx(degrees, abs=abs(degrees) * 0.1 + 0.25)


def test_turns_are_clockwise(first: Callable[..., np.ndarray]) -> None:
    upright = first()
    for turn in (90, 180, 270):
        turned = first(turns=(turn,))
        assert (np.rot90(turned, turn // 90) == upright).all()


def test_a_seal_is_red_and_leaves_the_print_black(first: Callable[..., np.ndarray]) -> None:
    plain, sealed = first(number=-1), first(number=-1, seals=("signature",), ring="TỈNH HÀ NAM")
    red = of_hue(sealed, 0)
    assert red.sum() > 2000
    assert not of_hue(plain, 0).any()
    rows, columns = np.nonzero(red)
    assert 85 < np.ptp(rows) * 72 / 150 < 115  # points across
    assert columns.mean() > sealed.shape[1] * 0.5
    was_black = plain.max(axis=2) < 60
    assert (sealed[was_black].max(axis=1) < 60).all()


@pytest.mark.parametrize(
    ("place", "where"), [("body", slice(200, 1100)), ("edge", slice(-130, None))]
)
def test_seals_elsewhere(first: Callable[..., np.ndarray], place: str, where: slice) -> None:
    red = of_hue(first(seals=(place,)), 0)
    assert red[:, where].sum() > 1000
    assert red[:, where].sum() == red.sum()


def test_a_signature_is_blue_beside_the_name(first: Callable[..., np.ndarray]) -> None:
    blue = of_hue(first(number=-1, signed=True), 2)
    assert blue.sum() > 200
    assert np.nonzero(blue)[1].mean() > blue.shape[1] * 0.5


def test_figures_are_written_over_their_blanks(
    plan: SamplePlan, first: Callable[..., np.ndarray]
) -> None:
    page = first(handwritten=("number", "day"))
    blue = of_hue(page, 2)
    rows, columns = np.nonzero(blue)
    assert rows.max() < page.shape[0] * 0.2
    assert (columns < page.shape[1] * 0.4).any(), "the number"
    assert (columns > page.shape[1] * 0.5).any(), "the day"
    both = first(handwritten=("number", "day", "month"))
    assert of_hue(both, 2).sum() > blue.sum()
    assert plan.facts.number is not None


def test_every_digit_can_be_written() -> None:
    page = np.full((200, 1400, 3), 255, np.uint8)
    width = ink.handwrite(
        page, 150, np.random.default_rng(1), "0123456789/.", (10, 70), 20, ink.BLUE
    )
    assert 100 < width < 400
    assert of_hue(page, 2).sum() > 500


def test_a_receiving_stamp_and_a_signature_block(first: Callable[..., np.ndarray]) -> None:
    page = first(stamp=ink.Stamp("77", "1/2/2024"), block=("UBND tỉnh", "01/02/2024 08:00:00"))
    red, blue = of_hue(page, 0), of_hue(page, 2)
    assert np.nonzero(red)[1].max() < page.shape[1] * 0.3
    assert blue[:100, int(page.shape[1] * 0.7) :].any()


def test_noise_blur_and_dust() -> None:
    grey = np.full((300, 300, 3), 128, np.uint8)
    rng = np.random.default_rng(3)
    assert wear.noise(grey, rng, 10).std() == pytest.approx(10, abs=0.5)
    assert (wear.specks(grey, 300, rng, 0.01) != 128).any(axis=2).mean() == pytest.approx(
        0.01, rel=0.5
    )
    step = np.zeros((60, 60, 3), np.uint8)
    step[:, 30:] = 255
    assert np.abs(np.diff(wear.blur(step, 2)[30, :, 0].astype(int))).max() < 60


def test_a_grey_copy_has_no_black_and_no_white() -> None:
    page = np.zeros((100, 100, 3), np.uint8)
    page[50:] = 255
    faded = wear.fade(page, 70, 200)
    assert (faded.min(), faded.max()) == (70, 200)
    shaded = wear.shade(faded, np.random.default_rng(1), 30)
    assert shaded.min() >= 30 and shaded.max() <= 200 and np.ptp(shaded[60:]) > 5


def test_bleed_through_is_mirrored_and_weak() -> None:
    front, back = (np.full((80, 80, 3), 255, np.uint8) for _ in range(2))
    back[:, :20] = 0
    through = wear.bleed(front, back, 0.2)
    assert through[:, :50].min() > 250
    assert through[40, 75, 0] == pytest.approx(255 * 0.8, abs=3)


def test_fold_border_and_holes() -> None:
    page = np.full((1754, 1240, 3), 255, np.uint8)
    assert wear.fold(page, 150, 0.3)[877, 600, 0] == pytest.approx(255 * 0.7, abs=3)
    dark = wear.border(page, 150, np.random.default_rng(1), 5)[..., 0] < 50
    assert dark[:, 0].all() and dark[0].all()
    assert dark[900].sum() / 150 * 25.4 == pytest.approx(5, rel=0.6)
    count, _, sizes, _ = cv2.connectedComponentsWithStats(
        (wear.holes(page, 150)[..., 0] < 100).astype(np.uint8)
    )
    assert count - 1 == 2
    assert sizes[1:, cv2.CC_STAT_WIDTH] / 150 * 25.4 == pytest.approx(6, abs=0.5)


def test_a_photo_has_the_table_round_it() -> None:
    page = np.full((400, 300, 3), 255, np.uint8)
    taken = wear.keystone(page, np.random.default_rng(1), 0.05)
    assert 0 < (taken[..., 0] < 200).mean() < 0.2


@pytest.mark.parametrize("mode", ["colour", "grey", "mono"])
@pytest.mark.parametrize("jpeg", [80, None])
def test_modes(plan: SamplePlan, mode: str, jpeg: int | None) -> None:
    data = scan.scan_plan(plan, replace(LOW, mode=mode, jpeg=jpeg, seals=("signature",)))
    document = pypdfium2.PdfDocument(data)
    page = document[len(document) - 1]
    (image,) = page.get_objects(filter=[3])
    assert image.get_metadata().bits_per_pixel == {"colour": 24, "grey": 8, "mono": 1}[mode]
    shown = page.render(scale=2).to_pil().convert("RGB")
    assert of_hue(np.array(shown), 0).any() == (mode == "colour")


@pytest.mark.parametrize("dpi", [150, 400])
def test_resolution(plan: SamplePlan, dpi: int) -> None:
    page = pypdfium2.PdfDocument(scan.scan_plan(plan, Look(dpi=dpi, mode="grey")))[0]
    (image,) = page.get_objects(filter=[3])
    assert image.get_metadata().width == pytest.approx(210 / 25.4 * dpi, abs=2)


def test_a_hidden_layer_has_lost_its_tones(plan: SamplePlan) -> None:
    page = pypdfium2.PdfDocument(scan.scan_plan(plan, replace(LOW, hidden_text=True)))[0]
    words = page.get_textpage().get_text_range()
    assert "CONG HOA XA HOI CHU NGHIA VIET NAM" in words
    assert "CỘNG" not in words


def test_a_mixed_file_keeps_its_digital_pages(plan: SamplePlan) -> None:
    document = pypdfium2.PdfDocument(scan.scan_plan(plan, replace(LOW, digital=(2,))))
    letters = [page.get_textpage().count_chars() for page in document]
    assert letters[0] == 0
    assert letters[1] > 100


@pytest.mark.parametrize("form", ["png", "jpeg", "tiff"])
@pytest.mark.parametrize("mode", ["colour", "mono"])
def test_picture_files(plan: SamplePlan, form: str, mode: str) -> None:
    printed = pdf.render(plan)
    data = scan.picture(printed, form, replace(LOW, mode=mode))
    assert scan.picture(printed, form, replace(LOW, mode=mode)) == data
    image = Image.open(io.BytesIO(data))
    assert image.format == form.upper()
    assert [round(float(n)) for n in image.info["dpi"]] == [150, 150]
    assert getattr(image, "n_frames", 1) == (
        len(pypdfium2.PdfDocument(printed)) if form == "tiff" else 1
    )


@pytest.mark.parametrize(
    "wrong", [{"dpi": 100}, {"skew": 6.0}, {"jpeg": 100}, {"turns": (45,)}, {"turns": ()}]
)
def test_what_no_scanner_makes_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError):
        Look(**wrong)
