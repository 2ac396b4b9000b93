package org.touchstone.mentions.platform;

import java.util.List;

/** Makes the adapter of one platform. Making one makes no call. */
public interface PlatformFactory {
  /** {@link Platform#name} of the platform. */
  String name();

  /** {@link Platform#traits} of the platform, for checks that need no account. */
  Traits traits();

  /** The ways to authorise the bot, the recommended one first. */
  default List<Authorization> authorizations() {
    return List.of();
  }

  /** The adapter for an account. */
  Platform open(PlatformAccess access);
}
