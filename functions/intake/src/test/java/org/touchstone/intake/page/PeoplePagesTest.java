package org.touchstone.intake.page;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;
import org.touchstone.domain.account.Scope;
import org.touchstone.intake.Aws;
import org.touchstone.storage.KeyStore;
import org.touchstone.storage.SessionStore;

/** The pages of labels, verified sources and the account, as a browser without scripts has them. */
@QuarkusTest
@QuarkusTestResource(Aws.class)
class PeoplePagesTest {
  private static final String COOKIE = "touchstone";
  private static final String SHA256 = "12".repeat(32);

  @Inject KeyStore keys;
  @Inject SessionStore sessions;

  private final String account = "a" + UUID.randomUUID().toString().replace("-", "");

  private static RequestSpecification stranger() {
    return given().redirects().follow(false).accept("text/html,application/xhtml+xml;q=0.9");
  }

  private String session(String accountId, Scope... scopes) {
    KeyStore.NewKey key = keys.create(accountId, "desk", Set.of(scopes), Instant.now(), null);
    return sessions.create(accountId, key.key().id(), Instant.now());
  }

  private static RequestSpecification browser(String session) {
    return stranger().cookie(COOKIE, session);
  }

  private static RequestSpecification form(String session) {
    String csrf =
        Jsoup.parse(browser(session).get("/account").asString())
            .selectFirst("html")
            .attr("data-csrf");
    assertThat(csrf).isNotEmpty();
    return browser(session).contentType(ContentType.URLENC).formParam("csrf", csrf);
  }

  @Test
  void aStrangerIsAskedToSignInAndComesBack() {
    for (String page : new String[] {"labels", "sources", "account"}) {
      stranger().get("/" + page).then().statusCode(303).header("Location", "signin?next=" + page);
    }
  }

  @Test
  void aFileIsLabelledAndTheLabelIsRemoved() {
    String session = session(account, Scope.READ, Scope.LABEL);
    form(session)
        .formParam("sha256", " " + SHA256.toUpperCase(java.util.Locale.ROOT) + " ")
        .formParam("truth", "manipulated")
        .formParam("note", "<b>seen</b>")
        .post("/labels")
        .then()
        .statusCode(303)
        .header("Location", "labels");

    browser(session)
        .get("/labels")
        .then()
        .statusCode(200)
        .body(containsString(SHA256))
        .body(containsString("&lt;b&gt;seen&lt;/b&gt;"))
        .header("Content-Security-Policy", containsString("default-src 'none'"));
    browser(session(account + "b", Scope.READ))
        .get("/labels")
        .then()
        .body(not(containsString(SHA256)));

    form(session)
        .formParam("sha256", SHA256)
        .formParam("holder", "account")
        .post("/labels/remove")
        .then()
        .statusCode(303)
        .header("Location", "../labels?holder=account");
    browser(session).get("/labels").then().body(containsString("No file has a label yet."));
  }

  @Test
  void aLabelGivenOnAResultLeadsBackToIt() {
    String session = session(account, Scope.READ, Scope.LABEL);

    form(session)
        .formParam("sha256", SHA256)
        .formParam("truth", "authentic")
        .formParam("next", "analyses/abc")
        .post("/labels")
        .then()
        .statusCode(303)
        .header("Location", "analyses/abc");
    form(session)
        .formParam("sha256", SHA256)
        .formParam("truth", "authentic")
        .formParam("next", "//evil.example")
        .post("/labels")
        .then()
        .header("Location", "labels");
  }

  @Test
  void whatIsRefusedIsExplainedInTheForm() {
    String session = session(account, Scope.READ, Scope.LABEL);

    form(session)
        .formParam("sha256", "\"><script>")
        .formParam("truth", "authentic")
        .post("/labels")
        .then()
        .statusCode(400)
        .body(containsString("role=\"alert\""))
        .body(containsString("A medium is named by its SHA-256"))
        .body(not(containsString("<script>")));
    form(session)
        .formParam("platform", "linkedin")
        .formParam("handle", "somebody")
        .post("/sources")
        .then()
        .statusCode(400)
        .body(containsString("role=\"alert\""))
        .body(containsString("value=\"somebody\""));
  }

  @Test
  void nobodyLabelsWithoutThePagesTokenOrTheScope() {
    String labeller = session(account, Scope.READ, Scope.LABEL);
    browser(labeller)
        .contentType(ContentType.URLENC)
        .formParam("csrf", "wrong")
        .formParam("sha256", SHA256)
        .formParam("truth", "authentic")
        .post("/labels")
        .then()
        .statusCode(403);

    String reader = session(account, Scope.READ);
    form(reader)
        .formParam("sha256", SHA256)
        .formParam("truth", "authentic")
        .post("/labels")
        .then()
        .statusCode(403);
    browser(reader).get("/labels").then().statusCode(200).body(not(containsString("<form class")));
  }

  @Test
  void onlyAnAdministratorDecidesForAllAccounts() {
    String labeller = session(account, Scope.READ, Scope.LABEL);

    form(labeller)
        .formParam("platform", "x")
        .formParam("handle", "@CityCouncil")
        .formParam("holder", "deployment")
        .post("/sources")
        .then()
        .statusCode(403);
    browser(labeller).get("/sources").then().body(not(containsString("name=\"holder\"")));
  }

  @Test
  void aSourceIsNamedAndRemoved() {
    String session = session(account, Scope.READ, Scope.LABEL);
    form(session)
        .formParam("platform", "x")
        .formParam("handle", "@CityCouncil")
        .formParam("authorId", "")
        .formParam("note", "The city")
        .post("/sources")
        .then()
        .statusCode(303);

    String html = browser(session).get("/sources").asString();
    assertThat(html).contains("@citycouncil", "recognised by its name", "The city");
    String id = Jsoup.parse(html).selectFirst("input[name=id]").val();
    form(session)
        .formParam("id", id)
        .formParam("holder", "account")
        .post("/sources/remove")
        .then()
        .statusCode(303);
    browser(session)
        .get("/sources")
        .then()
        .body(containsString("There is no verified source yet."));
  }

  @Test
  void anAdministratorSeesTheAccountsKeysAndNeverTheirTexts() {
    KeyStore.NewKey key =
        keys.create(account, "the desk's", Set.of(Scope.ADMIN), Instant.now(), null);
    String admin = sessions.create(account, key.key().id(), Instant.now());

    browser(admin)
        .get("/account")
        .then()
        .statusCode(200)
        .body(containsString(key.key().id()))
        .body(not(containsString(key.text().reveal())));
    browser(session(account, Scope.READ))
        .get("/account")
        .then()
        .statusCode(200)
        .body(not(containsString(key.key().id())));
  }

  @Test
  void everyPageSpeaksTheVisitorsLanguage() {
    String session = session(account, Scope.ADMIN);

    for (String language : Texts.LANGUAGES) {
      browser(session)
          .get("/account?lang=" + language)
          .then()
          .header("Content-Language", equalTo(language))
          .body(containsString(Texts.in(language).of("sources.text").replace("'", "&#39;")));
    }
  }
}
