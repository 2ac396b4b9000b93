package org.touchstone.intake.page;

import static java.util.Objects.requireNonNullElse;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.touchstone.domain.AnalysisStatus;
import org.touchstone.domain.Verdict;
import org.touchstone.domain.account.Scope;
import org.touchstone.intake.AnalysisService;
import org.touchstone.intake.access.Caller;
import org.touchstone.intake.access.Page;
import org.touchstone.intake.request.QueryValues;
import org.touchstone.storage.AnalysisPage;
import org.touchstone.storage.AnalysisSummary;

/** {@code /history}: an account's analyses. */
@Path("/history")
public class HistoryPage {
  private static final int ROWS = 25;

  private final AnalysisService service;
  private final Gate gate;
  private final Caller caller;
  private final Pages pages;

  @Inject
  public HistoryPage(AnalysisService service, Gate gate, Caller caller, Pages pages) {
    this.service = service;
    this.gate = gate;
    this.caller = caller;
    this.pages = pages;
  }

  /** Some of the account's analyses, newest first; an empty filter is none. */
  @GET
  @Page
  public Response show(
      @QueryParam("level") String level,
      @QueryParam("platform") String platform,
      @QueryParam("from") String from,
      @QueryParam("to") String to,
      @QueryParam("cursor") String cursor) {
    Optional<Response> stranger = gate.stranger(Scope.READ, "history", "");
    if (stranger.isPresent()) {
      return stranger.get();
    }
    Texts texts = pages.texts();
    AnalysisPage found =
        service.list(
            caller.accountId(),
            QueryValues.filter(given(from), given(to), given(level), given(platform)),
            given(cursor),
            ROWS);
    Map<String, String> query = new LinkedHashMap<>();
    query.put("level", level);
    query.put("platform", platform);
    query.put("from", from);
    query.put("to", to);
    query.put("cursor", found.nextCursor());
    HistoryView view =
        new HistoryView(
            found.items().stream().map(item -> row(item, texts)).toList(),
            found.nextCursor() == null ? null : query(query),
            Arrays.stream(Verdict.Level.values())
                .map(l -> new HistoryView.LevelChoice(code(l), texts.of("level." + code(l))))
                .toList()
                .reversed(),
            requireNonNullElse(level, ""),
            requireNonNullElse(platform, ""),
            requireNonNullElse(from, ""),
            requireNonNullElse(to, ""));
    return pages.show(Templates.history(pages.chrome(texts.of("history.title"), true), view));
  }

  private static String given(String text) {
    return text == null || text.isBlank() ? null : text.strip();
  }

  private static String query(Map<String, String> values) {
    return values.entrySet().stream()
        .filter(value -> given(value.getValue()) != null)
        .map(
            value ->
                value.getKey() + "=" + URLEncoder.encode(value.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }

  private static HistoryView.Row row(AnalysisSummary item, Texts texts) {
    String level = item.level() == null ? "" : code(item.level());
    String title =
        !level.isEmpty()
            ? texts.of("level." + level + ".short")
            : texts.of(
                item.status() == AnalysisStatus.FAILED ? "level.failed.short" : "level.none.short");
    String input =
        item.input().url() != null
            ? item.input().url()
            : requireNonNullElse(item.input().fileName(), item.id());
    return new HistoryView.Row(
        item.id(),
        input.length() > 120 ? input.substring(0, 120) + "…" : input,
        level,
        title,
        requireNonNullElse(item.platform(), ""),
        texts.time(item.createdAt()));
  }

  private static String code(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
