package org.touchstone.partners.voter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.touchstone.domain.Category;
import org.touchstone.domain.Modality;

class VoterReaderTest {
  private static final String OWN =
      """
      {'name': 'own', 'provider': 'Example', 'tracks': ['image'],
       'address': 'https://api.example.org/v1/', 'secret': 'example',
       'requests': [{'url': '{address}/check', 'headers': {'Authorization': 'Bearer {secret}'},
                     'send': 'multipart', 'file': 'media', 'form': {'models': 'a'}}],
       'answer': '$', 'usdPerCall': 0.002, 'usdPerMonth': 50, 'requestsPerMinute': 30,
       'seconds': 90, 'retries': 1, 'maxMegabytes': 5, 'abstainOnStatus': [422],
       'counts': {'row': 'May', 'falseAlarms': 3, 'authentic': 200, 'hits': 150, 'fakes': 200}}
      """
          .replace('\'', '"');

  private static List<Voter> read(String... voters) throws InvalidVoterException {
    return VoterReader.read("[" + String.join(",", voters) + "]", false);
  }

  @Test
  void readsEveryField() throws Exception {
    Voter voter = read(OWN).getFirst();

    assertThat(voter.address()).isEqualTo("https://api.example.org/v1");
    assertThat(voter.category()).isEqualTo(Category.GENERATIVE);
    assertThat(voter.tracks()).containsExactly(Modality.IMAGE);
    assertThat(voter.requests().getFirst().send()).isEqualTo(Sending.MULTIPART);
    assertThat(voter.limits().time()).isEqualTo(Duration.ofSeconds(90));
    assertThat(voter.limits().maxBytes()).isEqualTo(5_000_000);
    assertThat(voter.price()).isEqualTo(new Voter.Price(2_000, 50_000_000L));
    assertThat(voter.reliability().family()).isEqualTo("Example");
    assertThat(voter.reliability().counts().falseAlarms()).isEqualTo(3);
    assertThat(voter.detector().modelVersion()).matches("partner-[0-9a-f]{12}");
  }

  @Test
  void versionFollowsWhatAnswersDependOn() throws Exception {
    String version = read(OWN).getFirst().version();

    assertThat(read(OWN.replace("0.002", "0.003")).getFirst().version()).isEqualTo(version);
    assertThat(read(OWN.replace("\"$\"", "\"score\"")).getFirst().version()).isNotEqualTo(version);
  }

  @Test
  void withoutVotersThereIsNone() throws Exception {
    assertThat(VoterReader.read("[]", false)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "\"name\": \"own\" | \"name\": \"Own Name\" | voters[0].name",
        "\"name\": \"own\" | \"name\": \"metadata\" | voters[0].name",
        "\"provider\": \"Example\", | ~~ | voters[0].provider: is missing",
        "[\"image\"] | [] | voters[0].tracks",
        "[\"image\"] | [\"text\"] | voters[0].tracks",
        "\"tracks\": [\"image\"], | ~~ | voters[0].tracks: is missing",
        "https://api | http://api | voters[0].address: is not encrypted",
        "https://api | https://u:p@api | voters[0].address",
        "example.org/v1 | example.org:8443/v1 | voters[0].address: has a port",
        "\"url\": \"{address}/check\" | \"url\": \"/check\" | voters[0].requests[0].url",
        "\"url\": \"{address}/check\" | \"url\": \"{address}/{secret}\" | voters[0].requests[0].url: a secret",
        "\"url\": \"{address}/check\" | \"url\": \"{address}/{keep.id}\" | is not kept by an earlier request",
        "\"url\": \"{address}/check\" | \"url\": \"{adress}/check\" | {adress} is not a placeholder",
        "\"secret\": \"example\", | ~~ | names no secret",
        "\"send\": \"multipart\" | \"send\": \"pigeon\" | voters[0].requests[0].send",
        "\"send\": \"multipart\", \"file\": \"media\", | ~~ | voters[0].requests: exactly one",
        "\"file\": \"media\", | ~~ | voters[0].requests[0].file",
        "\"models\": \"a\" | \"models\": \"{medium}\" | voters[0].requests[0].send",
        "\"answer\": \"$\" | \"answer\": \"{\" | voters[0].answer: is not JSONata",
        "\"answer\": \"$\", | ~~ | voters[0].answer: is missing",
        "0.002 | 0.0000001 | voters[0].usdPerCall",
        "0.002 | \"cheap\" | voters[0].usdPerCall",
        "\"usdPerCall\": 0.002, | ~~ | voters[0].usdPerMonth: needs usdPerCall",
        "\"seconds\": 90 | \"seconds\": 900 | voters[0].seconds",
        "\"seconds\": 90 | \"second\": 90 | voters[0].second: is not a field",
        "\"retries\": 1 | \"retries\": true | voters[0].retries",
        "[422] | [200] | voters[0].abstainOnStatus",
        "\"hits\": 150 | \"hits\": 1500 | voters[0].counts",
        "\"hits\": 150, | ~~ | voters[0].counts.hits: is missing",
        "\"seconds\": 90 | \"callback\": true | voters[0].callback: is not a set of fields",
        "\"seconds\": 90 | \"callback\": {} | voters[0].callback: no request tells",
        "\"models\": \"a\" | \"models\": \"{callbackUrl}\" | voters[0].callback: is missing",
        "\"seconds\": 90 | \"callback\": {\"every\": 1} | voters[0].callback.every: is not a field",
        "\"seconds\": 90 | \"callback\": {\"header\": \"X-A\"} | voters[0].callback.check",
        "\"seconds\": 90 | \"callback\": {\"header\": \"X A\"} | voters[0].callback.header",
        "\"seconds\": 90 | \"callback\": {\"check\": \"md5\"} | voters[0].callback.check",
        "\"seconds\": 90 | \"callback\": {\"secret\": \"value\"} | voters[0].callback.secret"
      })
  void namesTheFieldThatIsWrong(String what, String by, String problem) {
    assertThat(OWN).contains(what);
    assertThatThrownBy(() -> read(OWN.replace(what, by)))
        .isInstanceOf(InvalidVoterException.class)
        .hasMessageContaining(problem);
  }

