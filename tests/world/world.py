"""A survey server's home with everything a test may ask of it."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import cached_property

from litestar import Litestar
from litestar.testing import TestClient
from msgspec import Struct
from msgspec.structs import replace

from survey import clock
from survey.actions import exchange, wave_close, waves
from survey.actions.comments import redaction
from survey.app import create_app
from survey.engine.database import Database
from survey.form.load import Published
from survey.home import Home, Services
from survey.linkage import tokens
from survey.model.accounts import Account
from survey.model.programmes import Programme
from survey.model.waves import Wave
from survey.staff.store import accounts, sessions
from survey.staff.store.sessions import Session
from survey.staff_app import create_staff_app
from tests.world import answers, connectors, forms
from tests.world.connectors import Connector
from tests.world.waves import WAVE, wave

HOST = "testserver.local"
BASE = f"http://{HOST}"
ANSWERED = 14


class World(Struct, kw_only=True, dict=True):
    """A programme, the connector that is trusted with it, the letters of its waves, its staff.

    Args:
        at: when everything here was done
        codes: of letters that nobody has used, by wave
        staff: accounts by login; nobody unless `staff.build` made this world
    """

    home: Home
    programme: Programme
    connector: Connector
    at: datetime
    codes: dict[str, list[str]]
    staff: dict[str, Account]

    @property
    def database(self) -> Database:
        """The database of the home."""
        return self.home.database

    @property
    def letters(self) -> list[str]:
        """The codes of the first wave's letters."""
        return self.codes[WAVE]

    @property
    def services(self) -> Services:
        """What actions of recipients need."""
        return self.home.services()

    @cached_property
    def app(self) -> Litestar:
        """What serves the questionnaires."""
        return create_app(self.home)

    @cached_property
    def staff_app(self) -> Litestar:
        """What serves the staff pages."""
        return create_staff_app(self.home)

    def code(self, wave_id: str = WAVE) -> str:
        """A code nobody has used."""
        return self.codes[wave_id].pop()

    def browser(self, login: str = "") -> TestClient[Litestar]:
        """A browser for the staff pages; with a login, one in which this person is logged in."""
        client = TestClient(self.staff_app, base_url=BASE)
        client.follow_redirects = False
        if login:
            client.cookies.set("staff", self.session(login), domain=HOST)
        return client

    def session(self, login: str) -> str:
        """The token of a session begun now; without the work of a password, and if it changed."""
        token, now = tokens.fresh(), clock.now()
        with self.database.write() as tx:
            account = accounts.by_login(tx, login)
            assert account
            begun = Session(
                token_hash=tokens.digest(token),
                account_id=account.account_id,
                begun_at=now,
                seen_at=now,
            )
            sessions.begin(tx, begun)
        return token

    def plan(
        self, wave_id: str, number: int, form: Published | None = None, **changes: object
    ) -> Wave:
        """One more wave of the programme, planned."""
        form = form or forms.satisfaction()
        facts = {"programme_id": self.programme.programme_id, **changes}
        planned = wave(wave_id, number, form, **facts)
        waves.create(self.database, planned, form, actor="test", at=self.at)
        return planned

    def invite(
        self, wave_id: str, letters: int = 60, *, units: Mapping[str, str] = connectors.TEAM
    ) -> list[str]:
        """Take a sample, print its letters, destroy what made the codes; gives the codes."""
        codes = connectors.printed(letters)
        batch = connectors.batch(wave_id, codes, batch_id=f"b-{wave_id}", units=units)
        evaluator = self.home.evaluator()
        envelope = self.connector.envelope(evaluator.public_key, batch)
        exchange.open_batch(self.database, evaluator, envelope, at=self.at)
        word = self.connector.destroyed(wave_id, letters=letters)
        exchange.print_destroyed(self.database, word, at=self.at)
        self.codes[wave_id] = codes
        return list(codes)

    def open(self, wave_id: str) -> None:
        """Open a wave."""
        waves.open_wave(self.database, wave_id, actor="test", at=self.at)

    def opened(self, wave_id: str, number: int, *, letters: int = 60) -> list[str]:
        """A wave that is open; gives the codes of its letters."""
        self.plan(wave_id, number)
        codes = self.invite(wave_id, letters)
        self.open(wave_id)
        return codes

    def closed(
        self, wave_id: str, number: int, *, letters: int = 60, answered: int = ANSWERED
    ) -> Services:
        """A wave that was asked, answered by some, and closed; its texts wait for the editors.

        Gives the desk of a day on which no text can be deleted any more.
        """
        codes, services = self.opened(wave_id, number, letters=letters), self.services
        for place, code in enumerate(codes[:answered]):
            text = answers.TEXTS[place] if place < len(answers.TEXTS) else ""
            answers.send(services, code, 1 + place % 5, text)
        wave_close.close(self.services, wave_id, actor="test", at=self.at)
        over = replace(services, today=lambda: (self.at + timedelta(days=31)).date())
        redaction.open_texts(over, wave_id, actor="test", at=self.at)
        return over
