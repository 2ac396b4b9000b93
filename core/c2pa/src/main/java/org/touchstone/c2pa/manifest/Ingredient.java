package org.touchstone.c2pa.manifest;

/**
 * Something that an asset was made from, as a claim says.
 *
 * @param label label of its assertion
 * @param title its title; null when it has none
 * @param format its media type; null when it has none
 * @param relationship {@code parentOf}, {@code componentOf} or {@code inputTo}; null when it is not
 *     said
 * @param manifest label of its own manifest in the store; null when it has none
 */
public record Ingredient(
    String label, String title, String format, String relationship, String manifest) {
  /** The relationship of what an asset is a new version of. */
  public static final String PARENT = "parentOf";

  /** The relationship of what was put into an asset. */
  public static final String COMPONENT = "componentOf";

  public boolean isParent() {
    return PARENT.equals(relationship);
  }
}
