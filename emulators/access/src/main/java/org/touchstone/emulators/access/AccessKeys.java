package org.touchstone.emulators.access;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.touchstone.emulators.access.policy.Access;
import org.touchstone.emulators.access.policy.Policy;

/**
 * The access keys that embedded services accept: the owner's, which may do everything, and those of
 * roles, each limited by its policy. Thread-safe.
 */
public final class AccessKeys {
  private static final String OWNER = "touchstone";

  private final AccessKey owner;
  private final Map<String, Caller> callers = new ConcurrentHashMap<>();
  private final Queue<Decision> decisions = new ConcurrentLinkedQueue<>();

  private AccessKeys(AccessKey owner) {
    this.owner = owner;
    callers.put(owner.id(), new Caller(owner, null, null));
  }

  /** Accepts this key only, until roles are added. */
  public static AccessKeys of(AccessKey owner) {
    return new AccessKeys(owner);
  }

  /** Accepts a new key only, until roles are added. */
  public static AccessKeys random() {
    return of(AccessKey.random(OWNER));
  }

  /** The key of the owner. */
  public AccessKey owner() {
    return owner;
  }

  /**
   * Adds a role.
   *
   * @return its key
   * @throws IllegalArgumentException when there is a role or an owner of this name
   */
  public AccessKey add(String role, Policy policy) {
    AccessKey key = AccessKey.random(role);
    if (callers.putIfAbsent(role, new Caller(key, role, policy)) != null) {
      throw new IllegalArgumentException("there is a key " + role);
    }
    return key;
  }

  /** Whoever holds the key with this id. */
  public Optional<Caller> find(String keyId) {
    return Optional.ofNullable(callers.get(keyId));
  }

  /** Whether the caller may do this. The decision is recorded, unless it concerns the owner. */
  public boolean allows(Caller caller, Access access) {
    if (caller.isOwner()) {
      return true;
    }
    boolean allowed = caller.policy().allows(access);
    decisions.add(new Decision(caller.role(), access, allowed));
    return allowed;
  }

  /** The decisions about roles so far. */
  public List<Decision> decisions() {
    return List.copyOf(decisions);
  }
}
