"""Charts keep to their rules: real text of at least 8 points, lines instead of patterns."""

import re
from base64 import b64decode

import pytest

from survey.document import colours, svg, typeface
from survey.document.chart import columns, diverging, people, strip
from survey.document.svg import Drawing, Fill

HEADS = diverging.Heads(
    legend=(("worst", "gar nicht"), ("best", "voll")),
    left="ungünstig",
    right="günstig",
    value="Günstig",
    interval="[95-%-Intervall]",
    aside=("möchte ich", "nicht sagen"),
)
SCALE = diverging.Scale(left=40, right=90)


def bar(percents: tuple[int, ...] = (4, 6, 10, 30, 50), message: str = "") -> diverging.Bar:
    fills: tuple[Fill, ...] = ("worst", "bad", "neutral", "good", "best")
    pieces = zip(percents, fills, (-1, -1, 0, 1, 1), strict=False)
    return diverging.Bar(
        label="„Ich werde ernst genommen, auch wenn ich anderer Meinung bin.“",
        note="n = 300" if percents else "",
        segments=tuple(diverging.Segment(percent=p, fill=f, side=s) for p, f, s in pieces),
        value="80 %" if percents else "nicht gezeigt",
        span="[77 bis 84]" if percents else "",
        aside=3 if percents else None,
        aside_text="3 %" if percents else "nicht gezeigt",
        message=message,
        shown=bool(percents),
    )


def drawn() -> list[Drawing]:
    group = diverging.Group(heading="Würde", bars=(bar(), bar((), "zu wenige Angaben")))
    grade = columns.Column(percent=40, fill="bad", value="40", label="5", words="mangelhaft")
    return [
        diverging.draw([group], heads=HEADS, scale=SCALE, alt="a"),
        strip.draw(0.8, 0.77, 0.84, least=0, most=1, alt="a"),
        people.hundred((80, 12, 8), alt="a"),
        people.taking_part(300, 800, words=("a", "b", "c"), alt="a"),
        columns.draw([grade, grade], alt="a"),
    ]


def test_no_text_is_smaller_than_eight_points_and_no_pattern_is_used() -> None:
    for each in drawn():
        assert all(float(size) >= 8 for size in re.findall(r'font-size="([\d.]+)"', each.body))
        assert "pattern" not in each.body


def test_numbers_stand_in_pieces_of_six_per_cent_and_more() -> None:
    group = diverging.Group(heading="", bars=(bar(),))
    body = diverging.draw([group], heads=HEADS, scale=SCALE, alt="a").body
    assert re.findall(r'font-size="8.5"[^>]*>(\d+)<', body) == ["6", "10", "30", "50"]


def test_a_hidden_row_draws_no_piece_and_no_figure() -> None:
    group = diverging.Group(heading="", bars=(bar((), "zu wenige Angaben"),))
    body = diverging.draw([group], heads=HEADS, scale=SCALE, alt="a").body
    row = body[body.index("Ich werde") :]
    assert "zu wenige Angaben" in row
    assert not re.search(r">\d+( %)?<", row)


def test_the_zero_line_is_at_the_same_place_in_every_row() -> None:
    rows = tuple(bar(p) for p in ((4, 6, 10, 30, 50), (30, 20, 10, 20, 20)))
    group = diverging.Group(heading="", bars=rows)
    body = diverging.draw([group], heads=HEADS, scale=SCALE, alt="a").body
    ink = colours.light()["ink"]
    assert len(set(re.findall(rf'<line x1="([\d.]+)"[^>]*stroke="{ink}"', body))) == 1


def test_a_hundred_signs_are_a_hundred() -> None:
    body = people.hundred((80, 12, 8), alt="a").body
    assert (body.count("<circle"), body.count("<path")) == (92, 8)


def test_a_picture_carries_its_words_and_its_escaped_alternative_text() -> None:
    tag = svg.image(Drawing(body=svg.text(0, 8, "a < b"), width=10, height=10, alt='"x" & y'))
    assert 'alt="&#34;x&#34; &amp; y"' in tag
    source = re.search(r"base64,([^\"]+)", tag)
    assert source is not None
    assert "a &lt; b" in b64decode(source[1]).decode()


@pytest.mark.parametrize("fill", ["worst", "bad", "silent", "veil"])
def test_patterns_stay_inside_their_rectangle(fill: Fill) -> None:
    body = svg.area(10, 20, 30, 12, fill)
    for x, y in re.findall(r"[ML]([\d.]+),([\d.]+)", body):
        assert 10 <= float(x) <= 40
        assert 20 <= float(y) <= 32


def test_lines_are_broken_by_the_width_of_their_letters() -> None:
    lines = typeface.wrapped("Ich werde mit Respekt behandelt.", 9, 80)
    assert len(lines) > 1
    assert all(typeface.width(line, 9) <= 80 for line in lines)
