package org.touchstone.intake.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.touchstone.intake.browser.Stage.button;
import static org.touchstone.intake.browser.Stage.text;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.FilePayload;
import com.microsoft.playwright.options.FormData;
import com.microsoft.playwright.options.RequestOptions;
import com.microsoft.playwright.options.SameSiteAttribute;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.touchstone.intake.Aws;
import org.touchstone.storage.UploadStore;

/** What people do with the pages, in a browser. */
@QuarkusTest
@QuarkusTestResource(Aws.class)
class PagesTest {
  private static Chromium chromium;

  @TempDir Path folder;

  @Inject Stage stage;
  @Inject UploadStore uploads;

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

  @Test
  void aLinkBecomesAResultWithoutReloading() {
    Stage.Member member = stage.member("Paste");
    Scene scene = stage.scene(member, folder);
    try (Visit visit = Stage.of(member, chromium, any -> {})) {
      Page page = visit.page();
      page.getByLabel(text("home.link")).fill(Scene.POST);
      button(page, "home.check").click();
      assertThat(page.locator("h1")).hasText(text("progress.title"));
      String id = lastPart(page.url());
      page.evaluate("window.same = true");

      scene.detecting(id);
      assertThat(page.locator(".verdict .label")).hasText(text("preliminary.title"));
      assertThat(page.getByText(text("progress.detecting"))).isVisible();
      scene.end(id);
      assertThat(page.locator(".verdict h1")).hasText(text("level.high"));
      assertThat(page.locator(".verdict .label")).hasCount(0);
      assertThat(page.evaluate("window.same")).isEqualTo(true);

      visit.to("/history");
      assertThat(page.locator("main table a")).hasAttribute("href", "analyses/" + id);
      visit.wasQuiet();
    }
  }

  @Test
  void aFileIsSentToTheStoreByTheBrowser() {
    byte[] file = "not really a picture".getBytes(StandardCharsets.UTF_8);
    Stage.Member member = stage.member("Upload");
    try (Visit visit = Stage.of(member, chromium, any -> {})) {
      Page page = visit.page();
      page.locator("input[type=file]")
          .setInputFiles(new FilePayload("proof <b>1</b>.png", "image/png", file));
      page.waitForURL("**/analyses/*");
      assertThat(page.locator("h1")).hasText(text("progress.title"));

      String sent =
          visit.requests().stream().filter(r -> r.startsWith("PUT ")).findFirst().orElseThrow();
      String uploadId = sent.replaceAll(".*/uploads/([^?]+).*", "$1");
      assertThat(uploads.head(uploadId).orElseThrow().bytes()).isEqualTo(file.length);
      visit.to("/history");
      assertThat(page.locator("main table")).containsText("proof <b>1</b>.png");
      visit.wasQuiet();
    }
  }

  @Test
  void aFileThatIsTooLargeIsRefusedInWords() {
    try (Visit visit = Stage.of(stage.member("Large"), chromium, any -> {})) {
      visit
          .page()
          .locator("input[type=file]")
          .setInputFiles(new FilePayload("large.png", "image/png", new byte[2_000]));
      assertThat(visit.page().locator("form.drop [role=status]")).not().isEmpty();
      assertThat(visit.page().url()).doesNotContain("/analyses/");
    }
  }

  @Test
  void sharedResultIsSeenByStrangersUntilItIsRevoked() {
    Stage.Member member = stage.member("Share");
    String id = stage.scene(member, folder).highVideo();
    try (Visit owner = Stage.of(member, chromium, any -> {});
        Visit other = Stage.of(stage.member("Other"), chromium, any -> {});
        Visit stranger = Stage.stranger(chromium, any -> {})) {
      seesNothing(stranger, other, id);
      owner.to("/analyses/" + id);
      button(owner.page(), "share.submit").click();
      String address = owner.page().locator("input[data-address]").inputValue();
      assertThat(address).startsWith(Stage.site() + "/a/").doesNotContain(id);

      Response shown = stranger.page().navigate(address);
      assertThat(shown.status()).isEqualTo(200);
      assertThat(shown.headers().get("x-robots-tag") + stranger.page().content())
          .contains("noindex");
      assertThat(stranger.page().locator(".verdict h1")).hasText(text("level.high"));
      String html = stranger.page().content();
      assertThat(html).doesNotContain(id, member.account(), member.key());
      assertThat(stranger.page().locator("main video, main img")).hasCount(0);
      assertThat(stranger.page().locator("main form")).hasCount(0);
      assertThat(other.page().navigate(address).status()).isEqualTo(200);

      button(owner.page(), "share.revoke").click();
      assertThat(owner.page().locator("main")).containsText(text("share.ended"));
      assertThat(stranger.page().navigate(address).status()).isEqualTo(404);
      assertThat(stranger.page().locator("main")).containsText(text("problem.share"));
      assertThat(stranger.page().navigate(address + "/analysis").status()).isEqualTo(404);
      seesNothing(stranger, other, id);
      List.of(owner, other, stranger).forEach(Visit::wasQuiet);
    }
  }

