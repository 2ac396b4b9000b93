package org.touchstone.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.touchstone.domain.Job;
import org.touchstone.domain.MediaItem;
import org.touchstone.domain.Modality;
import org.touchstone.storage.CallbackStore.Opened;
import org.touchstone.storage.CallbackStore.Receipt;

class CallbackStoreTest {
  @RegisterExtension static final TestBucket BUCKET = new TestBucket();

  private static final CallbackTicket TICKET =
      new CallbackTicket(
          "own",
          new Job(
              "task",
              Samples.ID,
              "partners",
              "queue",
              Modality.IMAGE,
              MediaItem.of(Modality.IMAGE, "a".repeat(64), "image/png", 10),
              null),
          Instant.parse("2026-11-30T23:59:30Z"),
          "X-Signature");

  private CallbackStore callbacks;

  @BeforeEach
  void open() {
    callbacks = new CallbackStore(BUCKET.objects());
  }

  private static CallbackAnswer answer(String body) {
    return new CallbackAnswer("proof", body.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void tokenLeadsToItsQuestionAndIsNotStored() {
    Opened opened = callbacks.open(TICKET);

    assertThat(callbacks.ticket(opened.token())).contains(TICKET);
    assertThat(BUCKET.objects().list("callbacks/"))
        .allSatisfy(
            key -> {
              assertThat(key).contains(opened.sha256()).doesNotContain(opened.token());
              assertThat(new String(BUCKET.objects().read(key).orElseThrow().body()))
                  .doesNotContain(opened.token());
            });
    assertThat(callbacks.open(TICKET).token()).isNotEqualTo(opened.token());
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        "../question",
        "0",
        "00000000000000000000000000",
        "zzzzzzzzzzzzzzzzzzzzzzzzzz"
      })
  void otherTextsLeadNowhere(String token) {
    callbacks.open(TICKET);

    assertThat(callbacks.ticket(token)).isEmpty();
  }

  @Test
  void firstAnswerCounts() throws Exception {
    Opened opened = callbacks.open(TICKET);
    assertThat(callbacks.answer(opened.sha256())).isEmpty();

    List<Receipt> receipts =
        Race.run(6, i -> callbacks.receive(opened.token(), answer(Integer.toString(i))));

    assertThat(receipts).filteredOn(Receipt.STORED::equals).hasSize(1);
    assertThat(receipts).filteredOn(Receipt.REFUSED::equals).hasSize(5);
    CallbackAnswer stored = callbacks.answer(opened.sha256()).orElseThrow();
    assertThat(stored).isEqualTo(answer(Integer.toString(receipts.indexOf(Receipt.STORED))));
    assertThat(callbacks.receive(opened.token(), stored)).isEqualTo(Receipt.REPEATED);
  }
}
