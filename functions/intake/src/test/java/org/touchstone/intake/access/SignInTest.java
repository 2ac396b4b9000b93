package org.touchstone.intake.access;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.Cookie;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.touchstone.domain.account.Scope;
import org.touchstone.intake.Aws;
import org.touchstone.storage.AccountStore;
import org.touchstone.storage.KeyStore;
import org.touchstone.storage.MemberStore;
import org.touchstone.storage.SessionStore;

/** People sign in with a key, by a link, or at their organisation; nobody else does for them. */
@QuarkusTest
@QuarkusTestResource(Aws.class)
@QuarkusTestResource(value = Provider.class, restrictToAnnotatedClass = true)
class SignInTest {
  private static final String SESSION = "touchstone";
  private static final String FLOW = "touchstone-sign-in";
  private static final String LINK = "{\"url\":\"https://example.org/photo.jpg\"}";

  Provider provider;

  @Inject KeyStore keys;
  @Inject AccountStore accounts;
  @Inject MemberStore members;
  @Inject SessionStore sessions;

  private String account;
  private String email;

  @BeforeEach
  void newAccount() {
    account = "a" + UUID.randomUUID().toString().replace("-", "");
    email = account + "@example.org";
    accounts.open(account, "Newsroom", Instant.now());
  }

  private KeyStore.NewKey key(Scope... scopes) {
    return keys.create(account, "test", Set.of(scopes), Instant.now(), null);
  }

  private static RequestSpecification form() {
    return given().redirects().follow(false).contentType("application/x-www-form-urlencoded");
  }

  private static Response signIn(String key, String next) {
    return form().formParam("key", key).formParam("next", next).post("/signin");
  }

  private static ValidatableResponse problem(Response response, int status, String code) {
    return response.then().statusCode(status).body("code", equalTo(code));
  }

  @Test
  void aKeyThatIsPastedOnceOpensASession() {
    Response answer = signIn(" " + key(Scope.ANALYSE).text().reveal() + " ", "history");

    answer.then().statusCode(303).header("Location", equalTo("history"));
    Cookie cookie = answer.detailedCookie(SESSION);
    assertThat(cookie.isHttpOnly()).isTrue();
    assertThat(cookie.getSameSite()).isEqualToIgnoringCase("lax");
    assertThat(cookie.getMaxAge()).isEqualTo(12 * 3600);
    given().cookie(SESSION, cookie.getValue()).get("/v1/analyses").then().statusCode(200);
  }

  @Test
  void aChangeBySessionNeedsTheTextOfOurOwnPages() {
    String token = signIn(key(Scope.ANALYSE).text().reveal(), "").cookie(SESSION);
    RequestSpecification browser =
        given().cookie(SESSION, token).contentType("application/json").body(LINK);

    problem(browser.post("/v1/analyses"), 403, "form.expired");
    problem(browser.header("x-csrf-token", "wrong").post("/v1/analyses"), 403, "form.expired");
    given()
        .cookie(SESSION, token)
        .contentType("application/json")
        .body(LINK)
        .header("x-csrf-token", SessionCookie.csrf(token))
        .post("/v1/analyses")
        .then()
        .statusCode(202);
  }

  @Test
  void aSessionMayNoMoreThanItsKey() {
    String token = signIn(key(Scope.READ).text().reveal(), "").cookie(SESSION);

    problem(
        given()
            .cookie(SESSION, token)
            .header("x-csrf-token", SessionCookie.csrf(token))
            .contentType("application/json")
            .body(LINK)
            .post("/v1/analyses"),
        403,
        "key.scope");
  }

  @Test
  void aSessionEndsWhenItsHolderSignsOutOrInAgain() {
    String key = key(Scope.READ).text().reveal();
    String first = signIn(key, "").cookie(SESSION);
    String second =
        form().cookie(SESSION, first).formParam("key", key).post("/signin").cookie(SESSION);
    assertThat(second).isNotEqualTo(first);
    problem(given().cookie(SESSION, first).get("/v1/analyses"), 401, "key.missing");

    form()
        .cookie(SESSION, second)
        .formParam("csrf", SessionCookie.csrf(second))
        .post("/signout")
        .then()
        .statusCode(303);
    problem(given().cookie(SESSION, second).get("/v1/analyses"), 401, "key.missing");
  }

