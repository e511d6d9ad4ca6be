"""A connector with cases of two teams, a drawn wave, accounts, and a survey server's pull desk.

Bernd (BA) and Clara (CK) work in different units. Amira's case is FM-1 and Bernd's.
"""

import shutil
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import msgspec
from httpx import Response
from litestar.testing import TestClient

from connector import app
from connector import pull as pulling
from connector.cases import accounts
from connector.cases.accounts import NewAccount
from connector.cli import keys as public_keys
from connector.imports import mapping, pseudonyms, run
from connector.imports.outcome import ImportRequest
from connector.imports.questions import Agreed
from connector.pull import Outcome
from connector.sample import invite
from connector.settings import Home, Settings
from connector.state import database, links, waves
from survey import settings as settings_file
from survey.engine.sqlite import SqliteDatabase
from survey.linkage import envelopes, keys, releases, replies, tokens
from survey.linkage.keys import Pair
from survey.linkage.pseudonyms import index
from survey.linkage.replies import SignedReply
from survey.model.accounts import Account
from survey.model.exchange import (
    HeldRelease,
    PublishedReport,
    Pull,
    PullRequest,
    ReleasedBlock,
    ReleasedLine,
    WaveOffer,
)
from survey.staff.store import accounts as known_accounts
from survey.staff.store import sessions
from survey.staff.store.sessions import Session

TODAY = date(2026, 11, 16)
NOON = datetime(2026, 11, 16, 11, 0, tzinfo=UTC)
UNTIL = date(2027, 2, 28)
WAVE, PROGRAMME = "w1", "zufriedenheit"
AMIRA = "FM-1"
PASSWORD = "Regen am Rathausplatz 7"  # noqa: S105 - of invented people
HEADER = (
    "Aktenzeichen;Kundennummer;Geburtsdatum;Sprache;Fallart;Zugang am;Beendet am;Beendigungsgrund;"
    "Team;Fallmanager/in (Kürzel);Anzahl Hemmnisse;Maßnahme;Auskunftssperre"
)
TEAMS = {"FM 1": ("BA", "DM", "EN"), "FM 2": ("CK", "GH", "IJ")}
WORDS = ReleasedBlock(
    title="Was mir helfen würde",
    lines=(ReleasedLine(question="Wobei brauchen Sie Hilfe?", answer="Brief vom Vermieter"),),
)


class Row(msgspec.Struct, kw_only=True):
    """A line of the export."""

    number: str
    team: str
    manager: str
    since: str = "09.02.2026"
    until: str = ""
    kind: str = "Fallmanagement"

    def line(self) -> str:
        """As the case-management system writes it."""
        person = f"K{self.number}"
        reason = "Umzug" if self.until else ""
        told = (self.since, self.until, reason, self.team, self.manager, "3", "", "N")
        return ";".join((self.number, person, "01.02.1990", "ara", self.kind, *told))


def rows(each: int = 12) -> list[Row]:
    """`each` cases for every case manager; FM-1 is Bernd's."""
    numbers = iter(range(1, 100_000))
    return [
        Row(number=f"FM-{next(numbers)}", team=team, manager=manager)
        for team, managers in TEAMS.items()
        for manager in managers
        for _ in range(each)
    ]


class PullDesk:
    """What a survey server lists at the moment, behind a real socket; checks who asks.

    Args:
        pair: what it signs its replies with, unless `signs` is taken away
    """

    def __init__(self, signature_key: bytes, pair: Pair) -> None:
        self.pull = Pull(releases=(), reports=())
        self.offers: list[WaveOffer] = []
        self.broken: bytes | None = None
        self.status = 200
        self.signs = True
        self.besides: dict[str, object] = {}
        self.asked: list[PullRequest] = []
        services = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                asked = msgspec.json.decode(body, type=PullRequest)
                envelopes.verify(
                    signature_key,
                    envelopes.PULL,
                    asked.signature,
                    asked.connector_id,
                    asked.nonce,
                )
                services.asked.append(asked)
                whole = {**msgspec.to_builtins(services.pull), **services.besides}
                said = (
                    services.broken if services.broken is not None else msgspec.json.encode(whole)
                )
                self._reply(services.status if self.path == "/exchange/pull" else 404, said, body)

            def do_GET(self) -> None:
                offers = [
                    {**msgspec.to_builtins(one), **services.besides} for one in services.offers
                ]
                said = msgspec.json.encode(offers)
                self._reply(200 if self.path.startswith("/exchange/waves") else 404, said)

            def _reply(self, status: int, said: bytes, body: bytes = b"") -> None:
                nonce = self.headers[replies.NONCE]
                asked = replies.asked(self.command, self.path, nonce, body)
                signed = replies.sign(pair, asked, SignedReply(status=status, body=said))
                self.send_response(status)
                self.send_header("content-length", str(len(said)))
                for name, value in signed.items() if services.signs else ():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(said)

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()


