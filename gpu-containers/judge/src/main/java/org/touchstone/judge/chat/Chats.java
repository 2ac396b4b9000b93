package org.touchstone.judge.chat;

import java.time.InstantSource;
import java.util.Optional;
import org.touchstone.judge.settings.JudgeSettings;
import org.touchstone.secrets.SecretSource;

/** Opens the language model of a description. */
public final class Chats {
  private Chats() {}

  /**
   * Its language model. Nothing is sent before the first question.
   *
   * @param secrets where the key is
   */
  public static Chat open(JudgeSettings settings, SecretSource secrets, InstantSource clock) {
    return switch (settings.provider()) {
      case BEDROCK -> new BedrockChat(settings);
      case OPENAI_COMPATIBLE ->
          new OpenAiChat(
              settings,
              () -> settings.secret() == null ? Optional.empty() : secrets.find(settings.secret()),
              clock);
    };
  }
}
