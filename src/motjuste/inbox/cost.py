"""What a policy costs and gains: how many it would accept, and what a network of that size loses and wins.

The numbers are this inbox's own; that fewer connections are found less is how the network's search works, and by how
much nobody publishes, so nothing is promised.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from motjuste.inbox.facts import Facts
from motjuste.inbox.saying_why import number, spaced
from motjuste.people.names import fold

RECRUITING = (
    "recruiter", "recruiters", "recruiting", "recruitment", "recruteur", "recruteuse", "recrutement", "talent",
    "headhunter", "sourcer", "hr", "rh", "drh", "human resources", "ressources humaines", "recursos humanos",
    "reclutador", "reclutadora", "chasseur de tetes", "chasseuse de tetes", "seleccion de personal",
)  # fmt: skip
BUYING = (
    "buyer", "purchasing", "procurement", "acheteur", "acheteuse", "achats", "comprador", "compradora", "compras",
)  # fmt: skip
"""Words of a position, folded, that say that somebody recruits, or buys for their company."""


@dataclass(frozen=True, kw_only=True)
class Cost:
    """How many invitations there are, how many would be accepted, and who the others are as far as it is known."""

    waiting: int
    accepted: int
    recruiters: int = 0
    buyers: int = 0
    positions: int = 0
    """Of how many of the others a position is known at all."""

    @property
    def others(self) -> int:
        return self.waiting - self.accepted

    def sentences(self, language: str) -> tuple[str, ...]:
        """What this loses and gains, in a language."""
        if not self.waiting:
            return ()
        say = {"fr": _FRENCH, "es": _SPANISH}.get(language.partition("-")[0].casefold(), _ENGLISH)
        chosen = (
            say.accepted,
            say.lost if self.others else say.nobody,
            *((say.known if self.positions else say.unknown,) if self.others else ()),
            say.gained if self.others else say.full,
        )
        numbers = {name: number(count, language) for name, count in self._counts.items()}
        return tuple(spaced(sentence, language).format(**numbers) for sentence in chosen)

    @property
    def _counts(self) -> Mapping[str, int]:
        names = ("waiting", "accepted", "others", "recruiters", "buyers", "positions")
        return {name: getattr(self, name) for name in names}


@dataclass(frozen=True, kw_only=True)
class _Sentences:
    accepted: str
    lost: str
    nobody: str
    known: str
    unknown: str
    gained: str
    full: str


# Numbers stand where one and many read alike.
_ENGLISH = _Sentences(
    accepted="Accepted at once: {accepted} of {waiting}.",
    lost="Lost for now: {others}. A smaller network is found less, by keywords and by those whom they know.",
    nobody="Lost: nobody.",
    known="Positions known among these: {positions}; recruiters: {recruiters}, buyers: {buyers}: they find you less.",
    unknown="No position is known among these, so how many recruit or buy cannot be told.",
    gained="Gained: new voices in your feed, {accepted} in place of {waiting}; what you want to read is buried less.",
    full="The price: new voices in your feed, {accepted}; what you want to read is buried sooner.",
)
_FRENCH = _Sentences(
    accepted="Acceptation immédiate : {accepted} sur {waiting}.",
    lost="Perte pour l’instant : {others}. Un réseau plus petit se trouve moins, par mots-clés et de proche en proche.",
    nobody="Perte : aucune.",
    known="Postes connus parmi cette perte : {positions} ; recrutement : {recruiters}, achats : {buyers}. "
    "Là aussi, on vous trouvera moins.",
    unknown="Aucun poste n’est connu parmi cette perte : combien recrutent ou achètent, on ne peut le dire.",
    gained="Gain : voix nouvelles dans votre fil, {accepted} au lieu de {waiting} ; "
    "ce qui vous intéresse s’y perd moins.",
    full="Prix à payer : voix nouvelles dans votre fil, {accepted} ; ce qui vous intéresse s’y perd plus vite.",
)
_SPANISH = _Sentences(
    accepted="Aceptación inmediata: {accepted} de {waiting}.",
    lost="Pérdida por ahora: {others}. Una red más pequeña se encuentra menos, por palabras clave y por conocidos.",
    nobody="Pérdida: ninguna.",
    known="Puestos conocidos entre ellos: {positions}; selección de personal: {recruiters}, compras: {buyers}. "
    "También ahí le encontrarán menos.",
    unknown="No se conoce ningún puesto entre ellos: cuántos seleccionan personal o compran, no se puede decir.",
    gained="Ganancia: voces nuevas en sus novedades, {accepted} en lugar de {waiting}; "
    "lo que le interesa se pierde menos.",
    full="El precio: voces nuevas en sus novedades, {accepted}; lo que le interesa se pierde antes.",
)


def cost_of(judged: Iterable[tuple[Facts, str]]) -> Cost:
    """The cost of these verdicts; what a later answer may change is not counted ahead."""
    told = list(judged)
    positions = [fold(str(facts["position"])) for facts, verdict in told if verdict != "accept" and facts["position"]]
    return Cost(
        waiting=len(told),
        accepted=sum(verdict == "accept" for _, verdict in told),
        recruiters=sum(_has(position, RECRUITING) for position in positions),
        buyers=sum(_has(position, BUYING) for position in positions),
        positions=len(positions),
    )


def _has(position: str, words: Iterable[str]) -> bool:
    return any(f" {word} " in f" {position} " for word in words)
