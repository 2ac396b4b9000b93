package org.touchstone.mentions;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.touchstone.domain.Verdict;
import org.touchstone.mentions.analysis.AnalysisException;
import org.touchstone.mentions.analysis.AnalysisResult;
import org.touchstone.mentions.analysis.AnalysisService;

/** Analyses in memory that end when the test says so. */
class MemoryAnalyses implements AnalysisService {
  private final Map<String, String> idsByKey = new HashMap<>();
  private final Map<String, AnalysisResult> results = new HashMap<>();
  final List<String> links = new ArrayList<>();
  final List<String> shared = new ArrayList<>();
  AnalysisResult byDefault = new AnalysisResult.Running();
  AnalysisException refusal;

  @Override
  public String start(String link, String key) throws AnalysisException {
    if (refusal != null) {
      throw refusal;
    }
    String known = idsByKey.get(key);
    if (known != null) {
      return known;
    }
    links.add(link);
    String id = "analysis-" + links.size();
    idsByKey.put(key, id);
    return id;
  }

  @Override
  public AnalysisResult result(String id) throws AnalysisException {
    return results.getOrDefault(id, byDefault);
  }

  @Override
  public Optional<URI> share(String id) {
    shared.add(id);
    return Optional.of(URI.create("https://touchstone.example.org/a/" + id));
  }

  /** All analyses end with a level. */
  void complete(Verdict.Level level) {
    byDefault = new AnalysisResult.Complete(level);
  }

  void end(String id, AnalysisResult result) {
    results.put(id, result);
  }

  @Override
  public void close() {
    // Nothing is open.
  }
}
