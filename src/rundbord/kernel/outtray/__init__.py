"""Letters out of the house: written in the transaction that causes them, sent until they arrive.

Never lost, never two different; at worst the same bytes twice.
"""

from rundbord.kernel.outtray.delivery import deliver_due
from rundbord.kernel.outtray.letter import AddressRefused
from rundbord.kernel.outtray.transport import sms_available
from rundbord.kernel.outtray.tray import (
    NoSmsGateway,
    NothingToSend,
    dead_letters,
    forget_sent,
    put,
    send_again,
    withdraw,
)

__all__ = [
    "AddressRefused",
    "NoSmsGateway",
    "NothingToSend",
    "dead_letters",
    "deliver_due",
    "forget_sent",
    "put",
    "send_again",
    "sms_available",
    "withdraw",
]
