package org.touchstone.local.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.touchstone.domain.Json;
import org.touchstone.mentions.platforms.Platforms;
import org.touchstone.mentions.settings.BotSettings;
import org.touchstone.mentions.settings.PlatformSettings;

/**
 * A file that describes the mention bot, in YAML: {@link BotSettings}, with {@code pollMinutes} for
 * each platform.
 *
 * @param settings what the bot does
 * @param periods how often each platform is asked for mentions
 */
public record BotFile(BotSettings settings, Map<String, Duration> periods) {
  /** Without any platform. */
  public static final BotFile NONE =
      new BotFile(new BotSettings(null, null, null, null, null, null), Map.of());

  private static final String PLATFORMS = "platforms";
  private static final String POLL_MINUTES = "pollMinutes";
  private static final int DEFAULT_MINUTES = 5;
  private static final int MAX_MINUTES = 24 * 60;

  /**
   * Reads a file.
   *
   * @throws StackException when it cannot be read or is not valid; the message names the key
   */
  public static BotFile read(Path file) {
    JsonNode tree = YamlFile.read(file, "The bot's file");
    if (!(tree instanceof ObjectNode bot)) {
      throw new StackException(file + ": is not a set of keys.");
    }
    requireKnown(file, "", bot, keys(BotSettings.class));
    Map<String, Duration> periods = new HashMap<>();
    Set<String> known = keys(PlatformSettings.class);
    known.add(POLL_MINUTES);
    for (Map.Entry<String, JsonNode> entry : bot.path(PLATFORMS).properties()) {
      String path = PLATFORMS + "." + entry.getKey();
      if (Platforms.find(entry.getKey()).isEmpty()) {
        throw new StackException(file + ": " + path + ": there is not a platform of this name.");
      }
      if (!(entry.getValue() instanceof ObjectNode platform)) {
        throw new StackException(file + ": " + path + ": is not a set of keys; {} is one.");
      }
      requireKnown(file, path + ".", platform, known);
      JsonNode minutes = platform.path(POLL_MINUTES);
      boolean valid =
          minutes.isMissingNode()
              || minutes.isInt() && minutes.intValue() >= 1 && minutes.intValue() <= MAX_MINUTES;
      if (!valid) {
        throw new StackException(
            file + ": " + path + "." + POLL_MINUTES + ": is not from 1 to " + MAX_MINUTES + ".");
      }
      periods.put(entry.getKey(), Duration.ofMinutes(minutes.asInt(DEFAULT_MINUTES)));
      platform.remove(POLL_MINUTES);
    }
    try {
      return new BotFile(BotSettings.read(Json.string(bot)), Map.copyOf(periods));
    } catch (IllegalArgumentException e) {
      throw new StackException(file + ": " + e.getMessage(), e);
    }
  }

  private static Set<String> keys(Class<? extends Record> type) {
    return Stream.of(type.getRecordComponents())
        .map(RecordComponent::getName)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static void requireKnown(Path file, String path, ObjectNode keys, Set<String> known) {
    keys.fieldNames()
        .forEachRemaining(
            key -> {
              if (!known.contains(key)) {
                throw new StackException(
                    file
                        + ": "
                        + path
                        + key
                        + ": unknown key; the keys here are "
                        + String.join(", ", known)
                        + ".");
              }
            });
  }
}
