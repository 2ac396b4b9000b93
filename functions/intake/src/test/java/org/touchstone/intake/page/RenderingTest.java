package org.touchstone.intake.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.qute.TemplateInstance;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.touchstone.domain.Analysis;
import org.touchstone.intake.Aws;
import org.touchstone.intake.page.OwnerView.FileLabel;
import org.touchstone.intake.page.OwnerView.SharedAddress;

/**
 * The pages as HTML. They are written to {@code target/pages}, so that a person can look at them in
 * a browser.
 */
@QuarkusTest
@QuarkusTestResource(Aws.class)
class RenderingTest {
  private static final Path PAGES = Path.of("target/pages");
  private static final int MAX_PAGE_BYTES = 60_000;
  private static final List<String> ATTRIBUTES_WITH_ADDRESSES =
      List.of("href", "src", "action", "content", "data-address");

  static List<String> languages() {
    return Texts.LANGUAGES;
  }

  private static Chrome chrome(Texts texts, String title, boolean signedIn) {
    return new Chrome(
        texts,
        title,
        "./",
        "csrf",
        signedIn,
        signedIn,
        "history",
        Texts.all(),
        Assets.names(),
        true);
  }

  private static ResultView view(Texts texts, Analysis analysis, boolean shared, boolean media) {
    String line = Waveforms.draw(peaks().getBytes(java.nio.charset.StandardCharsets.UTF_8));
    return new ResultViews(
            texts,
            analysis,
            shared ? "a/" + "s".repeat(26) : "analyses/" + analysis.id(),
            shared,
            media,
            analysis.media().stream()
                .filter(item -> item.modality() != org.touchstone.domain.Modality.IMAGE)
                .collect(java.util.stream.Collectors.toMap(item -> item.id(), item -> line)))
        .view();
  }

  private static String peaks() {
    StringBuilder json = new StringBuilder("{\"secondsPerPeak\":0.05,\"peaks\":[");
    for (int i = 0; i < 600; i++) {
      json.append(i == 0 ? "" : ",")
          .append((int) (Math.abs(Math.sin(i / 23.0) * Math.sin(i / 3.0)) * 120));
    }
    return json.append("]}").toString();
  }

  private static TemplateInstance result(Texts texts, Analysis analysis) {
    ResultView view = view(texts, analysis, false, true);
    OwnerView owner =
        new OwnerView(
            true,
            "once",
            List.of(
                new SharedAddress("s".repeat(26), "a/" + "s".repeat(26), true, null, false),
                new SharedAddress("t".repeat(26), "a/" + "t".repeat(26), false, null, true)),
            false,
            analysis.media().stream()
                .map(item -> new FileLabel(item.sha256(), item.modality().code(), null))
                .toList());
    return Templates.result(chrome(texts, ResultPages.title(view, texts), true), view, owner);
  }

  private static TemplateInstance shared(Texts texts, Analysis analysis, boolean media) {
    ResultView view = view(texts, analysis, true, media);
    return Templates.result(chrome(texts, ResultPages.title(view, texts), false), view, null);
  }

  /** All pages in a language, by name. */
  private static Map<String, String> pages(Texts texts) {
    Map<String, TemplateInstance> pages = new LinkedHashMap<>();
    Scenes.all().forEach((name, scene) -> pages.put("result-" + name, result(texts, scene)));
    Analysis high = Scenes.all().get("high");
    pages.put("shared", shared(texts, high, false));
    pages.put("shared-media", shared(texts, high, true));
    pages.put(
        "home",
        Templates.home(
            chrome(texts, texts.of("home.title"), true), new HomeView("", "once", null)));
    pages.put(
        "home-refused",
        Templates.home(
            chrome(texts, texts.of("home.title"), true),
            new HomeView(
                "ftp://example.org",
                "once",
                texts
                    .find("problem.link.invalid")
                    .orElse("This is not a web address that can be followed."))));
    pages.put(
        "home-stranger",
        Templates.home(
            chrome(texts, texts.of("home.title"), false), new HomeView("", "once", null)));
    pages.put(
        "sign-in",
        Templates.signin(
            chrome(texts, texts.of("sign-in.title"), false), new SignInView("", null, true, null)));
    pages.put(
        "sign-in-refused",
        Templates.signin(
            chrome(texts, texts.of("sign-in.title"), false),
            new SignInView("", null, false, texts.of("problem.key"))));
    pages.put(
        "sign-in-link",
        Templates.signin(
            chrome(texts, texts.of("sign-in.title"), false),
            new SignInView("", "link", false, null)));
    pages.put(
        "problem",
        Templates.problem(
            chrome(texts, texts.of("problem.title"), false), texts.of("problem.share")));
    pages.put(
        "history",
        Templates.history(chrome(texts, texts.of("history.title"), true), history(texts, true)));
    pages.put(
        "history-empty",
        Templates.history(chrome(texts, texts.of("history.title"), true), history(texts, false)));
    pages.put(
        "labels",
        PeopleTemplates.labels(chrome(texts, texts.of("labels.title"), true), labels(texts)));
    pages.put(
        "sources",
        PeopleTemplates.sources(chrome(texts, texts.of("sources.title"), true), sources(texts)));
    pages.put(
        "account",
        PeopleTemplates.account(chrome(texts, texts.of("account.title"), true), account(texts)));
    Map<String, String> html = new LinkedHashMap<>();
    pages.forEach((name, page) -> html.put(name, page.render()));
    return html;
  }

