package org.touchstone.partners;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.touchstone.domain.DetectorReport;
import org.touchstone.domain.Evidence.Finding;
import org.touchstone.domain.Modality;
import org.touchstone.domain.Reason;
import org.touchstone.partners.LoopbackPartner.Reply;
import org.touchstone.partners.voter.Voter;

/** Each preset against a server that answers as the service's public documentation says. */
class PresetsTest {
  @TempDir Path folder;

  private PollingPlace place;
  private LoopbackPartner partner;

  @BeforeEach
  void open() {
    place = new PollingPlace(folder);
    partner = new LoopbackPartner();
  }

  @AfterEach
  void close() {
    partner.close();
    place.close();
  }

  private Voter preset(String name, String track) {
    return PollingPlace.voter(
        """
        {'name': 'voter', 'preset': '%s', 'provider': 'Provider', 'tracks': ['%s'],
         'address': '%s', 'secret': 'key', 'seconds': 30}
        """
            .formatted(name, track, partner.address()));
  }

  private static String base64() {
    return Base64.getEncoder().encodeToString("a photo".getBytes());
  }

  @Test
  void hive() {
    partner.on(
        "POST /api/v3/hive/ai-generated-and-deepfake-content-detection",
        Reply.json(
            """
            {"task_id": "1", "model": "x", "output": [
              {"extra": [{"name": "timestamp", "value": 0.0}], "classes": [
                {"class": "not_ai_generated", "value": 0.1}, {"class": "ai_generated", "value": 0.9},
                {"class": "midjourney", "value": 0.8}, {"class": "deepfake", "value": 0.2}]},
              {"classes": [{"class": "ai_generated", "value": 0.4}, {"class": "deepfake", "value": 0.95}]}]}
            """));

    DetectorReport report = place.ask(preset("hive", "image"), place.photo());

    assertThat(report.score()).isEqualTo(0.95);
    assertThat(partner.asked().getFirst().headers())
        .containsEntry("authorization", "Bearer " + PollingPlace.SECRET);
    assertThat(partner.asked().getFirst().body())
        .isEqualTo("{\"input\":[{\"media_base64\":\"" + base64() + "\"}]}");
    assertThat(report.evidence().findings())
        .extracting(Finding::name)
        .containsExactly("sent", "ai generated", "deepfake", "frames");
  }

  @Test
  void realityDefenderUploadsAndPolls() {
    AtomicInteger polls = new AtomicInteger();
    partner.on(
        "POST /api/files/aws-presigned",
        Reply.json(
            """
            {"code": "ok", "response": {"signedUrl": "%s/bucket/file?X-Amz-Signature=a%%2Fb"},
             "errno": 0, "mediaId": "m", "requestId": "r/1"}
            """
                .formatted(partner.address())));
    partner.on("PUT /bucket/file", new Reply(200, java.util.Map.of(), ""));
    partner.on(
        "GET /api/media/users/r/1",
        asked ->
            Reply.json(
                polls.incrementAndGet() < 2
                    ? "{\"resultsSummary\": {\"status\": \"ANALYZING\"}}"
                    : """
                      {"requestId": "r", "releaseVersion": "2.3.1", "resultsSummary":
                       {"status": "FAKE", "metadata": {"finalScore": 87}}, "models": []}
                      """));

    DetectorReport report =
        place.ask(
            PollingPlace.voter(
                """
                {'name': 'voter', 'preset': 'reality-defender', 'tracks': ['image'],
                 'address': '%s', 'secret': 'key', 'seconds': 60,
                 'poll': {'url': '{address}/api/media/users/{keep.id}',
                          'headers': {'X-API-KEY': '{secret}'}, 'everySeconds': 1,
                          'until': '$exists(resultsSummary.status) and resultsSummary.status != `ANALYZING`'}}
                """
                    .formatted(partner.address())),
            place.photo());

    assertThat(report.score()).isEqualTo(0.87);
    assertThat(partner.asked())
        .extracting(asked -> asked.method() + " " + asked.target())
        .containsExactly(
            "POST /api/files/aws-presigned",
            "PUT /bucket/file?X-Amz-Signature=a%2Fb",
            "GET /api/media/users/r%2F1",
            "GET /api/media/users/r%2F1");
    assertThat(partner.asked().get(0).body()).isEqualTo("{\"fileName\":\"medium.jpg\"}");
    assertThat(partner.asked().get(1).body()).isEqualTo("a photo");
    assertThat(partner.asked().get(1).headers()).doesNotContainKey("x-api-key");
    assertThat(partner.asked().get(2).headers()).containsEntry("x-api-key", PollingPlace.SECRET);
  }

