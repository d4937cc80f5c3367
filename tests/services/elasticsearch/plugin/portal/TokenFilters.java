package portal;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.StopFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.cjk.CJKBigramFilter;
import org.apache.lucene.analysis.cjk.CJKWidthFilter;
import org.apache.lucene.analysis.cn.smart.SmartChineseAnalyzer;
import org.apache.lucene.analysis.core.DecimalDigitFilter;
import org.apache.lucene.analysis.core.FlattenGraphFilter;
import org.apache.lucene.analysis.core.UpperCaseFilter;
import org.apache.lucene.analysis.en.EnglishMinimalStemFilter;
import org.apache.lucene.analysis.en.EnglishPossessiveFilter;
import org.apache.lucene.analysis.en.KStemFilter;
import org.apache.lucene.analysis.en.PorterStemFilter;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.apache.lucene.analysis.miscellaneous.LengthFilter;
import org.apache.lucene.analysis.miscellaneous.LimitTokenCountFilter;
import org.apache.lucene.analysis.miscellaneous.PatternKeywordMarkerFilter;
import org.apache.lucene.analysis.miscellaneous.RemoveDuplicatesTokenFilter;
import org.apache.lucene.analysis.miscellaneous.SetKeywordMarkerFilter;
import org.apache.lucene.analysis.miscellaneous.TrimFilter;
import org.apache.lucene.analysis.miscellaneous.TruncateTokenFilter;
import org.apache.lucene.analysis.ngram.EdgeNGramTokenFilter;
import org.apache.lucene.analysis.ngram.NGramTokenFilter;
import org.apache.lucene.analysis.pattern.PatternReplaceFilter;
import org.apache.lucene.analysis.reverse.ReverseStringFilter;
import org.apache.lucene.analysis.snowball.SnowballFilter;
import org.elasticsearch.common.Strings;
import org.elasticsearch.common.regex.Regex;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.env.Environment;
import org.elasticsearch.index.IndexSettings;
import org.elasticsearch.index.analysis.Analysis;
import org.elasticsearch.index.analysis.TokenFilterFactory;
import org.elasticsearch.indices.analysis.AnalysisModule.AnalysisProvider;
import org.elasticsearch.lucene.analysis.miscellaneous.DisableGraphAttribute;
import org.elasticsearch.plugins.AnalysisPlugin;

/** The token filters that need no more than settings. */
final class TokenFilters {
    private TokenFilters() {}

    static Map<String, AnalysisProvider<TokenFilterFactory>> table() {
        Map<String, AnalysisProvider<TokenFilterFactory>> table = new HashMap<>();
        table.put("asciifolding", (i, e, name, s) -> folding(name, s.getAsBoolean("preserve_original", false)));
        table.put("cjk_bigram", (i, e, name, s) -> bigrams(name, s));
        table.put("cjk_width", Filter.normalizing((i, e, s) -> CJKWidthFilter::new));
        table.put("decimal_digit", Filter.normalizing((i, e, s) -> DecimalDigitFilter::new));
        table.put("edge_ngram", Filter.multiplying(TokenFilters::edgeNgram));
        table.put("flatten_graph", Filter.plain((i, e, s) -> FlattenGraphFilter::new));
        table.put("keyword_marker", AnalysisPlugin.requiresAnalysisSettings(Filter.plain(TokenFilters::keywordMarker)));
        table.put("kstem", Filter.plain((i, e, s) -> KStemFilter::new));
        table.put("length", Filter.plain(TokenFilters::length));
        table.put("limit", Filter.plain(TokenFilters::limit));
        table.put("lowercase", Filter.normalizing(TokenFilters::lowercase));
        table.put("ngram", Filter.multiplying(TokenFilters::ngram));
        table.put("pattern_replace", AnalysisPlugin.requiresAnalysisSettings(Filter.normalizing(TokenFilters::patternReplace)));
        table.put("porter_stem", Filter.plain((i, e, s) -> PorterStemFilter::new));
        table.put("remove_duplicates", Filter.plain((i, e, s) -> RemoveDuplicatesTokenFilter::new));
        table.put("reverse", Filter.plain((i, e, s) -> ReverseStringFilter::new));
        table.put("smartcn_stop", Filter.plain(TokenFilters::smartcnStop));
        table.put("snowball", Filter.plain(TokenFilters::snowball));
        table.put("stemmer", Filter.plain(TokenFilters::stemmer));
        table.put("trim", Filter.normalizing((i, e, s) -> TrimFilter::new));
        table.put("truncate", AnalysisPlugin.requiresAnalysisSettings(Filter.plain(TokenFilters::truncate)));
        table.put("unique", Filter.plain(TokenFilters::unique));
        table.put("uppercase", Filter.normalizing((i, e, s) -> UpperCaseFilter::new));
        table.put("word_delimiter_graph", Filter.multiplying(WordDelimiter::read));
        return table;
    }