  private static HistoryView history(Texts texts, boolean rows) {
    List<HistoryView.LevelChoice> levels =
        List.of(new HistoryView.LevelChoice("high", texts.of("level.high")));
    List<HistoryView.Row> some =
        List.of(
            new HistoryView.Row(
                Scenes.ID,
                "https://x.com/somebody/status/1",
                "high",
                texts.of("level.high.short"),
                "x",
                texts.time(Scenes.TIME)),
            new HistoryView.Row(
                Scenes.ID,
                "interview.mp3",
                "low",
                texts.of("level.low.short"),
                "upload",
                texts.time(Scenes.TIME)),
            new HistoryView.Row(
                Scenes.ID,
                "https://www.tiktok.com/@somebody/video/7301",
                "",
                texts.of("level.failed.short"),
                "tiktok",
                texts.time(Scenes.TIME)));
    return new HistoryView(
        rows ? some : List.of(), rows ? "cursor=x" : null, levels, rows ? "" : "high", "", "", "");
  }

  private static LabelsView labels(Texts texts) {
    return new LabelsView(
        List.of(
            new LabelsView.Row(
                "ab".repeat(32),
                texts.of("truth.manipulated"),
                "The photographer sent the original.",
                texts.time(Scenes.TIME)),
            new LabelsView.Row(
                "cd".repeat(32), texts.of("truth.authentic"), null, texts.time(Scenes.TIME))),
        "cursor=x",
        "account",
        true,
        true,
        "",
        null);
  }

  private static SourcesView sources(Texts texts) {
    return new SourcesView(
        List.of(
            new SourcesView.Row(
                "id",
                "x",
                "@citycouncil",
                texts.of("sources.by-handle"),
                "City Council",
                texts.time(Scenes.TIME))),
        null,
        "account",
        true,
        true,
        List.of("bluesky", "x"),
        SourcesView.Entered.NOTHING,
        null);
  }

  private static AccountView account(Texts texts) {
    return new AccountView(
        "default",
        "Newsroom",
        texts.time(Scenes.TIME),
        false,
        List.of(texts.of("account.may.analyse"), texts.of("account.may.label")),
        List.of(
            new AccountView.Key(
                "k1",
                "desk",
                texts.of("account.may.read"),
                texts.time(Scenes.TIME),
                texts.of("account.keys.never"),
                texts.of("account.keys.valid"))));
  }

