"""The files of the deployment agree with the project and keep their promises; no container engine is needed."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import get_commands

from portal.settings.env import BASE_DIR
from tests.unit.portal.test_readme import section

DEPLOY = BASE_DIR / "deploy"
UNITS = DEPLOY / "systemd"
OURS = {"web-a", "web-b", "worker", "crawler", "sender", "beat", "prepare", "backup"}
NAMED = re.compile(r"(?<!\$)\$\{([A-Z_]+)(?:(:-|:\?)([^}]*))?\}")


def compose() -> dict[str, Any]:
    text = NAMED.sub(lambda found: found[3] if found[2] == ":-" else "given", (DEPLOY / "compose.yaml").read_text())
    read: dict[str, Any] = yaml.safe_load(text)
    return read


def settings() -> set[str]:
    """Every variable of the README's table."""
    return set(re.findall(r"`([A-Z_]{4,})`", section("Settings")))


def of_granian() -> set[str]:
    shown = subprocess.run([BASE_DIR / ".venv/bin/granian", "--help"], capture_output=True, text=True, check=True)
    return set(re.findall(r"GRANIAN_[A-Z_]+", shown.stdout))


def commands(text: str) -> set[str]:
    return set(re.findall(r"manage\.py\"?,? \"?([a-z_]+)", text))


class TestCompose:
    @pytest.mark.parametrize("name", sorted(compose()["services"]))
    def test_every_service_is_shut_in(self, name: str) -> None:
        service = compose()["services"][name]
        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]
        assert service["security_opt"] == ["no-new-privileges:true"]
        assert set(service["deploy"]["resources"]["limits"]) == {"cpus", "memory", "pids"}
        assert name in OURS or service["user"].split(":")[0] not in {"0", "root"}
        assert service.get("healthcheck", {}).get("test") or service["healthcheck"] == {"disable": True}
        assert "privileged" not in service
        assert not any("docker.sock" in str(volume) for volume in service.get("volumes", ()))

    def test_only_nginx_is_published(self) -> None:
        assert [name for name, one in compose()["services"].items() if "ports" in one] == ["nginx"]

    def test_databases_have_no_way_out_and_nobody_outside_has_a_way_to_them(self) -> None:
        services, networks = compose()["services"], compose()["networks"]
        assert networks["back"]["internal"] is networks["inside"]["internal"] is True
        assert {
            name for name in ("postgres", "redis", "elasticsearch") if services[name]["networks"] != ["back"]
        } == set()
        assert [name for name, one in services.items() if "internet" in one["networks"]] == ["crawler", "sender"]
        assert not {"back", "internet"} & set(services["nginx"]["networks"])

    def test_every_image_must_be_named(self) -> None:
        images = re.findall(r"^\s+image: (.*)$", (DEPLOY / "compose.yaml").read_text(), re.MULTILINE)
        assert len(images) == 5
        assert all(re.fullmatch(r"\$\{[A-Z]+_IMAGE:\?.+\}", image) for image in images)

    def test_everything_named_is_declared(self) -> None:
        read = compose()
        for name, one in read["services"].items():
            volumes = {volume.split(":")[0] for volume in one.get("volumes", ())}
            assert {volume for volume in volumes if re.fullmatch(r"[a-z-]+", volume)} <= read["volumes"].keys(), name
            assert set(one.get("secrets", ())) <= read["secrets"].keys(), name
            assert set(one["networks"]) <= read["networks"].keys(), name
            assert set(one.get("depends_on", ())) <= read["services"].keys(), name

    def test_what_is_mounted_exists(self) -> None:
        mounted = [volume.split(":")[0] for one in compose()["services"].values() for volume in one.get("volumes", ())]
        ours = [path.replace("given", "tls") for path in mounted if path.startswith("./nginx")]
        assert len(ours) == 4
        assert all((DEPLOY / path.replace("/.conf", "/tls.conf")).exists() for path in ours)

    def test_every_variable_is_a_setting(self) -> None:
        environment = compose()["services"]["web-a"]["environment"]
        assert {name.removesuffix("_FILE") for name in environment} <= settings()
        names = {name for name, _sign, _word in NAMED.findall((DEPLOY / "compose.yaml").read_text())}
        told = (DEPLOY / "README.md").read_text()
        assert {name for name in names if not re.search(f"`{name}[`=]", told)} == set()

    def test_no_secret_stands_in_it(self) -> None:
        for name, one in compose()["services"].items():
            for variable, value in one.get("environment", {}).items():
                if re.search("KEY|PASSWORD|SECRET|DATABASE_URL", variable):
                    assert str(value).startswith("/run/secrets/"), (name, variable)

    def test_nginx_is_told_every_name_that_its_templates_have(self) -> None:
        text = "".join(path.read_text() for path in (DEPLOY / "nginx" / "templates").glob("*.template"))
        wanted = set(re.findall(r"\$\{([A-Z_]+)\}", text))
        assert wanted - {"PURGE_KEY"} == compose()["services"]["nginx"]["environment"].keys()


