package org.touchstone.checkpoints.pickle;

import java.util.List;

/** The names and storages that a pickle may use besides plain data. */
public interface PickleHost {

  /**
   * Resolves a name that the pickle mentions.
   *
   * @return the callable, or another object that the pickle may only pass on
   * @throws PickleException when the name is not allowed
   */
  Object global(String module, String name) throws PickleException;

  /** Resolves a persistent id, in checkpoints a storage. */
  Object persistent(Object id) throws PickleException;

  /** An allowed class or function. */
  @FunctionalInterface
  interface Callable {
    Object call(List<Object> arguments) throws PickleException;
  }
}
