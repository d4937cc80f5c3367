"""Starting the server's own process.

Elasticsearch's launcher is a second Java that computes options, starts the server, hands it the settings on its
standard input and stays beside it. Doing that here starts it sooner, saves a Java for each node, and makes the server
our own child: it can be killed alone, and ends when its standard input does. The options and the form of the message
are those of the pinned version.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.services.elasticsearch.home import Installation

KEYSTORE = "org.elasticsearch.common.settings.KeyStoreWrapper"
KEYSTORE_FORMAT = 4

LOGGING = """
status = error
appender.file.type = File
appender.file.name = file
appender.file.fileName = ${sys:es.logs.base_path}/elasticsearch.log
appender.file.layout.type = PatternLayout
appender.file.layout.pattern = [%d{ISO8601}][%-5p][%-25c{1.}] %m%n
rootLogger.level = warn
rootLogger.appenderRef.file.ref = file
"""

COMMON = (
    "-Xss1m",
    "-Djava.awt.headless=true",
    "-Dfile.encoding=UTF-8",
    "-Djava.locale.providers=CLDR",
    "-Djna.nosys=true",
    "-Dio.netty.noUnsafe=true",
    "-Dio.netty.noKeySetOptimization=true",
    "-Dio.netty.recycler.maxCapacityPerThread=0",
    "-Dlog4j.shutdownHookEnabled=false",
    "-Dlog4j2.disable.jmx=true",
    "-Dlog4j2.formatMsgNoLookups=true",
    "-Dorg.apache.lucene.store.defaultReadAdvice=normal",
    "-Dorg.apache.lucene.store.MMapDirectory.sharedArenaMaxPermits=1",
    "-Dorg.apache.lucene.vectorization.upperJavaFeatureVersion=25",
    "-Des.distribution.type=zip",
    "-Des.java.type=ES_JAVA_HOME",
    "-Djdk.attach.allowAttachSelf=true",
    "-XX:+EnableDynamicAgentLoading",
    "-XX:+ExitOnOutOfMemoryError",
    "--enable-native-access=org.elasticsearch.nativeaccess,org.apache.lucene.core",
    "--enable-native-access=ALL-UNNAMED",
    "--add-opens=org.apache.lucene.core/org.apache.lucene.codecs.lucene99=org.elasticsearch.server",
    "--add-opens=org.apache.lucene.core/org.apache.lucene.internal.vectorization=org.elasticsearch.server",
    "--add-exports=java.base/org.elasticsearch.entitlement.bridge=org.elasticsearch.entitlement,java.logging,"
    "java.net.http,java.naming,jdk.net",
    "--add-modules=jdk.net",
    "--add-modules=jdk.management.agent",
    "--add-modules=ALL-MODULE-PATH",
)
SOON_READY = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
"""The simple compiler and collector: two thirds of the processor time to a green node, and slower ever after."""
LONG_LIVED = ("-XX:+UseG1GC",)


def command(installation: Installation, folder: Path, heap_mb: int, *, long_lived: bool) -> Sequence[str | Path]:
    java, home = installation.java, installation.home
    (bridge,) = (home / "lib" / "entitlement-bridge").glob("*.jar")
    own: list[str] = [
        *(f"-Xms{heap_mb}m", f"-Xmx{heap_mb}m", f"-XX:MaxDirectMemorySize={heap_mb // 2}m"),
        *(f"-Des.path.home={home}", f"-Djava.io.tmpdir={folder / 'tmp'}", f"-XX:ErrorFile={folder / 'fatal.log'}"),
        f"--patch-module=java.base={bridge}",
        *(["--add-modules=jdk.incubator.vector"] if long_lived and java.has_vectors else []),
    ]
    server: list[str | Path] = [
        "--module-path",
        home / "lib",
        "-m",
        "org.elasticsearch.server/org.elasticsearch.bootstrap.Elasticsearch",
    ]
    return [java.program, *COMMON, *(LONG_LIVED if long_lived else SOON_READY), *own, *server]


def message(settings: Mapping[str, str], configuration: Path, logs: Path) -> bytes:
    """What the launcher tells the server: stay in the foreground, quiet, no pid file, no secrets, settings."""
    keystore = _text(KEYSTORE) + KEYSTORE_FORMAT.to_bytes(4, "big") + b"\0" + b"\0" + _number(0) + b"\0"
    pairs = b"".join(_text(name) + b"\0" + _text(value) for name, value in settings.items())
    return b"\0\1\0" + keystore + _number(len(settings)) + pairs + _text(str(configuration)) + _text(str(logs))


def _number(value: int) -> bytes:
    """Seven bits a byte, the lowest first."""
    return bytes([value]) if value < 0x80 else bytes([value & 0x7F | 0x80]) + _number(value >> 7)


def _text(value: str) -> bytes:
    """Its length, then its characters, which must be ASCII as paths and settings here are."""
    return _number(len(value)) + value.encode("ascii")
