package org.touchstone.storage;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.touchstone.domain.Json;
import org.touchstone.domain.LevelOverride.Holder;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;

/** What people decided, one object each, for an account or for the deployment. */
final class HeldObjects<T> {
  private static final String JSON = "application/json";
  private static final String ENDING = ".json";
  private static final Pattern CURSOR = Pattern.compile("[0-9a-z]{1,64}");

  private final ObjectStore objects;
  private final String kind;
  private final Class<T> type;

  /**
   * @param kind the folder of such objects
   */
  HeldObjects(ObjectStore objects, String kind, Class<T> type) {
    this.objects = objects;
    this.kind = kind;
    this.type = type;
  }

  /**
   * Some objects of a holder, ordered by name.
   *
   * @param nextCursor where the next page starts; null on the last page
   */
  record Page<T>(List<T> items, String nextCursor) {}

  /** Where an object is; the name was checked. */
  String key(Holder holder, String accountId, String name) {
    return folder(holder, accountId) + name + ENDING;
  }

  private String folder(Holder holder, String accountId) {
    return Keys.people(holder, accountId) + kind + "/";
  }

  /** Stores an object, replacing an earlier one of the name. */
  void put(Holder holder, String accountId, String name, T value) {
    // First: an object that nothing announces is not looked for.
    objects.createIfAbsent(Keys.anyPeople(holder, accountId), new byte[0], "text/plain");
    objects.put(key(holder, accountId, name), Json.bytes(value), JSON);
  }

  Optional<T> find(Holder holder, String accountId, String name) {
    return objects.read(key(holder, accountId, name)).map(this::parse);
  }

  T parse(StoredObject object) {
    return Json.read(object.body(), type);
  }

  /** Deletes an object; returns it as it was. */
  Optional<T> delete(Holder holder, String accountId, String name) {
    Optional<T> before = find(holder, accountId, name);
    objects.delete(key(holder, accountId, name));
    return before;
  }

  /**
   * @throws ProblemException {@link ProblemType#REQUEST_INVALID} when the cursor or the limit is
   *     not valid
   */
  Page<T> list(Holder holder, String accountId, String cursor, int limit) {
    Entries.check(CURSOR, cursor, limit);
    String folder = folder(holder, accountId);
    ListPage page = objects.list(folder, cursor == null ? null : folder + cursor + ENDING, limit);
    List<T> items = objects.readAll(page.keys()).values().stream().map(this::parse).toList();
    if (!page.more()) {
      return new Page<>(items, null);
    }
    String last = page.keys().getLast();
    return new Page<>(items, last.substring(folder.length(), last.length() - ENDING.length()));
  }
}