class TestDockerfile:
    TEXT = (DEPLOY / "Dockerfile").read_text()

    def test_nothing_runs_as_root(self) -> None:
        assert re.findall(r"^USER (.*)$", self.TEXT, re.MULTILINE) == ["10001:10001"]
        assert self.TEXT.index("USER ") > self.TEXT.rindex("RUN ")
        assert "HEALTHCHECK" in self.TEXT

    def test_images_and_libraries_are_pinned(self) -> None:
        assert set(re.findall(r"^FROM (\S+)", self.TEXT, re.MULTILINE)) == {"${PYTHON_IMAGE}"}
        assert "ARG PYTHON_IMAGE\n" in self.TEXT
        assert self.TEXT.count("--require-hashes") == 2

    def test_it_holds_what_the_portal_is_made_of(self) -> None:
        copied = set(re.findall(r"^COPY (?!--)(\S+)", self.TEXT, re.MULTILINE))
        ignored = (DEPLOY / "Dockerfile.dockerignore").read_text().splitlines()
        assert {line.removeprefix("!") for line in ignored if line.startswith("!")} == copied
        packages = {path.parent.name for path in BASE_DIR.glob("*/__init__.py")} - {"tests"}
        assert copied == packages | {"locale", "manage.py", "requirements.txt"}

    def test_the_server_knows_its_variables(self) -> None:
        assert set(re.findall(r"GRANIAN_[A-Z_]+", self.TEXT)) <= of_granian()


class TestSystemd:
    SERVICES = sorted(path.name for path in UNITS.glob("*.service"))

    @pytest.fixture
    def installed(self, tmp_path: Path) -> Path:
        """The units, saying that the project is installed where it lies."""
        if shutil.which("systemd-analyze") is None:
            pytest.skip("systemd-analyze is not installed")
        folder = tmp_path / "units"
        shutil.copytree(UNITS, folder)
        for path in folder.rglob("*.*"):
            if path.is_file():
                path.write_text(path.read_text().replace("/opt/standards-portal", str(BASE_DIR)))
        return folder

    def test_systemd_understands_them(self, installed: Path) -> None:
        units = [path for path in installed.iterdir() if path.suffix in {".service", ".timer", ".target"}]
        named = [str(path).replace("@.", "@8000.") for path in units]
        done = self.analyze(installed, "verify", "--man=no", *named)
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")

    @pytest.mark.parametrize("name", SERVICES)
    def test_they_may_do_little(self, installed: Path, name: str) -> None:
        done = self.analyze(
            installed, "security", "--offline=yes", "--threshold=20", "--no-pager", str(installed / name)
        )
        assert done.returncode == 0, done.stdout

    def analyze(self, folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
        environment = {"PATH": "/usr/bin:/bin", "SYSTEMD_UNIT_PATH": f"{folder}:"}
        return subprocess.run(["systemd-analyze", *words], env=environment, capture_output=True, text=True, check=False)

    def test_every_variable_is_a_setting(self) -> None:
        example = re.findall(r"^([A-Z_]+)=", (UNITS / "environment.example").read_text(), re.MULTILINE)
        common = (UNITS / "standards-portal-.service.d" / "10-common.conf").read_text()
        named = re.findall(r"\b([A-Z_]{4,})=", "".join(re.findall(r"^Environment=(.*)$", common, re.MULTILINE)))
        known = settings() | {"DJANGO_SETTINGS_MODULE", "PYTHONUNBUFFERED", "PYTHONDONTWRITEBYTECODE"}
        assert {name.removesuffix("_FILE") for name in (*example, *named)} <= known


def test_every_command_exists() -> None:
    texts = [path.read_text() for path in DEPLOY.rglob("*") if path.is_file()]
    found = set().union(*map(commands, texts))
    assert {"backup", "migrate", "collectstatic", "schedule"} <= found
    assert found <= set(get_commands())


def test_both_ways_prepare_alike() -> None:
    """What containers and systemd do before a new version starts is the same."""
    prepare = compose()["services"]["prepare"]["command"][-1]
    unit = (UNITS / "standards-portal-prepare.service").read_text()
    steps = re.findall(r"manage\.py (.*)$", prepare, re.MULTILINE)
    assert steps == re.findall(r"manage\.py (.*)$", unit, re.MULTILINE)
    assert steps[0].startswith("check --deploy")
