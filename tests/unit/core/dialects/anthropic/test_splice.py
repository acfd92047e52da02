import json

import pytest

from ccr_desktop.core.dialects.anthropic.splice import replace_member

ODD = (
    b'{ "model" :\t"a\\u0062c", "m": {"model": "x", "l": ["model", {"model":"y"}]},\r\n'
    b'"s": "\\"model\\":\\"z\\" \xc3\xa9\\\\", "t": "model", "n": 1.50e+3 }'
)


def test_only_the_value_of_the_top_level_member_changes() -> None:
    expected = ODD.replace(b'"a\\u0062c"', b'"new"')

    assert replace_member(ODD, "model", "abc", "new") == expected


def test_equal_values_leave_all_bytes_alone() -> None:
    assert replace_member(ODD, "model", "abc", "abc") is ODD


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        pytest.param(b'{"mo\\u0064el":"a"}', b'{"mo\\u0064el":"b\\n"}', id="escaped name"),
        pytest.param(b'{"model":"a","model":"c"}', b'{"model":"b\\n","model":"b\\n"}', id="twice"),
        pytest.param(b'{"model":5}', b'{"model":5}', id="no string"),
        pytest.param(b'{"model":{"model":"a"}}', b'{"model":{"model":"a"}}', id="object"),
        pytest.param(b'{"x":"model"}', b'{"x":"model"}', id="only a value"),
        pytest.param(b"{}", b"{}", id="absent"),
        pytest.param(b'{"\\ud83d":1,"model":"a"}', b'{"\\ud83d":1,"model":"b\\n"}', id="lone"),
    ],
)
def test_names_are_compared_as_a_reader_sees_them(raw: bytes, expected: bytes) -> None:
    out = replace_member(raw, "model", "a", "b\n")

    assert out == expected
    json.loads(out)