  private static void seesNothing(Visit stranger, Visit other, String id) {
    stranger.to("/analyses/" + id);
    assertThat(stranger.page().url()).contains("/signin");
    stranger.to("/history");
    assertThat(stranger.page().url()).contains("/signin");
    assertThat(stranger.page().locator(".verdict")).hasCount(0);
    assertThat(other.to("/analyses/" + id).status()).isEqualTo(404);
    assertThat(other.page().locator("main")).containsText(text("problem.not-found"));
    for (String part : List.of("", "/share", "/delete", "/opinion")) {
      APIResponse answer =
          stranger.context().request().get(Stage.site() + "/v1/analyses/" + id + part, options());
      assertThat(answer.status()).isGreaterThanOrEqualTo(400);
    }
  }

  @Test
  void aKeySignsInOnceAndFormsOfOthersAreRefused() {
    Stage.Member member = stage.member("Sign in");
    String id = stage.scene(member, folder).low();
    try (Visit visit = Stage.stranger(chromium, any -> {})) {
      Page page = visit.page();
      visit.to("/");
      assertThat(page.locator("main")).containsText(text("home.stranger"));
      visit.to("/analyses/" + id);
      Stage.signIn(page, "tsk_wrong");
      assertThat(page.getByRole(AriaRole.ALERT)).hasText(text("problem.key"));
      Stage.signIn(page, member.key());
      assertThat(page.locator(".verdict h1")).hasText(text("level.low"));

      Cookie cookie =
          visit.context().cookies().stream()
              .filter(c -> c.name.equals("touchstone"))
              .findFirst()
              .orElseThrow();
      assertThat(cookie.httpOnly).isTrue();
      assertThat(cookie.sameSite).isEqualTo(SameSiteAttribute.LAX);
      assertThat(cookie.value).doesNotContain(member.key());
      assertThat(page.content()).doesNotContain(cookie.value, member.key());

      String analysis = Stage.site() + "/analyses/" + id;
      for (String csrf : List.of("", "wrong")) {
        APIResponse refused =
            visit
                .context()
                .request()
                .post(analysis + "/delete", options().setForm(FormData.create().set("csrf", csrf)));
        assertThat(refused.status()).as("csrf " + csrf).isEqualTo(403);
      }
      APIResponse unsafe =
          visit.context().request().delete(Stage.site() + "/v1/analyses/" + id, options());
      assertThat(unsafe.status()).isEqualTo(403);
      assertThat(visit.to("/analyses/" + id).status()).isEqualTo(200);

      page.locator("header").getByRole(AriaRole.BUTTON).click();
      assertThat(page.locator("main")).containsText(text("home.stranger"));
      visit.context().addCookies(List.of(again(cookie)));
      visit.to("/history");
      assertThat(page.url()).contains("/signin");
    }
  }

  /** A cookie that somebody kept. */
  private static Cookie again(Cookie cookie) {
    return new Cookie(cookie.name, cookie.value).setUrl(Stage.site().toString());
  }

  private static RequestOptions options() {
    return RequestOptions.create().setMaxRedirects(0).setFailOnStatusCode(false);
  }

  @Test
  void everythingCanBeDoneWithAKeyboard() {
    Stage.Member member = stage.member("Keyboard");
    try (Visit visit = Stage.stranger(chromium, any -> {})) {
      Page page = visit.page();
      visit.to("/signin");
      // The field of the key has the focus.
      page.keyboard().type(member.key());
      page.keyboard().press("Enter");
      page.waitForURL(url -> !url.contains("signin"));
      page.keyboard().type(Scene.POST);
      page.keyboard().press("Enter");
      page.waitForURL("**/analyses/*");

      String id = stage.scene(member, folder).high();
      visit.to("/analyses/" + id);
      page.keyboard().press("Tab");
      assertThat(focused(page)).isEqualTo(text("nav.skip"));
      page.keyboard().press("Enter");
      for (int i = 0; i < 40 && !focused(page).equals(text("share.submit")); i++) {
        page.keyboard().press("Tab");
        assertThat((Boolean) page.evaluate("document.activeElement.matches(':focus-visible')"))
            .as("the focus is seen on " + focused(page))
            .isTrue();
      }
      page.keyboard().press("Enter");
      assertThat(page.locator("input[data-address]")).hasCount(1);
      visit.wasQuiet();
    }
  }

  private static String focused(Page page) {
    return (String) page.evaluate("document.activeElement.textContent.trim()");
  }

  private static String lastPart(String url) {
    return url.substring(url.lastIndexOf('/') + 1);
  }
}
