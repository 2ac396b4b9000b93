package org.touchstone.c2pa.manifest;

import java.util.List;

/**
 * Something that was done to an asset, as a claim says.
 *
 * @param name such as {@code c2pa.created}
 * @param sourceType the digital source type of its result, a URI; null when it has none
 * @param softwareAgent the software that did it; null when it is not named
 * @param description what was done, in the writer's words; null when it is not said
 * @param when the instant, as it was written; null when it is not said
 * @param isCreated whether the signer vouches for it; otherwise it was only passed on
 * @param ingredients labels of the assertions of the ingredients it was done with
 */
public record Action(
    String name,
    String sourceType,
    String softwareAgent,
    String description,
    String when,
    boolean isCreated,
    List<String> ingredients) {
  public Action {
    ingredients = List.copyOf(ingredients);
  }
}
