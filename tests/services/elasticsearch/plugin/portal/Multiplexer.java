package portal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.lucene.analysis.TokenFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.miscellaneous.ConditionalTokenFilter;
import org.apache.lucene.analysis.miscellaneous.RemoveDuplicatesTokenFilter;
import org.apache.lucene.analysis.tokenattributes.PositionIncrementAttribute;
import org.elasticsearch.common.Strings;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.index.IndexService.IndexCreationContext;
import org.elasticsearch.index.analysis.AbstractTokenFilterFactory;
import org.elasticsearch.index.analysis.CharFilterFactory;
import org.elasticsearch.index.analysis.TokenFilterFactory;
import org.elasticsearch.index.analysis.TokenizerFactory;

/** Passes each token through several branches of filters and puts what comes out at its position, equal ones once. */
final class Multiplexer extends AbstractTokenFilterFactory {
    private final List<String> branches;
    private final boolean preserveOriginal;

    Multiplexer(String name, Settings settings) {
        super(name);
        branches = settings.getAsList("filters");
        preserveOriginal = settings.getAsBoolean("preserve_original", true);
    }

    @Override
    public TokenStream create(TokenStream input) {
        throw new IllegalStateException("a multiplexer must be told of the other filters first");
    }

    @Override
    public TokenFilterFactory getSynonymFilter() {
        throw Filter.refusal(name());
    }

    @Override
    public TokenFilterFactory getChainAwareTokenFilterFactory(
        IndexCreationContext context,
        TokenizerFactory tokenizer,
        List<CharFilterFactory> charFilters,
        List<TokenFilterFactory> before,
        Function<String, TokenFilterFactory> others
    ) {
        List<Function<TokenStream, TokenStream>> built = new ArrayList<>();
        if (preserveOriginal) {
            built.add(Function.identity());
        }
        for (String branch : branches) {
            List<TokenFilterFactory> chain = new ArrayList<>(before);
            Function<TokenStream, TokenStream> whole = Function.identity();
            for (String filter : Strings.tokenizeToStringArray(branch, ",")) {
                TokenFilterFactory factory = others.apply(filter);
                if (factory == null) {
                    throw new IllegalArgumentException("Multiplexing filter [" + name() + "] refers to undefined tokenfilter [" + filter + "]");
                }
                factory = factory.getChainAwareTokenFilterFactory(context, tokenizer, charFilters, chain, others);
                chain.add(factory);
                whole = whole.andThen(factory::create);
            }
            built.add(whole);
        }
        return new Filter.Multiplying(name(), input -> new RemoveDuplicatesTokenFilter(new Branches(input, built)));
    }

    /** Says each token once for every branch; a branch acts only when it is its turn. */
    private static final class Branches extends TokenFilter {
        private final Repeated repeated;
        private final TokenStream last;

        Branches(TokenStream input, List<Function<TokenStream, TokenStream>> branches) {
            super(input);
            repeated = new Repeated(input, branches.size());
            TokenStream stream = repeated;
            for (int i = 0; i < branches.size(); i++) {
                int own = i;
                stream = new ConditionalTokenFilter(stream, branches.get(i)) {
                    @Override
                    protected boolean shouldFilter() {
                        return repeated.turn == own;
                    }
                };
            }
            last = stream;
        }

        @Override
        public boolean incrementToken() throws IOException {
            return last.incrementToken();
        }

        @Override
        public void end() throws IOException {
            last.end();
        }

        @Override
        public void reset() throws IOException {
            last.reset();
        }
    }

    private static final class Repeated extends TokenFilter {
        private final PositionIncrementAttribute position = addAttribute(PositionIncrementAttribute.class);
        private final int times;
        private State token;
        private int turn;

        Repeated(TokenStream input, int times) {
            super(input);
            this.times = times;
            turn = times - 1;
        }

        @Override
        public boolean incrementToken() throws IOException {
            if (turn < times - 1) {
                restoreState(token);
                position.setPositionIncrement(0);
                turn++;
                return true;
            }
            turn = 0;
            if (input.incrementToken() == false) {
                return false;
            }
            token = captureState();
            return true;
        }

        @Override
        public void reset() throws IOException {
            super.reset();
            turn = times - 1;
            token = null;
        }
    }
}
