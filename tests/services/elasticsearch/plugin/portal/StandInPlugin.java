package portal;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.charfilter.HTMLStripCharFilter;
import org.apache.lucene.analysis.miscellaneous.KeywordRepeatFilter;
import org.elasticsearch.index.analysis.AnalyzerProvider;
import org.elasticsearch.index.analysis.CharFilterFactory;
import org.elasticsearch.index.analysis.PreConfiguredCharFilter;
import org.elasticsearch.index.analysis.PreConfiguredTokenFilter;
import org.elasticsearch.index.analysis.TokenFilterFactory;
import org.elasticsearch.index.analysis.TokenizerFactory;
import org.elasticsearch.index.mapper.Mapper;
import org.elasticsearch.index.mapper.MapperParsingException;
import org.elasticsearch.index.mapper.TextFieldMapper;
import org.elasticsearch.index.reindex.DeleteByQueryAction;
import org.elasticsearch.indices.analysis.AnalysisModule.AnalysisProvider;
import org.elasticsearch.plugins.ActionPlugin;
import org.elasticsearch.plugins.AnalysisPlugin;
import org.elasticsearch.plugins.MapperPlugin;
import org.elasticsearch.plugins.Plugin;
import org.elasticsearch.synonyms.SynonymsManagementAPIService;

/**
 * Stands in, in the minimal distribution, for the analysis components that the full distribution and its official plugin
 * analysis-smartcn bring: Lucene's own, under the same names, with the same settings and defaults.
 *
 * What is not here is refused by Elasticsearch as unknown; a setting that is not read here is refused, never ignored.
 */
public final class StandInPlugin extends Plugin implements AnalysisPlugin, ActionPlugin, MapperPlugin {
    private SynonymsManagementAPIService synonyms;

    @Override
    public Collection<?> createComponents(PluginServices services) {
        synonyms = new SynonymsManagementAPIService(services.client());
        return List.of();
    }

    @Override
    public Collection<ActionHandler> getActions() {
        return List.of(new ActionHandler(DeleteByQueryAction.INSTANCE, DeleteByQuery.class));
    }

    /** The index of the synonyms API has a field of a type that the minimal distribution lacks, which only it may use. */
    @Override
    public Map<String, Mapper.TypeParser> getMappers() {
        return Map.of("match_only_text", (name, definition, context) -> {
            if (context.getIndexSettings().getIndex().getName().startsWith(".synonyms")) {
                return TextFieldMapper.PARSER.parse(name, definition, context);
            }
            throw new MapperParsingException("the stand-in has match_only_text for the synonyms API only");
        });
    }

    @Override
    public Map<String, AnalysisProvider<TokenizerFactory>> getTokenizers() {
        return Tokenizers.table();
    }

    @Override
    public Map<String, AnalysisProvider<CharFilterFactory>> getCharFilters() {
        return CharFilters.table();
    }

    @Override
    public Map<String, AnalysisProvider<TokenFilterFactory>> getTokenFilters() {
        Map<String, AnalysisProvider<TokenFilterFactory>> table = TokenFilters.table();
        table.put("multiplexer", (index, environment, name, settings) -> new Multiplexer(name, settings));
        for (boolean graph : new boolean[] { false, true }) {
            table.put(
                graph ? "synonym_graph" : "synonym",
                AnalysisPlugin.requiresAnalysisSettings(
                    (index, environment, name, settings) -> new Synonyms(name, settings, environment, synonyms, graph)
                )
            );
        }
        return table;
    }

    @Override
    public Map<String, AnalysisProvider<AnalyzerProvider<? extends Analyzer>>> getAnalyzers() {
        return Analyzers.table();
    }

    @Override
    public List<PreConfiguredCharFilter> getPreConfiguredCharFilters() {
        return List.of(PreConfiguredCharFilter.singleton("html_strip", false, HTMLStripCharFilter::new));
    }

    /** This one has no settings, so the full distribution knows it by its name alone, not as a type. */
    @Override
    public List<PreConfiguredTokenFilter> getPreConfiguredTokenFilters() {
        return List.of(PreConfiguredTokenFilter.singleton("keyword_repeat", false, false, KeywordRepeatFilter::new));
    }
}
