"""What is copied for the browser: of a large sheet, only what is used."""

import pytest

from tools import building

SHEET = (
    '@layer base, components;@layer ds.base{.ds-sr-only{color:red}a{background:url("data:%7B")}}'
    "@layer ds.components{.ds-button{color:red;&:hover{color:blue}}}"
    "@layer ds.components{:where(.ds-chip){margin:0}.ds-button .ds-chip{color:red}}"
    "@layer ds.components{[data-tooltip]{color:red}}"
)


def test_only_the_named_components_stay_and_what_all_stand_on(tmp_path):
    sheet = tmp_path / "sheet.css"
    sheet.write_text(SHEET)
    building.keep_parts(sheet, {"button"})
    kept = SHEET[: SHEET.index("@layer ds.components{:where(.ds-chip)")]
    assert sheet.read_text() == kept.replace('url("data:%7B")', building.EMPTY)


@pytest.mark.parametrize("address", ['"data:a,)b"', "'data:a)b'", "data:ab", ' "data:a,b" '])
def test_no_picture_is_written_into_the_sheet_and_files_stay(tmp_path, address):
    sheet = tmp_path / "sheet.css"
    sheet.write_text(f"a{{mask:url({address}) center;cursor:url(b.svg)}}")
    building.keep_parts(sheet, set())
    assert sheet.read_text() == f"a{{mask:{building.EMPTY} center;cursor:url(b.svg)}}"
