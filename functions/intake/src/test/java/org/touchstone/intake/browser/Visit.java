package org.touchstone.intake.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Media;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A person's browser with cookies of its own. Requests that would leave this machine are stopped
 * and remembered, and so is what the page complains of, such as violations of its policy.
 */
final class Visit implements AutoCloseable {
  private static final Set<String> SERIOUS = Set.of("serious", "critical");
  private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");
  private static final double PATIENCE = 15_000;

  private final BrowserContext context;
  private final Page page;
  private final URI site;
  private final List<String> complaints = new ArrayList<>();
  private final List<String> leaving = new ArrayList<>();
  private final List<String> requests = new ArrayList<>();

  private Visit(BrowserContext context, URI site) {
    this.context = context;
    this.site = site;
    context.setDefaultTimeout(PATIENCE);
    context.route("**/*", this::stay);
    this.page = context.newPage();
    page.onConsoleMessage(this::heard);
    page.onPageError(complaints::add);
  }

  /**
   * Opens a browser.
   *
   * @param settings changes to its settings, such as the size of the window
   */
  static Visit open(Chromium chromium, URI site, Consumer<Browser.NewContextOptions> settings) {
    Browser.NewContextOptions options = new Browser.NewContextOptions().setLocale("en-GB");
    settings.accept(options);
    return new Visit(chromium.browser().newContext(options), site);
  }

  private void stay(Route route) {
    String address = route.request().url();
    if (isHere(address)) {
      requests.add(route.request().method() + " " + address);
      route.resume();
    } else {
      leaving.add(address);
      route.abort();
    }
  }

  private static boolean isHere(String address) {
    URI uri = URI.create(address);
    return Set.of("data", "blob", "about").contains(uri.getScheme())
        || THIS_MACHINE.contains(uri.getHost());
  }

  private void heard(ConsoleMessage message) {
    // Statuses such as 404 are asked for by tests; the pages' own faults are not.
    if (message.type().equals("error") && !message.text().startsWith("Failed to load resource")) {
      complaints.add(message.text());
    }
  }

  Page page() {
    return page;
  }

  BrowserContext context() {
    return context;
  }

  /** The requests so far, as {@code GET http://…}. */
  List<String> requests() {
    return requests;
  }

  /** Goes to a page of the site. */
  Response to(String path) {
    return page.navigate(site.resolve(path).toString());
  }

  void prefers(ColorScheme scheme) {
    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
  }

  void prints() {
    page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
  }

  /** The page has nothing that axe-core calls serious or worse. */
  void isAccessible() {
    List<String> findings =
        new AxeBuilder(page)
                .withTags(List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"))
                .setLegacyMode(true)
                .analyze()
                .getViolations()
                .stream()
                .filter(rule -> SERIOUS.contains(rule.getImpact()))
                .map(
                    rule ->
                        rule.getId()
                            + ": "
                            + rule.getNodes().stream()
                                .map(node -> node.getHtml() + " " + node.getFailureSummary())
                                .toList())
                .toList();
    assertThat(findings).as("accessibility of " + page.url()).isEmpty();
  }

  /** All texts stand out from what is behind them, in the colours that are preferred now. */
  void hasContrast() {
    List<String> findings =
        new AxeBuilder(page)
                .withRules(List.of("color-contrast"))
                .setLegacyMode(true)
                .analyze()
                .getViolations()
                .stream()
                .flatMap(rule -> rule.getNodes().stream())
                .map(node -> node.getHtml() + " " + node.getFailureSummary())
                .toList();
    assertThat(findings).as("contrast of " + page.url()).isEmpty();
  }

  /** Nothing is wider than the window. */
  void fits() {
    Object tooWide =
        page.evaluate(
            """
            () => {
              const width = document.documentElement.clientWidth;
              if (document.documentElement.scrollWidth <= width) return [];
              return [...document.querySelectorAll('body *')]
                .filter(e => e.getBoundingClientRect().right > width + 1)
                .slice(0, 5)
                .map(e => e.tagName + '.' + e.className + ' ' + e.textContent.slice(0, 60));
            }
            """);
    assertThat((List<?>) tooWide).as("wider than the window on %s", page.url()).isEmpty();
  }

  /** No text is cut off by its box. */
  void showsItsTextsWhole() {
    Object clipped =
        page.evaluate(
            """
            () => [...document.querySelectorAll('body *')]
              .filter(e => e.checkVisibility() && !e.closest('[data-may-scroll], pre, .visually-hidden')
                && [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim()))
              .filter(e => {
                const style = getComputedStyle(e);
                const cutsX = !['visible'].includes(style.overflowX) && e.scrollWidth > e.clientWidth + 1;
                const cutsY = style.overflowY === 'hidden' && e.scrollHeight > e.clientHeight + 2;
                return cutsX || cutsY;
              })
              .slice(0, 5)
              .map(e => e.tagName + '.' + e.className + ' ' + e.textContent.slice(0, 60))
            """);
    assertThat((List<?>) clipped).as("cut off on %s", page.url()).isEmpty();
  }

  /** Nothing left this machine, and the page had nothing to complain of. */
  void wasQuiet() {
    assertThat(leaving).as("requests to other hosts").isEmpty();
    assertThat(complaints).as("what the pages complained of").isEmpty();
  }

  /** The page's text as it is seen. */
  String text() {
    return page.locator("body").innerText();
  }

  @Override
  public void close() {
    context.close();
  }
}
