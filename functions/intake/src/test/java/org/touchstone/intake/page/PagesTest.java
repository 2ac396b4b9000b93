package org.touchstone.intake.page;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.touchstone.domain.AnalysisOutcome;
import org.touchstone.domain.MediaItem;
import org.touchstone.domain.MediaSource;
import org.touchstone.domain.Modality;
import org.touchstone.domain.PostContext;
import org.touchstone.domain.ResolvedMedia;
import org.touchstone.domain.Verdict;
import org.touchstone.domain.account.Scope;
import org.touchstone.intake.Aws;
import org.touchstone.storage.AnalysisStore;
import org.touchstone.storage.KeyStore;
import org.touchstone.storage.SessionStore;

/** Pages as a browser without scripts has them. */
@QuarkusTest
@QuarkusTestResource(Aws.class)
class PagesTest {
  private static final Pattern CSRF = Pattern.compile("data-csrf=\"([^\"]*)\"");
  private static final String COOKIE = "touchstone";
  private static final String HOSTILE = "<script>alert(1)</script>\u202Egnp.\"'&";

  @Inject AnalysisStore analyses;
  @Inject KeyStore keys;
  @Inject SessionStore sessions;

  private String account;
  private KeyStore.NewKey key;
  private String session;

  @BeforeEach
  void signIn() {
    account = "a" + UUID.randomUUID().toString().replace("-", "");
    key = keys.create(account, "test", Set.of(Scope.ANALYSE, Scope.READ), Instant.now(), null);
    session = sessions.create(account, key.key().id(), Instant.now());
  }

  private RequestSpecification browser() {
    return stranger().cookie(COOKIE, session);
  }

  private static RequestSpecification stranger() {
    return given().redirects().follow(false).accept("text/html,application/xhtml+xml;q=0.9");
  }

  private String csrf() {
    Matcher matcher = CSRF.matcher(browser().get("/").asString());
    assertThat(matcher.find()).isTrue();
    return matcher.group(1);
  }

  private String analysis() {
    String location =
        browser()
            .contentType(ContentType.URLENC)
            .formParam("csrf", csrf())
            .formParam("once", UUID.randomUUID().toString())
            .formParam("url", "https://example.org/photo.jpg")
            .post("/analyses")
            .then()
            .statusCode(303)
            .extract()
            .header("Location");
    assertThat(location).startsWith("analyses/");
    return location.substring("analyses/".length());
  }

  private String judged(Verdict.Level level) {
    String id = analysis();
    MediaItem item =
        MediaItem.of(Modality.IMAGE, "cd".repeat(32), "image/jpeg", 3)
            .withSource(
                new MediaSource(
                    "x",
                    "https://x.com/a/status/1",
                    HOSTILE,
                    null,
                    0,
                    new PostContext(null, HOSTILE, "en", null)));
    analyses.saveMedia(id, new ResolvedMedia(List.of(item), List.of(), Instant.now()));
    Verdict verdict =
        new Verdict(
            level,
            0.93,
            "pooled-1",
            List.of(),
            List.of(),
            List.of(new Verdict.MediaVerdict(item.id(), level, 0.93, List.of())));
    analyses.saveOutcome(id, new AnalysisOutcome(verdict, null, Instant.now()));
    return id;
  }

  @Test
  void aStrangerIsAskedToSignIn() {
    stranger().get("/").then().statusCode(200).body(containsString("Sign in"));
    stranger()
        .get("/analyses/00000000000000000000000000")
        .then()
        .statusCode(303)
        .header("Location", "../signin?next=analyses/00000000000000000000000000");
    stranger().get("/history").then().statusCode(303).header("Location", "signin?next=history");
  }

