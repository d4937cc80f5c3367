package portal;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.text.ParseException;
import java.util.List;
import java.util.function.Function;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.synonym.SolrSynonymParser;
import org.apache.lucene.analysis.synonym.SynonymFilter;
import org.apache.lucene.analysis.synonym.SynonymGraphFilter;
import org.apache.lucene.analysis.synonym.SynonymMap;
import org.apache.lucene.util.CharsRef;
import org.apache.lucene.util.CharsRefBuilder;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.env.Environment;
import org.elasticsearch.index.IndexService.IndexCreationContext;
import org.elasticsearch.index.analysis.AbstractTokenFilterFactory;
import org.elasticsearch.index.analysis.Analysis;
import org.elasticsearch.index.analysis.AnalysisMode;
import org.elasticsearch.index.analysis.CharFilterFactory;
import org.elasticsearch.index.analysis.CustomAnalyzer;
import org.elasticsearch.index.analysis.TokenFilterFactory;
import org.elasticsearch.index.analysis.TokenizerFactory;
import org.elasticsearch.synonyms.SynonymsManagementAPIService;

/**
 * Synonyms, written in the settings, in a file, or in a set kept by the synonyms API, which is read anew whenever the API
 * reloads the analyzers that name it. The rules are cut by the tokenizer and the filters that stand before this one.
 */
final class Synonyms extends AbstractTokenFilterFactory {
    private final Settings settings;
    private final Environment environment;
    private final SynonymsManagementAPIService sets;
    private final boolean graph;
    private final boolean updateable;
    private final boolean lenient;
    private final String set;

    Synonyms(String name, Settings settings, Environment environment, SynonymsManagementAPIService sets, boolean graph) {
        super(name);
        this.settings = settings;
        this.environment = environment;
        this.sets = sets;
        this.graph = graph;
        updateable = settings.getAsBoolean("updateable", false);
        lenient = settings.getAsBoolean("lenient", updateable);
        set = settings.hasValue("synonyms") ? null : settings.get("synonyms_set");
        TokenFilters.refuse(settings, "format");
        if (set != null && updateable == false) {
            throw new IllegalArgumentException("[synonyms_set] needs [updateable]: it is for search time only");
        }
        if (set == null && settings.hasValue("synonyms") == false && settings.hasValue("synonyms_path") == false) {
            throw new IllegalArgumentException("synonym requires `synonyms`, `synonyms_set` or `synonyms_path` to be configured");
        }
    }

    @Override
    public AnalysisMode getAnalysisMode() {
        return updateable ? AnalysisMode.SEARCH_TIME : AnalysisMode.ALL;
    }

    @Override
    public TokenStream create(TokenStream input) {
        throw new IllegalStateException("synonyms must be told of the filters before them first");
    }

    @Override
    public TokenFilterFactory getChainAwareTokenFilterFactory(
        IndexCreationContext context,
        TokenizerFactory tokenizer,
        List<CharFilterFactory> charFilters,
        List<TokenFilterFactory> before,
        Function<String, TokenFilterFactory> others
    ) {
        Analyzer analyzer = new CustomAnalyzer(
            tokenizer,
            charFilters.toArray(CharFilterFactory[]::new),
            before.stream().map(TokenFilterFactory::getSynonymFilter).toArray(TokenFilterFactory[]::new)
        );
        SynonymMap map = parse(rules(context), analyzer);
        return new InChain(map);
    }

    /** A set is read on reload only, which also follows the creation of an index: the master must not wait for a search. */
    private Reader rules(IndexCreationContext context) {
        if (set != null) {
            return context == IndexCreationContext.RELOAD_ANALYZERS
                ? Analysis.getReaderFromIndex(set, sets, lenient)
                : new StringReader("");
        }
        if (settings.hasValue("synonyms")) {
            return new StringReader(String.join("\n", Analysis.getWordList(environment, settings, "synonyms")));
        }
        return Analysis.getReaderFromFile(environment, settings.get("synonyms_path"), "synonyms");
    }

    private SynonymMap parse(Reader rules, Analyzer analyzer) {
        try (Reader open = rules) {
            Parser parser = new Parser(settings.getAsBoolean("expand", true), lenient, analyzer);
            parser.parse(open);
            return parser.build();
        } catch (IOException | ParseException | RuntimeException e) {
            throw new IllegalArgumentException("failed to build synonyms of filter [" + name() + "]", e);
        }
    }

    /** Where lenient, a term that the analysis leaves nothing of is left out instead of ending the whole. */
    private static final class Parser extends SolrSynonymParser {
        private final boolean lenient;

        Parser(boolean expand, boolean lenient, Analyzer analyzer) {
            super(true, expand, analyzer);
            this.lenient = lenient;
        }

        @Override
        public CharsRef analyze(String text, CharsRefBuilder reuse) throws IOException {
            try {
                return super.analyze(text, reuse);
            } catch (IllegalArgumentException e) {
                if (lenient) {
                    return new CharsRef();
                }
                throw e;
            }
        }

        @Override
        public void add(CharsRef input, CharsRef output, boolean includeOriginal) {
            if (lenient == false || input.length > 0 && output.length > 0) {
                super.add(input, output, includeOriginal);
            }
        }
    }

    private final class InChain extends AbstractTokenFilterFactory {
        private final SynonymMap map;

        InChain(SynonymMap map) {
            super(Synonyms.this.name());
            this.map = map;
        }

        @Override
        public TokenStream create(TokenStream input) {
            if (map.fst == null) {
                return input;
            }
            return graph ? new SynonymGraphFilter(input, map, false) : new SynonymFilter(input, map, false);
        }

        /** The rules of a later synonym filter are not expanded by this one. */
        @Override
        public TokenFilterFactory getSynonymFilter() {
            return IDENTITY_FILTER;
        }

        @Override
        public AnalysisMode getAnalysisMode() {
            return Synonyms.this.getAnalysisMode();
        }

        @Override
        public String getResourceName() {
            return set != null ? set : settings.hasValue("synonyms") ? null : settings.get("synonyms_path");
        }
    }
}
