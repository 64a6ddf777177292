"""``python -m bench``: is every page within three times what it cannot do without?

A company of invented people is made in a database of its own, the real server is started, and 16
users ask for one page after the other. Milliseconds say little about another machine, so each page
is judged by a ratio, and what it is compared with runs in the same minute on the same server:

- the **bare view**: a signed-in view behind the same middlewares and the same gate that answers
  with as many bytes as the page, and does nothing else;
- the page's **SQL**: the statements the page runs, taken down beforehand with their values and
  run by a plain cursor that fetches every row. What the bare view asks by itself (session, user,
  options) is not run twice.

Both costs are measured together, as one request to a bare view that also runs the statements. So
nothing is counted double, and database, connections and sixteen-fold company are what the page
has. ``ratio = page p50 / (bare view + SQL) p50``; the goal is 3. The column "sql" is what the
statements add to the bare view.

For the save the bare view takes the same form by POST. Statements that the page runs in a
transaction run in one here, which is rolled back; each user edits a client of his or her own.

The three are measured in turn, round after round: another program on the machine slows down all of
them alike, and the ratio is the median of the rounds' ratios.

On a busy machine waits tell little: who needs the processor longer waits more often behind others.
So the server's processor time is taken down too, page and yardstick alike; ``cpu ratio`` is the one
to look at when figures jump. The verdict is that of the waits.

``--schedule`` measures the schedule instead: a year of 1,000 visits a day by 150 sitters, and how
long extending 2,000 ongoing series by a day takes. The day view's goal is 2.

The pages of messages are measured with 100,000 of them, or with ``MESSAGES`` of the environment:
``--page messages --page thread``.

``--custom N`` gives the company N fields of its own for clients and for pets, of every kind, some
of them answered by everybody. ``--compare-custom N`` measures only table, profile and form, in two
companies without and with such fields in turn: at most 1.5 times, and not a query more.

``python -m bench.imports`` measures imports: preview, run and the same file again, and the memory
they take. ``python -m bench.doubles`` measures the search for doubles in a book of 100,000 clients.
"""
