"""Periods, by Python's datetime: nothing of the engine's calendar."""
import calendar
import datetime

ONE = datetime.timedelta(days=1)


def start_of(day, grain):
    if grain == "week":
        return day - datetime.timedelta(days=day.weekday())
    if grain == "month":
        return day.replace(day=1)
    if grain == "quarter":
        return day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)
    return day.replace(month=1, day=1) if grain == "year" else day


def next_start(start, grain):
    if grain == "day":
        return start + ONE
    if grain == "week":
        return start + 7 * ONE
    months = {"month": 1, "quarter": 3, "year": 12}[grain]
    index = start.year * 12 + start.month - 1 + months
    return datetime.date(index // 12, index % 12 + 1, 1)


def label_of(start, grain):
    if grain == "day":
        return start.isoformat()
    if grain == "week":
        year, week, _ = start.isocalendar()
        return f"{year}-W{week:02d}"
    if grain == "quarter":
        return f"{start.year}-Q{(start.month - 1) // 3 + 1}"
    return f"{start.year}-{start.month:02d}" if grain == "month" else str(start.year)


def buckets(first, last, grain):
    """-> [(label, first day, last day)], cut to the window"""
    found = []
    start = start_of(first, grain)
    while start <= last:
        after = next_start(start, grain)
        found.append((label_of(start, grain), max(start, first), min(after - ONE, last)))
        start = after
    return found


def months_back(day, months):
    index = day.year * 12 + day.month - 1 - months
    year, month = index // 12, index % 12 + 1
    return datetime.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def is_month_end(day):
    return (day + ONE).day == 1


def compared(first, last, kind, data=None):
    """-> the window to compare with. data: (first, last) day of the data; a window that runs beyond it is compared up to the same day."""
    start, end = compared_whole(first, last, kind)
    if data is None or not first <= data[1] < last:
        return start, end
    whole_months = first.day == 1 and is_month_end(last)
    if kind == "same_period_last_year" or whole_months:
        months = 12 if kind == "same_period_last_year" else (last.year - first.year) * 12 + last.month - first.month + 1
        so_far = months_back(data[1], months)
        if is_month_end(data[1]):
            so_far = so_far.replace(day=calendar.monthrange(so_far.year, so_far.month)[1])
    else:
        so_far = data[1] - (last - first + ONE)
    return start, min(end, so_far)


def compared_whole(first, last, kind):
    if kind == "same_period_last_year":
        end = months_back(last, 12)
        if is_month_end(last):
            end = end.replace(day=calendar.monthrange(end.year, end.month)[1])
        return months_back(first, 12), end
    if first.day == 1 and is_month_end(last):
        months = (last.year - first.year) * 12 + last.month - first.month + 1
        return months_back(first, months), first - ONE
    return first - (last - first + ONE), first - ONE
