package org.touchstone.recognisers;

import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import org.touchstone.domain.speech.SpeechRecogniser;
import org.touchstone.recognisers.http.HttpRecogniser;
import org.touchstone.recognisers.settings.RecogniserSettings;
import org.touchstone.recognisers.transcribe.TranscribeRecogniser;
import org.touchstone.storage.ObjectStore;

/** Opens services by their descriptions. */
public final class Recognisers {
  private Recognisers() {}

  /**
   * A service. Nothing is sent before the first recording; its connections live as long as the
   * process.
   *
   * @param keys a key by the name that the description gives it; empty when there is none
   * @param objects the deployment's bucket
   */
  public static SpeechRecogniser open(
      RecogniserSettings settings,
      Function<String, Optional<String>> keys,
      ObjectStore objects,
      InstantSource clock) {
    return switch (settings.provider()) {
      case OPENAI_COMPATIBLE ->
          new HttpRecogniser(settings, () -> keys.apply(settings.secret()), clock);
      case AMAZON_TRANSCRIBE -> new TranscribeRecogniser(settings, objects);
    };
  }
}
