package org.touchstone.infra.bot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.touchstone.infra.Deployment.DEFAULT;
import static org.touchstone.infra.Deployment.FULL;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.touchstone.infra.Deployment;
import org.touchstone.infra.NeedsNode;
import org.touchstone.infra.artefacts.Builds;
import org.touchstone.infra.config.ConfigException;
import org.touchstone.infra.config.ConfigReader;

@NeedsNode
class MentionBotTest {
  @Test
  void thereIsNoBotByDefault() {
    assertThat(DEFAULT.properties("AWS::Lambda::Function").toString())
        .doesNotContain("MENTIONS_BOT");
    assertThat(DEFAULT.properties("AWS::Scheduler::Schedule").toString())
        .doesNotContain("mentions");
  }

  @Test
  void bothFunctionsAreGivenTheBotsSettingsAndTheNamesOfItsSecrets() {
    for (String function : List.of("mentions", "mention-replies")) {
      JsonNode variables = FULL.function(function).get("Environment").get("Variables");
      assertThat(Deployment.json(variables.get("TOUCHSTONE_MENTIONS_BOT").asText()))
          .isEqualTo(
              Deployment.json(
                  """
                  {"approve": ["high"], "deadline": "PT1H",
                   "platforms": {"x": {"monthlyCapUsd": 50.0},
                                 "mastodon": {"address": "https://mastodon.example", "link": true}}}
                  """));
      assertThat(variables.get("TOUCHSTONE_MENTIONS_SECRETS_PREFIX").asText())
          .isEqualTo("org/bot/");
      assertThat(variables.get("TOUCHSTONE_MENTIONS_ANALYSIS_URL").asText())
          .startsWith("https://proxy.example.org/touchstone");
    }
    assertThat(FULL.properties("AWS::SecretsManager::Secret"))
        .extracting(secret -> secret.get("Name").asText())
        .contains("org/bot/analysis", "org/bot/x", "org/bot/mastodon");
  }

  @Test
  void eachPlatformHasItsOwnSchedule() {
    assertThat(FULL.properties("AWS::Scheduler::Schedule"))
        .filteredOn(schedule -> schedule.path("Name").asText().contains("-mentions-"))
        .extracting(
            schedule -> schedule.get("ScheduleExpression").asText(),
            schedule -> schedule.get("Target").get("Input").asText())
        .containsExactlyInAnyOrder(
            tuple("rate(1 minute)", "{\"platform\":\"x\"}"),
            tuple("rate(5 minutes)", "{\"platform\":\"mastodon\"}"));
  }

  @Test
  void hearsOfEndedAnalysesWithADeadLetterQueue() {
    assertThat(FULL.properties("AWS::Events::Rule"))
        .filteredOn(rule -> rule.get("Description").asText("").contains("mention bot"))
        .singleElement()
        .asString()
        .contains("AnalysisEnded", "DeadLetterConfig");
  }

  @Test
  void tellsWhenAnswersAreAnHourLateOrMentionsAreGivenUp() {
    assertThat(FULL.properties("AWS::CloudWatch::Alarm"))
        .filteredOn(alarm -> alarm.path("MetricName").asText().equals("MentionQueueAge"))
        .singleElement()
        .satisfies(
            alarm -> {
              assertThat(alarm.get("Threshold").asInt()).isEqualTo(7200);
              assertThat(alarm.get("AlarmActions")).hasSize(1);
            });
    assertThat(FULL.properties("AWS::CloudWatch::Alarm").toString()).contains("FailedMentions");
    assertThat(FULL.properties("AWS::CloudWatch::Dashboard").toString()).contains("botPlatform");
  }

  @Test
  void readsNothingButWhatIsItsOwn() {
    assertThat(FULL.statements(FULL.function("mentions").get("Role")))
        .noneMatch(statement -> statement.toString().contains("analyses/"))
        .noneMatch(statement -> statement.toString().contains("media/"))
        .noneMatch(statement -> statement.toString().contains("access/"));
  }

  @Test
  void isBuiltWhenItIsDeployed() {
    assertThat(Builds.of(ConfigReader.parse("bot: {platforms: {x: {}}}")).getFirst())
        .contains("functions/mentions");
    assertThat(Builds.of(ConfigReader.parse("{}")).getFirst()).doesNotContain("mentions");
  }

  @Test
  void configurationIsChecked() {
    for (String wrong :
        new String[] {
          "bot: {}",
          "bot: {platforms: {facebook: {}}}",
          "bot: {platforms: {x: }}",
          "bot: {platforms: {x: {pollMinutes: 0}}}",
          "bot: {platforms: {x: {monthlyCapUsd: -1}}}",
          "bot: {platforms: {x: {monthlyCapUsd: much}}}",
          "bot: {platforms: {x: {perDay: -1}}}",
          "bot: {platforms: {mastodon: {address: 'http://mastodon.example'}}}",
          "bot: {deadline: 2h, platforms: {x: {}}}",
          "bot: {deadline: P2D, platforms: {x: {}}}",
          "bot: {approve: [false-alarm], platforms: {x: {}}}",
          "bot: {analysis: {shape: resolve-media}, platforms: {x: {}}}",
          "bot: {analysis: {url: 'https://a.example', shape: other}, platforms: {x: {}}}"
        }) {
      assertThatThrownBy(() -> ConfigReader.parse(wrong))
          .as(wrong)
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("bot");
    }
    assertThat(ConfigReader.parse("bot: {platforms: {x: {monthlyCapUsd: 12.5}}}").bot().json())
        .contains("12.5");
  }
}
