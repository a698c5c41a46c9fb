"""Faces tell people apart and stay the same."""

import xml.etree.ElementTree as ET

from luukku.core.ui.faces import face

MANY = 300


def test_a_face_is_the_same_each_time() -> None:
    first = face(42)
    face.cache_clear()
    assert face(42) == first


def test_faces_of_many_people_differ() -> None:
    assert len({face(seed) for seed in range(MANY)}) > MANY - 3


def test_every_face_is_a_wellformed_picture_hidden_from_screen_readers() -> None:
    for seed in range(MANY):
        svg = ET.fromstring(face(seed))
        assert svg.get("aria-hidden") == "true"
        assert not any(element.text and element.text.strip() for element in svg.iter()), "a face has no letters"