class CaseHouse:
    """A home with everything; `now` is what its clock says."""

    def __init__(self, folder: Path, home: Home, state: SqliteDatabase, services: PullDesk) -> None:
        self.folder, self.home, self.state, self.services = folder, home, state, services
        self.now = NOON
        self.rows = rows()
        self.app = app.create_app(home, clock=lambda: self.now)

    @property
    def exchange_key(self) -> bytes:
        """Whom releases are sealed to."""
        return keys.sealing_pair(self.home.keys).public

    def take(self, every: Iterable[Row], *, as_of: date = TODAY) -> None:
        """Import these cases and no others."""
        take(self.folder, self.home, self.state, every, as_of=as_of)

    def draw(self, wave_id: str, number: int, *, on: date) -> None:
        """Draw the sample of one more wave."""
        offer = planned(self.folder, wave_id, number, on=on)
        self.services.offers.append(offer)
        with self.state.write() as tx:
            waves.learn(tx, [offer])
        invite.invite(self.home, self.state, offer, as_of=on, today=on)

    def case(self, number: str) -> bytes:
        """The index of a case."""
        key = pseudonyms.read_keys(self.home.keys).index
        return pseudonyms.case_index(key, "fallmanagement", number)

    def address(self, number: str) -> str:
        """The page of a case."""
        return f"/cases/{self.case(number).hex()}"

    def release(
        self,
        number: str = AMIRA,
        *,
        block: str = "help",
        words: ReleasedBlock = WORDS,
        wave_id: str = WAVE,
        days: tuple[date, date] = (TODAY, UNTIL),
        key: bytes | None = None,
        pseudonym: bytes | None = None,
    ) -> HeldRelease:
        """A release of this case's person, sealed as server and evaluator do it."""
        with self.state.read() as tx:
            known = links.of_programme(tx, PROGRAMME)
        whose = pseudonym or known[self.case(number)]
        to = key or self.exchange_key
        padded = msgspec.json.encode(words).ljust(1024)
        addressed = releases.Addressed(
            pseudonym=whose,
            wave_id=wave_id,
            block=block,
            box=releases.box(to, padded),
            from_on=days[0],
            until=days[1],
        )
        sealed = envelopes.seal(to, releases.RELEASE, msgspec.msgpack.encode(addressed))
        return HeldRelease(
            release_id=index(b"r" * 32, block + wave_id, whose.hex()).hex()[:32],
            programme_id=PROGRAMME,
            wave_id=wave_id,
            from_on=days[0],
            until=days[1],
            sealed_to=to,
            sealed=sealed,
        )

    def pull(
        self,
        *listed: HeldRelease,
        reports: Sequence[PublishedReport] = (),
        today: date | None = None,
        end: Sequence[str] = (),
    ) -> Outcome:
        """Let the server list these, and fetch."""
        self.services.pull = Pull(releases=listed, reports=tuple(reports))
        today = today or self.now.date()
        return pulling.pull(self.home, self.state, at=self.now, today=today, end=end)

    def session(self, login: str) -> str:
        """A session of this account, begun now; without the work of its password."""
        token = tokens.fresh()
        with self.state.write() as tx:
            account = known_accounts.by_login(tx, login)
            assert account is not None
            begun = Session(
                token_hash=tokens.digest(token),
                account_id=account.account_id,
                begun_at=self.now,
                seen_at=self.now,
            )
            sessions.begin(tx, begun)
        return token

    def account(self, login: str) -> Account:
        """An account that there is."""
        with self.state.read() as tx:
            found = known_accounts.by_login(tx, login)
        assert found is not None
        return found

    @contextmanager
    def browser(self, login: str = "") -> Iterator[TestClient]:
        """A browser, logged in unless `login` is empty."""
        with TestClient(self.app, base_url=self.home.settings.base_url) as client:
            if login:
                client.cookies.set("cases", self.session(login))
            yield client


def evaluator_key(folder: Path) -> bytes:
    """The key samples are sealed to; nobody opens them here."""
    keys.create(folder / "evaluator", keys.EVALUATOR_HOUSE)
    return keys.sealing_pair(folder / "evaluator").public


def server_pair(folder: Path) -> Pair:
    """What the survey server signs its replies with."""
    keys.create(folder / "server", keys.SERVER_HOUSE)
    return keys.signing_pair(folder / "server")