  private static void each(Texts texts, Function<Document, Iterable<?>> check) throws IOException {
    Path folder = PAGES.resolve(texts.language());
    Files.createDirectories(folder.resolve("assets"));
    for (String asset : List.of(Assets.names().css(), Assets.names().js(), Assets.names().icon())) {
      Files.write(
          folder.resolve("assets").resolve(asset), Assets.find(asset).orElseThrow().bytes());
    }
    for (Map.Entry<String, String> page : pages(texts).entrySet()) {
      Files.writeString(folder.resolve(page.getKey() + ".html"), page.getValue());
      assertThat(check.apply(Jsoup.parse(page.getValue()))).as(page.getKey()).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("languages")
  void noPageNeedsAnythingThatItsPolicyForbids(String language) throws IOException {
    each(
        Texts.in(language),
        page ->
            page
                .select("script:not([src]), style, [style], base, iframe, object, [onclick]")
                .stream()
                .map(Element::outerHtml)
                .toList());
  }

  @ParameterizedTest
  @MethodSource("languages")
  void allAddressesOfOurOwnAreRelative(String language) throws IOException {
    each(
        Texts.in(language),
        page ->
            page.getAllElements().stream()
                .filter(
                    element -> !element.hasAttr("rel") || !element.attr("rel").contains("nofollow"))
                .flatMap(
                    element ->
                        ATTRIBUTES_WITH_ADDRESSES.stream()
                            .filter(
                                name ->
                                    element.attr(name).startsWith("/")
                                        || element.attr(name).startsWith("http"))
                            .map(name -> element.outerHtml()))
                .toList());
  }

  @ParameterizedTest
  @MethodSource("languages")
  void everyFieldPictureAndPageHasAName(String language) throws IOException {
    each(
        Texts.in(language),
        page -> {
          List<String> nameless =
              new java.util.ArrayList<>(
                  page
                      .select(
                          "input:not([type=hidden]):not([type=checkbox]):not([type=radio]), select, textarea")
                      .stream()
                      .filter(field -> page.select("label[for=" + field.id() + "]").isEmpty())
                      .map(Element::outerHtml)
                      .toList());
          page.select("img:not([alt]), html:not([lang]), button:empty, a:empty")
              .forEach(element -> nameless.add(element.outerHtml()));
          if (page.select("h1").size() != 1 || page.title().isBlank()) {
            nameless.add("headings: " + page.select("h1"));
          }
          List<String> ids = page.select("[id]").eachAttr("id");
          ids.stream().filter(id -> ids.indexOf(id) != ids.lastIndexOf(id)).forEach(nameless::add);
          return nameless;
        });
  }

  @ParameterizedTest
  @MethodSource("languages")
  void aPageIsLight(String language) {
    int assets =
        List.of(Assets.names().css(), Assets.names().js(), Assets.names().icon()).stream()
            .mapToInt(name -> Assets.find(name).orElseThrow().bytes().length)
            .sum();

    pages(Texts.in(language))
        .forEach(
            (name, html) ->
                assertThat(assets + html.getBytes(java.nio.charset.StandardCharsets.UTF_8).length)
                    .as(name)
                    .isLessThan(MAX_PAGE_BYTES));
  }

  @ParameterizedTest
  @MethodSource("languages")
  void theFirstThingSaidOfAResultIsASentenceToQuoteAndWhatItDoesNotMean(String language) {
    Texts texts = Texts.in(language);
    Document page = Jsoup.parse(result(texts, Scenes.all().get("high")).render());

    Element verdict = page.selectFirst("main > *");
    assertThat(verdict.selectFirst("h1").text()).isEqualTo(texts.of("level.high"));
    assertThat(verdict.selectFirst(".quote").text())
        .isEqualTo(texts.with("quote.high", texts.of("what.image")));
    assertThat(spaced(verdict.text()))
        .contains(texts.of("caution.high"), spaced(texts.percent(0.94)));
    assertThat(verdict.text())
        .contains(texts.find("verdict.file-says-so").orElse("The file says of itself"));
  }

  private static String spaced(String text) {
    return text.replaceAll("[\\u00a0\\u202f]", " ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "</title></script><script>alert(1)</script><img src=x onerror=alert(1)>",
        "\" onfocus=alert(1) autofocus x=\"",
        "' onfocus='alert(1)",
        "{{constructor}} {page.csrf} {#include x/}",
        "\u202eabc\u2066\u2069 \u0627\u0644"
      })
  void textOfOthersIsOnlyText(String text) {
    Analysis analysis = Scenes.hostile(text);

    for (Texts texts : Texts.all()) {
      for (TemplateInstance template :
          List.of(result(texts, analysis), shared(texts, analysis, true))) {
        Document page = Jsoup.parse(template.render());
        assertThat(page.select("script").size()).isEqualTo(1);
        assertThat(page.select("[onerror], [onfocus], img[src=x], [x]")).isEmpty();
        assertThat(page.select("a[href^=javascript]")).isEmpty();
        assertThat(page.select("blockquote bdi").first().wholeText()).isEqualTo(text);
      }
    }
  }

  @Test
  void aLongTextIsCut() {
    String html = result(Texts.in("en"), Scenes.hostile("x".repeat(100_000))).render();

    assertThat(html.length()).isLessThan(150_000);
  }

  @Test
  void aSharedResultHasNoFormAndShowsTheMediaOnlyWhenTheyAreShared() {
    Analysis high = Scenes.all().get("high");

    Document without = Jsoup.parse(shared(Texts.in("en"), high, false).render());
    assertThat(without.select("form")).isEmpty();
    assertThat(without.select("main img, main video, main audio")).isEmpty();
    assertThat(without.text()).contains(Texts.in("en").of("evidence.hidden"));

    Document with = Jsoup.parse(shared(Texts.in("en"), high, true).render());
    assertThat(with.select("main img"))
        .isNotEmpty()
        .allSatisfy(img -> assertThat(img.closest("details")).as(img.outerHtml()).isNotNull());
    assertThat(with.select("main details[open] img")).isEmpty();
  }
}
