package org.touchstone.partners;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.touchstone.domain.DetectorReport;
import org.touchstone.domain.Evidence.Finding;
import org.touchstone.domain.Job;
import org.touchstone.domain.Json;
import org.touchstone.domain.MediaItem;
import org.touchstone.domain.Modality;
import org.touchstone.domain.Reason;
import org.touchstone.domain.ReportStatus;
import org.touchstone.partners.LoopbackPartner.Reply;
import org.touchstone.partners.ask.Medium;
import org.touchstone.partners.voter.Voter;
import org.touchstone.storage.PartnerLedger;
import org.touchstone.storage.QuestionTakenException;

class BallotTest {
  private static final Reply SCORE = Reply.json("{\"score\": 0.8}");

  @TempDir Path folder;

  private PollingPlace place;
  private LoopbackPartner partner;

  @BeforeEach
  void open() {
    place = new PollingPlace(folder);
    partner = new LoopbackPartner();
    partner.on("POST /check", SCORE);
  }

  @AfterEach
  void close() {
    partner.close();
    place.close();
  }

  private Voter voter(String... fields) {
    return PollingPlace.voter(
        """
        {'name': 'own', 'provider': 'Example', 'tracks': ['image', 'video'], 'address': '%s',
         'secret': 'key', 'answer': '$', 'seconds': 20, 'retries': 0, %s
         'requests': [{'url': '{address}/check', 'headers': {'X-Key': '{secret}'}, 'send': 'raw'}]}
        """
            .formatted(
                partner.address(), fields.length == 0 ? "" : String.join(",", fields) + ","));
  }

  private DetectorReport ask(Voter voter) {
    return place.ask(voter, place.photo());
  }

  @Test
  void scoreIsUncalibratedUntilTheOrganisationCounted() {
    DetectorReport report = ask(voter());

    assertThat(report.status()).isEqualTo(ReportStatus.SCORED);
    assertThat(report.score()).isEqualTo(0.8);
    assertThat(report.reliability().family()).isEqualTo("Example");
    assertThat(report.reliability().calibration()).isNull();
    assertThat(report.reliability().counts()).isNull();
  }

  @Test
  void reportSaysWhatWasSentToWhomAndWhen() {
    assertThat(ask(voter()).evidence().findings())
        .containsExactly(
            new Finding(
                "Example",
                "sent",
                "2026-11-30T14:00:00Z to 127.0.0.1: the file (image/jpeg, 7 bytes)"));
  }

  @Test
  void sameBytesAreSentOnceWhileTheDescriptionStays() {
    MediaItem photo = place.photo();
    DetectorReport first = place.ask(voter(), photo);
    Job other = otherAnalysis(photo, false);

    assertThat(place.ask(place.ballot, voter(), other).score()).isEqualTo(first.score());
    assertThat(partner.asked()).hasSize(1);
    // Counts that came since hold for the earlier score too.
    Voter counted = voter("'counts':{'row':'r','falseAlarms':1,'authentic':9,'hits':8,'fakes':9}");
    assertThat(place.ask(place.ballot, counted, other).reliability().counts().hits()).isEqualTo(8);
    place.ask(place.ballot, voter(), otherAnalysis(photo, true));
    assertThat(partner.asked()).hasSize(2);
  }

  private static Job otherAnalysis(MediaItem item, boolean force) {
    Job job = PollingPlace.job(item, null, force);
    return new Job(
        null,
        "01jbf3s8v0abcdefghjkmnpqrt",
        job.endpoint(),
        job.queueUrl(),
        job.track(),
        item,
        job.options());
  }

  @Test
  void jobDeliveredTwiceAsksOnce() {
    Job job = PollingPlace.job(place.photo(), null, true);

    DetectorReport first = place.ask(place.ballot, voter(), job);
    DetectorReport second = place.ask(place.ballot, voter(), job);

    assertThat(second).isEqualTo(first);
    assertThat(partner.asked()).hasSize(1);
  }

  @Test
  void abstentionOfADeliveryIsThatOfTheNext() {
    partner.on("POST /check", Reply.status(500));
    Job job = PollingPlace.job(place.photo(), null, false);

    DetectorReport first = place.ask(place.ballot, voter(), job);
    partner.on("POST /check", SCORE);

    assertThat(place.ask(place.ballot, voter(), job)).isEqualTo(first);
    assertThat(first.detail()).isEqualTo("Example answered with status 500.");
  }

