"""One request at a time, to the hosts that are allowed, carrying an address and nothing else.

No cookie is kept, no password is sent (but to a laboratory's own mirror, from ``~/.netrc``), and
each redirect is judged like the first address. A proxy is taken from the environment
(``HTTPS_PROXY``, ``NO_PROXY``), as is a certificate authority (``REQUESTS_CA_BUNDLE``).
"""

from collections.abc import Collection, Mapping
from ipaddress import ip_address
from types import TracebackType
from urllib.parse import urljoin, urlsplit, urlunsplit

import requests
from requests.auth import AuthBase
from requests.exceptions import ConnectionError as LostConnection
from requests.exceptions import ConnectTimeout, ProxyError, RequestException, SSLError, Timeout
from requests.structures import CaseInsensitiveDict
from requests.utils import get_netrc_auth

from varinterp import __version__
from varinterp.errors import ReleaseError

USER_AGENT = f"varinterp/{__version__}"
MOST_REDIRECTS = 5


class PassingError(Exception):
    """Something that may be over when one tries again; `pause` is what the server asks for."""

    def __init__(self, reason: str, pause: float | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.pause = pause


class _Nobody(AuthBase):
    """Sends no password, where requests would look for one in ``~/.netrc`` by itself."""

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        return request


class Transport:
    """Sends requests to `hosts` over https, or to the mirrors that stand for some of them.

    A mirror is a base address by the host that it stands for. Plain http is for this machine only.
    `timeouts` are seconds until a connection stands, and between two bytes.
    """

    def __init__(
        self, hosts: Collection[str], mirrors: Mapping[str, str], timeouts: tuple[float, float]
    ) -> None:
        self._hosts = frozenset(hosts)
        self._mirrors = {host: _mirror(host, base) for host, base in mirrors.items()}
        self._origins = frozenset(_origin(base) for base in self._mirrors.values())
        self._timeouts = timeouts
        self._session = _session()

    def __enter__(self) -> "Transport":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._session.close()

    def get(self, url: str, headers: Mapping[str, str]) -> requests.Response:
        """Return the answer at the end of every redirect, its body unread.

        Raises PassingError for what may be over soon, ReleaseError for an address that is not
        allowed, too many redirects, or a certificate that is not accepted.
        """
        address = self._mirrored(url)
        for _ in range(MOST_REDIRECTS + 1):
            self._check(address, url)
            response = self._send(address, headers)
            if not response.is_redirect:
                return response
            response.close()
            address = self._mirrored(_joined(address, response.headers["location"]))
        raise ReleaseError(
            f"{shown(url)} redirects more than {MOST_REDIRECTS} times, last to {shown(address)}; "
            "correct its address in the catalogue"
        )

    def _mirrored(self, url: str) -> str:
        parts = urlsplit(url)
        base = self._mirrors.get(parts.hostname or "")
        if base is None or parts.scheme != "https":
            return url
        rest = urlunsplit(("", "", parts.path, parts.query, ""))
        return base.rstrip("/") + "/" + rest.lstrip("/")

    def _check(self, address: str, asked: str) -> None:
        parts = urlsplit(address)
        if parts.username is None and (
            _origin(address) in self._origins
            or (parts.hostname in self._hosts and _is_private_or_tls(address))
        ):
            return
        how = "is" if address == asked else f"redirects to {shown(address)}, which is"
        raise ReleaseError(
            f"{shown(asked)} {how} not allowed: only https on the hosts that the catalogue names "
            "under hosts; add the host there if you trust it"
        )

    def _send(self, address: str, headers: Mapping[str, str]) -> requests.Response:
        """Send by the adapter itself: a session would read the whole body of a redirect."""
        request = requests.Request("GET", address, headers, auth=self._auth(address))
        try:
            prepared = self._session.prepare_request(request)
            here = self._session.merge_environment_settings(address, {}, True, None, None)
            return self._session.get_adapter(address).send(
                prepared,
                stream=True,
                timeout=self._timeouts,
                verify=here["verify"] or True,
                cert=here["cert"],
                proxies=here["proxies"],
            )
        except RequestException as error:
            raise _judged(error, address, self._timeouts) from None

    def _auth(self, address: str) -> AuthBase | tuple[str, str]:
        if _origin(address) in self._origins:
            return get_netrc_auth(address) or _Nobody()
        return _Nobody()


def _joined(address: str, location: str) -> str:
    try:
        joined = urljoin(address, location)
        _origin(joined)
    except ValueError:
        raise ReleaseError(f"{shown(address)} redirects to something that is no address") from None
    return joined


def shown(url: str) -> str:
    """Return an address for people and records: without user, password, query and fragment."""
    parts = urlsplit(url)
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, "", ""))


def _session() -> requests.Session:
    session = requests.Session()
    session.headers = CaseInsensitiveDict(
        {"User-Agent": USER_AGENT, "Accept": "*/*", "Accept-Encoding": "identity"}
    )
    return session


def _mirror(host: str, base: str) -> str:
    parts = urlsplit(base)
    if parts.username is not None:
        raise ReleaseError(
            f"the mirror of {host} has a password in its address; put it in ~/.netrc instead"
        )
    if not parts.hostname or not _is_private_or_tls(base):
        raise ReleaseError(f"the mirror of {host} has to be an https address: {shown(base)}")
    return base


def _origin(url: str) -> tuple[str, str | None, int | None]:
    parts = urlsplit(url)
    return parts.scheme, parts.hostname, parts.port


def _is_private_or_tls(url: str) -> bool:
    """Tell whether nobody on the way can read or change what is sent."""
    parts = urlsplit(url)
    return parts.scheme == "https" or (parts.scheme == "http" and _is_here(parts.hostname or ""))


def _is_here(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _judged(
    error: RequestException, address: str, timeouts: tuple[float, float]
) -> PassingError | ReleaseError:
    """Return what a failed request is to us; its own text is left out, as it may name a proxy."""
    if isinstance(error, SSLError) and "CERTIFICATE_VERIFY_FAILED" in str(error):
        return ReleaseError(
            f"the certificate of {shown(address)} is not accepted; if your network has its own "
            "authority, name its file in REQUESTS_CA_BUNDLE"
        )
    if isinstance(error, ConnectTimeout):
        return PassingError(f"no connection within {timeouts[0]:g} s")
    if isinstance(error, Timeout):
        return PassingError(f"no answer within {timeouts[1]:g} s")
    if isinstance(error, ProxyError):
        return PassingError("the proxy gave no connection")
    if isinstance(error, LostConnection):
        unknown = "NameResolutionError" in str(error)
        return PassingError("the host's name is not known" if unknown else "the connection failed")
    return ReleaseError(f"{shown(address)} cannot be asked for ({type(error).__name__})")
