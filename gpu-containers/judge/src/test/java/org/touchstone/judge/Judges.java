package org.touchstone.judge;

import java.time.InstantSource;
import java.util.Optional;
import org.touchstone.domain.settings.InvalidSettingsException;
import org.touchstone.judge.chat.Chat;
import org.touchstone.judge.chat.Chats;
import org.touchstone.judge.prompt.Prompts;
import org.touchstone.judge.settings.JudgeSettings;
import org.touchstone.secrets.Secret;

/** Judges for tests. */
public final class Judges {
  public static final String KEY = "sk-very-secret";

  private Judges() {}

  /** A description; quotes may be single. */
  public static JudgeSettings settings(String json) {
    try {
      return JudgeSettings.read(json.replace('\'', '"'));
    } catch (InvalidSettingsException e) {
      throw new AssertionError(e);
    }
  }

  /** The description of a judge at a loopback server, with more fields. */
  public static JudgeSettings at(LoopbackChat server, String more) {
    return settings(
        """
        {'provider': 'openai-compatible', 'name': 'example', 'address': '%s', 'private': true,
         'model': '%s', 'secret': 'key', 'seconds': 20 %s}
        """
            .formatted(server.address(), LoopbackChat.MODEL, more));
  }

  public static Chat chat(JudgeSettings settings) {
    return Chats.open(settings, name -> Optional.of(Secret.of(KEY)), InstantSource.system());
  }

  public static LanguageModelJudge judge(JudgeSettings settings, Chat chat) {
    return new LanguageModelJudge(settings, Prompts.bundled(settings.prompt()).orElseThrow(), chat);
  }
}
