package org.touchstone.local.models;

/** Is told how far a download has come. */
@FunctionalInterface
public interface DownloadProgress {
  DownloadProgress NONE = (file, received, total) -> {};

  /**
   * @param file its name
   * @param received bytes there are of it, those of earlier attempts included
   * @param total bytes it will have, as the server says; -1 when it does not
   */
  void received(String file, long received, long total);
}