    /** Folded alone where one token must stay one: in normalizers and in synonym rules. */
    private static TokenFilterFactory folding(String name, boolean preserveOriginal) {
        TokenFilterFactory alone = new Filter.Normalizing(name, input -> new ASCIIFoldingFilter(input, false));
        if (preserveOriginal == false) {
            return alone;
        }
        return new Filter.Normalizing(name, input -> new ASCIIFoldingFilter(input, true)) {
            @Override
            public TokenStream normalize(TokenStream input) {
                return alone.create(input);
            }

            @Override
            public TokenFilterFactory getSynonymFilter() {
                return alone;
            }
        };
    }

    private static TokenFilterFactory bigrams(String name, Settings settings) {
        Map<String, Integer> scripts = Map.of(
            "han", CJKBigramFilter.HAN,
            "hiragana", CJKBigramFilter.HIRAGANA,
            "katakana", CJKBigramFilter.KATAKANA,
            "hangul", CJKBigramFilter.HANGUL
        );
        List<String> ignored = settings.getAsList("ignored_scripts");
        int flags = scripts.entrySet().stream().filter(s -> ignored.contains(s.getKey()) == false).mapToInt(Map.Entry::getValue).sum();
        if (settings.getAsBoolean("output_unigrams", false) == false) {
            return new Filter(name, input -> new CJKBigramFilter(input, flags, false));
        }
        return new Filter.Multiplying(name, input -> {
            CJKBigramFilter filter = new CJKBigramFilter(input, flags, true);
            filter.addAttribute(DisableGraphAttribute.class); // its unigrams and bigrams overlap, which is no graph
            return filter;
        });
    }

    private static UnaryOperator<TokenStream> edgeNgram(IndexSettings index, Environment environment, Settings settings) {
        int least = settings.getAsInt("min_gram", 1);
        int most = settings.getAsInt("max_gram", 2);
        boolean preserveOriginal = settings.getAsBoolean("preserve_original", false);
        UnaryOperator<TokenStream> grams = input -> new EdgeNGramTokenFilter(input, least, most, preserveOriginal);
        return switch (settings.get("side", "front")) {
            case "front" -> grams;
            case "back" -> input -> new ReverseStringFilter(grams.apply(new ReverseStringFilter(input)));
            default -> throw new IllegalArgumentException("invalid side: " + settings.get("side"));
        };
    }

    private static UnaryOperator<TokenStream> ngram(IndexSettings index, Environment environment, Settings settings) {
        int least = settings.getAsInt("min_gram", 1);
        int most = settings.getAsInt("max_gram", 2);
        boolean preserveOriginal = settings.getAsBoolean("preserve_original", false);
        Tokenizers.checkGrams(index, least, most);
        return input -> new NGramTokenFilter(input, least, most, preserveOriginal);
    }