  private static String callingBack(String callback) {
    return OWN.replace("\"models\": \"a\"", "\"models\": \"a\", \"to\": \"{callbackUrl}\"")
        .replace("\"seconds\": 90", "\"seconds\": 1800, \"callback\": " + callback);
  }

  @Test
  void readsHowAVoterCallsBack() throws Exception {
    assertThat(read(callingBack("{}")).getFirst().callback())
        .isEqualTo(new Voter.Callback(null, null, false));
    Voter signing =
        read(callingBack(
                "{\"header\": \"X-Signature\", \"secret\": \"{secret.signing}\","
                    + " \"check\": \"hmac-sha256\"}"))
            .getFirst();
    assertThat(signing.callback())
        .isEqualTo(new Voter.Callback("X-Signature", "{secret.signing}", true));
    assertThat(signing.limits().time()).isEqualTo(Duration.ofMinutes(30));
    assertThat(signing.version()).isNotEqualTo(read(callingBack("{}")).getFirst().version());
  }

  @Test
  void aResultIsPolledOrCalledBack() {
    String both = callingBack("{}, \"poll\": {\"url\": \"{address}/task\", \"until\": \"true\"}");
    assertThatThrownBy(() -> read(both)).hasMessageContaining("voters[0].poll");
    String elsewhere =
        callingBack("{}, \"delete\": {\"url\": \"{address}/task?to={callbackUrl}\"}");
    assertThatThrownBy(() -> read(elsewhere)).hasMessageContaining("voters[0].delete.url");
  }

  @Test
  void aSecretIsNotSentWhereAnAnswerPoints() {
    String stealing =
        """
        {"name": "own", "provider": "Example", "tracks": ["image"], "secret": "a",
         "address": "https://api.example.org",
         "requests": [{"url": "{address}/a", "keep": {"to": "to"}},
                      {"url": "{keep.to}", "method": "PUT", "send": "raw",
                       "headers": {"X-Key": "{secret}"}}],
         "answer": "$"}
        """;
    assertThatThrownBy(() -> read(stealing))
        .hasMessageContaining("voters[0].requests[1].headers.X-Key");
  }

  @Test
  void namesAreUnique() {
    assertThatThrownBy(() -> read(OWN, OWN)).hasMessageContaining("voters[1].name");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "null", "[1]", "[[]]", "[", "[{\"preset\": \"other\"}]"})
  void refusesWhatIsNotAList(String json) {
    assertThatThrownBy(() -> VoterReader.read(json, false))
        .isInstanceOf(InvalidVoterException.class)
        .hasMessageStartingWith("voters");
  }

  @ParameterizedTest
  @ValueSource(strings = {"hive", "reality-defender", "sightengine-image", "sightengine-video"})
  void presetsNeedANameTracksAndASecret(String preset) throws Exception {
    String track = preset.endsWith("video") ? "video" : "image";
    Voter voter =
        read("""
                {"name": "v", "preset": "%s", "tracks": ["%s"], "secret": "s"}
                """
                .formatted(preset, track))
            .getFirst();

    assertThat(voter.address()).startsWith("https://");
    assertThat(voter.provider()).isNotBlank();
    assertThatThrownBy(
            () ->
                read("{\"name\": \"v\", \"preset\": \"%s\", \"secret\": \"s\"}".formatted(preset)))
        .hasMessageContaining("tracks");
  }

  @Test
  void aPresetIsForItsTracksOnly() {
    assertThatThrownBy(
            () ->
                read(
                    "{\"name\":\"v\",\"preset\":\"hive\",\"tracks\":[\"audio\"],\"secret\":\"s\"}"))
        .hasMessageContaining("voters[0].tracks: the preset is for");
  }
}
