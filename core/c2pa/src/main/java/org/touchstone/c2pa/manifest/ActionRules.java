package org.touchstone.c2pa.manifest;

import java.util.List;
import java.util.Set;
import org.touchstone.c2pa.status.Code;
import org.touchstone.c2pa.status.StatusLog;

/**
 * What the specification asks of actions (section 15.10.3.2.1). Claims of version 1 were made
 * before most of these rules, and may have one assertion of actions.
 */
final class ActionRules {
  /** Actions that leave the asset as it is. */
  static final Set<String> MAY_UPDATE =
      Set.of("c2pa.edited.metadata", "c2pa.opened", "c2pa.published", "c2pa.redacted");

  private static final String CREATED = "c2pa.created";
  private static final String OPENED = "c2pa.opened";
  private static final Set<String> WITH_COMPONENT = Set.of("c2pa.placed", "c2pa.removed");

  private final Claim claim;
  private final Manifest manifest;
  private final List<IngredientAssertion> ingredients;
  private final StatusLog log;

  ActionRules(
      Claim claim, Manifest manifest, List<IngredientAssertion> ingredients, StatusLog log) {
    this.claim = claim;
    this.manifest = manifest;
    this.ingredients = ingredients;
    this.log = log;
  }

  /**
   * Checks a claim's actions.
   *
   * @param assertions the actions of each assertion, those of the signer first
   */
  void check(List<List<Action>> assertions) {
    if (claim.version() == 1) {
      if (assertions.size() > 1) {
        malformed("a claim of version 1 has one assertion of actions");
      }
      return;
    }
    if (assertions.stream().anyMatch(List::isEmpty)) {
      malformed("an assertion of actions has none");
    }
    boolean begins =
        assertions.stream()
            .filter(actions -> !actions.isEmpty())
            .map(List::getFirst)
            .anyMatch(ActionRules::isBeginning);
    if (!begins && !manifest.isUpdate()) {
      malformed("the first action is neither created nor opened");
    }
    long beginnings =
        assertions.stream().flatMap(List::stream).filter(ActionRules::isBeginning).count();
    if (beginnings > 1) {
      malformed("the asset begins more than once");
    }
    assertions.stream().flatMap(List::stream).forEach(this::check);
  }

  private void check(Action action) {
    if (action.name() == null || action.name().isEmpty()) {
      malformed("an action has no name");
      return;
    }
    if (action.name().equals(CREATED) && action.sourceType() == null) {
      malformed("what was created has no source type");
    }
    if (action.name().equals(OPENED) && !refersTo(action, Ingredient.PARENT)
        || WITH_COMPONENT.contains(action.name()) && !refersTo(action, Ingredient.COMPONENT)) {
      log.add(
          Code.ASSERTION_ACTION_INGREDIENT_MISMATCH,
          url(),
          action.name() + " does not name its ingredient");
    }
  }

  private boolean refersTo(Action action, String relationship) {
    return ingredients.stream()
        .map(IngredientAssertion::ingredient)
        .anyMatch(
            ingredient ->
                action.ingredients().contains(ingredient.label())
                    && relationship.equals(ingredient.relationship()));
  }

  private static boolean isBeginning(Action action) {
    return CREATED.equals(action.name()) || OPENED.equals(action.name());
  }

  private void malformed(String why) {
    log.add(Code.ASSERTION_ACTION_MALFORMED, url(), why);
  }

  private String url() {
    return JumbfUri.absolute(manifest.label(), "c2pa.assertions/" + ActionReader.KIND);
  }
}
