package org.touchstone.provenance;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import org.touchstone.domain.Modality;
import org.touchstone.provenance.MediaMetadata.Entry;

/**
 * A pattern for metadata written by a generator.
 *
 * @param id its name in reports
 * @param generator the generator; null when the value names it, or when it is unknown
 * @param generatorFromValue whether the value of the first condition names the generator
 * @param strength name of its strength; null when it is reported without weight
 * @param only the only modality it applies to, or null for all
 * @param when conditions that must all hold
 */
record Signature(
    String id,
    String generator,
    boolean generatorFromValue,
    String strength,
    Modality only,
    List<Condition> when) {

  Signature {
    Objects.requireNonNull(id, "id");
    when = List.copyOf(when);
    if (when.isEmpty()) {
      throw new IllegalArgumentException("signature without condition: " + id);
    }
  }

  /**
   * A condition on one entry. Texts are compared without regard to case. Regular expressions are
   * not supported, so that no value can make a comparison slow.
   *
   * @param fields where to look, {@code source:name}; the name {@code *} matches any name
   * @param contains texts that must all occur, ignoring white space
   * @param any texts of which at least one must occur, ignoring white space
   * @param without texts of which none may occur, ignoring white space
   * @param words at least one of these must occur as a whole word
   * @param equals the value must be one of these
   * @param except the value must not be any of these
   * @param verbatim texts that must all occur, white space included
   * @param startsWith how the value must begin
   * @param uuidAfter text that must be followed by a UUID, with only white space between
   * @param uuid whether the value must be a UUID
   */
  record Condition(
      List<String> fields,
      List<String> contains,
      List<String> any,
      List<String> without,
      List<String> words,
      List<String> equals,
      List<String> except,
      List<String> verbatim,
      String startsWith,
      String uuidAfter,
      boolean uuid) {

    private static final Pattern UUID =
        Pattern.compile(
            "\\p{XDigit}{8}-\\p{XDigit}{4}-\\p{XDigit}{4}-\\p{XDigit}{4}-\\p{XDigit}{12}");
    private static final int UUID_CHARS = 36;

    Condition {
      fields = lower(fields);
      contains = lower(contains).stream().map(Condition::compact).toList();
      any = lower(any).stream().map(Condition::compact).toList();
      without = lower(without).stream().map(Condition::compact).toList();
      words = lower(words);
      equals = lower(equals);
      except = lower(except);
      verbatim = lower(verbatim);
      startsWith = startsWith == null ? "" : lower(startsWith);
      uuidAfter = uuidAfter == null ? "" : lower(uuidAfter);
      if (fields.isEmpty()) {
        throw new IllegalArgumentException("condition without field");
      }
    }

    boolean holds(Entry entry) {
      if (!fields.contains(lower(entry.source() + ":" + entry.name()))
          && !fields.contains(lower(entry.source() + ":*"))) {
        return false;
      }
      String value = lower(entry.value());
      return holdsCompact(value)
          && (words.isEmpty() || words.stream().anyMatch(word -> hasWord(value, word)))
          && (equals.isEmpty() || equals.contains(value))
          && !except.contains(value)
          && verbatim.stream().allMatch(value::contains)
          && value.startsWith(startsWith)
          && (uuidAfter.isEmpty() || hasUuidAfter(value))
          && (!uuid || UUID.matcher(value).matches());
    }

    private boolean holdsCompact(String value) {
      if (contains.isEmpty() && any.isEmpty() && without.isEmpty()) {
        return true;
      }
      String compacted = compact(value);
      return contains.stream().allMatch(compacted::contains)
          && (any.isEmpty() || any.stream().anyMatch(compacted::contains))
          && without.stream().noneMatch(compacted::contains);
    }

    private static boolean hasWord(String value, String word) {
      for (int at = value.indexOf(word); at >= 0; at = value.indexOf(word, at + 1)) {
        if (isBoundary(value, at - 1) && isBoundary(value, at + word.length())) {
          return true;
        }
      }
      return false;
    }

    private boolean hasUuidAfter(String value) {
      for (int at = value.indexOf(uuidAfter); at >= 0; at = value.indexOf(uuidAfter, at + 1)) {
        int start = at + uuidAfter.length();
        while (start < value.length() && Character.isWhitespace(value.charAt(start))) {
          start++;
        }
        int end = start + UUID_CHARS;
        if (end <= value.length()
            && isBoundary(value, end)
            && UUID.matcher(value.substring(start, end)).matches()) {
          return true;
        }
      }
      return false;
    }

    private static boolean isBoundary(String value, int index) {
      return index < 0
          || index >= value.length()
          || !Character.isLetterOrDigit(value.charAt(index));
    }

    private static String compact(String text) {
      StringBuilder kept = new StringBuilder(text.length());
      text.codePoints().filter(c -> !Character.isWhitespace(c)).forEach(kept::appendCodePoint);
      return kept.toString();
    }

    private static String lower(String text) {
      return text.toLowerCase(Locale.ROOT);
    }

    private static List<String> lower(List<String> texts) {
      return texts == null ? List.of() : texts.stream().map(Condition::lower).toList();
    }
  }
}
