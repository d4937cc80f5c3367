package portal;

import java.util.Map;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.cjk.CJKAnalyzer;
import org.apache.lucene.analysis.cn.smart.SmartChineseAnalyzer;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.env.Environment;
import org.elasticsearch.index.analysis.AbstractIndexAnalyzerProvider;
import org.elasticsearch.index.analysis.Analysis;
import org.elasticsearch.index.analysis.AnalyzerProvider;
import org.elasticsearch.indices.analysis.AnalysisModule.AnalysisProvider;

/** The analyzers. */
final class Analyzers {
    private Analyzers() {}

    static Map<String, AnalysisProvider<AnalyzerProvider<? extends Analyzer>>> table() {
        return Map.of(
            "cjk", (i, environment, name, s) -> provider(name, new CJKAnalyzer(stopWords(environment, s, CJKAnalyzer.getDefaultStopSet()))),
            "english", (i, environment, name, s) -> provider(name, new EnglishAnalyzer(
                stopWords(environment, s, EnglishAnalyzer.getDefaultStopSet()), Analysis.parseStemExclusion(s, CharArraySet.EMPTY_SET)
            )),
            "smartcn", (i, environment, name, s) -> provider(name, new SmartChineseAnalyzer(SmartChineseAnalyzer.getDefaultStopSet()))
        );
    }

    private static CharArraySet stopWords(Environment environment, Settings settings, CharArraySet usual) {
        return Analysis.parseStopWords(environment, settings, usual);
    }

    private static AnalyzerProvider<Analyzer> provider(String name, Analyzer analyzer) {
        return new AbstractIndexAnalyzerProvider<>(name) {
            @Override
            public Analyzer get() {
                return analyzer;
            }
        };
    }
}
