package portal;

import java.io.Reader;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.lucene.analysis.charfilter.HTMLStripCharFilter;
import org.apache.lucene.analysis.charfilter.MappingCharFilter;
import org.apache.lucene.analysis.charfilter.NormalizeCharMap;
import org.apache.lucene.analysis.pattern.PatternReplaceCharFilter;
import org.elasticsearch.common.regex.Regex;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.env.Environment;
import org.elasticsearch.index.analysis.AbstractCharFilterFactory;
import org.elasticsearch.index.analysis.Analysis;
import org.elasticsearch.index.analysis.CharFilterFactory;
import org.elasticsearch.index.analysis.NormalizingCharFilterFactory;
import org.elasticsearch.indices.analysis.AnalysisModule.AnalysisProvider;
import org.elasticsearch.plugins.AnalysisPlugin;

/** The character filters. */
final class CharFilters {
    private CharFilters() {}

    static Map<String, AnalysisProvider<CharFilterFactory>> table() {
        return Map.of(
            "html_strip", (i, e, name, s) -> htmlStrip(name, s),
            "mapping", AnalysisPlugin.requiresAnalysisSettings((i, e, name, s) -> new Normalizing(name, mapping(e, s))),
            "pattern_replace", AnalysisPlugin.requiresAnalysisSettings((i, e, name, s) -> new Normalizing(name, patternReplace(s)))
        );
    }

    private static CharFilterFactory htmlStrip(String name, Settings settings) {
        Set<String> escaped = new HashSet<>(settings.getAsList("escaped_tags"));
        return new AbstractCharFilterFactory(name) {
            @Override
            public Reader create(Reader text) {
                return new HTMLStripCharFilter(text, escaped);
            }
        };
    }

    private static UnaryOperator<Reader> mapping(Environment environment, Settings settings) {
        List<String> rules = Analysis.getWordList(environment, settings, "mappings");
        if (rules == null) {
            throw new IllegalArgumentException("mapping requires either `mappings` or `mappings_path` to be configured");
        }
        NormalizeCharMap.Builder map = new NormalizeCharMap.Builder();
        for (String rule : rules) {
            Rule parsed = Rule.of(rule);
            map.add(parsed.from(), parsed.to());
        }
        NormalizeCharMap built = map.build();
        return text -> new MappingCharFilter(built, text);
    }

    private static UnaryOperator<Reader> patternReplace(Settings settings) {
        Pattern pattern = Regex.compile(TokenFilters.require(settings, "pattern"), settings.get("flags"));
        String replacement = settings.get("replacement", "");
        return text -> new PatternReplaceCharFilter(pattern, replacement, text);
    }

    /** A line {@code from => to}, with the escapes of Java on both sides. */
    record Rule(String from, String to) {
        private static final Pattern LINE = Pattern.compile("(.*)\\s*=>\\s*(.*)\\s*$");

        static Rule of(String line) {
            Matcher sides = LINE.matcher(line);
            if (sides.find() == false) {
                throw new IllegalArgumentException("Invalid Mapping Rule : [" + line + "]");
            }
            return new Rule(unescape(sides.group(1).trim()), unescape(sides.group(2).trim()));
        }

        private static String unescape(String side) {
            Matcher escape = Pattern.compile("\\\\(?:u([0-9a-fA-F]{4})|(.))").matcher(side);
            return escape.replaceAll(found -> Matcher.quoteReplacement(found.group(1) == null
                ? plain(found.group(2))
                : String.valueOf((char) Integer.parseInt(found.group(1), 16))));
        }

        private static String plain(String letter) {
            int control = "ntrbf".indexOf(letter);
            return control < 0 ? letter : "\n\t\r\b\f".substring(control, control + 1);
        }
    }

    private static final class Normalizing extends AbstractCharFilterFactory implements NormalizingCharFilterFactory {
        private final UnaryOperator<Reader> wrap;

        Normalizing(String name, UnaryOperator<Reader> wrap) {
            super(name);
            this.wrap = wrap;
        }

        @Override
        public Reader create(Reader text) {
            return wrap.apply(text);
        }
    }
}
