"""Amounts that carry their currency: different ones never meet, an unknown one ("") fits any."""
MIXED = "mixed"


class Money:
    """A sum in one currency; in MIXED it has no value, and nothing made of it has one."""

    def __init__(self, value, currency=""):
        self.value, self.currency = value, currency

    def __repr__(self):
        return f"{self.value} {self.currency}"

    def __eq__(self, other):
        return self.value == (other.value if isinstance(other, Money) else other)

    def with_(self, other, value):
        """The result with another part: of the one currency that both have."""
        currencies = {self.currency, other.currency if isinstance(other, Money) else ""} - {""}
        return Money(value, currencies.pop() if len(currencies) == 1 else MIXED if currencies else "")

    def __add__(self, other):
        return self.with_(other, self.value + plain(other))

    def __sub__(self, other):
        return self.with_(other, self.value - plain(other))

    def __mul__(self, other):
        return self.with_(other, self.value * plain(other))

    __rmul__ = __mul__

    def __truediv__(self, other):
        found = self.with_(other, self.value / plain(other))
        return found if not isinstance(other, Money) or found.currency == MIXED else found.value

    def __rtruediv__(self, other):
        return Money(other / self.value, self.currency)


def plain(value):
    return value.value if isinstance(value, Money) else value


def is_mixed(value):
    return isinstance(value, Money) and value.currency == MIXED


def total(values, currencies, add):
    """add(values) in the currency of them all."""
    known = set(currencies) - {""}
    return Money(add(values), known.pop() if len(known) == 1 else MIXED if known else "")
