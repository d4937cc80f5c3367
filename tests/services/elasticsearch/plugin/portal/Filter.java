package portal;

import java.util.function.UnaryOperator;
import org.apache.lucene.analysis.TokenStream;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.env.Environment;
import org.elasticsearch.index.IndexSettings;
import org.elasticsearch.index.analysis.AbstractTokenFilterFactory;
import org.elasticsearch.index.analysis.NormalizingTokenFilterFactory;
import org.elasticsearch.index.analysis.TokenFilterFactory;
import org.elasticsearch.indices.analysis.AnalysisModule.AnalysisProvider;

/** One of Lucene's token filters as Elasticsearch wants it. */
class Filter extends AbstractTokenFilterFactory {
    private final UnaryOperator<TokenStream> wrap;

    Filter(String name, UnaryOperator<TokenStream> wrap) {
        super(name);
        this.wrap = wrap;
    }

    @Override
    public TokenStream create(TokenStream input) {
        return wrap.apply(input);
    }

    /** How a filter is made of its settings. */
    interface Recipe {
        UnaryOperator<TokenStream> read(IndexSettings index, Environment environment, Settings settings);
    }

    static AnalysisProvider<TokenFilterFactory> plain(Recipe recipe) {
        return (index, environment, name, settings) -> new Filter(name, recipe.read(index, environment, settings));
    }

    /** A filter that the normalizer of a keyword field may use too. */
    static AnalysisProvider<TokenFilterFactory> normalizing(Recipe recipe) {
        return (index, environment, name, settings) -> new Normalizing(name, recipe.read(index, environment, settings));
    }

    /** A filter that makes several tokens of one, so that no synonym rule can be read through it. */
    static AnalysisProvider<TokenFilterFactory> multiplying(Recipe recipe) {
        return (index, environment, name, settings) -> new Multiplying(name, recipe.read(index, environment, settings));
    }

    static class Normalizing extends Filter implements NormalizingTokenFilterFactory {
        Normalizing(String name, UnaryOperator<TokenStream> wrap) {
            super(name, wrap);
        }
    }

    static final class Multiplying extends Filter {
        Multiplying(String name, UnaryOperator<TokenStream> wrap) {
            super(name, wrap);
        }

        @Override
        public boolean breaksFastVectorHighlighter() {
            return true;
        }

        @Override
        public TokenFilterFactory getSynonymFilter() {
            throw refusal(name());
        }
    }

    static IllegalArgumentException refusal(String name) {
        return new IllegalArgumentException("Token filter [" + name + "] cannot be used to parse synonyms");
    }
}