  @Test
  void realityDefenderSaysWhyItAbstains() {
    partner.on(
        "POST /api/files/aws-presigned",
        Reply.json(
            "{\"response\": {\"signedUrl\": \"%s/file\"}, \"requestId\": \"r\"}"
                .formatted(partner.address())));
    partner.on("PUT /file", Reply.status(200));
    partner.on(
        "GET /api/media/users/r",
        Reply.json(
            """
            {"resultsSummary": {"status": "NOT_APPLICABLE", "metadata":
             {"reasons": [{"code": "relevance", "message": "no faces detected"}]}}}
            """));

    DetectorReport report = place.ask(preset("reality-defender", "image"), place.photo());

    assertThat(report.reason()).isEqualTo(Reason.NOT_APPLICABLE);
    assertThat(report.detail()).isEqualTo("Provider abstained: not applicable: no faces detected.");
  }

  @Test
  void sightengineImages() {
    place.secret("key", "{\"user\": \"u-1234\", \"secret\": \"s-5678\"}");
    partner.on(
        "POST /1.0/check.json",
        Reply.json(
            """
            {"status": "success", "request": {"id": "req", "operations": 5},
             "type": {"ai_generated": 0.12, "deepfake": 0.77}, "media": {"id": "med"}}
            """));

    DetectorReport report = place.ask(preset("sightengine-image", "image"), place.photo());

    assertThat(report.score()).isEqualTo(0.77);
    assertThat(partner.asked().getFirst().headers().get("content-type"))
        .startsWith("multipart/form-data; boundary=");
    assertThat(partner.asked().getFirst().body())
        .contains("name=\"models\"\r\n\r\ngenai,deepfake\r\n")
        .contains("name=\"api_user\"\r\n\r\nu-1234\r\n")
        .contains("name=\"api_secret\"\r\n\r\ns-5678\r\n")
        .contains(
            "name=\"media\"; filename=\"medium.jpg\"\r\nContent-Type: image/jpeg\r\n\r\na photo\r\n");
  }

  @Test
  void sightengineVideos() {
    place.secret("key", "{\"user\": \"u\", \"secret\": \"s\"}");
    partner.on(
        "POST /1.0/video/check-sync.json",
        Reply.json(
            """
            {"status": "success", "data": {"frames": [
              {"info": {"position": 0}, "type": {"ai_generated": 0.2}},
              {"info": {"position": 1000}, "type": {"ai_generated": 0.6}}]}}
            """));

    assertThat(
            place
                .ask(
                    preset("sightengine-video", "video"),
                    place.store(Modality.VIDEO, "video/mp4", "a video"))
                .score())
        .isEqualTo(0.6);
  }

  @Test
  void sightengineAnswersAFailureWithStatus200() {
    place.secret("key", "{\"user\": \"u\", \"secret\": \"s\"}");
    partner.on(
        "POST /1.0/check.json",
        Reply.json("{\"status\": \"failure\", \"error\": {\"type\": \"usage_limit\"}}"));

    DetectorReport report = place.ask(preset("sightengine-image", "image"), place.photo());

    assertThat(report.score()).isNull();
    assertThat(report.reason()).isEqualTo(Reason.ERROR);
  }

  @Test
  void deepsafesContractOfModels() {
    partner.on(
        "POST /predict",
        Reply.json(
            "{\"probability\": 0.95, \"prediction\": 1, \"class\": \"fake\", \"inference_time\": 0.12}"));

    DetectorReport report = place.ask(preset("deepsafe", "image"), place.photo());

    assertThat(report.score()).isEqualTo(0.95);
    assertThat(partner.asked().getFirst().body())
        .isEqualTo("{\"image_data\":\"" + base64() + "\",\"threshold\":0.5}");
  }

  @Test
  void truemediasPredictFetchesAPresignedLink() {
    partner.on(
        "POST /predict",
        asked -> {
          Matcher link = Pattern.compile("\"file_path\":\"([^\"]+)\"").matcher(asked.body());
          assertThat(link.find()).isTrue();
          assertThat(fetched(link.group(1))).isEqualTo("a photo");
          return Reply.json("{\"df_probability\": 0.31, \"prediction\": \"REAL\"}");
        });

    DetectorReport report = place.ask(preset("truemedia", "image"), place.photo());

    assertThat(report.score()).isEqualTo(0.31);
    assertThat(report.evidence().findings().getFirst().value())
        .isEqualTo(
            "2026-11-30T14:00:00Z to 127.0.0.1: a link to the file that expires after 10 minutes"
                + " (image/jpeg, 7 bytes)");
  }

  @Test
  void truemediasPredictFindsNoFace() {
    partner.on(
        "POST /predict", Reply.json("{\"df_probability\": 0.5, \"prediction\": \"NO_FACE\"}"));

    assertThat(place.ask(preset("truemedia", "image"), place.photo()).detail())
        .isEqualTo("Provider abstained: no face was found.");
  }

  private static String fetched(String link) {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(
              HttpRequest.newBuilder(URI.create(link)).build(),
              HttpResponse.BodyHandlers.ofString())
          .body();
    } catch (java.io.IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
