package org.touchstone.checkpoints.pickle;

import java.util.List;

/** What a pickle may reach outside plain data. */
public interface PickleHost {

  /**
   * Resolves a name that the pickle mentions.
   *
   * @return the callable, or any other object that the pickle may only pass on
   * @throws PickleException when the name is not on the list
   */
  Object global(String module, String name) throws PickleException;

  /** Resolves a persistent id, in checkpoints a storage. */
  Object persistent(Object id) throws PickleException;

  /** A listed class or function. */
  @FunctionalInterface
  interface Callable {
    Object call(List<Object> arguments) throws PickleException;
  }
}
