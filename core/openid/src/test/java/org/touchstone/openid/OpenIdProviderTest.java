package org.touchstone.openid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.fetch.FetchPolicy;
import org.touchstone.fetch.Fetcher;

/** People sign in at a provider, and nobody else does in their name. */
class OpenIdProviderTest {
  private static final Instant NOW = LoopbackProvider.NOW;

  private final Flow flow = Flow.create(new SecureRandom());
  private final Fetcher fetcher =
      new Fetcher(FetchPolicy.ofService(true, 1 << 20, Duration.ofSeconds(30)));
  private LoopbackProvider there;
  private Instant now = NOW;

  @BeforeEach
  void start() throws IOException {
    there = new LoopbackProvider();
    there.nonce = flow.nonce();
  }

  @AfterEach
  void stop() {
    there.close();
    fetcher.close();
  }

  private OpenIdProvider provider(boolean trustEmails) {
    return new OpenIdProvider(there.settings(trustEmails), fetcher, () -> now);
  }

  private Identity signIn() {
    return provider(false).identity("code-1", flow);
  }

  private void refused(ProblemType type) {
    assertThatThrownBy(this::signIn)
        .isInstanceOfSatisfying(
            ProblemException.class, e -> assertThat(e.problem().type()).isEqualTo(type));
  }

  @Test
  void leadsPeopleToTheProviderWithAHashOfWhatIsProvedLater() {
    String address = provider(false).address(flow);

    assertThat(address).startsWith(there.issuer() + "/authorize?");
    Map<String, String> query = LoopbackProvider.parts(address.substring(address.indexOf('?') + 1));
    assertThat(query)
        .containsEntry("response_type", "code")
        .containsEntry("client_id", "touchstone")
        .containsEntry("redirect_uri", "https://api.example.org/signin/return")
        .containsEntry("scope", "openid email")
        .containsEntry("state", flow.state())
        .containsEntry("nonce", flow.nonce())
        .containsEntry("code_challenge", flow.challenge())
        .containsEntry("code_challenge_method", "S256");
    assertThat(address).doesNotContain(flow.verifier());
  }

