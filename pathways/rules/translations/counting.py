"""Months, written dates and counted units in the further languages of newcomers (Unicode CLDR 46, long forms)."""

from collections.abc import Mapping

MONTHS: Mapping[str, tuple[str, ...]] = {
    code: tuple(names.split())
    for code, names in {
        "tr": "Ocak Şubat Mart Nisan Mayıs Haziran Temmuz Ağustos Eylül Ekim Kasım Aralık",
        "ar": "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
        "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
        "uk": "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня",
        "fa": "ژانویهٔ فوریهٔ مارس آوریل مهٔ ژوئن ژوئیهٔ اوت سپتامبر اکتبر نوامبر دسامبر",
        "ps": "جنوري فبروري مارچ اپریل مۍ جون جولای اګست سېپتمبر اکتوبر نومبر دسمبر",
        "ti": "ጥሪ ለካቲት መጋቢት ሚያዝያ ጉንበት ሰነ ሓምለ ነሓሰ መስከረም ጥቅምቲ ሕዳር ታሕሳስ",
        "so": "Janaayo Febraayo Maarso Abriil Maayo Juun Luulyo Agosto Sebtembar Oktoobar Noofeembar Diseembar",
        "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    }.items()
}

DATES: Mapping[str, str] = {"es": "{d} de {m} de {y}"}
"""How a day is written where it is not `12 March 2024`."""

UNITS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "months": {
        "tr": ("{n} ay",),
        "ar": ("شهر واحد", "شهران", "{n} أشهر", "{n} شهرًا", "{n} شهر"),
        "ru": ("{n} месяц", "{n} месяца", "{n} месяцев"),
        "uk": ("{n} місяць", "{n} місяці", "{n} місяців"),
        "fa": ("{n} ماه",),
        "ps": ("{n} میاشت", "{n} میاشتې"),
        "ti": ("{n} ወርሒ", "{n} ኣዋርሕ"),
        "so": ("{n} bil", "{n} bilood"),
        "es": ("{n} mes", "{n} meses"),
    },
    "days": {
        "tr": ("{n} gün",),
        "ar": ("يوم واحد", "يومان", "{n} أيام", "{n} يومًا", "{n} يوم"),
        "ru": ("{n} день", "{n} дня", "{n} дней"),
        "uk": ("{n} день", "{n} дні", "{n} днів"),
        "fa": ("{n} روز",),
        "ps": ("{n} ورځ", "{n} ورځې"),
        "ti": ("{n} መዓልቲ", "{n} መዓልታት"),
        "so": ("{n} maalin", "{n} maalmood"),
        "es": ("{n} día", "{n} días"),
    },
    "hours": {
        "tr": ("{n} saat",),
        "ar": ("ساعة واحدة", "ساعتان", "{n} ساعات", "{n} ساعة", "{n} ساعة"),
        "ru": ("{n} час", "{n} часа", "{n} часов"),
        "uk": ("{n} година", "{n} години", "{n} годин"),
        "fa": ("{n} ساعت",),
        "ps": ("{n} ساعت", "{n} ساعته"),
        "ti": ("{n} ሰዓት", "{n} ሰዓታት"),
        "so": ("{n} saacad", "{n} saacadood"),
        "es": ("{n} hora", "{n} horas"),
    },
    "minutes": {
        "tr": ("{n} dakika",),
        "ar": ("دقيقة واحدة", "دقيقتان", "{n} دقائق", "{n} دقيقة", "{n} دقيقة"),
        "ru": ("{n} минута", "{n} минуты", "{n} минут"),
        "uk": ("{n} хвилина", "{n} хвилини", "{n} хвилин"),
        "fa": ("{n} دقیقه",),
        "ps": ("{n} دقیقه", "{n} دقیقې"),
        "ti": ("{n} ደቒቓ", "{n} ደቓይቕ"),
        "so": ("{n} daqiiqad", "{n} daqiiqo"),
        "es": ("{n} minuto", "{n} minutos"),
    },
    "years": {
        "tr": ("{n} yıl",),
        "ar": ("سنة واحدة", "سنتان", "{n} سنوات", "{n} سنة", "{n} سنة"),
        "ru": ("{n} год", "{n} года", "{n} лет"),
        "uk": ("{n} рік", "{n} роки", "{n} років"),
        "fa": ("{n} سال",),
        "ps": ("{n} کال", "{n} کاله"),
        "ti": ("{n} ዓመት", "{n} ዓመታት"),
        "so": ("{n} sannad", "{n} sannadood"),
        "es": ("{n} año", "{n} años"),
    },
    "weeks": {
        "tr": ("{n} hafta",),
        "ar": ("أسبوع واحد", "أسبوعان", "{n} أسابيع", "{n} أسبوعًا", "{n} أسبوع"),
        "ru": ("{n} неделя", "{n} недели", "{n} недель"),
        "uk": ("{n} тиждень", "{n} тижні", "{n} тижнів"),
        "fa": ("{n} هفته",),
        "ps": ("{n} اونۍ", "{n} اونۍ"),
        "ti": ("{n} ሰሙን", "{n} ሰሙናት"),
        "so": ("{n} toddobaad", "{n} toddobaadyo"),
        "es": ("{n} semana", "{n} semanas"),
    },
}
"""Unit to language to the forms of a counted unit, in the order of `plural_form`."""


def plural_form(language: str, count: int) -> int:
    """Which of a language's forms a whole number takes: by the plural rules of CLDR, zero counted with the rest."""
    if language in {"tr", "fa"}:
        return 0
    if language in {"ru", "uk"}:
        return _slavic(count)
    if language == "ar":
        return _arabic(count)
    return int(count > 1) if language == "ti" else int(count != 1)


def _slavic(count: int) -> int:
    if count % 10 == 1 and count % 100 != 11:
        return 0
    return 1 if count % 10 in {2, 3, 4} and count % 100 not in {12, 13, 14} else 2


def _arabic(count: int) -> int:
    if count in {1, 2}:
        return count - 1
    last = count % 100
    return 2 if 3 <= last <= 10 else 3 if 11 <= last <= 99 else 4