  @Test
  void aKeyBeginsASessionThatScriptsCannotRead() {
    Response response =
        stranger()
            .contentType(ContentType.URLENC)
            .formParam("key", key.text().reveal())
            .formParam("next", "history")
            .post("/signin");

    response.then().statusCode(303).header("Location", "history");
    assertThat(response.getHeader("Set-Cookie"))
        .contains("touchstone=", "HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=43200");
    stranger()
        .cookie(COOKIE, response.getCookie(COOKIE))
        .get("/history")
        .then()
        .statusCode(200)
        .body(containsString("Your analyses"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://evil.example", "//evil.example", "/\\evil.example", "a:b"})
  void nobodyIsLedToAnotherSite(String next) {
    stranger()
        .contentType(ContentType.URLENC)
        .formParam("key", key.text().reveal())
        .formParam("next", next)
        .post("/signin")
        .then()
        .statusCode(303)
        .header("Location", ".");
  }

  @Test
  void aFormOfAnotherSiteSignsNobodyIn() {
    stranger()
        .header("Sec-Fetch-Site", "cross-site")
        .contentType(ContentType.URLENC)
        .formParam("key", key.text().reveal())
        .post("/signin")
        .then()
        .statusCode(403)
        .header("Set-Cookie", (String) null);
  }

  @Test
  void aWrongKeyIsExplained() {
    stranger()
        .contentType(ContentType.URLENC)
        .formParam("key", "tsk_nothing")
        .post("/signin")
        .then()
        .statusCode(401)
        .body(containsString("This is not a valid API key"))
        .body(not(containsString("tsk_nothing")));
  }

  @Test
  void aLinkSignsInOnceAndNotByBeingLookedAt() {
    String link = sessions.createLink(account, key.key().id(), Instant.now());
    stranger().get("/signin/" + link).then().statusCode(200);
    stranger().get("/signin/" + link).then().statusCode(200);

    RequestSpecification form = stranger().contentType(ContentType.URLENC);
    form.post("/signin/" + link).then().statusCode(303).header("Location", "../");
    form.post("/signin/" + link).then().statusCode(410);
  }

  @Test
  void aSessionEndsWithItsKeyAndBySigningOut() {
    browser()
        .contentType(ContentType.URLENC)
        .formParam("csrf", csrf())
        .post("/signout")
        .then()
        .statusCode(303);
    browser().get("/history").then().statusCode(303);

    session = sessions.create(account, key.key().id(), Instant.now());
    keys.revoke(key.key().id(), Instant.now());
    session = sessions.create(account, "nothing", Instant.now());
    browser().get("/history").then().statusCode(303);
  }

  @Test
  void aFormWithoutThePagesTokenChangesNothing() {
    for (String csrf : List.of("", "wrong")) {
      browser()
          .contentType(ContentType.URLENC)
          .formParam("csrf", csrf)
          .formParam("url", "https://example.org/photo.jpg")
          .post("/analyses")
          .then()
          .statusCode(403)
          .body(containsString("This page was open for too long"));
    }
    browser()
        .accept(ContentType.JSON)
        .get("/v1/analyses")
        .then()
        .statusCode(200)
        .body("items.size()", equalTo(0));
  }

  @Test
  void theSessionServesTheApiToItsOwnPagesOnly() {
    browser().accept(ContentType.JSON).get("/v1/analyses").then().statusCode(200);
    RequestSpecification request =
        given()
            .cookie(COOKIE, session)
            .contentType(ContentType.JSON)
            .body("{\"url\":\"https://example.org/photo.jpg\"}");
    request.post("/v1/analyses").then().statusCode(403);
    request.header("x-csrf-token", csrf()).post("/v1/analyses").then().statusCode(202);
  }

  @Test
  void aFormThatIsSentTwiceAsksOnce() {
    RequestSpecification form =
        browser()
            .contentType(ContentType.URLENC)
            .formParam("csrf", csrf())
            .formParam("once", "the same")
            .formParam("url", "https://example.org/photo.jpg");

    assertThat(form.post("/analyses").getHeader("Location"))
        .isEqualTo(form.post("/analyses").getHeader("Location"));
  }

  @Test
  void aLinkThatIsRefusedIsExplainedWhereItWasPasted() {
    browser()
        .contentType(ContentType.URLENC)
        .formParam("csrf", csrf())
        .formParam("url", "ftp://example.org/x")
        .post("/analyses")
        .then()
        .statusCode(422)
        .body(containsString("value=\"ftp://example.org/x\""))
        .body(containsString("role=\"alert\""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"HIGH", "UNCERTAIN", "LOW", "TRUSTED", "INSUFFICIENT_EVIDENCE"})
  void eachLevelIsSaidInWordsWithWhatItDoesNotMean(String level) {
    String code = level.toLowerCase(Locale.ROOT).replace('_', '-');
    Texts texts = Texts.in("en");
    browser()
        .get("/analyses/" + judged(Verdict.Level.valueOf(level)))
        .then()
        .statusCode(200)
        .body(containsString(texts.of("level." + code)))
        .body(containsString(texts.with("quote." + code, texts.of("what.image"))))
        .body(containsString(texts.of("caution." + code)));
  }

  @Test
  void whatOthersWroteIsShownAsText() {
    String html = browser().get("/analyses/" + judged(Verdict.Level.HIGH)).asString();

    assertThat(html)
        .doesNotContain("<script>alert")
        .contains("<bdi>&lt;script&gt;alert(1)&lt;/script&gt;");
  }

  @Test
  void aPageIsProtectedAndAskedForAgainOnlyWhenItChanged() {
    Response page = browser().get("/analyses/" + judged(Verdict.Level.LOW));

    assertThat(page.getHeader("Content-Security-Policy"))
        .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
        .doesNotContain("unsafe-inline");
    assertThat(page.asString()).doesNotContain("style=", "onclick=");
    assertThat(page.getHeader("Cache-Control")).isEqualTo("private, no-cache");
  }

  @Test
  void aPageThatHasNotChangedIsNotSentAgain() {
    String id = analysis();
    Response read = browser().get("/analyses/" + id);

    assertThat(read.asString()).contains("data-running=\"true\"");
    String tag = read.getHeader("ETag");
    browser().header("If-None-Match", tag).get("/analyses/" + id).then().statusCode(304);
  }

  @Test
  void aResultIsSharedAndThatEndsWithoutScripts() {
    String id = judged(Verdict.Level.HIGH);
    browser()
        .contentType(ContentType.URLENC)
        .formParam("csrf", csrf())
        .formParam("once", "x")
        .post("/analyses/" + id + "/share")
        .then()
        .statusCode(303);
    String html = browser().get("/analyses/" + id).asString();
    Matcher matcher = Pattern.compile("data-address=\"(a/[^\"]+)\"").matcher(html);
    assertThat(matcher.find()).isTrue();
    String address = matcher.group(1);

    String shared = stranger().get("/" + address).then().statusCode(200).extract().asString();
    assertThat(shared)
        .contains("Substantial evidence", "noindex")
        .doesNotContain(id, account, "name=\"csrf\" value=\"\"", "/media/");

    browser()
        .contentType(ContentType.URLENC)
        .formParam("csrf", csrf())
        .formParam("share", address.substring(2))
        .post("/analyses/" + id + "/unshare")
        .then()
        .statusCode(303);
    stranger()
        .get("/" + address)
        .then()
        .statusCode(404)
        .body(containsString("This address shows nothing, or no longer"));
  }

  @Test
  void anotherAccountSeesNothing() {
    String id = judged(Verdict.Level.HIGH);
    KeyStore.NewKey other =
        keys.create("b" + account, "test", Set.of(Scope.ANALYSE), Instant.now(), null);
    session = sessions.create("b" + account, other.key().id(), Instant.now());

    browser().get("/analyses/" + id).then().statusCode(404);
    browser().get("/analyses/" + id + "/media/" + "0".repeat(32)).then().statusCode(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "es", "pt", "fr", "de", "ja"})
  void speaksTheLanguageThatIsAskedFor(String language) {
    stranger()
        .get("/?lang=" + language)
        .then()
        .statusCode(200)
        .body(containsString("<html lang=\"" + language + "\""))
        .header("Content-Language", language);
    stranger()
        .header("Accept-Language", language + ",en;q=0.5")
        .get("/")
        .then()
        .body(containsString("<html lang=\"" + language + "\""));
  }

  @Test
  void errorsArePagesForBrowsersAndDataForPrograms() {
    stranger().get("/nothing").then().statusCode(404).contentType("text/html");
    given()
        .accept(ContentType.JSON)
        .get("/nothing")
        .then()
        .statusCode(404)
        .contentType("application/problem+json");
    stranger().get("/v1/nothing").then().statusCode(404).contentType("application/problem+json");
  }
}