  @Test
  void challengeIsThatOfTheStandardsExample() {
    // RFC 7636, appendix B.
    assertThat(new Flow("s", "n", "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk").challenge())
        .isEqualTo("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
  }

  @Test
  void knowsThePersonByTheirSubjectAndAddress() {
    assertThat(signIn()).isEqualTo(new Identity(there.issuer() + " person-1", "ada@example.org"));
    assertThat(LoopbackProvider.parts(there.form))
        .containsEntry("grant_type", "authorization_code")
        .containsEntry("code", "code-1")
        .containsEntry("code_verifier", flow.verifier())
        .containsEntry("redirect_uri", "https://api.example.org/signin/return");
    assertThat(new String(Base64.getDecoder().decode(there.authorization.substring(6))))
        .isEqualTo("touchstone:s%26cret");
  }

  @Test
  void acceptsSignaturesOnTheCurve() {
    there.keyId = "ec";
    there.algorithm = "ES256";
    assertThat(signIn().email()).isEqualTo("ada@example.org");
  }

  static Stream<Arguments> claims() {
    return Stream.of(
        claim("another issuer", c -> c.put("iss", "https://evil.example")),
        claim("another client", c -> c.put("aud", "somebody")),
        claim("several clients and not for us", c -> several(c, "touchstone", "somebody")),
        claim("no client", c -> c.remove("aud")),
        claim("another sign-in", c -> c.put("nonce", "other")),
        claim("no nonce", c -> c.remove("nonce")),
        claim("expired", c -> c.put("exp", NOW.minusSeconds(61).getEpochSecond())),
        claim("no end", c -> c.remove("exp")),
        claim("an end that is a text", c -> c.put("exp", "9999999999")),
        claim("an end beyond all time", c -> c.put("exp", Long.MAX_VALUE)),
        claim("the future", c -> c.put("iat", NOW.plusSeconds(61).getEpochSecond())),
        claim("long ago", c -> c.put("iat", NOW.minusSeconds(601).getEpochSecond())),
        claim("no subject", c -> c.remove("sub")),
        claim("a long subject", c -> c.put("sub", "x".repeat(256))),
        claim("no address", c -> c.remove("email")),
        claim("two addresses", c -> c.put("email", "a@b.example c@d.example")),
        claim("an address that is not verified", c -> c.put("email_verified", false)),
        claim("a text that says not verified", c -> c.put("email_verified", "false")),
        claim("an address nobody speaks of", c -> c.remove("email_verified")));
  }

  private static void several(ObjectNode claims, String... audience) {
    claims.remove("aud");
    for (String one : audience) {
      claims.withArray("aud").add(one);
    }
  }

  private static Arguments claim(String name, Consumer<ObjectNode> change) {
    return Arguments.of(name, change);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("claims")
  void refusesTokensWithOtherClaims(String name, Consumer<ObjectNode> change) {
    there.claims = change;
    refused(ProblemType.SIGN_IN_FAILED);
  }

  @Test
  void acceptsATokenForSeveralThatNamesUs() {
    there.claims =
        c -> {
          several(c, "somebody", "touchstone");
          c.put("azp", "touchstone");
        };
    assertThat(signIn().email()).isEqualTo("ada@example.org");
  }

  @Test
  void aProviderWhoseAdministratorSetsTheAddressesMayLeaveOutThatTheyAreVerified() {
    there.claims = c -> c.remove("email_verified");
    assertThat(provider(true).identity("code-1", flow).email()).isEqualTo("ada@example.org");
    there.claims = c -> c.put("email_verified", false);
    assertThatThrownBy(() -> provider(true).identity("code-1", flow))
        .isInstanceOf(ProblemException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "HS256", "ES256", "RS512", ""})
  void refusesAnAlgorithmThatIsNotItsKeys(String algorithm) {
    there.algorithm = algorithm;
    refused(ProblemType.SIGN_IN_FAILED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a.b", "a.b.c", "..", "e30.e30.", "\u00e4.b.c"})
  void refusesWhatIsNotASignedToken(String token) {
    there.token = text -> token;
    refused(ProblemType.SIGN_IN_FAILED);
  }

  @Test
  void refusesATokenThatWasChanged() {
    there.token =
        text -> {
          String[] parts = text.split("\\.");
          String claims = new String(Base64.getUrlDecoder().decode(parts[1]));
          return parts[0]
              + "."
              + LoopbackProvider.base64(claims.replace("Ada@", "Eve@").getBytes())
              + "."
              + parts[2];
        };
    refused(ProblemType.SIGN_IN_FAILED);
  }

  @Test
  void refusesExtensionsThatMustBeUnderstood() {
    there.header = head -> head.putArray("crit").add("b64");
    refused(ProblemType.SIGN_IN_FAILED);
  }

  @Test
  void looksForAKeyItDoesNotKnowAtMostOnceAMinute() {
    OpenIdProvider provider = provider(false);
    there.header = head -> head.put("kid", "new");
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> provider.identity("code-1", flow))
          .isInstanceOf(ProblemException.class);
    }
    assertThat(there.keySets).hasValue(1);
    now = NOW.plusSeconds(61);
    assertThatThrownBy(() -> provider.identity("code-1", flow))
        .isInstanceOf(ProblemException.class);
    assertThat(there.keySets).hasValue(2);
  }

  @Test
  void weakKeysAreNone() {
    KeyPair weak = LoopbackProvider.pair("RSA", 1024);
    ObjectNode set = org.touchstone.domain.Json.mapper().createObjectNode();
    set.putArray("keys")
        .addObject()
        .put("kty", "RSA")
        .put("kid", "weak")
        .put(
            "n",
            LoopbackProvider.base64(
                ((java.security.interfaces.RSAPublicKey) weak.getPublic())
                    .getModulus()
                    .toByteArray()))
        .put("e", "AQAB");
    assertThat(SigningKeys.of(set)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401})
  void aCodeThatTheProviderRefusesSignsNobodyIn(int status) {
    there.status = status;
    refused(ProblemType.SIGN_IN_FAILED);
  }

  @ParameterizedTest
  @ValueSource(ints = {302, 503})
  void aProviderThatFailsOrLeadsElsewhereIsUnavailable(int status) {
    there.status = status;
    refused(ProblemType.SIGN_IN_UNAVAILABLE);
  }

  @Test
  void aProviderOfAnotherNameIsNotAsked() {
    there.discovery = said -> said.put("issuer", "https://evil.example");
    refused(ProblemType.SIGN_IN_UNAVAILABLE);
    assertThat(there.form).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "not an address", "file:///etc/passwd"})
  void aProviderWithoutKeysIsUnavailable(String address) {
    there.discovery = said -> said.put("jwks_uri", address);
    refused(ProblemType.SIGN_IN_UNAVAILABLE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"http://id.example.org", "ftp://id.example.org", "https://id.example.org/?a=b"})
  void settingsNameProvidersOfHttpsOnly(String issuer) {
    assertThatThrownBy(() -> new ProviderSettings(issuer, "a", null, "https://b.example/", false))
        .isInstanceOfAny(IllegalArgumentException.class, ProblemException.class);
  }

  @Test
  void secretsAreNotPrinted() {
    assertThat(there.settings(false) + " " + flow)
        .doesNotContain("cret&", "s&cret", flow.state(), flow.verifier());
  }
}
