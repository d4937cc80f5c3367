package portal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.cn.smart.HMMChineseTokenizer;
import org.apache.lucene.analysis.core.KeywordTokenizer;
import org.apache.lucene.analysis.core.LetterTokenizer;
import org.apache.lucene.analysis.core.WhitespaceTokenizer;
import org.apache.lucene.analysis.ngram.EdgeNGramTokenizer;
import org.apache.lucene.analysis.ngram.NGramTokenizer;
import org.apache.lucene.analysis.pattern.PatternTokenizer;
import org.apache.lucene.util.AttributeFactory;
import org.elasticsearch.common.regex.Regex;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.index.IndexSettings;
import org.elasticsearch.index.analysis.TokenizerFactory;
import org.elasticsearch.indices.analysis.AnalysisModule.AnalysisProvider;

/** The tokenizers. */
final class Tokenizers {
    private Tokenizers() {}

    /** How a tokenizer is made of its settings. */
    private interface Recipe {
        Supplier<Tokenizer> read(IndexSettings index, Settings settings);
    }

    static Map<String, AnalysisProvider<TokenizerFactory>> table() {
        Map<String, Recipe> recipes = Map.of(
            "edge_ngram", (index, settings) -> edgeNgram(settings),
            "keyword", (index, settings) -> keyword(settings),
            "letter", (index, settings) -> LetterTokenizer::new,
            "ngram", Tokenizers::ngram,
            "pattern", (index, settings) -> pattern(settings),
            "smartcn_tokenizer", (index, settings) -> HMMChineseTokenizer::new,
            "whitespace", (index, settings) -> whitespace(settings)
        );
        Map<String, AnalysisProvider<TokenizerFactory>> table = new HashMap<>();
        recipes.forEach((type, recipe) -> table.put(
            type, (index, environment, name, settings) -> TokenizerFactory.newFactory(name, recipe.read(index, settings))
        ));
        return table;
    }

    private static Supplier<Tokenizer> keyword(Settings settings) {
        int buffer = settings.getAsInt("buffer_size", KeywordTokenizer.DEFAULT_BUFFER_SIZE);
        return () -> new KeywordTokenizer(buffer);
    }

    private static Supplier<Tokenizer> whitespace(Settings settings) {
        int longest = settings.getAsInt("max_token_length", 255);
        return () -> new WhitespaceTokenizer(AttributeFactory.DEFAULT_ATTRIBUTE_FACTORY, longest);
    }

    private static Supplier<Tokenizer> pattern(Settings settings) {
        Pattern pattern = Regex.compile(settings.get("pattern", "\\W+"), settings.get("flags"));
        int group = settings.getAsInt("group", -1);
        return () -> new PatternTokenizer(pattern, group);
    }

    private static Supplier<Tokenizer> edgeNgram(Settings settings) {
        int least = settings.getAsInt("min_gram", NGramTokenizer.DEFAULT_MIN_NGRAM_SIZE);
        int most = settings.getAsInt("max_gram", NGramTokenizer.DEFAULT_MAX_NGRAM_SIZE);
        IntPredicate kept = kept(settings);
        return () -> new EdgeNGramTokenizer(least, most) {
            @Override
            protected boolean isTokenChar(int character) {
                return kept.test(character);
            }
        };
    }

    private static Supplier<Tokenizer> ngram(IndexSettings index, Settings settings) {
        int least = settings.getAsInt("min_gram", NGramTokenizer.DEFAULT_MIN_NGRAM_SIZE);
        int most = settings.getAsInt("max_gram", NGramTokenizer.DEFAULT_MAX_NGRAM_SIZE);
        IntPredicate kept = kept(settings);
        checkGrams(index, least, most);
        return () -> new NGramTokenizer(least, most) {
            @Override
            protected boolean isTokenChar(int character) {
                return kept.test(character);
            }
        };
    }

    /** An index says how far the two lengths of its grams may lie apart. */
    static void checkGrams(IndexSettings index, int least, int most) {
        if (most - least > index.getMaxNgramDiff()) {
            throw new IllegalArgumentException(
                "The difference between max_gram and min_gram must be less than or equal to: [" + index.getMaxNgramDiff()
                    + "] but was [" + (most - least) + "]. This limit can be set by changing the ["
                    + IndexSettings.MAX_NGRAM_DIFF_SETTING.getKey() + "] index level setting."
            );
        }
    }

    /** The characters that are part of a token: all, unless token_chars names classes. */
    private static IntPredicate kept(Settings settings) {
        List<IntPredicate> classes = new ArrayList<>();
        for (String name : settings.getAsList("token_chars")) {
            classes.add(switch (name.toLowerCase(Locale.ROOT).trim()) {
                case "letter" -> Character::isLetter;
                case "digit" -> Character::isDigit;
                case "whitespace" -> Character::isWhitespace;
                case "punctuation" -> c -> switch (Character.getType(c)) {
                    case Character.START_PUNCTUATION, Character.END_PUNCTUATION, Character.OTHER_PUNCTUATION,
                        Character.CONNECTOR_PUNCTUATION, Character.DASH_PUNCTUATION, Character.INITIAL_QUOTE_PUNCTUATION,
                        Character.FINAL_QUOTE_PUNCTUATION -> true;
                    default -> false;
                };
                case "symbol" -> c -> switch (Character.getType(c)) {
                    case Character.CURRENCY_SYMBOL, Character.MATH_SYMBOL, Character.OTHER_SYMBOL -> true;
                    default -> false;
                };
                case "custom" -> among(TokenFilters.require(settings, "custom_token_chars"));
                default -> throw new IllegalArgumentException("Unknown token type: '" + name + "'");
            });
        }
        return classes.stream().reduce(IntPredicate::or).orElse(c -> true);
    }

    private static IntPredicate among(String characters) {
        return c -> characters.indexOf(c) >= 0;
    }
}
