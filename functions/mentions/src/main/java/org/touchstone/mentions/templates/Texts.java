package org.touchstone.mentions.templates;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The file of one language.
 *
 * @param stop what people write who do not want to hear from the bot; compared as {@link StopWords}
 *     says
 * @param texts the templates by their keys
 */
public record Texts(List<String> stop, Map<String, String> texts) {
  public Texts {
    stop = stop == null ? List.of() : List.copyOf(stop);
    texts = texts == null ? Map.of() : Map.copyOf(texts);
  }

  /** These texts, where an organisation's own do not take their place; stop words of both. */
  Texts with(Texts own) {
    Map<String, String> both = new TreeMap<>(texts);
    both.putAll(own.texts);
    return new Texts(Stream.concat(stop.stream(), own.stop.stream()).distinct().toList(), both);
  }
}
