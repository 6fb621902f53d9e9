"""Whatever is put in comes out again, and no field can break the form."""

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from kling_desktop.catalog.field_spec import FieldSpec, FieldType
from kling_desktop.records.media import MediaKind
from kling_desktop.ui.form.context import FormContext, Place
from kling_desktop.ui.form.editor_for import editor_for
from kling_desktop.ui.form.field_row import FieldRow
from kling_desktop.ui.form.values import UNSET, same
from tests.helpers.form import KeepingPort, request_type

NAMES = st.text("abcdef_", min_size=1, max_size=8)
SCALARS = (
    st.none() | st.booleans() | st.integers(-(10**9), 10**9) | st.floats(-1e6, 1e6) | st.text()
)
JSON = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3),
    max_leaves=6,
)


@st.composite
def fields(draw, depth=2):
    kind = draw(st.sampled_from(list(FieldType)))
    facts = {
        "name": draw(NAMES),
        "title": draw(st.text(max_size=12)),
        "type": kind,
        "required": draw(st.booleans()),
        "first_rank": draw(st.booleans()),
        "multiline": draw(st.booleans()),
        "note": draw(st.sampled_from(["", "A note."])),
        "editor": draw(st.sampled_from(["", "camera_control", "scenes", "shots", "unheard_of"])),
        "enum_groups": tuple(draw(st.lists(st.text(max_size=3), max_size=2))),
        "mentions": draw(st.sampled_from([(), (("a", "@Image{n}"),)])),
        "unit": draw(st.sampled_from(["", "s"])),
        "max_length": draw(st.none() | st.integers(0, 9)),
        "max_items": draw(st.none() | st.integers(0, 3)),
        "minimum": draw(st.none() | st.integers(-9, 9)),
        "maximum": draw(st.none() | st.integers(-9, 9)),
        "multiple_of": draw(st.none() | st.sampled_from([0.1, 1, 5])),
    }
    if kind is FieldType.STRING and draw(st.booleans()):
        facts["media"] = draw(st.sampled_from(list(MediaKind)))
    if kind not in {FieldType.OBJECT, FieldType.ARRAY} and draw(st.booleans()):
        facts["enum"] = tuple(draw(st.lists(SCALARS, max_size=12)))
    if kind is FieldType.ARRAY and depth and draw(st.booleans()):
        facts["items"] = draw(fields(depth - 1))
    if kind is FieldType.OBJECT and depth:
        inner = draw(st.lists(fields(depth - 1), max_size=3, unique_by=lambda one: one.name))
        facts["properties"] = tuple(inner)
    if draw(st.booleans()):
        facts |= {"has_default": True, "default": draw(JSON)}
    return FieldSpec(**facts)


QUIET = settings(
    max_examples=30,
    phases=[Phase.explicit, Phase.generate],
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@QUIET
@given(data=st.data())
def test_any_value_in_any_form_comes_back(form, data):
    specs = data.draw(st.lists(fields(), max_size=4, unique_by=lambda one: one.name))
    form.set_request_type(request_type(*specs, name=str(data.draw(st.uuids()))))
    form.set_more_open(data.draw(st.booleans()))
    names = st.sampled_from([one.name for one in specs]) if specs else NAMES
    values = data.draw(st.dictionaries(names | NAMES, JSON, max_size=4))
    form.set_values(values)
    assert same(form.values(), values)
    form.set_more_open(True)
    assert same(form.values(), values)
    form.set_values({})
    assert form.values() == {}


@QUIET
@given(spec=fields(), value=JSON | st.just(UNSET))
def test_any_value_in_any_editor_comes_back(qapp, spec, value):
    port = KeepingPort()
    row = FieldRow(spec, Place(FormContext(port, editor_for), ("x",)))
    row.set_value(value)
    assert same(row.value(), value)
    row.show_problems(())
    row.deleteLater()
