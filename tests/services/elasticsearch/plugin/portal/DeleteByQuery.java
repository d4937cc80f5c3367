package portal;

import java.util.List;
import org.elasticsearch.ElasticsearchException;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.bulk.BulkRequest;
import org.elasticsearch.action.delete.DeleteRequest;
import org.elasticsearch.action.search.SearchRequest;
import org.elasticsearch.action.support.ActionFilters;
import org.elasticsearch.action.support.HandledTransportAction;
import org.elasticsearch.action.support.WriteRequest.RefreshPolicy;
import org.elasticsearch.client.internal.node.NodeClient;
import org.elasticsearch.common.util.concurrent.EsExecutors;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.index.reindex.BulkByScrollResponse;
import org.elasticsearch.index.reindex.BulkByScrollTask;
import org.elasticsearch.index.reindex.DeleteByQueryAction;
import org.elasticsearch.index.reindex.DeleteByQueryRequest;
import org.elasticsearch.injection.guice.Inject;
import org.elasticsearch.search.SearchHit;
import org.elasticsearch.search.builder.SearchSourceBuilder;
import org.elasticsearch.tasks.Task;
import org.elasticsearch.transport.TransportService;

/**
 * Deletes what a query finds. The synonyms API replaces the rules of a set by this action, which lies in a module that the
 * minimal distribution lacks. It is for that only: no address reaches it, as none reaches the module's.
 */
public final class DeleteByQuery extends HandledTransportAction<DeleteByQueryRequest, BulkByScrollResponse> {
    private static final int BATCH = 1000;
    private final NodeClient client;

    @Inject
    public DeleteByQuery(TransportService transport, ActionFilters filters, NodeClient client) {
        super(DeleteByQueryAction.NAME, transport, filters, DeleteByQueryRequest::new, EsExecutors.DIRECT_EXECUTOR_SERVICE);
        this.client = client;
    }

    @Override
    protected void doExecute(Task task, DeleteByQueryRequest request, ActionListener<BulkByScrollResponse> listener) {
        delete(request, 0, listener);
    }

    private void delete(DeleteByQueryRequest request, long deleted, ActionListener<BulkByScrollResponse> listener) {
        SearchSourceBuilder query = new SearchSourceBuilder().query(request.getSearchRequest().source().query());
        SearchRequest search = new SearchRequest(request.indices()).indicesOptions(request.indicesOptions());
        client.search(search.source(query.size(BATCH).fetchSource(false)), listener.delegateFailureAndWrap((found, answer) -> {
            SearchHit[] hits = answer.getHits().getHits();
            if (hits.length == 0) {
                found.onResponse(report(deleted));
                return;
            }
            BulkRequest bulk = new BulkRequest().setRefreshPolicy(RefreshPolicy.IMMEDIATE);
            for (SearchHit hit : hits) {
                bulk.add(new DeleteRequest(hit.getIndex(), hit.getId()));
            }
            int batch = hits.length;
            client.bulk(bulk, found.delegateFailureAndWrap((written, done) -> {
                if (done.hasFailures()) {
                    throw new ElasticsearchException(done.buildFailureMessage());
                }
                delete(request, deleted + batch, written);
            }));
        }));
    }

    private static BulkByScrollResponse report(long deleted) {
        var status = new BulkByScrollTask.Status(
            null, deleted, 0, 0, deleted, 1, 0, 0, 0, 0, TimeValue.ZERO, Float.POSITIVE_INFINITY, null, TimeValue.ZERO
        );
        return new BulkByScrollResponse(TimeValue.ZERO, status, List.of(), List.of(), false);
    }
}