  @Test
  void deliveryThatMeetsAnotherAtWorkIsKept() {
    MediaItem photo = place.photo();
    new PartnerLedger(place.objects)
        .claim(PollingPlace.ANALYSIS, photo.id(), "own", PollingPlace.NOW, Duration.ofSeconds(60));

    assertThatThrownBy(
            () ->
                place.ballot.ask(
                    voter(),
                    PollingPlace.job(photo, null, false),
                    new Medium(photo, place.media, folder)))
        .isInstanceOf(QuestionTakenException.class);
    assertThat(partner.asked()).isEmpty();
  }

  @Test
  void questionOfADeadProcessIsPutAgainAndCountedOnce() throws Exception {
    MediaItem photo = place.photo();
    PartnerLedger ledger = new PartnerLedger(place.objects);
    PartnerLedger.Claim.Held held =
        (PartnerLedger.Claim.Held)
            ledger.claim(
                PollingPlace.ANALYSIS,
                photo.id(),
                "own",
                PollingPlace.NOW.minusSeconds(90),
                Duration.ofSeconds(60));
    ledger.count("own", held.question().state().id(), 2_000, null, PollingPlace.NOW);

    DetectorReport report = place.ask(voter("'usdPerCall': 0.002"), photo);

    assertThat(report.score()).isEqualTo(0.8);
    JsonNode month =
        Json.mapper()
            .readTree(place.objects.read("partners/own/2026-11.json").orElseThrow().body());
    assertThat(month.path("calls").asInt()).isEqualTo(1);
    assertThat(month.path("usdMicros").asInt()).isEqualTo(2_000);
  }

  @Test
  void waitForAResultGoesOnAfterTheProcessDied() {
    partner.on("POST /task", Reply.json("{\"id\": \"t1\"}"));
    AtomicInteger polls = new AtomicInteger();
    partner.on(
        "GET /task/t1",
        asked -> Reply.json(polls.incrementAndGet() < 2 ? "{}" : "{\"score\": 0.4}"));
    Voter voter =
        PollingPlace.voter(
            """
            {'name': 'own', 'provider': 'Example', 'tracks': ['image'], 'address': '%s',
             'answer': '$', 'seconds': 20,
             'requests': [{'url': '{address}/task', 'send': 'raw', 'keep': {'id': 'id'}}],
             'poll': {'url': '{address}/task/{keep.id}', 'everySeconds': 1,
                      'until': '$exists(score)'}}
            """
                .formatted(partner.address()));
    MediaItem photo = place.photo();
    PartnerLedger.Claim.Held held =
        (PartnerLedger.Claim.Held)
            new PartnerLedger(place.objects)
                .claim(
                    PollingPlace.ANALYSIS,
                    photo.id(),
                    "own",
                    PollingPlace.NOW.minusSeconds(90),
                    Duration.ofSeconds(60));
    held.question()
        .keep(
            Map.of("id", "t1", ".asked", "true"),
            List.of(new Finding("Example", "sent", "earlier")));

    DetectorReport report = place.ask(voter, photo);

    assertThat(report.score()).isEqualTo(0.4);
    assertThat(partner.asked()).extracting(LoopbackPartner.Asked::method).containsOnly("GET");
    assertThat(report.evidence().findings())
        .containsExactly(new Finding("Example", "sent", "earlier"));
  }

  @Test
  void pastItsMonthlyCapItIsNotAsked() {
    Voter voter = voter("'usdPerCall': 0.4", "'usdPerMonth': 1");
    for (int i = 0; i < 3; i++) {
      place.ask(voter, place.store(Modality.IMAGE, "image/png", "photo " + i));
    }
    DetectorReport third = place.ask(voter, place.store(Modality.IMAGE, "image/png", "photo 2"));

    assertThat(third.reason()).isEqualTo(Reason.LIMIT_REACHED);
    assertThat(third.detail()).isEqualTo("Example's limit of cost for this month is reached.");
    assertThat(third.evidence()).isNull();
    assertThat(partner.asked()).hasSize(2);
  }

  @Test
  void pastItsRateItIsNotAsked() {
    Voter voter = voter("'requestsPerMinute': 1", "'seconds': 1");
    place.ask(voter, place.photo());

    DetectorReport second = place.ask(voter, place.store(Modality.IMAGE, "image/png", "other"));

    assertThat(second.reason()).isEqualTo(Reason.LIMIT_REACHED);
    assertThat(partner.asked()).hasSize(1);
  }

