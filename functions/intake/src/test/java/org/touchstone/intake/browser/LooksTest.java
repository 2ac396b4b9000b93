package org.touchstone.intake.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.touchstone.intake.browser.Stage.text;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.touchstone.intake.Aws;
import org.touchstone.intake.page.Texts;

/** How the pages look: in every state, width and language, in the dark and on paper. */
@QuarkusTest
@QuarkusTestResource(Aws.class)
class LooksTest {
  /** A phone, a small phone, and a wide screen. */
  private static final List<Integer> WIDTHS = List.of(390, 320, 1440);

  private static final int HEIGHT = 844;

  private static Chromium chromium;

  @TempDir static Path folder;

  @Inject Stage stage;

  @BeforeAll
  static void open() {
    chromium = Chromium.start();
  }

  @AfterAll
  static void close() {
    if (chromium != null) {
      chromium.close();
    }
  }

  static Map<String, String> states(Scene scene) {
    Map<String, String> states = new LinkedHashMap<>();
    states.put("high", scene.high());
    states.put("high-video", scene.highVideo());
    states.put("uncertain", scene.uncertain());
    states.put("low", scene.low());
    states.put("insufficient", scene.insufficient());
    states.put("trusted", scene.trusted());
    states.put("failed", scene.failed());
    states.put("partial", scene.partial());
    states.put("progress", scene.progress());
    states.put("queued", scene.queued());
    states.replaceAll((state, id) -> "/analyses/" + id);
    states.put("home", "/");
    states.put("sign-in", "/signin");
    states.put("history", "/history");
    states.put("nothing", "/nothing-here");
    states.put("docs", "/docs");
    return states;
  }

  @Test
  void everyPageFitsAndIsAccessible() {
    Stage.Member member = stage.member("Looks");
    Map<String, String> states = states(stage.scene(member, folder));
    try (Visit visit =
        Stage.of(member, chromium, c -> c.setViewportSize(WIDTHS.getFirst(), HEIGHT))) {
      states.forEach(
          (state, path) -> {
            visit.to(path);
            for (int width : WIDTHS) {
              visit.page().setViewportSize(width, HEIGHT);
              visit.fits();
              visit.showsItsTextsWhole();
            }
            visit.isAccessible();
            visit.prefers(ColorScheme.DARK);
            visit.hasContrast();
            visit.prefers(ColorScheme.LIGHT);
          });
      // No page has to be mirrored yet; one that is must fit as well.
      visit.to(states.get("high"));
      visit.page().evaluate("document.documentElement.dir = 'rtl'");
      visit.page().setViewportSize(WIDTHS.getFirst(), HEIGHT);
      visit.fits();
      visit.wasQuiet();
    }
  }

  @Test
  void everyLanguageHasEveryTextAndNoneIsCut() {
    Stage.Member member = stage.member("Languages");
    Map<String, String> states = states(stage.scene(member, folder));
    states.remove("docs");
    try (Visit visit = Stage.of(member, chromium, c -> c.setViewportSize(WIDTHS.get(1), HEIGHT))) {
      for (Texts texts : Texts.all()) {
        states.forEach(
            (state, path) -> {
              visit.to(path + "?lang=" + texts.language());
              assertThat(visit.page().locator("html")).hasAttribute("lang", texts.language());
              assertThat(visit.text())
                  .as("%s in %s", state, texts.language())
                  .doesNotContainPattern("\\{\\d}|(level|quote|why|evidence|reason|nav)\\.[a-z]+");
              visit.fits();
              visit.showsItsTextsWhole();
            });
        visit.to(states.get("high"));
        assertThat(visit.page().locator(".verdict h1")).hasText(texts.of("level.high"));
      }
      visit.wasQuiet();
    }
  }

  @Test
  void aResultIsPrintedAsAReport() {
    Stage.Member member = stage.member("Print");
    String id = stage.scene(member, folder).high();
    try (Visit visit = Stage.of(member, chromium, any -> {})) {
      visit.to("/analyses/" + id);
      visit.prints();
      Page page = visit.page();
      assertThat(page.locator("main form:visible, header nav:visible")).hasCount(0);
      assertThat(page.locator(".verdict h1")).isVisible();
      assertThat(page.locator("main")).containsText(id);
      assertThat(visit.text()).contains("SHA-256");
      assertThat(pages(page.pdf())).isBetween(1, 3);
      visit.wasQuiet();
    }
  }

  /** Counts the pages of a PDF, as Chromium writes them. */
  private static int pages(byte[] pdf) {
    String text = new String(pdf, StandardCharsets.ISO_8859_1);
    return text.split("/Type\\s*/Page[^s]", -1).length - 1;
  }

  @Test
  void hostileTextsAreText() {
    Stage.Member member = stage.member("Hostile");
    String id = stage.scene(member, folder).hostile();
    try (Visit visit =
        Stage.of(member, chromium, c -> c.setViewportSize(WIDTHS.getFirst(), HEIGHT))) {
      for (String path : List.of("/analyses/" + id, "/history")) {
        visit.to(path);
        assertThat(visit.page().evaluate("window.hurt")).isNull();
        assertThat(visit.page().locator("#hurt, img[src=x]")).hasCount(0);
        visit.fits();
      }
      visit.to("/analyses/" + id);
      assertThat(visit.text()).contains("<b id=hurt>").contains("{inject:cdi}{{7*7}}");
      assertThat(visit.page().locator("a[href^=javascript]")).hasCount(0);
      // Marks that turn the direction around end with the text that has them.
      assertThat(
              (List<?>)
                  visit
                      .page()
                      .evaluate(
                          """
                          () => [...document.querySelectorAll('main *')]
                            .filter(e => [...e.childNodes].some(n => n.nodeType === 3
                              && /[\\u202A-\\u202E\\u2066-\\u2069]/.test(n.textContent)))
                            .filter(e => !e.closest('bdi, [dir=auto]'))
                            .map(e => e.outerHTML.slice(0, 80))
                          """))
          .isEmpty();
      assertThat(visit.page().content().length()).isLessThan(Scene.Hostile.bytes());
      visit.wasQuiet();
    }
  }

  @Test
  void aResultCanBeReadWithoutScripts() {
    Stage.Member member = stage.member("No script");
    Scene scene = stage.scene(member, folder);
    String id = scene.high();
    String running = scene.progress();
    try (Visit visit = Stage.of(member, chromium, c -> c.setJavaScriptEnabled(false))) {
      visit.to("/analyses/" + id);
      assertThat(visit.page().locator(".verdict h1")).hasText(text("level.high"));
      visit.to("/analyses/" + running);
      assertThat(visit.page().locator("meta[http-equiv=refresh]")).hasCount(1);
    }
  }
}
