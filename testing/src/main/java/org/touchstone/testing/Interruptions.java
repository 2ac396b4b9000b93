package org.touchstone.testing;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/** Kills the process, as far as its code can tell, before or after a call of AWS. */
public final class Interruptions {
  private int calls;
  private int killedAt = Integer.MAX_VALUE;
  private boolean before;

  /** Nobody catches it. */
  public static final class Killed extends Error {
    private static final long serialVersionUID = 1;
  }

  /**
   * Has the process killed.
   *
   * @param call at which call from now on, from 1
   * @param beforeIt whether the call itself does not happen
   */
  public void killAt(int call, boolean beforeIt) {
    calls = 0;
    killedAt = call;
    before = beforeIt;
  }

  /** Lets the process live. */
  public void stop() {
    killedAt = Integer.MAX_VALUE;
  }

  /** A client of AWS whose calls are counted. */
  public <T> T watch(Class<T> type, T client) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              boolean kills = ++calls == killedAt;
              if (kills && before) {
                throw new Killed();
              }
              try {
                Object answer = method.invoke(client, arguments);
                if (kills) {
                  throw new Killed();
                }
                return answer;
              } catch (InvocationTargetException e) {
                if (kills) {
                  throw new Killed();
                }
                throw e.getCause();
              }
            }));
  }
}