  @Test
  void refusalForTheMomentIsTriedAgainAfterTheTimeItNames() {
    AtomicInteger tries = new AtomicInteger();
    partner.on(
        "POST /check",
        asked ->
            tries.incrementAndGet() == 1 ? new Reply(429, Map.of("Retry-After", "1"), "") : SCORE);

    assertThat(ask(voter("'retries': 1")).score()).isEqualTo(0.8);
  }

  @Test
  void refusalForLongerThanItsTimeIsAnAbstention() {
    partner.on("POST /check", new Reply(429, Map.of("Retry-After", "3600"), ""));

    DetectorReport report = ask(voter("'retries': 5"));

    assertThat(report.reason()).isEqualTo(Reason.LIMIT_REACHED);
    assertThat(partner.asked()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<html>Sign in</html>",
        "{\"error\": \"no credit\"}",
        "{\"score\": \"0.9\"}",
        "{\"score\": 90}",
        "{\"score\": -0.1}",
        "{\"score\": null}",
        "[]",
        "0.5",
        "",
        "{\"score\": 0.5"
      })
  void answerOfAnotherFormIsAnAbstention(String body) {
    partner.on("POST /check", Reply.json(body));

    DetectorReport report = ask(voter());

    assertThat(report.status()).isEqualTo(ReportStatus.ABSTAINED);
    assertThat(report.reason()).isEqualTo(Reason.ERROR);
    assertThat(report.detail()).startsWith("Example");
    assertThat(report.evidence().findings()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://169.254.169.254/latest/", "http://127.0.0.1:1/", "/check"})
  void redirectIsNotFollowed(String location) {
    partner.on("POST /check", new Reply(302, Map.of("Location", location), ""));

    assertThat(ask(voter()).detail())
        .isEqualTo("Example redirects to another address, which is not followed.");
    assertThat(partner.asked()).hasSize(1);
  }

  @Test
  void addressThatAnAnswerNamesIsGuarded() {
    partner.on("POST /to", Reply.json("{\"to\": \"http://169.254.169.254/latest/\"}"));
    Voter voter =
        PollingPlace.voter(
            """
            {'name': 'own', 'provider': 'Example', 'tracks': ['image'], 'address': '%s',
             'answer': '$',
             'requests': [{'url': '{address}/to', 'json': {'a': 1}, 'keep': {'to': 'to'}},
                          {'url': '{keep.to}', 'method': 'PUT', 'send': 'raw'}]}
            """
                .formatted(partner.address()));

    DetectorReport report = ask(voter);

    assertThat(report.reason()).isEqualTo(Reason.ERROR);
    assertThat(report.evidence()).as("nothing was sent").isNull();
  }

  @Test
  void hugeAnswerIsAnAbstention() {
    partner.on("POST /check", Reply.json("[" + " ".repeat(100_000_000) + "]"));

    assertThat(ask(voter()).detail()).isEqualTo("Example answered with more than 1048576 bytes.");
  }

  @Test
  void serverThatHangsIsAnAbstention() throws Exception {
    HttpServer silent =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    try {
      Voter voter =
          PollingPlace.voter(
              """
              {'name': 'own', 'provider': 'Example', 'tracks': ['image'], 'answer': '$',
               'address': 'http://127.0.0.1:%d', 'seconds': 1,
               'requests': [{'url': '{address}/check', 'send': 'raw'}]}
              """
                  .formatted(silent.getAddress().getPort()));

      DetectorReport report = ask(voter);

      assertThat(report.reason()).isEqualTo(Reason.TIMEOUT);
      assertThat(report.detail()).isEqualTo("Example gave no result within 1 seconds.");
    } finally {
      silent.stop(0);
    }
  }

  @Test
  void serverThatIsNotThereIsAnAbstention() {
    partner.close();

    DetectorReport report = ask(voter());

    assertThat(report.detail()).isEqualTo("Example cannot be reached.");
    assertThat(report.evidence()).isNull();
  }

  @Test
  void secretIsInNoReport() {
    partner.on(
        "POST /check",
        asked ->
            Reply.json("{\"abstain\": \"bad key %s\"}".formatted(asked.headers().get("x-key"))));
    assertThat(ask(voter()).detail()).isEqualTo("Example abstained: bad key ***.");

    partner.on(
        "POST /check",
        asked ->
            Reply.json(
                "{\"score\": 1, \"evidence\": {\"%1$s\": \"%2$s%1$s\\n\"}}"
                    .formatted(asked.headers().get("x-key"), "x".repeat(195))));
    DetectorReport report = place.ask(voter(), place.store(Modality.IMAGE, "image/png", "another"));
    assertThat(report.evidence().findings().getLast())
        .isEqualTo(new Finding("Example", "***", "x".repeat(195) + "***"));
  }

  @Test
  void missingSecretIsAnAbstention() {
    place.secret("key", "{\"other\": \"part\"}");

    assertThat(ask(voter()).detail()).contains("secret of Example");
    assertThat(partner.asked()).isEmpty();
  }

  @Test
  void statusThatMeansAbstaining() {
    partner.on("POST /check", Reply.status(422));

    assertThat(ask(voter("'abstainOnStatus': [422]")).reason()).isEqualTo(Reason.NOT_APPLICABLE);
  }

  @Test
  void fileThatIsTooLargeIsNotSent() {
    MediaItem large = place.store(Modality.IMAGE, "image/png", "x".repeat(1_000_001));

    DetectorReport report = place.ask(voter("'maxMegabytes': 1"), large);

    assertThat(report.reason()).isEqualTo(Reason.UNSUPPORTED);
    assertThat(partner.asked()).isEmpty();
  }

  @Test
  void providerIsAskedToDeleteWhateverItAnswered() {
    partner.on("POST /task", Reply.json("{\"id\": \"t1\"}"));
    partner.on("DELETE /task/t1", Reply.status(204));
    Voter voter =
        PollingPlace.voter(
            """
            {'name': 'own', 'provider': 'Example', 'tracks': ['image'], 'address': '%s',
             'answer': 'score',
             'requests': [{'url': '{address}/task', 'send': 'raw', 'keep': {'id': 'id'}}],
             'delete': {'url': '{address}/task/{keep.id}'}}
            """
                .formatted(partner.address()));

    DetectorReport report = ask(voter);

    assertThat(report.reason()).isEqualTo(Reason.ERROR);
    assertThat(report.evidence().findings().getLast())
        .isEqualTo(
            new Finding(
                "Example", "deletion", "2026-11-30T14:00:00Z asked for: accepted, status 204"));
  }

  @ParameterizedTest
  @CsvSource({
    "500, 3, 'asked for 3 times: refused, status 500'",
    "404, 1, 'asked for: refused, status 404'"
  })
  void deletionThatFailsIsReportedAfterABoundedNumberOfTries(
      int status, int tries, String outcome) {
    partner.on("POST /task", Reply.json("{\"id\": \"t1\", \"score\": 0.8}"));
    partner.on("DELETE /task/t1", Reply.status(status));
    Voter voter =
        PollingPlace.voter(
            """
            {'name': 'own', 'provider': 'Example', 'tracks': ['image'], 'address': '%s',
             'answer': '$', 'retries': 0,
             'requests': [{'url': '{address}/task', 'send': 'raw', 'keep': {'id': 'id'}}],
             'delete': {'url': '{address}/task/{keep.id}'}}
            """
                .formatted(partner.address()));

    DetectorReport report = ask(voter);

    assertThat(report.score()).isEqualTo(0.8);
    assertThat(report.evidence().findings())
        .extracting(Finding::name, Finding::value)
        .contains(tuple("deletion", "2026-11-30T14:00:00Z " + outcome));
    assertThat(partner.asked()).filteredOn(asked -> asked.method().equals("DELETE")).hasSize(tries);
  }

  @Test
  void linkOfThePostIsSentWhereItIsAskedFor() {
    Voter voter =
        PollingPlace.voter(
            """
            {'name': 'own', 'provider': 'Example', 'tracks': ['image'], 'address': '%s',
             'answer': '$',
             'requests': [{'url': '{address}/check', 'send': 'link', 'form': {'url': '{medium}'}}]}
            """
                .formatted(partner.address()));
    assertThat(ask(voter).score()).isEqualTo(0.8);
    assertThat(partner.asked().getFirst().body())
        .isEqualTo("url=https%3A%2F%2Fexample.org%2Fpost%2F1");

    MediaItem upload = place.store(Modality.IMAGE, "image/png", "an upload").withSource(null);
    assertThat(place.ask(voter, upload).reason()).isEqualTo(Reason.NOT_APPLICABLE);
    assertThat(partner.asked()).hasSize(1);
  }
}
