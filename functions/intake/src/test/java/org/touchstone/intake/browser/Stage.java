package org.touchstone.intake.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Set;
import java.util.function.Consumer;
import org.touchstone.domain.account.Scope;
import org.touchstone.intake.page.Texts;
import org.touchstone.storage.AccountStore;
import org.touchstone.storage.AnalysisStore;
import org.touchstone.storage.KeyStore;
import org.touchstone.storage.ObjectStore;
import org.touchstone.storage.SourceStore;

/** The application under test as people meet it: accounts, their scenes, and browsers. */
@Singleton
class Stage {
  private static final Texts ENGLISH = Texts.in("en");

  private final AccountStore accounts;
  private final KeyStore keys;
  private final AnalysisStore analyses;
  private final ObjectStore objects;
  private final SourceStore sources;

  @Inject
  Stage(
      AccountStore accounts,
      KeyStore keys,
      AnalysisStore analyses,
      ObjectStore objects,
      SourceStore sources) {
    this.accounts = accounts;
    this.keys = keys;
    this.analyses = analyses;
    this.objects = objects;
    this.sources = sources;
  }

  /**
   * An account with a key.
   *
   * @param key the key's text
   */
  record Member(String account, String key) {}

  Member member(String name) {
    String account = accounts.create(name, Instant.now(), new SecureRandom()).id();
    String key =
        keys.create(account, "browser", Set.of(Scope.ANALYSE, Scope.LABEL), Instant.now(), null)
            .text()
            .reveal();
    return new Member(account, key);
  }

  Scene scene(Member member, Path folder) {
    return new Scene(member.account(), analyses, objects, sources, folder);
  }

  static URI site() {
    return URI.create("http://localhost:" + RestAssured.port);
  }

  /** A browser of a stranger. */
  static Visit stranger(Chromium chromium, Consumer<Browser.NewContextOptions> settings) {
    return Visit.open(chromium, site(), settings);
  }

  /** A browser in which a member has signed in. */
  static Visit of(Member member, Chromium chromium, Consumer<Browser.NewContextOptions> settings) {
    Visit visit = stranger(chromium, settings);
    visit.to("/signin?lang=en");
    signIn(visit.page(), member.key());
    visit.page().waitForURL(url -> !url.contains("signin"));
    return visit;
  }

  static void signIn(Page page, String key) {
    page.getByLabel(text("sign-in.key"), new Page.GetByLabelOptions().setExact(true)).fill(key);
    page.locator("main").getByRole(AriaRole.BUTTON).click();
  }

  /** The button of a page's content with this text. */
  static Locator button(Page page, String key) {
    return page.locator("main")
        .getByRole(
            AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(text(key)).setExact(true));
  }

  /** An English text of the pages. */
  static String text(String key) {
    return ENGLISH.of(key);
  }
}
