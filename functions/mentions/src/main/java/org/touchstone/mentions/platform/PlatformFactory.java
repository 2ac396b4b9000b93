package org.touchstone.mentions.platform;

/** Makes the adapter of one platform. Making one makes no call. */
public interface PlatformFactory {
  /** {@link Platform#name} of the platform. */
  String name();

  /** {@link Platform#traits} of the platform, for checks that need no account. */
  Traits traits();

  /** The adapter for an account. */
  Platform open(PlatformAccess access);
}
