"""Text messages leave through the sender that the installation names."""

from __future__ import annotations

import pytest

from pathways.access.sms import latest_text, send_text


class Broken:
    """A gateway that is down."""

    def send(self, to, text):
        raise ConnectionRefusedError


def test_the_file_sender_keeps_each_message_of_a_number(settings, tmp_path):
    settings.SMS_BACKEND, settings.SMS_FILE_PATH = "file", tmp_path
    send_text(to="+32470000001", text="one")
    send_text(to="+32470000001", text="two")
    send_text(to="+32470000002", text="other")
    assert latest_text(to="+32470000001") == "two"
    assert len(list(tmp_path.iterdir())) == 3


def test_the_console_sender_prints(settings, capsys):
    settings.SMS_BACKEND = "console"
    send_text(to="+32470000001", text="one")
    assert "+32470000001: one" in capsys.readouterr().out


def test_a_gateway_that_is_down_is_told_without_the_number(settings, caplog):
    settings.SMS_BACKEND = f"{__name__}.Broken"
    send_text(to="+32470000001", text="123456")
    assert "ConnectionRefusedError" in caplog.text
    assert "470" not in caplog.text
    assert "123456" not in caplog.text


def test_a_sender_that_does_not_exist_is_an_error(settings):
    settings.SMS_BACKEND = "nowhere.Sender"
    with pytest.raises(ImportError):
        send_text(to="+32470000001", text="one")
