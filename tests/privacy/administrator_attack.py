"""The attack of an administrator alone: every account he can make, every address, every form.

He knows every address and every id, asks for accounts with every role, for every role for himself
and others, for a new password of everybody and for shut accounts to be open again; he agrees to it
all with whatever he can log in with, tries the halves of passwords he was shown, and looks at every
page afterwards. What he was shown is searched for the words of those who answered.
"""

import re
from collections import defaultdict
from itertools import permutations

from litestar.routes import HTTPRoute

from survey import clock
from survey.linkage import passwords
from survey.model.roles import ROLES, ZONE
from survey.staff import accounts
from survey.staff.store import accounts as account_rows
from survey.staff.store import proofs
from survey.store import approvals, comments, documents, jobs
from tests.web import work_pages
from tests.world import staff

HALF = re.compile(r"[a-z2-8]{5}-[a-z2-8]{5}")
ROUNDS = 2
# What he can log in with from the beginning.
OWN = ("gerd", "gerd-plans")
# Of texts that nobody has published, and that no mark cuts in two.
WORDS = ("mir sehr geholfen, auch", "Das Formular ist schwer.", "Am Telefon werde ich")


class Alone:
    """One person with all the accounts he can lay his hands on."""

    def __init__(self, world, *logins):
        self.world = world
        self.browsers = {login: world.browser(login) for login in logins}
        self.shown = []
        self.halves = defaultdict(set)

    def see(self, login, place):
        reply = self.browsers[login].get(place)
        self.shown.append(reply.text)
        return reply

    def send(self, login, place, fields, about=""):
        browser = self.browsers[login]
        reply = browser.post(place, data={"_tag": staff.tag(browser.get("/").text), **fields})
        self.shown.append(reply.text)
        self.halves[about] |= set(HALF.findall(reply.text))
        return reply

    def ask_for_everything(self, turn):
        for login in self.browsers:
            for role in ROLES:
                name = {"login": f"{role.replace('_', '-')}-{turn}", "roles": role}
                self.send(login, "/accounts/new", {**name, "language": "de"}, name["login"])
            for each in self._accounts():
                for roles in ([each.roles[0], "editor"], ["privacy_officer"], ["administrator"]):
                    self.send(login, f"/accounts/{each.account_id}/roles", {"roles": roles})
                self.send(login, f"/accounts/{each.account_id}/password", {}, each.login)
                self.send(login, f"/accounts/{each.account_id}/disabled", {"disabled": "0"})

    def agree_to_everything(self):
        with self.world.database.read() as tx:
            waiting = [each.request_id for each in approvals.list_all(tx)]
        for login in self.browsers:
            for request_id in waiting:
                self.see(login, f"/approvals/{request_id}")
                self.send(login, f"/approvals/{request_id}", {"act": "approve"})

    def come_in_as_others(self):
        """With each half that was shown for a login, and with any two."""
        for login, digest in self._digests().items():
            halves = self.halves[login]
            words = [*halves, *("-".join(pair) for pair in permutations(halves, 2))]
            if login not in self.browsers and any(passwords.fits(digest, word) for word in words):
                self.browsers[login] = self.world.browser()
                self.browsers[login].cookies.set("staff", self.world.session(login))

    def look_everywhere(self):
        for login in self.browsers:
            for place, method in self._places():
                if method == "GET":
                    self.see(login, place)
                elif not place.startswith(("/log", "/accounts", "/approvals", "/own")):
                    self.send(
                        login, place, {"act": "approve", "version": "0", "edition": "internal"}
                    )

    def _accounts(self):
        every = account_rows.Filter()
        with self.world.database.read() as tx:
            return account_rows.listed(tx, every, most=500)

    def _digests(self):
        with self.world.database.read() as tx:
            known = {
                account.login: proofs.password(tx, account.account_id)
                for account in self._listed(tx)
            }
        return {login: proof.digest for login, proof in known.items() if proof}

    @staticmethod
    def _listed(tx):
        return account_rows.listed(tx, account_rows.Filter(), most=500)

    def _places(self):
        """Every address of the application, with every id there is."""
        with self.world.database.read() as tx:
            ids = {
                "wave_id": [f"w{number}" for number in range(1, 7)],
                "comment_id": [row.comment_id for row in comments.of_wave(tx, "w3")],
                "account_id": [each.account_id for each in self._listed(tx)],
                "request_id": [each.request_id for each in approvals.list_all(tx)],
                "document_id": [each.document_id for each in documents.of_wave(tx, "w4")],
                "job_id": [each.job_id for each in jobs.of_subject(tx, "report", "w3")],
                "programme_id": ["zufriedenheit"],
                "name": ["x"],
            }
        for route in self.world.staff_app.routes:
            if isinstance(route, HTTPRoute):
                for place in _filled(route.path, ids):
                    yield from ((place, method) for method in route.methods & {"GET", "POST"})


def _filled(path, ids):
    wanted = re.search(r"\{(\w+):str\}", path)
    if wanted is None:
        return [path]
    return [
        done for each in ids[wanted[1]] for done in _filled(path.replace(wanted[0], each, 1), ids)
    ]


def building(folder):
    """A house with texts to be redacted, and accounts that could be of use."""
    world = staff.build(folder, letters=20)
    work_pages.prepare(world)
    database, at = world.database, clock.now()
    given = {"password": staff.PASSWORD, "actor": "test", "at": at}
    # Shut long ago; Gerd remembers the password.
    old = accounts.create(database, ZONE, login="ida", roles=("administrator",), **given)
    accounts.disable(database, ZONE, old.account_id, actor="test", at=at)
    # Of his own from the first day: he plans waves too, on an account of its own.
    world.staff[OWN[1]] = accounts.create(
        database, ZONE, login=OWN[1], roles=("quality_manager",), **given
    )
    return world


def run(world):
    """All of it; gives what he holds in the end."""
    alone = Alone(world, *OWN)
    for turn in range(ROUNDS):
        alone.ask_for_everything(turn)
        alone.agree_to_everything()
        alone.come_in_as_others()
    alone.look_everywhere()
    return alone


def read(shown):
    """Words of those who answered that somebody was shown."""
    return [words for words in WORDS if any(words in page for page in shown)]
