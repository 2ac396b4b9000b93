package org.touchstone.local.models;

import org.touchstone.local.selftest.SelfTestResult;

/** Receives what happens during an installation. */
public interface InstallListener {
  /** Hears nothing. */
  InstallListener NONE = new InstallListener() {};

  /** As {@link DownloadProgress#received}. */
  default void received(String file, long received, long total) {}

  /** A file whose checksum the catalogue does not have was received with this one. */
  default void unpublished(String file, String sha256) {}

  /** The importer has written so many bytes. */
  default void imported(long written, long total) {}

  /** The model passed its self-test. */
  default void tested(SelfTestResult result) {}
}
