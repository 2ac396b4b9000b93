package org.touchstone.emulators.access.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.touchstone.emulators.access.AccessKey;
import org.touchstone.emulators.access.AccessKeys;
import org.touchstone.emulators.access.signature.SignatureException.Fault;

/** Requests and signatures that AWS has published as examples. */
class SignatureVerifierTest {
  private static final AccessKeys KEYS =
      AccessKeys.of(new AccessKey("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"));
  private static final Instant SIGNED = Instant.parse("2015-08-30T12:36:00Z");
  private static final String SIGNATURE =
      "5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7";
  private static final String AUTHORIZATION =
      "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request,"
          + " SignedHeaders=content-type;host;x-amz-date, Signature="
          + SIGNATURE;
  private static final String QUERY = "Action=ListUsers&Version=2010-05-08";

  private static SignatureVerifier at(Instant time) {
    return new SignatureVerifier(KEYS, "us-east-1", "iam", InstantSource.fixed(time));
  }

  private static Map<String, List<String>> headers(String authorization) {
    Map<String, List<String>> headers = new HashMap<>();
    headers.put("Host", List.of("iam.amazonaws.com"));
    headers.put("Content-Type", List.of("application/x-www-form-urlencoded;  charset=utf-8 "));
    headers.put("X-Amz-Date", List.of("20150830T123600Z"));
    headers.put("Authorization", List.of(authorization));
    return headers;
  }

  private static SignedRequest request(Map<String, List<String>> headers, String body) {
    return new SignedRequest("GET", "/", QUERY, headers, body.getBytes(StandardCharsets.UTF_8));
  }

  private static void assertRefused(Fault fault, Instant time, SignedRequest request) {
    assertThatThrownBy(() -> at(time).verify(request))
        .isInstanceOfSatisfying(
            SignatureException.class, e -> assertThat(e.fault()).isEqualTo(fault));
  }

  @Test
  void knowsWhoSigned() throws Exception {
    assertThat(at(SIGNED).verify(request(headers(AUTHORIZATION), "")).key().id())
        .isEqualTo("AKIDEXAMPLE");
  }

  @ParameterizedTest
  @ValueSource(longs = {-900, 900})
  void allowsClocksToDifferByAQuarterOfAnHour(long seconds) throws Exception {
    Instant time = SIGNED.plusSeconds(seconds);

    assertThat(at(time).verify(request(headers(AUTHORIZATION), "")).isOwner()).isTrue();
    assertRefused(
        Fault.INVALID, time.plusSeconds(Long.signum(seconds)), request(headers(AUTHORIZATION), ""));
  }

  @Test
  void refusesARequestThatNobodySigned() {
    Map<String, List<String>> headers = headers(AUTHORIZATION);
    headers.remove("Authorization");

    assertRefused(Fault.MISSING, SIGNED, request(headers, ""));
  }

  @Test
  void refusesAnotherBodyPathQueryMethodOrHeaderThanWasSigned() {
    Map<String, List<String>> headers = headers(AUTHORIZATION);
    assertRefused(Fault.INVALID, SIGNED, request(headers, "{}"));
    assertRefused(
        Fault.INVALID, SIGNED, new SignedRequest("GET", "/a", QUERY, headers, new byte[0]));
    assertRefused(
        Fault.INVALID, SIGNED, new SignedRequest("GET", "/", QUERY + "&a", headers, new byte[0]));
    assertRefused(
        Fault.INVALID, SIGNED, new SignedRequest("POST", "/", QUERY, headers, new byte[0]));
    headers.put("Host", List.of("example.org"));
    assertRefused(Fault.INVALID, SIGNED, request(headers, ""));
  }

  @Test
  void refusesAHeaderOfAwsThatIsNotSigned() {
    Map<String, List<String>> headers = headers(AUTHORIZATION);
    headers.put("X-Amz-Target", List.of("AmazonSQS.PurgeQueue"));

    assertRefused(Fault.INCOMPLETE, SIGNED, request(headers, ""));
  }

  @Test
  void refusesAKeyThatNobodyHas() {
    assertRefused(
        Fault.UNKNOWN_KEY,
        SIGNED,
        request(headers(AUTHORIZATION.replace("AKIDEXAMPLE", "AKIDOTHER")), ""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "20150830/us-east-1/sqs/aws4_request",
        "20150830/eu-west-1/iam/aws4_request",
        "20150831/us-east-1/iam/aws4_request"
      })
  void refusesASignatureForAnotherServiceRegionOrDay(String scope) {
    assertRefused(
        Fault.INVALID,
        SIGNED,
        request(headers(AUTHORIZATION.replace("20150830/us-east-1/iam/aws4_request", scope)), ""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Basic dXNlcjpwYXNz",
        "AWS4-HMAC-SHA256",
        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE, SignedHeaders=host, Signature=00",
        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request,"
            + " SignedHeaders=host"
      })
  void refusesASignatureWithoutAProperForm(String authorization) {
    assertRefused(Fault.INCOMPLETE, SIGNED, request(headers(authorization), ""));
  }

  @Test
  void refusesASignatureThatDoesNotCoverTheHost() {
    assertRefused(
        Fault.INCOMPLETE,
        SIGNED,
        request(headers(AUTHORIZATION.replace("content-type;host;", "content-type;")), ""));
  }

  @Test
  void refusesAPresignedAddressWithoutAProperLifetime() {
    String query =
        "X-Amz-Algorithm=AWS4-HMAC-SHA256"
            + "&X-Amz-Credential=AKIDEXAMPLE%2F20150830%2Fus-east-1%2Fiam%2Faws4_request"
            + "&X-Amz-Date=20150830T123600Z&X-Amz-SignedHeaders=host&X-Amz-Signature=00";
    Map<String, List<String>> headers = Map.of("Host", List.of("iam.amazonaws.com"));
    for (String lifetime : List.of("", "&X-Amz-Expires=0", "&X-Amz-Expires=604801")) {
      assertRefused(
          Fault.INCOMPLETE,
          SIGNED,
          new SignedRequest("GET", "/", query + lifetime, headers, new byte[0]));
    }
    assertRefused(
        Fault.INVALID,
        SIGNED,
        new SignedRequest(
            "GET",
            "/",
            query + "&X-Amz-Expires=" + Duration.ofHours(1).toSeconds(),
            headers,
            new byte[0]));
  }
}