    private static UnaryOperator<TokenStream> keywordMarker(IndexSettings index, Environment environment, Settings settings) {
        boolean ignoreCase = settings.getAsBoolean("ignore_case", false);
        String pattern = settings.get("keywords_pattern");
        if (pattern != null) {
            Pattern keywords = Pattern.compile(pattern);
            return input -> new PatternKeywordMarkerFilter(input, keywords);
        }
        Set<?> words = Analysis.getWordSet(environment, settings, "keywords");
        if (words == null) {
            throw new IllegalArgumentException("keyword_marker needs `keywords`, `keywords_path` or `keywords_pattern`");
        }
        CharArraySet keywords = new CharArraySet(words, ignoreCase);
        return input -> new SetKeywordMarkerFilter(input, keywords);
    }

    private static UnaryOperator<TokenStream> length(IndexSettings index, Environment environment, Settings settings) {
        int least = settings.getAsInt("min", 0);
        int most = settings.getAsInt("max", Integer.MAX_VALUE);
        return input -> new LengthFilter(input, least, most);
    }

    private static UnaryOperator<TokenStream> limit(IndexSettings index, Environment environment, Settings settings) {
        int most = settings.getAsInt("max_token_count", 1);
        boolean consumeAll = settings.getAsBoolean("consume_all_tokens", false);
        return input -> new LimitTokenCountFilter(input, most, consumeAll);
    }

    private static UnaryOperator<TokenStream> lowercase(IndexSettings index, Environment environment, Settings settings) {
        refuse(settings, "language");
        return LowerCaseFilter::new;
    }

    private static UnaryOperator<TokenStream> patternReplace(IndexSettings index, Environment environment, Settings settings) {
        Pattern pattern = Regex.compile(require(settings, "pattern"), settings.get("flags"));
        String replacement = settings.get("replacement", "");
        boolean all = settings.getAsBoolean("all", true);
        return input -> new PatternReplaceFilter(input, pattern, replacement, all);
    }

    private static UnaryOperator<TokenStream> smartcnStop(IndexSettings index, Environment environment, Settings settings) {
        boolean ignoreCase = settings.getAsBoolean("ignore_case", false);
        CharArraySet usual = SmartChineseAnalyzer.getDefaultStopSet();
        CharArraySet words = Analysis.parseWords(
            environment, settings, "stopwords", usual, Map.of("_smartcn_", usual), ignoreCase
        );
        return input -> new StopFilter(input, words);
    }

    private static UnaryOperator<TokenStream> snowball(IndexSettings index, Environment environment, Settings settings) {
        String language = Strings.capitalize(settings.get("language", settings.get("name", "English")));
        return input -> new SnowballFilter(input, language);
    }

    private static UnaryOperator<TokenStream> stemmer(IndexSettings index, Environment environment, Settings settings) {
        String language = settings.get("language", settings.get("name", "porter"));
        return switch (language) {
            case "english", "porter" -> PorterStemFilter::new;
            case "light_english", "kstem" -> KStemFilter::new;
            case "minimal_english" -> EnglishMinimalStemFilter::new;
            case "porter2" -> input -> new SnowballFilter(input, "English");
            case "possessive_english" -> EnglishPossessiveFilter::new;
            default -> throw new IllegalArgumentException("the stand-in stems English only, not [" + language + "]");
        };
    }

    private static UnaryOperator<TokenStream> truncate(IndexSettings index, Environment environment, Settings settings) {
        int most = Integer.parseInt(require(settings, "length"));
        return input -> new TruncateTokenFilter(input, most);
    }

    private static UnaryOperator<TokenStream> unique(IndexSettings index, Environment environment, Settings settings) {
        return settings.getAsBoolean("only_on_same_position", false) ? RemoveDuplicatesTokenFilter::new : Unique::new;
    }

    static String require(Settings settings, String key) {
        String value = settings.get(key);
        if (value == null) {
            throw new IllegalArgumentException("[" + key + "] must be given");
        }
        return value;
    }

    static void refuse(Settings settings, String key) {
        if (settings.hasValue(key)) {
            throw new IllegalArgumentException("the stand-in does not read [" + key + "]");
        }
    }
}
