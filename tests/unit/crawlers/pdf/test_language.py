from __future__ import annotations

import pytest

from crawlers.pdf.language import count, decide


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("本标准规定了质量管理体系的要求。", "zh"),
        ("本標準規定了品質管理系統的要求。", "zh"),
        ("按照 GB/T 19001-2016 idt ISO 9001:2015 Quality management systems 的要求执行", "zh"),
        ("この規格は品質マネジメントシステムの要求事項を規定する。", "ja"),
        ("이 표준은 품질경영시스템의 요구사항을 규정한다.", "ko"),
        ("Настоящий стандарт устанавливает требования", "ru"),
        ("Цей стандарт встановлює вимоги до її безпеки", "uk"),
        ("This document specifies the requirements for a quality management system of an organization.", "en"),
        ("La présente norme spécifie les exigences pour les systèmes et la qualité dans une organisation.", "fr"),
        ("Diese Norm legt die Anforderungen für das Managementsystem fest und ist auf die Prüfung nicht.", "de"),
        ("Esta norma especifica los requisitos para el sistema de gestión de la calidad que se usan.", "es"),
        ("هذه المواصفة تحدد المتطلبات", "ar"),
        ("12 345.6 ± 3", "und"),
        ("", "und"),
        ("XK-27 MPa DN50", "und"),
    ],
)
def test_language(text: str, language: str) -> None:
    assert decide(count(text)) == language
