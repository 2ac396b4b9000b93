package org.touchstone.provenance.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrustUpdateTest {
  @Test
  void findsNothingToDoWhereNothingIsNew() throws IOException {
    TrustUpdate update =
        TrustUpdate.of(TrustFiles.NONE, Map.of(TrustFiles.OFFICIAL, bundled(TrustFiles.OFFICIAL)));

    assertThat(update.files()).isEmpty();
    assertThat(update.changes()).isEmpty();
  }

  @Test
  void showsWhatIsGoneAndWhatIsNew() throws IOException {
    String products = new String(bundled(TrustFiles.PRODUCTS), StandardCharsets.UTF_8);
    String first = "0197aa34-665b-7811-9bbc-317cfd988d0a";
    byte[] next = products.replace(first, "new-record").getBytes(StandardCharsets.UTF_8);

    TrustUpdate update = TrustUpdate.of(TrustFiles.NONE, Map.of(TrustFiles.PRODUCTS, next));

    assertThat(update.files()).containsOnlyKeys(TrustFiles.PRODUCTS);
    TrustUpdate.Change change = update.changes().get(TrustFiles.PRODUCTS);
    assertThat(change.added()).containsExactly("Pixel Camera (new-record)");
    assertThat(change.removed()).containsExactly("Pixel Camera (" + first + ")");
  }

  @Test
  void refusesAListThatIsOlderThanTheOneInForce() throws IOException {
    String official = new String(bundled(TrustFiles.OFFICIAL), StandardCharsets.UTF_8);
    byte[] older =
        official
            .replace("2026-08-05T00:11:39Z", "2026-07-05T00:11:39Z")
            .getBytes(StandardCharsets.UTF_8);

    assertThatThrownBy(() -> TrustUpdate.of(TrustFiles.NONE, Map.of(TrustFiles.OFFICIAL, older)))
        .isInstanceOf(IOException.class)
        .hasMessage(TrustFiles.OFFICIAL + " is older than the one in force");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "404: Not Found"})
  void refusesWhatIsNoListAtAll(String content) {
    for (String name : TrustUpdate.PUBLISHED) {
      assertThatThrownBy(
              () ->
                  TrustUpdate.of(
                      TrustFiles.NONE, Map.of(name, content.getBytes(StandardCharsets.UTF_8))))
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith(name + " was not taken");
    }
  }

  private static byte[] bundled(String name) throws IOException {
    try (InputStream in = TrustLists.class.getResourceAsStream(name)) {
      return in.readAllBytes();
    }
  }
}
