package org.touchstone.c2pa.manifest;

import java.util.List;
import org.touchstone.c2pa.credential.Signer;
import org.touchstone.c2pa.status.Code;
import org.touchstone.c2pa.status.Status;

/**
 * A manifest, and what its validation found.
 *
 * @param label its label in the store
 * @param claimVersion 1 or 2; 0 when its claim cannot be read
 * @param isUpdate whether it only adds to what its parent says
 * @param generators the software that made the claim
 * @param title the asset's title; null when it has none
 * @param format the asset's media type; null when it has none
 * @param signer who signed it; null when that cannot be read
 * @param actions what was done, in order
 * @param hasAllActions whether the signer says of its own actions that nothing else was done
 * @param ingredients what the asset was made from
 * @param assertions labels of all its assertions
 * @param statuses what was found, in order
 */
public record ManifestReport(
    String label,
    int claimVersion,
    boolean isUpdate,
    List<String> generators,
    String title,
    String format,
    Signer signer,
    List<Action> actions,
    boolean hasAllActions,
    List<Ingredient> ingredients,
    List<String> assertions,
    List<Status> statuses) {
  public ManifestReport {
    generators = List.copyOf(generators);
    actions = List.copyOf(actions);
    ingredients = List.copyOf(ingredients);
    assertions = List.copyOf(assertions);
    statuses = List.copyOf(statuses);
  }

  /** Whether a code was found. */
  public boolean has(Code code) {
    return statuses.stream().anyMatch(status -> status.code() == code);
  }
}