  @Test
  void aSessionTextThatSomebodyElseChoseIsNoSession() {
    String chosen = "A".repeat(43);
    String token =
        form()
            .cookie(SESSION, chosen)
            .formParam("key", key(Scope.READ).text().reveal())
            .post("/signin")
            .cookie(SESSION);

    assertThat(token).isNotEqualTo(chosen);
    problem(given().cookie(SESSION, chosen).get("/v1/analyses"), 401, "key.missing");
  }

  @Test
  void aRevokedKeyOpensNoSession() {
    KeyStore.NewKey key = key(Scope.READ);
    keys.revoke(key.key().id(), Instant.now());

    Response answer = signIn(key.text().reveal(), "");

    answer.then().statusCode(401);
    assertThat(answer.cookies()).doesNotContainKey(SESSION);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example",
        "//evil.example",
        "/\\evil.example",
        "..//evil.example",
        "javascript:alert(1)",
        "history\r\nSet-Cookie: a=b",
        "a/b/../../c"
      })
  void afterTheSignInPeopleStayHere(String next) {
    signIn(key(Scope.READ).text().reveal(), next)
        .then()
        .statusCode(303)
        .header("Location", equalTo("."));
    Response begun = begin(next);
    provider.comes(email, "1", query(begun).get("nonce"));
    members.add(account, email, Set.of(Scope.READ), "key", Instant.now());
    end(begun).then().statusCode(303).header("Location", equalTo("../"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"cross-site", "same-site"})
  void formsOfOtherSitesAreRefused(String site) {
    for (String path : new String[] {"/signin", "/signin/" + "A".repeat(43), "/analyses"}) {
      problem(form().header("Sec-Fetch-Site", site).post(path), 403, "sign-in.refused");
    }
  }

  @Test
  void aLinkSignsInOnce() {
    String link = sessions.createLink(account, key(Scope.READ).key().id(), Instant.now());

    Response first = form().post("/signin/" + link);

    first.then().statusCode(303).header("Location", equalTo("../"));
    given().cookie(SESSION, first.cookie(SESSION)).get("/v1/analyses").then().statusCode(200);
    problem(form().post("/signin/" + link), 410, "sign-in.link-used");
    problem(form().post("/signin/" + "A".repeat(43)), 410, "sign-in.link-used");
  }

  @Test
  void aLinkOfAQuarterOfAnHourAgoSignsNobodyIn() {
    Instant then = Instant.now().minus(SessionStore.LINK_LIFETIME);
    String link = sessions.createLink(account, key(Scope.READ).key().id(), then);
    problem(form().post("/signin/" + link), 410, "sign-in.link-used");
  }

  @Test
  void aMemberSignsInAtTheirOrganisation() {
    members.add(account, email, Set.of(Scope.ANALYSE), "key", Instant.now());
    Response begun = begin("history");
    begun.then().statusCode(303);
    assertThat(begun.header("Location")).startsWith(provider.issuer() + "/authorize?");
    assertThat(query(begun)).containsEntry("redirect_uri", Provider.REDIRECT);
    Cookie kept = begun.detailedCookie(FLOW);
    assertThat(kept.isHttpOnly()).isTrue();
    assertThat(kept.getSameSite()).isEqualToIgnoringCase("lax");
    provider.comes(email, "subject-1", query(begun).get("nonce"));

    Response ended = end(begun);

    ended.then().statusCode(303).header("Location", equalTo("../history"));
    String token = ended.cookie(SESSION);
    given().cookie(SESSION, token).get("/v1/analyses").then().statusCode(200);
    given()
        .cookie(SESSION, token)
        .header("x-csrf-token", SessionCookie.csrf(token))
        .contentType("application/json")
        .body(LINK)
        .post("/v1/analyses")
        .then()
        .statusCode(202);
    problem(end(begun), 403, "sign-in.failed");
  }

  @Test
  void theAddressOfTheReturnIsNotTheHostThatARequestNames() {
    Response begun =
        given()
            .redirects()
            .follow(false)
            .header("X-Forwarded-Host", "evil.example")
            .header("Host", "evil.example")
            .get("/signin/organisation");
    assertThat(query(begun)).containsEntry("redirect_uri", Provider.REDIRECT);
  }

  @Test
  void onlyTheBrowserThatBeganASignInEndsIt() {
    members.add(account, email, Set.of(Scope.READ), "key", Instant.now());
    Response victims = begin("");
    Response attackers = begin("");
    provider.comes(email, "1", query(attackers).get("nonce"));
    String state = query(attackers).get("state");

    problem(end(victims.cookie(FLOW), state, "code"), 403, "sign-in.failed");
    problem(end("A".repeat(43), state, "code"), 403, "sign-in.failed");
    problem(end(attackers.cookie(FLOW), "", "code"), 403, "sign-in.failed");
    problem(given().get("/signin/return?code=code&state=" + state), 403, "sign-in.failed");
  }

  @Test
  void aTokenOfAnotherSignInAndARefusalSignNobodyIn() {
    members.add(account, email, Set.of(Scope.READ), "key", Instant.now());
    Response begun = begin("");
    provider.comes(email, "1", "other");
    problem(end(begun), 403, "sign-in.failed");

    Response refused = begin("");
    problem(
        given()
            .cookie(FLOW, refused.cookie(FLOW))
            .get("/signin/return?error=access_denied&state=" + query(refused).get("state")),
        403,
        "sign-in.failed");
  }

  @Test
  void whoIsNotAMemberIsToldSo() {
    Response begun = begin("");
    provider.comes("stranger@example.org", "2", query(begun).get("nonce"));
    problem(end(begun), 403, "sign-in.not-a-member");
  }

  @Test
  void whoeverGetsAMembersAddressLaterIsNotThem() {
    members.add(account, email, Set.of(Scope.READ), "key", Instant.now());
    Response first = begin("");
    provider.comes(email, "subject-1", query(first).get("nonce"));
    end(first).then().statusCode(303);

    Response later = begin("");
    provider.comes(email, "subject-2", query(later).get("nonce"));
    problem(end(later), 403, "sign-in.not-a-member");
  }

  @Test
  void anAdministratorManagesMembers() {
    String admin = key(Scope.ADMIN).text().reveal();
    String body =
        "{\"accountId\":\"%s\",\"email\":\"%s\",\"scopes\":[\"read\"]}"
            .formatted(account, email.toUpperCase(java.util.Locale.ROOT));
    String id =
        with(admin)
            .body(body)
            .post("/v1/members")
            .then()
            .statusCode(201)
            .body("email", equalTo(email))
            .extract()
            .path("id");

    problem(with(admin).body(body).post("/v1/members"), 409, "member.exists");
    with(admin).get("/v1/members?accountId=" + account).then().body("members.id", hasItem(id));
    problem(with(admin).get("/v1/members?accountId=nobody"), 404, "account.not-found");
    with(admin).delete("/v1/members/" + id).then().statusCode(204);
    problem(with(admin).delete("/v1/members/" + id), 404, "member.not-found");
    with(admin).get("/v1/members?accountId=" + account).then().body("members", hasSize(0));
    with(admin)
        .get("/v1/audit?limit=100")
        .then()
        .body("items.findAll { it.subject == '" + id + "' }.action", hasItem("member.removed"));
    problem(
        with(key(Scope.ANALYSE).text().reveal()).get("/v1/members?accountId=" + account),
        403,
        "key.scope");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"accountId\":\"local\",\"email\":\"a\",\"scopes\":[\"read\"]}",
        "{\"accountId\":\"local\",\"email\":\"a b@c.example\",\"scopes\":[\"read\"]}",
        "{\"accountId\":\"local\",\"email\":\"a@b.example\",\"scopes\":[]}",
        "{\"accountId\":\"local\",\"email\":\"a@b.example\",\"scopes\":[null]}",
        "{\"accountId\":\"local\",\"email\":\"a@b.example\",\"scopes\":[\"root\"]}"
      })
  void refusesWrongRequestsForMembers(String body) {
    accounts.open("local", "First", Instant.now());
    problem(
        with(key(Scope.ADMIN).text().reveal()).body(body).post("/v1/members"),
        400,
        "request.invalid");
  }

  private static RequestSpecification with(String key) {
    return given().header("x-api-key", key).contentType("application/json");
  }

  private static Response begin(String next) {
    return given().redirects().follow(false).queryParam("next", next).get("/signin/organisation");
  }

  private static Map<String, String> query(Response begun) {
    String address = begun.header("Location");
    return Arrays.stream(address.substring(address.indexOf('?') + 1).split("&"))
        .map(part -> part.split("=", 2))
        .collect(
            Collectors.toMap(
                part -> part[0], part -> URLDecoder.decode(part[1], StandardCharsets.UTF_8)));
  }

  private static Response end(Response begun) {
    return end(begun.cookie(FLOW), query(begun).get("state"), "code");
  }

  private static Response end(String kept, String state, String code) {
    return given()
        .redirects()
        .follow(false)
        .cookie(FLOW, kept)
        .queryParam("code", code)
        .queryParam("state", state)
        .get("/signin/return");
  }
}
