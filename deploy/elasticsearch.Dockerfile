# Elasticsearch 9 with the Chinese analysis that the portal's index uses.
#
#   docker build -f deploy/elasticsearch.Dockerfile --build-arg ELASTICSEARCH_IMAGE=…@sha256:… \
#       -t standards-portal-elasticsearch deploy
#
# The plugin is fetched by Elasticsearch's own tool, which checks its signature and that its version is the server's.

ARG ELASTICSEARCH_IMAGE
FROM ${ELASTICSEARCH_IMAGE}
# The keystore is made here, for the folder of the configuration is read-only later.
RUN bin/elasticsearch-plugin install --batch analysis-smartcn \
    && bin/elasticsearch-keystore create
