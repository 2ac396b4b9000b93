package org.touchstone.local.models;

/** Receives the progress of a download. */
@FunctionalInterface
public interface DownloadProgress {
  DownloadProgress NONE = (file, received, total) -> {};

  /**
   * @param file name of the file
   * @param received bytes downloaded so far, including those of earlier attempts
   * @param total size of the file in bytes, according to the server; -1 when unknown
   */
  void received(String file, long received, long total);
}
