package portal;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.miscellaneous.WordDelimiterGraphFilter;
import org.apache.lucene.analysis.miscellaneous.WordDelimiterIterator;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.env.Environment;
import org.elasticsearch.index.IndexSettings;
import org.elasticsearch.index.analysis.Analysis;

/** The settings of word_delimiter_graph. */
final class WordDelimiter {
    private static final Map<String, Integer> ON = Map.of(
        "generate_word_parts", WordDelimiterGraphFilter.GENERATE_WORD_PARTS,
        "generate_number_parts", WordDelimiterGraphFilter.GENERATE_NUMBER_PARTS,
        "split_on_case_change", WordDelimiterGraphFilter.SPLIT_ON_CASE_CHANGE,
        "split_on_numerics", WordDelimiterGraphFilter.SPLIT_ON_NUMERICS,
        "stem_english_possessive", WordDelimiterGraphFilter.STEM_ENGLISH_POSSESSIVE
    );
    private static final Map<String, Integer> OFF = Map.of(
        "catenate_words", WordDelimiterGraphFilter.CATENATE_WORDS,
        "catenate_numbers", WordDelimiterGraphFilter.CATENATE_NUMBERS,
        "catenate_all", WordDelimiterGraphFilter.CATENATE_ALL,
        "preserve_original", WordDelimiterGraphFilter.PRESERVE_ORIGINAL,
        "ignore_keywords", WordDelimiterGraphFilter.IGNORE_KEYWORDS
    );
    private static final Map<String, Byte> TYPES = Map.of(
        "LOWER", (byte) 0x01,
        "UPPER", (byte) 0x02,
        "ALPHA", (byte) 0x03,
        "DIGIT", (byte) 0x04,
        "ALPHANUM", (byte) 0x07,
        "SUBWORD_DELIM", (byte) 0x08
    );

    private WordDelimiter() {}

    static UnaryOperator<TokenStream> read(IndexSettings index, Environment environment, Settings settings) {
        int flags = flags(ON, true, settings) | flags(OFF, false, settings);
        boolean adjustOffsets = settings.getAsBoolean("adjust_offsets", true);
        Set<?> words = Analysis.getWordSet(environment, settings, "protected_words");
        CharArraySet protectedWords = words == null ? null : CharArraySet.copy(words);
        List<String> rules = Analysis.getWordList(environment, settings, "type_table");
        byte[] types = rules == null ? WordDelimiterIterator.DEFAULT_WORD_DELIM_TABLE : types(rules);
        return input -> new WordDelimiterGraphFilter(input, adjustOffsets, types, flags, protectedWords);
    }

    private static int flags(Map<String, Integer> names, boolean usual, Settings settings) {
        return names.entrySet().stream().filter(f -> settings.getAsBoolean(f.getKey(), usual)).mapToInt(Map.Entry::getValue).sum();
    }

    /** Rules such as {@code / => ALPHA}; the character may be written as {@code \\u002F}. */
    private static byte[] types(List<String> rules) {
        byte[] types = Arrays.copyOf(WordDelimiterIterator.DEFAULT_WORD_DELIM_TABLE, Character.MAX_VALUE + 1);
        for (int c = WordDelimiterIterator.DEFAULT_WORD_DELIM_TABLE.length; c < types.length; c++) {
            types[c] = WordDelimiterIterator.getType(c);
        }
        for (String rule : rules) {
            CharFilters.Rule parsed = CharFilters.Rule.of(rule);
            Byte type = TYPES.get(parsed.to());
            if (parsed.from().length() != 1 || type == null) {
                throw new IllegalArgumentException("Invalid Mapping Rule : [" + rule + "]");
            }
            types[parsed.from().charAt(0)] = type;
        }
        return types;
    }
}