def build(folder: Path) -> Path:
    """A home with imported cases, one drawn wave and four accounts; to be copied."""
    place = folder / "home"
    keys.create(place / "keys", keys.CONNECTOR)
    (place / "keys" / "print").mkdir()
    home = _home(folder, "http://127.0.0.1:1", "http://cases.local")
    public_keys.publish(home)
    database.made(home.database, tenant="musterstadt").close()
    state = database.opened(home.database, tenant="musterstadt")
    take(folder, home, state, rows(), as_of=date(2026, 3, 1))
    offer = planned(folder)
    with state.write() as tx:
        waves.learn(tx, [offer])
    invite.invite(home, state, offer, as_of=offer.opens_on, today=offer.opens_on)
    for wish in STAFF:
        accounts.add(state, wish, PASSWORD, at=NOON)
    state.close()
    return folder


@contextmanager
def standing(
    folder: Path, built: Path | None = None, *, base_url: str = "http://cases.local"
) -> Iterator[CaseHouse]:
    """A house of its own, copied from one that was built."""
    if built is None:
        folder.mkdir(exist_ok=True)
        build(folder)
    else:
        shutil.copytree(built, folder)
    services = PullDesk(keys.signing_pair(folder / "home" / "keys").public, server_pair(folder))
    home = _home(folder, services.url, base_url)
    settings_file.write(home.directory, home.settings)
    state = database.opened(home.database, tenant="musterstadt")
    house = CaseHouse(folder, home, state, services)
    services.offers.append(planned(folder))
    try:
        yield house
    finally:
        services.close()
        state.close()


def _home(folder: Path, server_url: str, base_url: str) -> Home:
    settings = Settings(
        tenant="musterstadt",
        house="Jobcenter Musterstadt",
        server_url=server_url,
        base_url=base_url,
        evaluator_fingerprint=keys.fingerprint(evaluator_key(folder)),
        server_fingerprint=keys.fingerprint(server_pair(folder).public),
        demo=True,
    )
    return Home(directory=folder / "home", settings=settings)


def take(
    folder: Path, home: Home, state: SqliteDatabase, every: Iterable[Row], *, as_of: date
) -> None:
    """Import these cases and no others."""
    path = folder / "export.csv"
    path.write_text("\r\n".join([HEADER, *(one.line() for one in every), ""]), "cp1252")
    loaded = mapping.load(mapping.SHIPPED / "fallmanagement.toml")
    request = ImportRequest(
        source=loaded.mapping.source(path),
        loaded=loaded,
        as_of=as_of,
        today=as_of,
        agreed=Agreed(changes=True, older=True),
    )
    outcome = run.take(state, pseudonyms.read_keys(home.keys), request)
    assert outcome.status == 0, outcome.found


def planned(
    folder: Path, wave_id: str = WAVE, number: int = 1, *, on: date = date(2026, 3, 2)
) -> WaveOffer:
    """A wave as the survey server offers it."""
    return WaveOffer(
        programme_id=PROGRAMME,
        programme_title="Wie ist das Jobcenter für Sie?",
        level="released",
        wave_id=wave_id,
        number=number,
        form_id="satisfaction",
        opens_on=on,
        closes_on=on + timedelta(days=28),
        state="planned",
        k_up=20,
        evaluator_key=evaluator_key(folder),
    )


STAFF = (
    NewAccount(
        login="bernd",
        name="Bernd Ahlers",
        role="case_manager",
        case_manager="BA",
        since=date(2025, 1, 1),
    ),
    NewAccount(
        login="clara",
        name="Clara Kühn",
        role="case_manager",
        case_manager="CK",
        since=date(2025, 1, 1),
    ),
    NewAccount(login="farah", name="Farah Nazari", role="privacy_officer"),
    NewAccount(login="gerd", name="Gerd Ihle", role="administrator"),
)


def log_in(client: TestClient, login: str, password: str = PASSWORD, place: str = "") -> Response:
    """Fill in the form at the door."""
    sent = {"login": login, "password": password, "next": place}
    return client.post("/login", data=sent, follow_redirects=False)


def tag_of(client: TestClient) -> str:
    """What the forms of this session carry."""
    page: str = client.get("/about").text
    return page.partition('name="_tag" value="')[2].partition('"')[0]


def send(client: TestClient, place: str, /, **fields: str) -> Response:
    """Post a form of a page of this session, with its tag."""
    sent = {"_tag": tag_of(client), **fields}
    return client.post(place, data=sent, follow_redirects=False)
