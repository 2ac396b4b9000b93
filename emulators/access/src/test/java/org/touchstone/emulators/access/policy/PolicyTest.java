package org.touchstone.emulators.access.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyTest {
  private static final String LIST =
      """
      {"Effect": "Allow", "Action": "s3:ListBucket", "Resource": "arn:aws:s3:::b",
       "Condition": {"%s": {"s3:prefix": %s}}}
      """;

  private static Policy policy(String... statements) {
    try {
      return Policy.of(
          new ObjectMapper()
              .readTree(
                  "{\"Version\": \"2012-10-17\", \"Statement\": ["
                      + String.join(",", statements)
                      + "]}"));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static String statement(String effect, String actions, String resources) {
    return "{\"Effect\": \"%s\", \"Action\": %s, \"Resource\": %s}"
        .formatted(effect, actions, resources);
  }

  @ParameterizedTest
  @CsvSource({
    "s3:GetObject, arn:aws:s3:::b/media/a, true",
    "s3:getobject, arn:aws:s3:::b/media/a/b, true",
    "s3:GetObject, arn:aws:s3:::b/media/, true",
    "s3:GetObject, arn:aws:s3:::b/Media/a, false",
    "s3:GetObject, arn:aws:s3:::b/mediator, false",
    "s3:GetObject, arn:aws:s3:::other/media/a, false",
    "s3:GetObjectVersion, arn:aws:s3:::b/media/a, false",
    "s3:PutObject, arn:aws:s3:::b/media/a, false",
    "s3:PutObject, arn:aws:s3:::b/roster.json, true",
    "s3:PutObject, arn:aws:s3:::b/rosterXjson, false",
  })
  void allowsWhatAStatementNamesAndNothingElse(String action, String resource, boolean allowed) {
    Policy policy =
        policy(
            statement("Allow", "\"s3:GetObject\"", "[\"arn:aws:s3:::b/media/*\"]"),
            statement("Allow", "[\"s3:Put*\"]", "\"arn:aws:s3:::b/roster.json\""));

    assertThat(policy.allows(Access.of(action, resource))).isEqualTo(allowed);
  }

  @Test
  void deniesWhatAnyStatementDenies() {
    Policy policy =
        policy(
            statement("Deny", "\"s3:*\"", "\"arn:aws:s3:::b/media/secret-?\""),
            statement("Allow", "\"*\"", "\"*\""));

    assertThat(policy.allows(Access.of("s3:GetObject", "arn:aws:s3:::b/media/secret-1"))).isFalse();
    assertThat(policy.allows(Access.of("s3:GetObject", "arn:aws:s3:::b/media/secret-12"))).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "StringEquals, models/, models/, true",
    "StringEquals, models/, models/a, false",
    "StringLike, models/*, models/a, true",
    "StringLike, models/*, media/a, false",
  })
  void meetsConditionsOnThePrefixOfALists(
      String operator, String value, String prefix, boolean allowed) {
    Policy policy = policy(LIST.formatted(operator, "[\"other/\", \"" + value + "\"]"));

    assertThat(
            policy.allows(
                new Access("s3:ListBucket", "arn:aws:s3:::b", Map.of("s3:prefix", prefix))))
        .isEqualTo(allowed);
  }

  @Test
  void doesNotMeetAConditionWhoseKeyTheRequestLacks() {
    Policy policy = policy(LIST.formatted("StringLike", "\"*\""));

    assertThat(policy.allows(Access.of("s3:ListBucket", "arn:aws:s3:::b"))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"Effect\": \"Allow\", \"NotAction\": \"s3:*\", \"Resource\": \"*\"}",
        "{\"Effect\": \"Allow\", \"Action\": \"s3:*\", \"NotResource\": \"*\"}",
        "{\"Effect\": \"Allow\", \"Principal\": \"*\", \"Action\": \"s3:*\", \"Resource\": \"*\"}",
        "{\"Effect\": \"Maybe\", \"Action\": \"s3:*\", \"Resource\": \"*\"}",
        "{\"Effect\": \"Allow\", \"Action\": \"s3:*\"}",
        "{\"Effect\": \"Allow\", \"Action\": [], \"Resource\": \"*\"}",
        "{\"Effect\": \"Allow\", \"Action\": \"GetObject\", \"Resource\": \"*\"}",
        "{\"Effect\": \"Allow\", \"Action\": \"s3:*\", \"Resource\": \"bucket\"}",
        "{\"Effect\": \"Allow\", \"Action\": \"s3:*\", \"Resource\": {\"Ref\": \"Bucket\"}}",
        "{\"Effect\": \"Allow\", \"Action\": \"s3:*\", \"Resource\": \"arn:aws:s3:::${aws:username}\"}",
        "{\"Effect\": \"Allow\", \"Action\": \"s3:*\", \"Resource\": \"*\","
            + " \"Condition\": {\"IpAddress\": {\"aws:SourceIp\": \"10.0.0.0/8\"}}}",
        "{\"Effect\": \"Allow\", \"Action\": \"s3:*\", \"Resource\": \"*\","
            + " \"Condition\": {\"StringNotLike\": {\"s3:prefix\": \"a\"}}}",
        "\"all\""
      })
  void refusesWhatItDoesNotUnderstand(String statement) {
    assertThatThrownBy(() -> policy(statement)).isInstanceOf(UnsupportedPolicyException.class);
  }

  @Test
  void namesEveryActionOnEveryResourceThatItAllows() {
    Policy policy =
        policy(
            statement("Allow", "[\"sqs:A\", \"sqs:B\"]", "[\"arn:x\", \"arn:y\"]"),
            statement("Deny", "\"sqs:C\"", "\"*\""));

    assertThat(policy.grants())
        .containsExactly(
            new Grant("sqs:A", "arn:x"),
            new Grant("sqs:A", "arn:y"),
            new Grant("sqs:B", "arn:x"),
            new Grant("sqs:B", "arn:y"));
  }
}
